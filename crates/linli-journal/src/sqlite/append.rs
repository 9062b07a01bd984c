//! Appending in one transaction, with the tip that it expects.

use super::read;
use crate::batch::{Batch, Content};
use crate::fault::Fault;
use crate::header::Header;
use rusqlite::{Connection, TransactionBehavior};

const INSERT: &str = "INSERT INTO batch (first_seq, count, entries, results, figures, previous, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// Appends all or none; the inner error is the fence's.
pub fn append(
    connection: &mut Connection,
    header: &Header,
    batches: &[Batch],
) -> rusqlite::Result<Result<(), Fault>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut tip = read::tip(&transaction)?.unwrap_or_else(|| header.tip());
    for batch in batches {
        if batch.follows() != tip {
            return Ok(Err(Fault::Fenced { expected: batch.follows(), found: tip }));
        }
        let Content { count, entries, results, figures } = batch.content();
        let mut insert = transaction.prepare_cached(INSERT)?;
        let first = i64::try_from(batch.first_seq()).expect("a seq below 2^63");
        insert.execute((first, count, entries, results.0, figures.0, batch.previous().0, batch.hash().0))?;
        tip = batch.tip();
    }
    transaction.commit()?;
    Ok(Ok(()))
}
