//! Records on PostgreSQL 15 or newer: a schema for each provider in the journal's own database. A connection that broke
//! is made again with the next transaction. Must not be added here: what a value means.

mod session;

use super::{Records, Space, Transaction, Work, most};
use crate::error::{Error, Fault};
use linli_journal::postgres::error_text;
use linli_journal::{PostgresStore, Store as _};
use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Config, Row};
use session::Session;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Records in a database.
pub struct PostgresRecords {
    config: Config,
    schema: &'static str,
    place: String,
    session: Mutex<Option<Session>>,
}

impl PostgresRecords {
    /// The sandbox's, in the database of this journal. Nothing is reached yet.
    #[must_use]
    pub fn sandbox(journal: &PostgresStore) -> Self {
        Self::beside(journal, "linli_sandbox")
    }

    /// Those of the operator's own payment system, in the database of this journal. Nothing is reached yet.
    #[must_use]
    pub fn external(journal: &PostgresStore) -> Self {
        Self::beside(journal, "linli_external")
    }

    fn beside(journal: &PostgresStore, schema: &'static str) -> Self {
        let place = format!("{}, schema {schema}", journal.place());
        Self { config: journal.config(), schema, place, session: Mutex::new(None) }
    }

    /// What the work says, once the transaction has ended.
    fn work_in(&self, session: &mut Session, work: &mut Work<'_>) -> Result<Result<(), Error>, Fault> {
        let begun = session.begin().map_err(|failure| failure.at(&self.place))?;
        let mut transaction = PostgresTransaction { place: &self.place, begun };
        let worked = work(&mut transaction);
        let transaction = transaction.begun.transaction;
        let ended = if worked.is_ok() { transaction.commit() } else { transaction.rollback() };
        ended.map_err(|error| fault("write to", &self.place, &error))?;
        Ok(worked)
    }
}

impl fmt::Debug for PostgresRecords {
    /// Without the address, which has the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostgresRecords").field(&self.place).finish()
    }
}

impl Records for PostgresRecords {
    fn transact(&self, work: &mut Work<'_>) -> Result<(), Error> {
        // Work that panicked was rolled back.
        let mut kept = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let mut session = match kept.take().filter(Session::is_open) {
            Some(session) => session,
            None => Session::open(&self.config, self.schema).map_err(|failure| failure.at(&self.place))?,
        };
        // A session that could not even roll back is not used again.
        let worked = self.work_in(&mut session, work)?;
        *kept = Some(session);
        worked
    }

    fn place(&self) -> String {
        self.place.clone()
    }
}

fn fault(what: &str, place: &str, error: &postgres::Error) -> Fault {
    const DAMAGE: [SqlState; 5] = [
        SqlState::DATA_CORRUPTED,
        SqlState::INDEX_CORRUPTED,
        SqlState::UNDEFINED_TABLE,
        SqlState::UNDEFINED_COLUMN,
        SqlState::DATATYPE_MISMATCH,
    ];
    let what = format!("cannot {what} {place}: {}", error_text(error));
    match error.code() {
        Some(code) if DAMAGE.contains(code) => Fault::Damaged { what },
        _ => Fault::Unavailable { what },
    }
}

struct PostgresTransaction<'a> {
    place: &'a str,
    begun: session::Begun<'a>,
}

impl PostgresTransaction<'_> {
    fn fault(&self, what: &str, error: &postgres::Error) -> Fault {
        fault(what, self.place, error)
    }
}

fn pair(row: &Row) -> Result<(String, Vec<u8>), postgres::Error> {
    Ok((row.try_get(0)?, row.try_get(1)?))
}

impl Transaction for PostgresTransaction<'_> {
    fn get(&mut self, space: Space, key: &str) -> Result<Option<Vec<u8>>, Fault> {
        let session::Begun { transaction, statements } = &mut self.begun;
        let found = transaction.query_opt(&statements.get, &[&space.as_str(), &key]);
        let value = found.and_then(|row| row.map(|row| row.try_get(0)).transpose());
        value.map_err(|error| self.fault("read", &error))
    }

    fn put(&mut self, space: Space, key: &str, value: &[u8]) -> Result<(), Fault> {
        let session::Begun { transaction, statements } = &mut self.begun;
        let put = transaction.execute(&statements.put, &[&space.as_str(), &key, &value]);
        put.map(drop).map_err(|error| self.fault("write to", &error))
    }

    fn remove(&mut self, space: Space, key: &str) -> Result<(), Fault> {
        let session::Begun { transaction, statements } = &mut self.begun;
        let removed = transaction.execute(&statements.remove, &[&space.as_str(), &key]);
        removed.map(drop).map_err(|error| self.fault("write to", &error))
    }

    fn range(
        &mut self,
        space: Space,
        from: &str,
        to: &str,
        count: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, Fault> {
        let session::Begun { transaction, statements } = &mut self.begun;
        let parameters: [&(dyn ToSql + Sync); 4] = [&space.as_str(), &from, &to, &most(count)];
        let rows = transaction.query(&statements.range, &parameters);
        let pairs = rows.and_then(|rows| rows.iter().map(pair).collect());
        pairs.map_err(|error| self.fault("read", &error))
    }
}
