//! One connection to a journal in a file, and what it may do.

use super::witness::Witness;
use super::{SqliteStore, append, read};
use crate::batch::{Batch, Tip};
use crate::fault::Fault;
use crate::header::Header;
use crate::journal::{Journal, Store};
use crate::stored;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::fs::File;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// How often a reader looks for new batches of another process; those of its own wake it.
const POLL: Duration = Duration::from_millis(5);

/// What a connection may do.
pub enum Role {
    Reader,
    /// The one writer, as long as it holds the lock.
    Writer {
        _lock: File,
    },
    /// Appends without the lock.
    Rival,
}

/// A connection to a journal in a file.
pub struct SqliteJournal {
    pub store: SqliteStore,
    pub connection: Connection,
    pub header: Header,
    pub role: Role,
    pub witness: Witness,
}

impl SqliteJournal {
    fn fault(&self, what: &str, error: &rusqlite::Error) -> Fault {
        self.store.fault(what, error)
    }

    /// What the log holds may not be on disk: it must outlive this connection, for who writes next to settle it.
    fn failed_append(&self, error: &rusqlite::Error) -> Fault {
        match self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true) {
            Ok(_) => self.fault("append to", error),
            Err(setting) => self.fault("keep the log of", &setting),
        }
    }

    /// Compares the end of the chain with the last tip that was acknowledged.
    pub fn heed_witness(&mut self) -> Result<(), Fault> {
        // The witness is read first: a writer may append meanwhile.
        let witness =
            self.witness.tip().map_err(|error| self.store.io_fault("read the witness of", &error))?;
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
        let tip = read::tip(&self.connection).map_err(|error| self.fault("read the end of", &error))?;
        Ok(tip.unwrap_or_else(|| self.header.tip()))
    }

    fn append(&mut self, batches: &[Batch]) -> Result<(), Fault> {
        if matches!(self.role, Role::Reader) {
            return Err(Fault::Unsafe { what: "this connection was opened to read".into() });
        }
        let Some(last) = batches.last() else { return Ok(()) };
        let appended = append::append(&mut self.connection, &self.header, batches);
        let appended = appended.map_err(|error| self.failed_append(&error))?;
        match appended {
            Ok(()) => {
                self.store.appended.1.notify_all();
                let noted = self.witness.note(last.tip());
                noted.map_err(|error| self.store.io_fault("write the witness of", &error))
            }
            Err(fenced) => Err(fenced),
        }
    }

    fn read(&mut self, after: u64, most_bytes: usize) -> Result<Vec<Batch>, Fault> {
        let rows = read::rows(&self.connection, after, most_bytes);
        let rows = rows.map_err(|error| self.fault("read", &error))?;
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
