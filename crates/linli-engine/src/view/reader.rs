//! Reads a view's ledger from the journal's first entry in the background, with a replica of its own, and hands it over
//! when both are at the same place; from then on the view keeps it. Must not be added here: what the ledger holds.

use super::Shared;
use crate::books::Ledger;
use crate::fault::EngineFault;
use crate::replica::Replica;
use linli_journal::{Journal, Store};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

/// Bytes of entries that are read at once.
const READ_BYTES: usize = 4 << 20;

/// When a journal that could not be read is tried again.
const PAUSE: Duration = Duration::from_millis(200);

/// Reads the ledger until the view has it or has ended; `done` is told whether it has.
pub fn start(
    shared: Weak<Shared>,
    store: Arc<dyn Store>,
    done: impl FnOnce(Result<(), EngineFault>) + Send + 'static,
) {
    thread::spawn(move || {
        let read = loop {
            match read(&shared, &*store) {
                Err(EngineFault::Journal(fault)) if fault.is_retryable() => thread::park_timeout(PAUSE),
                read => break read,
            }
        };
        done(read);
    });
}

fn read(shared: &Weak<Shared>, store: &dyn Store) -> Result<(), EngineFault> {
    let mut journal = store.read()?;
    let mut replica = Replica::genesis(journal.header())?;
    let mut ledger = Some(Ledger::genesis(replica.economy()));
    // Each round catches up with what came during the one before.
    while let Some(shared) = shared.upgrade() {
        follow(&mut *journal, &mut replica, &mut ledger, shared.progress().seq)?;
        if shared.take_ledger(&replica, &mut ledger) {
            return Ok(());
        }
    }
    Ok(())
}

/// Follows the journal up to this seq, which the view has reached.
fn follow(
    journal: &mut dyn Journal,
    replica: &mut Replica,
    ledger: &mut Option<Ledger>,
    up_to: u64,
) -> Result<(), EngineFault> {
    while replica.tip().seq < up_to {
        let batches = journal.read(replica.tip().seq, READ_BYTES)?;
        for batch in batches.iter().take_while(|batch| batch.last_seq() <= up_to) {
            replica.follow(batch, |entry, answer| {
                ledger.iter_mut().for_each(|ledger| ledger.take(entry, answer));
            })?;
        }
    }
    Ok(())
}
