//! The tables of a journal in a file. The database itself refuses to change or to skip a batch.

use crate::header::Header;
use crate::stored::StoredHeader;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

/// What every connection sets. `synchronous = FULL` syncs the write-ahead log at each commit; that there is one is
/// written in the file when it is created. A log that begins anew after 4 MB soon lies on blocks that the file has
/// already, so that a sync need not write the file's own size: 0.24 ms an order alone, against 0.36 after 16 MB.
pub const SETTINGS: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA cache_size = -8000;
";

const TABLES: &str = "
    CREATE TABLE header (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        format INTEGER NOT NULL,
        plan TEXT NOT NULL,
        root BLOB NOT NULL
    ) STRICT;
    CREATE TABLE batch (
        first_seq INTEGER PRIMARY KEY,
        count INTEGER NOT NULL CHECK (count > 0),
        entries BLOB NOT NULL,
        results BLOB NOT NULL,
        figures BLOB NOT NULL,
        previous BLOB NOT NULL,
        hash BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER batch_follows BEFORE INSERT ON batch
    WHEN NEW.first_seq IS NOT
        (SELECT coalesce((SELECT first_seq + count FROM batch ORDER BY first_seq DESC LIMIT 1), 1))
    BEGIN SELECT RAISE(ABORT, 'a batch must follow on the last one'); END;
    CREATE TRIGGER batch_stays BEFORE UPDATE ON batch
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER batch_is_kept BEFORE DELETE ON batch
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
";

/// The header of a database; none where it has no table at all. Tables without a header are an error, as they are
/// created together.
pub fn header(connection: &Connection) -> rusqlite::Result<Option<StoredHeader>> {
    if connection.query_row("SELECT 1 FROM sqlite_schema", [], |_| Ok(())).optional()?.is_none() {
        return Ok(None);
    }
    let row = |row: &rusqlite::Row<'_>| {
        Ok(StoredHeader { format: row.get(0)?, plan: row.get(1)?, root: row.get(2)? })
    };
    connection.query_row("SELECT format, plan, root FROM header", [], row).map(Some)
}

/// Creates tables and header, unless they are there; gives the header that is there.
pub fn create(connection: &Connection, header: &Header) -> rusqlite::Result<StoredHeader> {
    connection.execute_batch("PRAGMA journal_mode = WAL")?;
    let transaction = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    if let Some(stored) = self::header(&transaction)? {
        return Ok(stored);
    }
    transaction.execute_batch(TABLES)?;
    let root = header.root();
    transaction.execute(
        "INSERT INTO header (one, format, plan, root) VALUES (1, ?1, ?2, ?3)",
        (header.format, &header.plan, root.0),
    )?;
    transaction.commit()?;
    Ok(StoredHeader { format: header.format, plan: header.plan.clone(), root: root.0 })
}
