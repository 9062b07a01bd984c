//! Files in a schema of their own in PostgreSQL. Each call has a connection of its own: files are asked for rarely, and
//! nothing is lost with a connection that broke. Must not be added here: a second place for anything.

use super::{FileStore, check_name};
use crate::fault::Fault;
use crate::journal::Store;
use crate::postgres::{PostgresStore, error_text};
use postgres::{Client, NoTls};

const TABLE: &str = "
    CREATE SCHEMA IF NOT EXISTS linli_files;
    CREATE TABLE IF NOT EXISTS linli_files.file (
        name text PRIMARY KEY, touched_at bigint NOT NULL, bytes bytea NOT NULL);
";

/// The files beside a journal in a database.
pub struct FileTable {
    store: PostgresStore,
}

impl FileTable {
    /// The files in the database of this journal, whose table is made if there is none.
    ///
    /// # Errors
    /// What hinders it.
    pub fn open(store: PostgresStore) -> Result<Self, Fault> {
        let table = Self { store };
        table.with("open", |client| client.batch_execute(TABLE))?;
        Ok(table)
    }

    fn with<T>(
        &self,
        what: &str,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, Fault> {
        let worked = self.store.config().connect(NoTls).and_then(|mut client| work(&mut client));
        worked.map_err(|error| {
            let (place, error) = (self.store.place(), error_text(&error));
            Fault::Unavailable { what: format!("cannot {what} the files in {place}: {error}") }
        })
    }
}

impl FileStore for FileTable {
    fn keep(&self, name: &str, bytes: &[u8], at_seconds: i64) -> Result<(), Fault> {
        check_name(name)?;
        let keep = "INSERT INTO linli_files.file VALUES ($1, $2, $3) ON CONFLICT (name)
            DO UPDATE SET touched_at = greatest(file.touched_at, excluded.touched_at)";
        self.with("add to", |client| client.execute(keep, &[&name, &at_seconds, &bytes])).map(drop)
    }

    fn touch(&self, name: &str, at_seconds: i64) -> Result<bool, Fault> {
        check_name(name)?;
        let touch = "UPDATE linli_files.file SET touched_at = greatest(touched_at, $2) WHERE name = $1";
        self.with("look at", |client| client.execute(touch, &[&name, &at_seconds])).map(|rows| rows > 0)
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        check_name(name)?;
        let read = "SELECT bytes FROM linli_files.file WHERE name = $1";
        let row = self.with("read", |client| client.query_opt(read, &[&name]))?;
        Ok(row.map(|row| row.get(0)))
    }

    fn untouched_since(&self, seconds: i64) -> Result<Vec<String>, Fault> {
        let list = "SELECT name FROM linli_files.file WHERE touched_at < $1";
        let rows = self.with("list", |client| client.query(list, &[&seconds]))?;
        Ok(rows.into_iter().map(|row| row.get(0)).collect())
    }

    fn remove_untouched(&self, name: &str, since_seconds: i64) -> Result<(), Fault> {
        check_name(name)?;
        let remove = "DELETE FROM linli_files.file WHERE name = $1 AND touched_at < $2";
        self.with("take away one of", |client| client.execute(remove, &[&name, &since_seconds])).map(drop)
    }
}
