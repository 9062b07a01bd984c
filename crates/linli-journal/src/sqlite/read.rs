//! Reading rows back; nothing of them is believed here (see `stored.rs`).

use crate::batch::{Content, Hash, Tip};
use crate::stored::StoredBatch;
use rusqlite::{Connection, OptionalExtension, Row};

const LAST: &str = "SELECT first_seq, count, hash FROM batch ORDER BY first_seq DESC LIMIT 1";

const FROM: &str = "SELECT first_seq, count, entries, results, figures, previous, hash FROM batch
    WHERE first_seq >= (SELECT coalesce((SELECT first_seq FROM batch WHERE first_seq <= ?1
        ORDER BY first_seq DESC LIMIT 1), 1))
    ORDER BY first_seq";

/// The end of the chain, if there is a batch.
pub fn tip(connection: &Connection) -> rusqlite::Result<Option<Tip>> {
    let tip = |row: &Row<'_>| {
        let (first, count): (u64, u64) = (row.get(0)?, row.get(1)?);
        Ok(Tip { seq: first.saturating_add(count).saturating_sub(1), hash: Hash(row.get(2)?) })
    };
    connection.prepare_cached(LAST)?.query_row([], tip).optional()
}

/// The rows with entries after this seq, as many as fit.
pub fn rows(connection: &Connection, after: u64, most_bytes: usize) -> rusqlite::Result<Vec<StoredBatch>> {
    let mut statement = connection.prepare_cached(FROM)?;
    let next = i64::try_from(after.saturating_add(1)).unwrap_or(i64::MAX);
    let mut found = statement.query([next])?;
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while let Some(row) = found.next()? {
        let row = stored(row)?;
        if row.first_seq.saturating_add(row.content.count.into()) <= next.unsigned_abs() {
            continue;
        }
        bytes += row.content.entries.len();
        if bytes > most_bytes && !rows.is_empty() {
            break;
        }
        rows.push(row);
    }
    Ok(rows)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredBatch> {
    let content = Content {
        count: row.get(1)?,
        entries: row.get(2)?,
        results: Hash(row.get(3)?),
        figures: Hash(row.get(4)?),
    };
    Ok(StoredBatch { first_seq: row.get(0)?, content, previous: Hash(row.get(5)?), hash: Hash(row.get(6)?) })
}
