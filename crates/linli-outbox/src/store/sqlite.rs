//! The outbox on SQLite: a file of its own, synced at every commit. Must not be added here: what a row means.

use super::database::{Database, Purpose, Transaction, Value};
use super::kept::Kept;
use super::{Outbox, OutboxFault, Store, sql};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, TransactionBehavior, params_from_iter};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one connection waits for another's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// More than there are statements.
const STATEMENTS: usize = 32;

/// A damaged page or a planted view is found, and does nothing.
const SETTINGS: &str = "
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA foreign_keys = ON;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
";

/// Made again they change nothing. A number is never given twice, because pages of the log begin at one.
const TABLES: &str = "
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS checkpoint (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        format INTEGER NOT NULL,
        seq INTEGER NOT NULL
    ) STRICT;
    INSERT INTO checkpoint VALUES (1, 1, 0) ON CONFLICT DO NOTHING;
    CREATE TABLE IF NOT EXISTS effect (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        target TEXT NOT NULL,
        seq INTEGER NOT NULL,
        payload BLOB NOT NULL,
        due_at INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
        attempts INTEGER NOT NULL DEFAULT 0,
        is_claimed INTEGER NOT NULL DEFAULT 0,
        claims INTEGER NOT NULL DEFAULT 0,
        round INTEGER NOT NULL DEFAULT 0,
        ended_at INTEGER
    ) STRICT;
    CREATE INDEX IF NOT EXISTS effect_due ON effect (due_at, id) WHERE state = 'pending';
    CREATE INDEX IF NOT EXISTS effect_done ON effect (ended_at, id) WHERE state = 'done';
    CREATE INDEX IF NOT EXISTS effect_target ON effect (target, seq);
    CREATE TABLE IF NOT EXISTS attempt (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        effect INTEGER NOT NULL REFERENCES effect ON DELETE CASCADE,
        claim INTEGER NOT NULL,
        at INTEGER NOT NULL,
        status INTEGER,
        error TEXT,
        duration_ms INTEGER NOT NULL,
        answer TEXT NOT NULL,
        UNIQUE (effect, claim)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL,
        kind TEXT NOT NULL,
        template TEXT NOT NULL,
        params TEXT NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        read_at INTEGER
    ) STRICT;
    CREATE INDEX IF NOT EXISTS note_account ON note (account, id);
    CREATE INDEX IF NOT EXISTS note_unread ON note (account, seq) WHERE read_at IS NULL;
    COMMIT;
";

/// An outbox in a file.
#[derive(Clone, Debug)]
pub struct SqliteOutbox {
    path: PathBuf,
}

impl SqliteOutbox {
    /// The outbox in this file, whether it is there or not.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

impl Store for SqliteOutbox {
    fn open(&self) -> Result<Box<dyn Outbox>, OutboxFault> {
        let opened = Connection::open(&self.path).and_then(|connection| {
            connection.busy_timeout(BUSY_TIMEOUT)?;
            connection.execute_batch(SETTINGS)?;
            // What a later release has written is looked at before anything is added to it.
            if connection.table_exists(None, "note").is_ok_and(|exists| !exists) {
                connection.execute_batch(TABLES)?;
            }
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            Ok(connection)
        });
        let connection = opened.map_err(|error| fault("open", &self.path, &error))?;
        Ok(Box::new(Kept(Sqlite { path: self.path.clone(), connection }).checked()?))
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}

fn fault(what: &str, path: &Path, error: &rusqlite::Error) -> OutboxFault {
    let what = format!("cannot {what} {}: {error}", path.display());
    let is_damage = match error {
        rusqlite::Error::SqlInputError { .. } | rusqlite::Error::InvalidColumnType(..) => true,
        error => {
            matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
        }
    };
    if is_damage { OutboxFault::Damaged { what } } else { OutboxFault::Unavailable { what } }
}

/// A connection to an outbox in a file.
struct Sqlite {
    path: PathBuf,
    connection: Connection,
}

impl Database for Sqlite {
    fn begin(&mut self, purpose: Purpose) -> Result<Box<dyn Transaction + '_>, OutboxFault> {
        let behavior = match purpose {
            Purpose::Read => TransactionBehavior::Deferred,
            Purpose::Write => TransactionBehavior::Immediate,
        };
        let path = &*self.path;
        let begun = self.connection.transaction_with_behavior(behavior);
        let transaction = begun.map_err(|error| fault("begin in", path, &error))?;
        Ok(Box::new(SqliteTransaction { path, transaction }))
    }

    fn claim(&self) -> &'static str {
        sql::CLAIM_SQLITE
    }
}

struct SqliteTransaction<'a> {
    path: &'a Path,
    transaction: rusqlite::Transaction<'a>,
}

impl SqliteTransaction<'_> {
    fn try_query(&mut self, statement: &'static str, values: &[Value]) -> rusqlite::Result<Vec<Vec<Value>>> {
        let mut statement = self.transaction.prepare_cached(statement)?;
        let count = statement.column_count();
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let columns: rusqlite::Result<_> = (0..count).map(|place| value(row.get_ref(place)?)).collect();
            found.push(columns?);
        }
        Ok(found)
    }
}

impl Transaction for SqliteTransaction<'_> {
    fn execute(&mut self, statement: &'static str, values: &[Value]) -> Result<u64, OutboxFault> {
        let prepared = self.transaction.prepare_cached(statement);
        let changed = prepared.and_then(|mut prepared| prepared.execute(params_from_iter(values)));
        let changed = changed.map_err(|error| fault("write to", self.path, &error))?;
        Ok(u64::try_from(changed).expect("64 bits"))
    }

    fn query(&mut self, statement: &'static str, values: &[Value]) -> Result<Vec<Vec<Value>>, OutboxFault> {
        self.try_query(statement, values).map_err(|error| fault("read", self.path, &error))
    }

    fn commit(self: Box<Self>) -> Result<(), OutboxFault> {
        let path = self.path;
        self.transaction.commit().map_err(|error| fault("write to", path, &error))
    }
}

fn value(value: ValueRef<'_>) -> rusqlite::Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Number(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.into()),
        // No column holds one; as what it is not it is found where it is read.
        ValueRef::Real(_) => Value::Null,
    })
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Number(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
