//! The check of the read model against the journal: everything is replayed from the first entry, each row that should
//! be there is made anew, and the first that is missing, changed or too many is named. What happens is compared in its
//! order as the replay goes, what is rewritten at the end. Must not be added here: mending.

mod difference;
mod entities;
mod order;

pub use difference::{Difference, What};

use super::ReadPlace;
use super::database::Database;
use super::fault::ReadFault;
use super::follower::has;
use super::gather::Gatherer;
use super::schema::{TableId, VERSION};
use crate::replica::Replica;
use linli_journal::Fault;
use order::InOrder;

/// Bytes of entries that are read at once.
const READ_BYTES: usize = 4 << 20;

/// The tables whose rows come in the order of their keys.
const IN_ORDER: [TableId; 7] = [
    TableId::Commands,
    TableId::Postings,
    TableId::Relations,
    TableId::Agents,
    TableId::Exits,
    TableId::Plans,
    TableId::Prices,
];

/// Compares a read model, as it is now, with the journal up to its checkpoint; `progress` is told the seq reached and
/// the checkpoint's.
///
/// # Errors
/// [`ReadFault::Differs`] with the first difference; [`ReadFault::Missing`] or [`ReadFault::Version`] if there is
/// none of this version; [`ReadFault::Stray`], and what hinders reading.
pub fn verify(place: &ReadPlace, mut progress: impl FnMut(u64, u64)) -> Result<(), ReadFault> {
    let mut journal = place.engine.store.read()?;
    let mut database = frozen(place)?;
    let checkpoint = database.checkpoint()?;
    if !has(&mut *journal, &checkpoint)? {
        return Err(ReadFault::Stray { place: place.tables.place(), checkpoint });
    }
    let mut replica = Replica::genesis(journal.header())?;
    let mut gatherer = Gatherer::genesis(journal.header(), replica.economy());
    let mut in_order: Vec<InOrder> = IN_ORDER.into_iter().map(InOrder::new).collect();
    while replica.tip().seq < checkpoint.seq {
        let batches = journal.read(replica.tip().seq, READ_BYTES)?;
        if batches.is_empty() {
            let what = format!("it ends at seq {} and had seq {} before", replica.tip().seq, checkpoint.seq);
            return Err(Fault::Damaged { what }.into());
        }
        for batch in batches.iter().take_while(|batch| batch.last_seq() <= checkpoint.seq) {
            replica.follow(batch, |entry, answer| gatherer.take(entry, answer))?;
            compare(&mut in_order, &mut *database, &mut gatherer)?;
            progress(replica.tip().seq, checkpoint.seq);
        }
    }
    gatherer.finish_day();
    compare(&mut in_order, &mut *database, &mut gatherer)?;
    for table in &mut in_order {
        table.expect_end(&mut *database)?;
    }
    entities::compare_all(&mut *database, replica.economy(), gatherer.touched())
}

fn frozen(place: &ReadPlace) -> Result<Box<dyn Database>, ReadFault> {
    let mut database = place.tables.read()?;
    match database.version()? {
        Some(VERSION) => database.freeze()?,
        Some(found) => {
            return Err(ReadFault::Version { place: place.tables.place(), found, known: VERSION });
        }
        None => return Err(ReadFault::Missing { place: place.tables.place() }),
    }
    Ok(database)
}

/// Compares the rows gathered since the last time.
fn compare(
    in_order: &mut [InOrder],
    database: &mut dyn Database,
    gatherer: &mut Gatherer,
) -> Result<(), ReadFault> {
    for table in in_order {
        for row in gatherer.changes().of(table.table()).iter() {
            table.expect(database, row)?;
        }
    }
    gatherer.clear_rows();
    Ok(())
}
