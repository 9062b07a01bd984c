//! Keys in a schema of their own in PostgreSQL. After each shredding the table is vacuumed, so that its files hold the
//! key no more; archives of the server's log and base backups hold it until they are deleted.

use super::{Kept, KeyStore, PersonKey};
use crate::fault::Fault;
use crate::journal::Store;
use crate::postgres::{PostgresStore, error_text};
use postgres::{Client, NoTls};

const TABLE: &str = "
    CREATE SCHEMA IF NOT EXISTS linli_keys;
    CREATE TABLE IF NOT EXISTS linli_keys.person_key (person text PRIMARY KEY, key bytea);
";

/// The keys beside a journal in a database.
pub struct PostgresKeys {
    place: String,
    /// There until it is dropped.
    client: Option<Client>,
}

impl PostgresKeys {
    /// Opens the keys in the database of this journal, or makes their table.
    ///
    /// # Errors
    /// What hinders it.
    pub fn open(store: &PostgresStore) -> Result<Self, Fault> {
        let place = store.place();
        let opened = store.config().connect(NoTls).and_then(|mut client| {
            client.batch_execute(TABLE)?;
            Ok(client)
        });
        let client = opened.map_err(|error| fault("open", &place, &error))?;
        Ok(Self { place, client: Some(client) })
    }

    fn client(&mut self) -> &mut Client {
        self.client.as_mut().expect("it is there until it is dropped")
    }
}

impl Drop for PostgresKeys {
    /// The client waits until the server has heard that it ends. A service lets go of its keys on a thread that drives
    /// tasks and must not wait, so another thread does it.
    fn drop(&mut self) {
        let client = self.client.take();
        // Nothing is kept after the last answer: how the connection ends does not matter.
        let _ = std::thread::spawn(move || drop(client)).join();
    }
}

fn fault(what: &str, place: &str, error: &postgres::Error) -> Fault {
    Fault::Unavailable { what: format!("cannot {what} the keys in {place}: {}", error_text(error)) }
}

impl KeyStore for PostgresKeys {
    fn find(&mut self, person: &str) -> Result<Kept, Fault> {
        let key = "SELECT key FROM linli_keys.person_key WHERE person = $1";
        let row =
            self.client().query_opt(key, &[&person]).map_err(|error| fault("read", &self.place, &error))?;
        match row.map(|row| row.get::<_, Option<Vec<u8>>>(0)) {
            None => Ok(Kept::Never),
            Some(None) => Ok(Kept::Shredded),
            Some(Some(key)) => Ok(Kept::Key(PersonKey::stored(&key)?)),
        }
    }

    fn keep(&mut self, person: &str, key: &PersonKey) -> Result<(), Fault> {
        let keep = "INSERT INTO linli_keys.person_key VALUES ($1, $2)";
        let kept = self.client().execute(keep, &[&person, &&key.0[..]]);
        kept.map(|_| ()).map_err(|error| fault("add to", &self.place, &error))
    }

    fn shred(&mut self, person: &str) -> Result<(), Fault> {
        let shred = "INSERT INTO linli_keys.person_key VALUES ($1, NULL)
            ON CONFLICT (person) DO UPDATE SET key = NULL";
        let shredded = self.client().execute(shred, &[&person]);
        let vacuumed =
            shredded.and_then(|_| self.client().batch_execute("VACUUM FULL linli_keys.person_key"));
        vacuumed.map_err(|error| fault("shred one of", &self.place, &error))
    }
}
