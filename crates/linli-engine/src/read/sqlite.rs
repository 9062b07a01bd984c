//! The read model on SQLite: a file of its own. A commit is not synced at once, because what a power cut takes away is
//! followed again from the checkpoint that is left. Must not be added here: what a row means.

mod rows;
mod statements;

use super::changes::Changes;
use super::checkpoint::Checkpoint;
use super::database::{Database, Tables};
use super::fault::ReadFault;
use super::rows::{Row, Rows};
use super::schema::TableId;
use super::schema::sql::{self, Dialect};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use statements::SqliteResult;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one connection waits for another's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Rows are scattered over the indexes: pages are large and the cache holds those that are written most, and the log is
/// carried over into the file seldom, when many rows of a page have come together.
const SETTINGS: &str = "
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 30000;
    PRAGMA cache_size = -256000;
";

/// What every connection sets: a damaged page or a planted view is found, and does nothing.
const CAUTION: &str = "
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
";

/// A read model in a file.
#[derive(Clone, Debug)]
pub struct SqliteTables {
    path: PathBuf,
}

impl SqliteTables {
    /// The read model in this file, whether it is there or not.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    fn connect(&self, flags: OpenFlags, settings: &str) -> Result<Box<dyn Database>, ReadFault> {
        let fault = |error| fault("open", &self.path, &error);
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(fault)?;
        connection.busy_timeout(BUSY_TIMEOUT).map_err(fault)?;
        connection.execute_batch(CAUTION).and_then(|()| connection.execute_batch(settings)).map_err(fault)?;
        connection.set_prepared_statement_cache_capacity(4 * TableId::ALL.len());
        Ok(Box::new(SqliteDatabase { path: self.path.clone(), connection }))
    }
}

impl Tables for SqliteTables {
    fn read(&self) -> Result<Box<dyn Database>, ReadFault> {
        if !self.path.exists() {
            return Err(ReadFault::Missing { place: self.place() });
        }
        self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE, "")
    }

    fn write(&self) -> Result<Box<dyn Database>, ReadFault> {
        self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, SETTINGS)
    }

    fn discard(&self) -> Result<(), ReadFault> {
        for ending in ["", "-wal", "-shm"] {
            let mut path = self.path.as_os_str().to_owned();
            path.push(ending);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    let what = format!("cannot remove {}: {error}", Path::new(&path).display());
                    return Err(ReadFault::Unavailable { what });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}

fn fault(what: &str, path: &Path, error: &rusqlite::Error) -> ReadFault {
    let what = format!("cannot {what} {}: {error}", path.display());
    if is_damage(error) { ReadFault::Damaged { what } } else { ReadFault::Unavailable { what } }
}

/// Broken pages, and tables that are not as they were made: no statement of ours is wrong otherwise.
fn is_damage(error: &rusqlite::Error) -> bool {
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => {
            matches!(failure.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
                || failure.extended_code == rusqlite::ffi::SQLITE_ERROR
        }
        rusqlite::Error::SqlInputError { .. }
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::QueryReturnedNoRows => true,
        _ => false,
    }
}

/// A connection to a read model in a file.
struct SqliteDatabase {
    path: PathBuf,
    connection: Connection,
}

impl SqliteDatabase {
    fn named<T>(&self, what: &str, result: SqliteResult<T>) -> Result<T, ReadFault> {
        result.map_err(|error| fault(what, &self.path, &error))
    }

    fn begin(&mut self) -> SqliteResult<Transaction<'_>> {
        self.connection.transaction_with_behavior(TransactionBehavior::Immediate)
    }

    fn try_version(&self) -> SqliteResult<Option<i64>> {
        let table = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'checkpoint'";
        if self.connection.query_row(table, [], |_| Ok(())).optional()?.is_none() {
            return Ok(None);
        }
        self.connection.query_row("SELECT version FROM checkpoint", [], |row| row.get(0)).optional()
    }

    fn try_drop(&mut self) -> SqliteResult<()> {
        let transaction = self.begin()?;
        for statement in sql::drop_all() {
            transaction.execute(&statement, [])?;
        }
        transaction.commit()
    }

    fn try_create(&mut self, changes: &Changes, checkpoint: &Checkpoint) -> SqliteResult<()> {
        let transaction = self.begin()?;
        for statement in sql::create(Dialect::Sqlite) {
            transaction.execute(&statement, [])?;
        }
        let first = sql::first_checkpoint(Dialect::Sqlite);
        transaction.execute(&first, (statements::seq(checkpoint), &checkpoint.hash))?;
        statements::write(&transaction, changes)?;
        transaction.commit()
    }

    fn try_create_indexes(&mut self) -> SqliteResult<()> {
        let transaction = self.begin()?;
        for statement in sql::create_indexes() {
            transaction.execute(&statement, [])?;
        }
        transaction.commit()
    }

    /// Gives whether the checkpoint was where it was expected.
    fn try_write(&mut self, changes: &Changes, from: &Checkpoint, to: &Checkpoint) -> SqliteResult<bool> {
        let transaction = self.begin()?;
        let mut moving = transaction.prepare_cached(&sql::move_checkpoint(Dialect::Sqlite))?;
        let moved = moving.execute((statements::seq(to), &to.hash, statements::seq(from), &from.hash))?;
        drop(moving);
        if moved == 1 {
            statements::write(&transaction, changes)?;
            transaction.commit()?;
        }
        Ok(moved == 1)
    }
}

impl Database for SqliteDatabase {
    fn version(&mut self) -> Result<Option<i64>, ReadFault> {
        self.named("read", self.try_version())
    }

    fn drop_tables(&mut self) -> Result<(), ReadFault> {
        let dropped = self.try_drop();
        self.named("drop the tables of", dropped)
    }

    fn create(&mut self, changes: &Changes, checkpoint: &Checkpoint) -> Result<(), ReadFault> {
        let created = self.try_create(changes, checkpoint);
        self.named("make the tables of", created)
    }

    fn create_indexes(&mut self) -> Result<(), ReadFault> {
        let created = self.try_create_indexes();
        self.named("make the indexes of", created)
    }

    fn checkpoint(&mut self) -> Result<Checkpoint, ReadFault> {
        let checkpoint = self.connection.query_row("SELECT seq, hash FROM checkpoint", [], |row| {
            Ok(Checkpoint { seq: row.get(0)?, hash: row.get(1)? })
        });
        self.named("read the checkpoint of", checkpoint)
    }

    fn write(&mut self, changes: &Changes, from: &Checkpoint, to: &Checkpoint) -> Result<(), ReadFault> {
        let written = self.try_write(changes, from, to);
        if self.named("write", written)? {
            return Ok(());
        }
        Err(ReadFault::Overtaken { place: self.path.display().to_string() })
    }

    fn freeze(&mut self) -> Result<(), ReadFault> {
        // The first look fixes what is seen from then on.
        let frozen =
            self.connection.execute_batch("BEGIN; PRAGMA query_only = ON; SELECT seq FROM checkpoint");
        self.named("read", frozen)
    }

    fn read(
        &mut self,
        table: TableId,
        after: Option<Row<'_>>,
        most: usize,
        into: &mut Rows,
    ) -> Result<(), ReadFault> {
        let read = rows::read(&self.connection, table.table(), after, most, into);
        self.named(&format!("read {} of", table.table().name), read)
    }
}
