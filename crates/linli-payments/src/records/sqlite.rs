//! Records on SQLite: a file of their own, synced at every commit. Must not be added here: what a value means.

use super::{FORMAT, Records, Space, Transaction, Work, most};
use crate::error::{Error, Fault};
use rusqlite::{Connection, ErrorCode, OptionalExtension, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long one connection waits for another's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A damaged page or a planted view is found, and does nothing.
const SETTINGS: &str = "
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
";

/// Made again they change nothing.
const TABLES: &str = "
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS meta (one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL) STRICT;
    INSERT INTO meta VALUES (1, 1) ON CONFLICT DO NOTHING;
    CREATE TABLE IF NOT EXISTS record (
        space TEXT NOT NULL,
        key TEXT NOT NULL,
        value BLOB NOT NULL,
        PRIMARY KEY (space, key)
    ) STRICT, WITHOUT ROWID;
    COMMIT;
";

const PUT: &str = "INSERT INTO record VALUES (?1, ?2, ?3)
    ON CONFLICT (space, key) DO UPDATE SET value = excluded.value";
const RANGE: &str = "SELECT key, value FROM record
    WHERE space = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4";

/// Records in a file.
#[derive(Debug)]
pub struct SqliteRecords {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl SqliteRecords {
    /// Opens the file, or makes it. Each provider has one of its own.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let opened = Connection::open(path).and_then(|connection| {
            connection.busy_timeout(BUSY_TIMEOUT)?;
            connection.execute_batch(SETTINGS)?;
            // What a later release has written is looked at before anything is added to it.
            if !connection.table_exists(None, "meta")? {
                connection.execute_batch(TABLES)?;
            }
            Ok(connection)
        });
        let connection = opened.map_err(|error| fault("open", path, &error))?;
        let records = Self { path: path.to_path_buf(), connection: Mutex::new(connection) };
        records.check()?;
        Ok(records)
    }

    fn check(&self) -> Result<(), Fault> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let found = connection.query_row("SELECT format FROM meta", [], |row| row.get(0)).optional();
        match found.map_err(|error| fault("read", &self.path, &error))? {
            Some(FORMAT) => Ok(()),
            Some(found) => Err(Fault::Format { found, known: FORMAT }),
            None => Err(Fault::Damaged { what: format!("{} says no format", self.path.display()) }),
        }
    }
}

impl Records for SqliteRecords {
    fn transact(&self, work: &mut Work<'_>) -> Result<(), Error> {
        // Work that panicked was rolled back.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| fault("begin in", &self.path, &error))?;
        let mut begun = SqliteTransaction { path: &self.path, transaction };
        work(&mut begun)?;
        Ok(begun.transaction.commit().map_err(|error| fault("write to", &self.path, &error))?)
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}

fn fault(what: &str, path: &Path, error: &rusqlite::Error) -> Fault {
    let what = format!("cannot {what} {}: {error}", path.display());
    let is_damage = match error {
        rusqlite::Error::SqlInputError { .. } | rusqlite::Error::InvalidColumnType(..) => true,
        error => {
            matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
        }
    };
    if is_damage { Fault::Damaged { what } } else { Fault::Unavailable { what } }
}

struct SqliteTransaction<'a> {
    path: &'a Path,
    transaction: rusqlite::Transaction<'a>,
}

impl SqliteTransaction<'_> {
    fn try_range(
        &self,
        space: Space,
        from: &str,
        to: &str,
        count: usize,
    ) -> rusqlite::Result<Vec<(String, Vec<u8>)>> {
        let mut statement = self.transaction.prepare_cached(RANGE)?;
        let parameters = params![space.as_str(), from, to, most(count)];
        statement.query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    fn execute(&self, statement: &str, parameters: impl rusqlite::Params) -> Result<(), Fault> {
        let prepared = self.transaction.prepare_cached(statement);
        let executed = prepared.and_then(|mut statement| statement.execute(parameters));
        executed.map(drop).map_err(|error| fault("write to", self.path, &error))
    }
}

impl Transaction for SqliteTransaction<'_> {
    fn get(&mut self, space: Space, key: &str) -> Result<Option<Vec<u8>>, Fault> {
        let get = "SELECT value FROM record WHERE space = ?1 AND key = ?2";
        let found = self.transaction.prepare_cached(get).and_then(|mut statement| {
            statement.query_row([space.as_str(), key], |row| row.get(0)).optional()
        });
        found.map_err(|error| fault("read", self.path, &error))
    }

    fn put(&mut self, space: Space, key: &str, value: &[u8]) -> Result<(), Fault> {
        self.execute(PUT, params![space.as_str(), key, value])
    }

    fn remove(&mut self, space: Space, key: &str) -> Result<(), Fault> {
        self.execute("DELETE FROM record WHERE space = ?1 AND key = ?2", [space.as_str(), key])
    }

    fn range(
        &mut self,
        space: Space,
        from: &str,
        to: &str,
        most: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, Fault> {
        self.try_range(space, from, to, most).map_err(|error| fault("read", self.path, &error))
    }
}
