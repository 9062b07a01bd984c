//! The follower: it goes along the journal and adds to the outbox what follows from each entry for others, with the
//! checkpoint behind it in the same transaction. So nothing is lost and nothing doubled, whatever ends the service in
//! between. Must not be added here: what follows from an entry.

mod events;
mod gathered;
mod notices;

use crate::app::App;
use crate::config::Clock;
use crate::effects::KEPT_SECONDS;
use gathered::Gathered;
use linli_engine::{EngineFault, Place, Replica, View, snapshots};
use linli_journal::Journal;
use linli_outbox::{Outbox, OutboxFault, Store};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// Bytes of entries that are read at once.
const READ_BYTES: usize = 1 << 18;

/// Rows that end a transaction, about; those of what was read at once are written together.
const ROWS: usize = 2_000;

/// Entries from which nothing follows before the checkpoint is moved behind them: following them again costs little.
const IDLE_ENTRIES: u64 = 10_000;

/// How long it waits for an entry before it looks whether it should end, and for the view to show what it has read.
const LOOK: Duration = Duration::from_millis(100);

/// How long it rests after a fault.
const PAUSE: Duration = Duration::from_secs(1);

/// A follower that runs.
pub struct Following {
    is_ending: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("{0}")]
    Engine(#[from] EngineFault),
    #[error("{0}")]
    Journal(#[from] linli_journal::Fault),
    #[error("{0}")]
    Outbox(#[from] OutboxFault),
}

/// Follows until it is ended.
pub fn start(app: &Arc<App>) -> Following {
    let is_ending = Arc::new(AtomicBool::new(false));
    let follower = Follower {
        place: app.place.clone(),
        view: app.view.clone(),
        store: app.outbox.store.clone(),
        wake: app.outbox.wake.clone(),
        followed: app.outbox.followed.clone(),
        clock: app.clock.clone(),
        is_ending: is_ending.clone(),
    };
    Following { is_ending, thread: std::thread::spawn(move || follower.keep_following()) }
}

impl Following {
    /// Ends after the transaction at work.
    pub async fn end(self) {
        self.is_ending.store(true, Ordering::Relaxed);
        self.thread.thread().unpark();
        let joined = tokio::task::spawn_blocking(move || self.thread.join()).await;
        joined.expect("it only waits").unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    }
}

struct Follower {
    place: Place,
    view: View,
    store: Arc<dyn Store>,
    wake: Arc<Notify>,
    followed: Arc<watch::Sender<u64>>,
    clock: Clock,
    is_ending: Arc<AtomicBool>,
}

/// Where a follower is.
struct At {
    journal: Box<dyn Journal>,
    outbox: Box<dyn Outbox>,
    replica: Replica,
    /// Where the checkpoint stands.
    checkpoint: u64,
}

impl Follower {
    fn keep_following(&self) {
        while !self.is_ending() {
            if let Err(fault) = self.open().and_then(|at| self.follow(at)) {
                // It goes on from the checkpoint, so that nothing is lost meanwhile.
                tracing::warn!(%fault, "what follows from the journal for others cannot be told now");
                std::thread::park_timeout(PAUSE);
            }
        }
    }

    fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Relaxed)
    }

    fn open(&self) -> Result<At, Fault> {
        let mut journal = self.place.store.read()?;
        let mut outbox = self.store.open()?;
        let checkpoint = outbox.checkpoint()?;
        let opened = snapshots::open_before(&*self.place.snapshots, &mut *journal, checkpoint)?;
        let mut replica = opened.replica;
        replica.catch_up(&mut *journal, checkpoint, |_| ())?;
        self.followed.send_replace(checkpoint);
        Ok(At { journal, outbox, replica, checkpoint })
    }

    fn follow(&self, mut at: At) -> Result<(), Fault> {
        while !self.is_ending() {
            if !at.journal.wait(at.replica.tip().seq, LOOK)? {
                continue;
            }
            let gathered = self.gather(&mut at)?;
            let seq = at.replica.tip().seq;
            if gathered.is_empty() && seq - at.checkpoint < IDLE_ENTRIES {
                self.followed.send_replace(seq);
                continue;
            }
            // Whoever delivers asks the view, which must not be behind what is delivered.
            while !self.view.wait_for(seq, LOOK) {
                if self.is_ending() || self.view.fault().is_some() {
                    return Ok(());
                }
            }
            let changes = gathered.into_changes();
            at.outbox.follow_all(at.checkpoint, seq, &changes)?;
            at.checkpoint = seq;
            self.followed.send_replace(seq);
            if !changes.is_empty() {
                self.wake.notify_one();
            }
        }
        Ok(())
    }

    /// What follows from the entries that are read next.
    fn gather(&self, at: &mut At) -> Result<Gathered, Fault> {
        let (now, from) = ((self.clock)(), at.replica.tip().seq);
        let mut gathered = Gathered::new(now, now - KEPT_SECONDS);
        // A long way is gone in steps, so that the service can end in between.
        while gathered.len() < ROWS && at.replica.tip().seq - from < IDLE_ENTRIES {
            let batches = at.journal.read(at.replica.tip().seq, READ_BYTES)?;
            if batches.is_empty() {
                break;
            }
            for batch in &batches {
                at.replica.watch(batch, |entry, answer, platform| gathered.take(entry, answer, platform))?;
            }
        }
        Ok(gathered)
    }
}
