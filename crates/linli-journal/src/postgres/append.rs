//! Appending in one transaction. The database itself checks that each batch follows on the last one (see
//! `schema.rs`), so nothing has to be asked before.
//! Must not be added: a second try; whoever opens the journal next sees what happened.

use super::schema::DOES_NOT_FOLLOW;
use crate::batch::{Batch, Content};
use crate::fault::Fault;
use postgres::error::SqlState;
use postgres::{Client, Error, GenericClient, Statement};

/// One batch.
pub const INSERT: &str =
    "INSERT INTO linli_journal.batch (first_seq, count, entries, results, figures, previous, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Appends all or none. The server says that it is done when the commit is on its disk.
pub fn append(client: &mut Client, insert: &Statement, batches: &[Batch]) -> Result<(), Error> {
    // One statement is a transaction of its own, which saves two round trips.
    if let [batch] = batches {
        return put(client, insert, batch);
    }
    let mut transaction = client.transaction()?;
    for batch in batches {
        put(&mut transaction, insert, batch)?;
    }
    transaction.commit()
}

fn put(client: &mut impl GenericClient, insert: &Statement, batch: &Batch) -> Result<(), Error> {
    let Content { count, entries, results, figures } = batch.content();
    let first = i64::try_from(batch.first_seq()).expect("a seq below 2^63");
    let [results, figures] = [results, figures].map(|hash| hash.0.as_slice());
    let (previous, hash) = (batch.previous(), batch.hash());
    let (previous, hash) = (previous.0.as_slice(), hash.0.as_slice());
    client.execute(insert, &[&first, &i64::from(*count), entries, &results, &figures, &previous, &hash])?;
    Ok(())
}

/// The first of these batches that does not follow on the one before it.
///
/// # Errors
/// [`Fault::Fenced`] as the fence of the database would say it, which sees one batch at a time.
pub fn in_order(batches: &[Batch]) -> Result<(), Fault> {
    let apart = batches.windows(2).find(|pair| pair[1].follows() != pair[0].tip());
    apart.map_or(Ok(()), |pair| Err(Fault::Fenced { expected: pair[1].follows(), found: pair[0].tip() }))
}

/// Whether the fence refused: the batch does not follow, or somebody put another in its place just now.
pub fn is_fenced(error: &Error) -> bool {
    error.code().is_some_and(|code| *code == SqlState::UNIQUE_VIOLATION || code.code() == DOES_NOT_FOLLOW)
}
