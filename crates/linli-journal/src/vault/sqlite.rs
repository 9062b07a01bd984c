//! Keys in a file of SQLite. What is deleted is overwritten, and the write-ahead log is cut off after each shredding,
//! so that no file of the store holds the key any more; what the disk keeps of freed blocks is the disk's.

use super::{Kept, KeyStore, PersonKey};
use crate::fault::Fault;
use rusqlite::{Connection, OptionalExtension};
use std::path::{Path, PathBuf};

const TABLE: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS person_key (person TEXT PRIMARY KEY, key BLOB) STRICT, WITHOUT ROWID;
";

/// The keys in a file.
pub struct SqliteKeys {
    path: PathBuf,
    connection: Connection,
}

impl SqliteKeys {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// What hinders it.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let opened = Connection::open(path).and_then(|connection| {
            connection.execute_batch(TABLE)?;
            Ok(connection)
        });
        let connection = opened.map_err(|error| fault("open", path, &error))?;
        Ok(Self { path: path.to_path_buf(), connection })
    }
}

fn fault(what: &str, path: &Path, error: &rusqlite::Error) -> Fault {
    let what = format!("cannot {what} the keys in {}: {error}", path.display());
    Fault::Unavailable { what }
}

impl KeyStore for SqliteKeys {
    fn find(&mut self, person: &str) -> Result<Kept, Fault> {
        let key = "SELECT key FROM person_key WHERE person = ?1";
        let key = self.connection.query_row(key, [person], |row| row.get::<_, Option<Vec<u8>>>(0)).optional();
        match key.map_err(|error| fault("read", &self.path, &error))? {
            None => Ok(Kept::Never),
            Some(None) => Ok(Kept::Shredded),
            Some(Some(key)) => Ok(Kept::Key(PersonKey::stored(&key)?)),
        }
    }

    fn keep(&mut self, person: &str, key: &PersonKey) -> Result<(), Fault> {
        let kept = self.connection.execute("INSERT INTO person_key VALUES (?1, ?2)", (person, key.0));
        kept.map(|_| ()).map_err(|error| fault("add to", &self.path, &error))
    }

    fn shred(&mut self, person: &str) -> Result<(), Fault> {
        let shred = "INSERT INTO person_key VALUES (?1, NULL) ON CONFLICT (person) DO UPDATE SET key = NULL";
        let shredded = self.connection.execute(shred, [person]).and_then(|_| {
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0))
        });
        match shredded.map_err(|error| fault("shred one of", &self.path, &error))? {
            false => Ok(()),
            true => Err(Fault::Unavailable {
                what: format!("another connection holds {}: shred the key again", self.path.display()),
            }),
        }
    }
}
