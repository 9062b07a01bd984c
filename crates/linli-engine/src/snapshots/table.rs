//! Snapshots in the database of the journal, in a schema of their own: a snapshot is many parts, kept in one
//! transaction, so that it is there whole or not at all. Must not be added here: what a part holds.

use super::{Snapshots, WriteBytes};
use linli_journal::{PostgresStore, Store};
use postgres::{Client, NoTls, Statement, Transaction};
use std::io::{self, Write};

/// How many are kept: the newest may turn out damaged.
const KEPT: i64 = 3;

/// Bytes of a part.
const PART: usize = 1 << 20;

const TABLES: &str = "
    CREATE SCHEMA IF NOT EXISTS linli_snapshots;
    CREATE TABLE IF NOT EXISTS linli_snapshots.part (
        seq bigint NOT NULL,
        part integer NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (seq, part)
    );
    ALTER TABLE linli_snapshots.part ALTER COLUMN bytes SET STORAGE EXTERNAL;
";

/// The snapshots of a journal in a database.
#[derive(Clone, Debug)]
pub struct SnapshotTable {
    store: PostgresStore,
}

impl SnapshotTable {
    /// The snapshots beside this journal; their tables need not be there yet.
    #[must_use]
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }

    fn connect(&self) -> io::Result<Client> {
        self.store.config().connect(NoTls).map_err(io::Error::other)
    }
}

impl Snapshots for SnapshotTable {
    fn list(&self) -> io::Result<Vec<u64>> {
        let mut client = self.connect()?;
        let exists = "SELECT to_regclass('linli_snapshots.part') IS NOT NULL";
        if !client.query_one(exists, &[]).map_err(io::Error::other)?.get::<_, bool>(0) {
            return Ok(Vec::new());
        }
        let seqs = "SELECT seq FROM linli_snapshots.part WHERE part = 0 ORDER BY seq DESC";
        let rows = client.query(seqs, &[]).map_err(io::Error::other)?;
        rows.iter().map(|row| u64::try_from(row.get::<_, i64>(0)).map_err(io::Error::other)).collect()
    }

    fn load(&self, seq: u64) -> io::Result<Vec<u8>> {
        let mut client = self.connect()?;
        let seq = i64::try_from(seq).map_err(io::Error::other)?;
        let parts = "SELECT bytes FROM linli_snapshots.part WHERE seq = $1 ORDER BY part";
        let mut bytes = Vec::new();
        let rows = client.query(parts, &[&seq]).map_err(io::Error::other)?;
        rows.iter().for_each(|row| bytes.extend_from_slice(row.get::<_, &[u8]>(0)));
        if bytes.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(bytes) }
    }

    fn save(&self, seq: u64, write: &mut WriteBytes<'_>) -> io::Result<()> {
        let mut client = self.connect()?;
        client.batch_execute(TABLES).map_err(io::Error::other)?;
        let seq = i64::try_from(seq).map_err(io::Error::other)?;
        let mut transaction = client.transaction().map_err(io::Error::other)?;
        let old = "DELETE FROM linli_snapshots.part WHERE seq = $1 OR seq NOT IN
            (SELECT seq FROM linli_snapshots.part WHERE part = 0 AND seq <> $1 ORDER BY seq DESC LIMIT $2)";
        transaction.execute(old, &[&seq, &(KEPT - 1)]).map_err(io::Error::other)?;
        let insert = transaction.prepare("INSERT INTO linli_snapshots.part VALUES ($1, $2, $3)");
        let insert = insert.map_err(io::Error::other)?;
        let mut parts = Parts { transaction, insert, seq, part: 0, bytes: Vec::with_capacity(PART) };
        write(&mut parts)?;
        parts.hand_on()?;
        parts.transaction.commit().map_err(io::Error::other)
    }

    fn place(&self, seq: u64) -> String {
        format!("the snapshot at seq {seq} in {}", self.store.place())
    }
}

/// A snapshot on its way into the table.
struct Parts<'c> {
    transaction: Transaction<'c>,
    insert: Statement,
    seq: i64,
    part: i32,
    bytes: Vec<u8>,
}

impl Parts<'_> {
    fn hand_on(&mut self) -> io::Result<()> {
        let row = self.transaction.execute(&self.insert, &[&self.seq, &self.part, &self.bytes]);
        row.map_err(io::Error::other)?;
        self.part += 1;
        self.bytes.clear();
        Ok(())
    }
}

impl Write for Parts<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= PART {
            self.hand_on()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
