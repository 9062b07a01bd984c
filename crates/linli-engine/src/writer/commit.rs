//! Committing: batches that wait are appended together with one sync, and their callers are answered. Large batches
//! are committed on a thread of their own while the next is applied; a small one that nothing is ahead of is
//! committed where it was applied, because waking another thread would take longer than what runs beside it saves.

use super::apply::Prepared;
use super::queue::Queue;
use crate::view::Feed;
use linli_journal::{Batch, Fault, Journal};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};

/// Batches that are appended in one transaction at most.
const TOGETHER: usize = 8;

/// Entries of a batch that is applied faster than a thread is woken.
const SMALL: u32 = 16;

/// What ended the committing.
pub struct Failed {
    /// Why a commit failed.
    pub fault: Fault,
    /// The batches of the commit that failed, and those after it, in order.
    pub pending: Vec<Prepared>,
}

/// The journal as the threads of one session share it. Batches are appended in the order in which they were applied:
/// on the applying thread only when all that was handed over is on disk.
pub struct Committing<'a> {
    journal: Mutex<&'a mut dyn Journal>,
    feed: Option<&'a Feed>,
    /// Paused by whoever fails to commit, since what comes could not be committed either.
    queue: &'a Queue,
    /// Batches handed over and not yet on disk.
    ahead: AtomicUsize,
}

impl<'a> Committing<'a> {
    pub fn new(journal: &'a mut dyn Journal, feed: Option<&'a Feed>, queue: &'a Queue) -> Self {
        Self { journal: Mutex::new(journal), feed, queue, ahead: AtomicUsize::new(0) }
    }

    /// Commits a batch or hands it over to whoever runs [`Committing::commit_all`].
    pub fn commit(&self, prepared: Prepared, others: &SyncSender<Prepared>) -> Result<(), Failed> {
        let is_small = prepared.batch.content().count <= SMALL;
        if is_small && self.ahead.load(Ordering::Acquire) == 0 {
            return self.append(vec![prepared]);
        }
        self.ahead.fetch_add(1, Ordering::Release);
        others.send(prepared).expect("what is handed over is taken until the sender is gone");
        Ok(())
    }

    /// Commits what is handed over until nothing comes any more, or until a commit fails.
    pub fn commit_all(&self, prepared: &Receiver<Prepared>) -> Result<(), Failed> {
        while let Ok(first) = prepared.recv() {
            let mut pending = vec![first];
            pending.extend(prepared.try_iter().take(TOGETHER - 1));
            let count = pending.len();
            if let Err(mut failed) = self.append(pending) {
                // What was applied meanwhile. It ends, because the queue gives nothing any more.
                failed.pending.extend(prepared.iter());
                return Err(failed);
            }
            self.ahead.fetch_sub(count, Ordering::Release);
        }
        Ok(())
    }

    fn append(&self, pending: Vec<Prepared>) -> Result<(), Failed> {
        let batches: Vec<Batch> = pending.iter().map(|prepared| prepared.batch.clone()).collect();
        let mut journal = self.journal.lock().expect("a panic ends the session");
        if let Err(fault) = journal.append(&batches) {
            self.queue.pause(&fault.to_string());
            return Err(Failed { fault, pending });
        }
        drop(journal);
        if let Some(feed) = self.feed {
            feed.committed(batches);
        }
        for caller in pending.into_iter().flat_map(|prepared| prepared.callers) {
            caller.acknowledge();
        }
        Ok(())
    }
}
