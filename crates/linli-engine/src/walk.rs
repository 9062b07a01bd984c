//! Walking through a journal from its first command: read on one thread and replayed on another. Whatever asks what
//! happened is built on this. Must not be added here: what is looked for.

use crate::answered::Answered;
use crate::entries::Entry;
use crate::fault::EngineFault;
use crate::replica::Replica;
use linli_journal::{Batch, Fault, Journal, Store};
use std::sync::mpsc::sync_channel;
use std::thread;

/// Bytes of entries that are read at once.
const READ_BYTES: usize = 4 << 20;

/// Reads that may wait to be looked at.
const AHEAD: usize = 2;

/// Shows each entry of a journal up to its present end with its answer, and gives the replica there; `progress` is
/// told the seq reached and the end.
///
/// # Errors
/// The journal's and the replay's.
pub fn walk(
    store: &dyn Store,
    mut progress: impl FnMut(u64, u64),
    mut each: impl FnMut(&Entry<'_>, &Answered<'_>),
) -> Result<Replica, EngineFault> {
    let mut journal = store.read()?;
    let mut replica = Replica::genesis(journal.header())?;
    let end = journal.tip()?.seq;
    batches(&mut *journal, end, |batch| {
        replica.follow(batch, &mut each)?;
        progress(batch.last_seq(), end);
        Ok::<_, EngineFault>(())
    })?;
    Ok(replica)
}

/// Shows each batch up to this seq, which must be there; reading and hashing run on a thread of their own.
///
/// # Errors
/// The journal's, or the first of `each`.
pub fn batches<E: From<Fault>>(
    journal: &mut dyn Journal,
    end: u64,
    mut each: impl FnMut(&Batch) -> Result<(), E>,
) -> Result<(), E> {
    let (sender, receiver) = sync_channel(AHEAD);
    thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let sender = sender;
            read_all(journal, end, |batches| sender.send(batches).is_ok())
        });
        let seen = receiver.iter().flatten().try_for_each(|batch| each(&batch));
        drop(receiver);
        let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        seen?;
        Ok(read?)
    })
}

fn read_all(
    journal: &mut dyn Journal,
    end: u64,
    mut hand_on: impl FnMut(Vec<Batch>) -> bool,
) -> Result<(), Fault> {
    let mut after = 0;
    while after < end {
        let mut batches = journal.read(after, READ_BYTES)?;
        batches.retain(|batch| batch.last_seq() <= end);
        let Some(last) = batches.last() else {
            let what = format!("it ends at seq {after} and ended at seq {end} before");
            return Err(Fault::Damaged { what });
        };
        after = last.last_seq();
        if !hand_on(batches) {
            break;
        }
    }
    Ok(())
}
