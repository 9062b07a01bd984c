//! Reading rows back; nothing of them is believed here (see `stored.rs`).
//! Must not be added: a statement that looks at more rows than it gives.

use super::failure::{Failure, error_text};
use crate::batch::{Content, Hash, Tip};
use crate::stored::StoredBatch;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{FromSql, ToSql};
use postgres::{Client, Row, Statement};

/// The end of the chain.
pub const LAST: &str =
    "SELECT first_seq, count, hash FROM linli_journal.batch ORDER BY first_seq DESC LIMIT 1";

/// From the batch with the entry `$1` on, as many as have `$2` bytes of entries together, and the first however
/// long it is. It walks from batch to batch and knows a length without reading the entries, so that the server
/// looks at no more than it sends.
pub const FROM: &str = "
    WITH RECURSIVE walk (first_seq, bytes) AS (
        (SELECT first_seq, octet_length(entries)::bigint FROM linli_journal.batch
            WHERE first_seq >= coalesce(
                    (SELECT max(first_seq) FROM linli_journal.batch WHERE first_seq <= $1), 1)
                AND first_seq > $1 - count
            ORDER BY first_seq LIMIT 1)
        UNION ALL
        (SELECT next.first_seq, walk.bytes + next.bytes
            FROM walk CROSS JOIN LATERAL (
                SELECT first_seq, octet_length(entries)::bigint AS bytes FROM linli_journal.batch
                WHERE first_seq > walk.first_seq ORDER BY first_seq LIMIT 1) AS next
            WHERE walk.bytes + next.bytes <= $2)
    )
    SELECT first_seq, count, entries, results, figures, previous, hash
    FROM walk JOIN linli_journal.batch USING (first_seq) ORDER BY first_seq";

/// The end of the chain, if there is a batch.
pub fn tip(client: &mut Client, last: &Statement) -> Result<Option<Tip>, Failure> {
    let Some(row) = client.query_opt(last, &[])? else { return Ok(None) };
    let (first, count): (u64, u64) = (number(&row, "first_seq")?, number(&row, "count")?);
    let seq = first.saturating_add(count).saturating_sub(1);
    Ok(Some(Tip { seq, hash: hash(&row, "hash")? }))
}

/// The rows with entries after this seq, as many as fit.
pub fn rows(
    client: &mut Client,
    from: &Statement,
    after: u64,
    most_bytes: usize,
) -> Result<Vec<StoredBatch>, Failure> {
    let next = i64::try_from(after.saturating_add(1)).unwrap_or(i64::MAX);
    let most_bytes = i64::try_from(most_bytes).unwrap_or(i64::MAX);
    let parameters: [&(dyn ToSql + Sync); 2] = [&next, &most_bytes];
    let mut found = client.query_raw(from, parameters)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(stored(&row)?);
    }
    Ok(rows)
}

fn stored(row: &Row) -> Result<StoredBatch, Failure> {
    let content = Content {
        count: number(row, "count")?,
        entries: column(row, "entries")?,
        results: hash(row, "results")?,
        figures: hash(row, "figures")?,
    };
    let (previous, hash) = (hash(row, "previous")?, hash(row, "hash")?);
    Ok(StoredBatch { first_seq: number(row, "first_seq")?, content, previous, hash })
}

/// A value of the type that the schema gives it: another type is damage.
pub fn column<'a, T: FromSql<'a>>(row: &'a Row, name: &str) -> Result<T, Failure> {
    row.try_get(name).map_err(|error| Failure::Shape(format!("{name}: {}", error_text(&error))))
}

/// A number that fits, which the server knows with a sign alone.
pub fn number<T: TryFrom<i64>>(row: &Row, name: &str) -> Result<T, Failure> {
    let value: i64 = column(row, name)?;
    T::try_from(value).map_err(|_| Failure::Shape(format!("{name} is {value}")))
}

/// A hash.
pub fn hash(row: &Row, name: &str) -> Result<Hash, Failure> {
    let bytes: &[u8] = column(row, name)?;
    let length = bytes.len();
    bytes.try_into().map(Hash).map_err(|_| Failure::Shape(format!("{name} has {length} bytes")))
}
