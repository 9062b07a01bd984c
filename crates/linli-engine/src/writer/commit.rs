//! Committing: batches that wait are appended together with one sync, and their callers are answered.

use super::apply::Prepared;
use crate::view::Feed;
use linli_journal::{Batch, Fault, Journal};
use std::sync::mpsc::Receiver;

/// Batches that are appended in one transaction at most.
const TOGETHER: usize = 8;

/// What ended the committing.
pub struct Failed {
    /// Why a commit failed.
    pub fault: Fault,
    /// The batches of the commit that failed, and those after it, in order.
    pub pending: Vec<Prepared>,
}

/// Commits what comes until nothing comes any more, or until a commit fails.
pub fn commit_all(
    journal: &mut dyn Journal,
    prepared: &Receiver<Prepared>,
    feed: Option<&Feed>,
) -> Result<(), Failed> {
    while let Ok(first) = prepared.recv() {
        let mut pending = vec![first];
        pending.extend(prepared.try_iter().take(TOGETHER - 1));
        let batches: Vec<Batch> = pending.iter().map(|prepared| prepared.batch.clone()).collect();
        if let Err(fault) = journal.append(&batches) {
            pending.extend(prepared.try_iter());
            return Err(Failed { fault, pending });
        }
        if let Some(feed) = feed {
            feed.committed(batches);
        }
        for caller in pending.into_iter().flat_map(|prepared| prepared.callers) {
            caller.acknowledge();
        }
    }
    Ok(())
}
