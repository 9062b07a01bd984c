//! The journal on SQLite: one file in write-ahead mode, synced at every commit. Beside it lie `….lock`, which the
//! writer holds, and `….witness` with the last tip that was acknowledged: a file that lost its end still looks
//! sound to SQLite, but not beside the witness.

mod append;
mod read;
mod schema;
mod witness;

use crate::batch::{Batch, Tip};
use crate::fault::Fault;
use crate::header::Header;
use crate::journal::{Journal, Store};
use crate::stored;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use witness::Witness;

/// How often a reader looks for new batches of another process; those of its own wake it.
const POLL: Duration = Duration::from_millis(5);

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
        let connection = connection.map_err(|error| self.fault("open", error))?;
        let set =
            connection.busy_timeout(BUSY_TIMEOUT).and_then(|()| connection.execute_batch(schema::SETTINGS));
        set.map_err(|error| self.fault("open", error))?;
        Ok(connection)
    }

    fn open(&self, role: Role) -> Result<Box<dyn Journal>, Fault> {
        if !self.path.exists() {
            return Err(Fault::Missing { place: self.place() });
        }
        let connection = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let header = schema::header(&connection).map_err(|error| self.fault("read the header", error))?;
        let header = header.ok_or_else(|| Fault::Missing { place: self.place() })?;
        let header = header.checked()?;
        let witness = Witness::open(&self.path).map_err(|error| self.io_fault("open the witness", error))?;
        let mut journal = SqliteJournal { store: self.clone(), connection, header, role, witness };
        journal.heed_witness()?;
        Ok(Box::new(journal))
    }

    fn beside(&self, ending: &str) -> PathBuf {
        beside(&self.path, ending)
    }

    fn fault(&self, what: &str, error: rusqlite::Error) -> Fault {
        let what = format!("cannot {what} {}: {error}", self.path.display());
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Fault::Damaged { what },
            _ if is_conversion(&error) => Fault::Damaged { what },
            _ => Fault::Unavailable { what, source: Some(Box::new(error)) },
        }
    }

    fn io_fault(&self, what: &str, error: std::io::Error) -> Fault {
        let what = format!("cannot {what} of {}: {error}", self.path.display());
        Fault::Unavailable { what, source: Some(Box::new(error)) }
    }
}

/// A value of another type than the schema has: only damage makes one.
fn is_conversion(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
    )
}

/// The file of this ending beside another.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

impl Store for SqliteStore {
    fn create(&self, header: &Header) -> Result<Header, Fault> {
        let created = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let header = schema::create(&created, header).map_err(|error| self.fault("create", error))?;
        header.checked()
    }

    fn read(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(Role::Reader)
    }

    fn write(&self) -> Result<Box<dyn Journal>, Fault> {
        let path = self.beside(".lock");
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let lock = opened.map_err(|error| self.io_fault("open the lock", error))?;
        match lock.try_lock() {
            Ok(()) => self.open(Role::Writer { _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                Err(Fault::Taken { holder: format!("{} is locked", path.display()) })
            }
            Err(TryLockError::Error(error)) => Err(self.io_fault("take the lock", error)),
        }
    }

    fn rival(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(Role::Rival)
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}

/// What a connection may do.
enum Role {
    Reader,
    /// The one writer, as long as it holds the lock.
    Writer {
        _lock: File,
    },
    /// Appends without the lock.
    Rival,
}

/// A connection to a journal in a file.
struct SqliteJournal {
    store: SqliteStore,
    connection: Connection,
    header: Header,
    role: Role,
    witness: Witness,
}

impl SqliteJournal {
    fn fault(&self, what: &str, error: rusqlite::Error) -> Fault {
        self.store.fault(what, error)
    }

    /// Compares the end of the chain with the last tip that was acknowledged.
    fn heed_witness(&mut self) -> Result<(), Fault> {
        // The witness is read first: a writer may append meanwhile.
        let witness = self.witness.tip().map_err(|error| self.store.io_fault("read the witness", error))?;
        let tip = self.tip()?;
        let Some(acknowledged) = witness.filter(|witness| witness.seq > tip.seq) else { return Ok(()) };
        let what = format!(
            "{} ends at seq {}, but seq {} with hash {} was acknowledged: its end is lost",
            self.store.place(),
            tip.seq,
            acknowledged.seq,
            acknowledged.hash
        );
        Err(Fault::Damaged { what })
    }
}

impl Journal for SqliteJournal {
    fn header(&self) -> &Header {
        &self.header
    }

    fn tip(&mut self) -> Result<Tip, Fault> {
        let tip = read::tip(&self.connection).map_err(|error| self.fault("read the end of", error))?;
        Ok(tip.unwrap_or_else(|| self.header.tip()))
    }

    fn append(&mut self, batches: &[Batch]) -> Result<(), Fault> {
        if matches!(self.role, Role::Reader) {
            return Err(Fault::Unsafe { what: "this connection was opened to read".into() });
        }
        let Some(last) = batches.last() else { return Ok(()) };
        let appended = append::append(&mut self.connection, &self.header, batches);
        match appended.map_err(|error| self.fault("append to", error))? {
            Ok(()) => {
                self.store.appended.1.notify_all();
                let noted = self.witness.note(last.tip());
                noted.map_err(|error| self.store.io_fault("write the witness", error))
            }
            Err(fenced) => Err(fenced),
        }
    }

    fn read(&mut self, after: u64, most_bytes: usize) -> Result<Vec<Batch>, Fault> {
        let rows = read::rows(&self.connection, after, most_bytes);
        let rows = rows.map_err(|error| self.fault("read", error))?;
        stored::checked(rows, after)
    }

    fn wait(&mut self, after: u64, timeout: Duration) -> Result<bool, Fault> {
        let deadline = Instant::now() + timeout;
        loop {
            if self.tip()?.seq > after {
                return Ok(true);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            let (lock, appended) = &*self.store.appended;
            let lock = lock.lock().unwrap_or_else(PoisonError::into_inner);
            drop(appended.wait_timeout(lock, left.min(POLL)));
        }
    }
}
