//! The journal on SQLite: one file in write-ahead mode, synced at every commit. Beside it lie `….lock`, which the
//! writer holds, and `….witness` with the last tip that was acknowledged: a file that lost its end still looks
//! sound to SQLite, but not beside the witness.

mod append;
mod connection;
mod files;
mod read;
mod schema;
mod witness;

use crate::fault::Fault;
use crate::header::Header;
use crate::journal::{Journal, Store};
use crate::stored::StoredHeader;
use connection::{Role, SqliteJournal};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use witness::Witness;

/// How long one connection waits for another's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A journal in a file.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    path: PathBuf,
    /// Signalled after each append of this process.
    appended: Arc<(Mutex<()>, Condvar)>,
}

impl SqliteStore {
    /// The journal in this file, whether it is there or not.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, appended: Arc::default() }
    }

    fn connect(&self, flags: OpenFlags) -> Result<Connection, Fault> {
        let connection = Connection::open_with_flags(&self.path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        connection.and_then(set_up).map_err(|error| self.fault("open", &error))
    }

    /// The connection and the header, if there is a journal.
    fn look(&self, role: &Role) -> Result<Option<(Connection, StoredHeader)>, Fault> {
        if !self.has_bytes()? {
            return Ok(None);
        }
        let looked = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|connection| {
            let header =
                schema::header(&connection).map_err(|error| self.fault("read the header of", &error))?;
            Ok(header.map(|header| (connection, header)))
        });
        match (looked, role) {
            (Err(_), Role::Reader) if files::is_closed_for_good(&self.path) => self.look_at_closed(),
            (looked, _) => looked,
        }
    }

    /// A journal without a log in a folder that cannot be written: SQLite could not make its shared memory there, and
    /// needs none, since nobody else can write either.
    fn look_at_closed(&self) -> Result<Option<(Connection, StoredHeader)>, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let opened = Connection::open_with_flags(files::unchanging(&self.path), flags).and_then(set_up);
        let connection = opened.map_err(|error| self.fault("open", &error))?;
        let header = schema::header(&connection).map_err(|error| self.fault("read the header of", &error))?;
        Ok(header.map(|header| (connection, header)))
    }

    fn open(&self, role: Role) -> Result<Box<dyn Journal>, Fault> {
        let Some((connection, header)) = self.look(&role)? else {
            self.must_be_new()?;
            return Err(Fault::Missing { place: self.place() });
        };
        let header = header.checked()?;
        let witness =
            Witness::open(&self.path).map_err(|error| self.io_fault("open the witness of", &error))?;
        let mut journal = SqliteJournal { store: self.clone(), connection, header, role, witness };
        journal.heed_witness()?;
        Ok(Box::new(journal))
    }

    /// Whether there is a file with anything in it. One that is empty or gone beside a log or a witness is never
    /// opened: SQLite would take the log for a stranger's and throw it away.
    fn has_bytes(&self) -> Result<bool, Fault> {
        let has_bytes = files::has_bytes(&self.path).map_err(|error| self.io_fault("look for", &error))?;
        if !has_bytes {
            self.must_be_new()?;
        }
        Ok(has_bytes)
    }

    /// What has acknowledged something, or has a log, was a journal and is none any more.
    fn must_be_new(&self) -> Result<(), Fault> {
        let fault = |error| self.io_fault("look beside", &error);
        let what = if let Some(tip) = Witness::look(&self.path).map_err(fault)? {
            format!("seq {} was acknowledged", tip.seq)
        } else if files::has_bytes(&self.beside("-wal")).map_err(fault)? {
            "its log is there".into()
        } else {
            return Ok(());
        };
        Err(Fault::Damaged { what: format!("{} is empty or gone, but {what}", self.place()) })
    }

    fn beside(&self, ending: &str) -> PathBuf {
        beside(&self.path, ending)
    }

    fn fault(&self, what: &str, error: &rusqlite::Error) -> Fault {
        let text = format!("cannot {what} {}: {error}", self.path.display());
        if is_damage(error) { Fault::Damaged { what: text } } else { Fault::Unavailable { what: text } }
    }

    fn io_fault(&self, what: &str, error: &std::io::Error) -> Fault {
        Fault::Unavailable { what: format!("cannot {what} {}: {error}", self.path.display()) }
    }
}

fn set_up(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch(schema::SETTINGS)?;
    Ok(connection)
}

/// What only damage makes: SQLite's own complaint; a schema that our statements, which never change, do not fit any
/// more; a value of another type, or longer than was ever written.
fn is_damage(error: &rusqlite::Error) -> bool {
    match error {
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::QueryReturnedNoRows
        | rusqlite::Error::SqlInputError { .. }
        | rusqlite::Error::Utf8Error(..) => true,
        error => matches!(
            error.sqlite_error_code(),
            Some(
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::TooBig | ErrorCode::Unknown
            )
        ),
    }
}

/// The file of this ending beside another.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

impl Store for SqliteStore {
    fn create(&self, header: &Header) -> Result<Header, Fault> {
        self.has_bytes()?;
        let created = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let header = schema::create(&created, header).map_err(|error| self.fault("create", &error))?;
        header.checked()
    }

    fn read(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(Role::Reader)
    }

    fn write(&self) -> Result<Box<dyn Journal>, Fault> {
        let path = self.beside(".lock");
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let lock = opened.map_err(|error| self.io_fault("open the lock of", &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Fault::Taken { holder: format!("{} is locked", path.display()) });
            }
            Err(TryLockError::Error(error)) => return Err(self.io_fault("take the lock of", &error)),
        }
        // A writer that was killed before its sync has left a log that is read, but that a power cut would take.
        let settled = files::settle(&self.beside("-wal"));
        settled.map_err(|error| self.io_fault("sync the log of", &error))?;
        let journal = self.open(Role::Writer { _lock: lock })?;
        let synced = files::sync_names(&self.path);
        synced.map_err(|error| self.io_fault("sync the folder of", &error))?;
        Ok(journal)
    }

    fn rival(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(Role::Rival)
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}
