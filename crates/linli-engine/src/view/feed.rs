//! What the writer hands to the view: each batch after its commit. It never waits for the view: what does not fit
//! is left out, and the view reads it from the journal. Must not be added here: a batch that is not committed.

use linli_journal::Batch;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// Batches that may wait for the view.
const WAITING: usize = 32;

/// The writer's end.
pub struct Feed {
    committed: Arc<AtomicU64>,
    sender: SyncSender<Tidings>,
}

/// What the view is told.
pub enum Tidings {
    /// This batch is on disk.
    Batch(Batch),
    /// The journal may have more than was handed on.
    Look,
}

/// The view's end.
pub struct News {
    committed: Arc<AtomicU64>,
    receiver: Receiver<Tidings>,
}

impl Feed {
    /// Both ends, where everything up to this seq is known.
    pub fn new(seq: u64) -> (Self, News) {
        let committed = Arc::new(AtomicU64::new(seq));
        let (sender, receiver) = sync_channel(WAITING);
        (Self { committed: committed.clone(), sender }, News { committed, receiver })
    }

    /// These batches are on disk.
    pub fn committed(&self, batches: Vec<Batch>) {
        for batch in batches {
            self.tell(batch.last_seq(), Tidings::Batch(batch));
        }
    }

    /// The journal ends at this seq.
    pub fn ends_at(&self, seq: u64) {
        self.tell(seq, Tidings::Look);
    }

    fn tell(&self, seq: u64, tidings: Tidings) {
        // Before the tidings: where these do not fit, others wait, after which the view looks at the number.
        self.committed.fetch_max(seq, Ordering::SeqCst);
        // Without room the view finds the gap; without a view nobody wants to know.
        let _ = self.sender.try_send(tidings);
    }
}

impl News {
    /// The seq up to which the journal is known to reach.
    pub fn committed(&self) -> u64 {
        self.committed.load(Ordering::SeqCst)
    }

    /// The next tidings; after the pause there are some in any case. None when the writer has ended.
    pub fn next(&self, pause: Option<Duration>) -> Option<Tidings> {
        let Some(pause) = pause else { return self.receiver.recv().ok() };
        match self.receiver.recv_timeout(pause) {
            Ok(tidings) => Some(tidings),
            Err(RecvTimeoutError::Timeout) => Some(Tidings::Look),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }
}
