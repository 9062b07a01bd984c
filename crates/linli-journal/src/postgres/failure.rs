//! What goes wrong on the way to a fault: each failure keeps its cause until the journal's place is put before it.
//! Must not be added: text that comes from the address of the database, which has the password.

use crate::fault::Fault;
use postgres::Error;
use postgres::error::SqlState;
use std::error::Error as _;

/// Why a statement did not give what it should.
pub enum Failure {
    /// The server's word, or the connection's.
    Sql(Error),
    /// A row is not of the shape that the schema gives it.
    Shape(String),
    /// What needs no place.
    Fault(Fault),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Failure {
    /// The fault of having tried this at this place.
    pub fn fault(self, what: &str, place: &str) -> Fault {
        match self {
            Self::Fault(fault) => fault,
            Self::Shape(shape) => Fault::Damaged { what: format!("cannot {what} {place}: {shape}") },
            Self::Sql(error) => {
                let what = format!("cannot {what} {place}: {}", error_text(&error));
                match error.code() {
                    Some(code) if is_damage(code) => Fault::Damaged { what },
                    Some(code) if *code == SqlState::INVALID_CATALOG_NAME => {
                        Fault::Missing { place: place.into() }
                    }
                    _ => Fault::Unavailable { what },
                }
            }
        }
    }
}

/// What the server says of broken files, and of tables that are not as they were created.
fn is_damage(code: &SqlState) -> bool {
    const DAMAGE: [SqlState; 7] = [
        SqlState::DATA_CORRUPTED,
        SqlState::INDEX_CORRUPTED,
        SqlState::UNDEFINED_TABLE,
        SqlState::UNDEFINED_COLUMN,
        SqlState::UNDEFINED_FUNCTION,
        SqlState::DATATYPE_MISMATCH,
        SqlState::NUMERIC_VALUE_OUT_OF_RANGE,
    ];
    DAMAGE.contains(code)
}

/// An error with its causes: the client's own text says little more than which kind it is.
#[must_use]
pub fn error_text(error: &Error) -> String {
    if let Some(error) = error.as_db_error() {
        return format!("{} (SQLSTATE {})", error.message(), error.code().code());
    }
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
