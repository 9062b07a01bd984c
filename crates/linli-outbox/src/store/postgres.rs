//! The outbox on PostgreSQL 15 or newer: the schema `linli_outbox` in the journal's own database. Must not be added
//! here: what a row means.

mod session;

use super::database::{Database, Purpose, Transaction, Value};
use super::kept::Kept;
use super::{Outbox, OutboxFault, Store, sql};
use linli_journal::postgres::error_text;
use linli_journal::{PostgresStore, Store as _};
use postgres::error::SqlState;
use postgres::types::{ToSql, Type};
use postgres::{Client, Config, Error, Row, Statement};
use std::collections::BTreeMap;
use std::fmt;

/// An outbox in a database.
#[derive(Clone)]
pub struct PostgresOutbox {
    config: Config,
    place: String,
}

impl PostgresOutbox {
    /// The outbox in the database of this journal, whether it is there or not.
    #[must_use]
    pub fn beside(journal: &PostgresStore) -> Self {
        Self { config: journal.config(), place: format!("{}, schema linli_outbox", journal.place()) }
    }
}

impl fmt::Debug for PostgresOutbox {
    /// Without the address, which has the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostgresOutbox").field(&self.place).finish()
    }
}

impl Store for PostgresOutbox {
    fn open(&self) -> Result<Box<dyn Outbox>, OutboxFault> {
        let place = self.place.clone();
        let opened = session::open(&self.config).map_err(|error| fault("open", &place, &error))?;
        let client = opened.map_err(|what| OutboxFault::Unsafe { what: format!("{place}: {what}") })?;
        Ok(Box::new(Kept(Postgres { place, client, statements: BTreeMap::new() }).checked()?))
    }

    fn place(&self) -> String {
        self.place.clone()
    }
}

fn fault(what: &str, place: &str, error: &Error) -> OutboxFault {
    const DAMAGE: [SqlState; 6] = [
        SqlState::DATA_CORRUPTED,
        SqlState::INDEX_CORRUPTED,
        SqlState::UNDEFINED_TABLE,
        SqlState::UNDEFINED_COLUMN,
        SqlState::DATATYPE_MISMATCH,
        SqlState::NUMERIC_VALUE_OUT_OF_RANGE,
    ];
    let what = format!("cannot {what} {place}: {}", error_text(error));
    match error.code() {
        Some(code) if DAMAGE.contains(code) => OutboxFault::Damaged { what },
        _ => OutboxFault::Unavailable { what },
    }
}

/// Statements that the server has prepared, by their texts.
type Statements = BTreeMap<&'static str, Statement>;

/// A connection to an outbox in a database.
struct Postgres {
    place: String,
    client: Client,
    statements: Statements,
}

impl Database for Postgres {
    /// A single statement sees one moment, so that reading needs nothing else.
    fn begin(&mut self, _: Purpose) -> Result<Box<dyn Transaction + '_>, OutboxFault> {
        let Self { place, client, statements } = self;
        let transaction = client.transaction().map_err(|error| fault("begin in", place, &error))?;
        Ok(Box::new(PostgresTransaction { place, statements, transaction }))
    }

    fn claim(&self) -> &'static str {
        sql::CLAIM_POSTGRES
    }
}

struct PostgresTransaction<'a> {
    place: &'a str,
    statements: &'a mut Statements,
    transaction: postgres::Transaction<'a>,
}

impl PostgresTransaction<'_> {
    fn prepared(&mut self, text: &'static str) -> Result<Statement, Error> {
        if let Some(known) = self.statements.get(text) {
            return Ok(known.clone());
        }
        let statement = self.transaction.prepare(text)?;
        self.statements.insert(text, statement.clone());
        Ok(statement)
    }

    fn try_execute(&mut self, text: &'static str, values: &[Value]) -> Result<u64, Error> {
        let statement = self.prepared(text)?;
        self.transaction.execute(&statement, &parameters(&statement, values))
    }

    fn try_query(&mut self, text: &'static str, values: &[Value]) -> Result<Vec<Vec<Value>>, Error> {
        let statement = self.prepared(text)?;
        let rows = self.transaction.query(&statement, &parameters(&statement, values))?;
        rows.iter().map(columns).collect()
    }
}

impl Transaction for PostgresTransaction<'_> {
    fn execute(&mut self, statement: &'static str, values: &[Value]) -> Result<u64, OutboxFault> {
        self.try_execute(statement, values).map_err(|error| fault("write to", self.place, &error))
    }

    fn query(&mut self, statement: &'static str, values: &[Value]) -> Result<Vec<Vec<Value>>, OutboxFault> {
        self.try_query(statement, values).map_err(|error| fault("read", self.place, &error))
    }

    fn commit(self: Box<Self>) -> Result<(), OutboxFault> {
        let place = self.place;
        self.transaction.commit().map_err(|error| fault("write to", place, &error))
    }
}

fn parameters<'a>(statement: &Statement, values: &'a [Value]) -> Vec<&'a (dyn ToSql + Sync)> {
    let parameter = |(value, wanted): (&'a Value, &Type)| -> &'a (dyn ToSql + Sync) {
        match value {
            Value::Null if *wanted == Type::INT8 => &None::<i64>,
            Value::Null => &None::<String>,
            Value::Number(number) => number,
            Value::Text(text) => text,
            Value::Bytes(bytes) => bytes,
        }
    };
    values.iter().zip(statement.params()).map(parameter).collect()
}

fn columns(row: &Row) -> Result<Vec<Value>, Error> {
    let column = |(place, column): (usize, &postgres::Column)| {
        Ok(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(place)?.into(),
            Type::BYTEA => row.try_get::<_, Option<&[u8]>>(place)?.into(),
            _ => row.try_get::<_, Option<&str>>(place)?.into(),
        })
    };
    row.columns().iter().enumerate().map(column).collect()
}
