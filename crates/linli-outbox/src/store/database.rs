//! What the two databases have in common: transactions, and values of four types. Must not be added here: a statement.

use super::OutboxFault;

/// A value of a column, or of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Value {
    /// Several texts as one value.
    pub fn list(texts: &[&str]) -> Self {
        Self::Text(serde_json::to_string(texts).expect("a list of texts is JSON"))
    }
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Read,
    /// What is committed must be on disk.
    Write,
}

/// A connection.
pub trait Database: Send {
    /// Begins a transaction; dropped, it leaves nothing behind.
    fn begin(&mut self, purpose: Purpose) -> Result<Box<dyn Transaction + '_>, OutboxFault>;

    /// The one statement that the databases have different words for (`sql.rs`).
    fn claim(&self) -> &'static str;
}

/// A transaction. Parameters are written `$1`, `$2` … and stand in a statement first in this order.
pub trait Transaction {
    /// Runs a statement; gives how many rows it has changed.
    fn execute(&mut self, statement: &'static str, values: &[Value]) -> Result<u64, OutboxFault>;

    /// Runs a statement that gives rows.
    fn query(&mut self, statement: &'static str, values: &[Value]) -> Result<Vec<Vec<Value>>, OutboxFault>;

    /// Ends it; what it did is then on disk.
    fn commit(self: Box<Self>) -> Result<(), OutboxFault>;
}
