//! The worker: takes rows that are due, has them delivered, and records how it went. Several can work on one outbox,
//! in one process or in many. Must not be added here: what a kind of row is.

mod slots;
mod thread;
mod try_once;

use crate::deliver::Deliver;
use crate::store::{Due, OutboxFault, Store};
use slots::Slots;
use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
pub use thread::StoreThread;
use tokio::sync::Notify;
use tokio::time::timeout;
use try_once::Trial;

/// The time now, in seconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How a worker works.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Deliveries at the same time.
    pub at_once: usize,
    /// Of them to one target, so that one that hangs does not keep the others waiting.
    pub at_once_to_one: usize,
    /// The longest that an attempt may take, and the longest that telling its end may.
    pub attempt: Duration,
    /// How often it looks for rows that are due.
    pub look: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        let (attempt, look) = (Duration::from_secs(30), Duration::from_secs(1));
        Self { at_once: 16, at_once_to_one: 4, attempt, look }
    }
}

impl Bounds {
    /// How long a row is kept from others, in seconds: longer than an attempt, telling its end and recording it can
    /// take, so that only a worker that is gone loses its rows.
    #[must_use]
    pub fn claim_seconds(&self) -> i64 {
        i64::try_from(self.attempt.as_secs()).unwrap_or(i64::MAX / 4).saturating_mul(2).saturating_add(60)
    }
}

/// A worker.
pub struct Worker {
    store: StoreThread,
    kinds: BTreeMap<String, Arc<dyn Deliver>>,
    clock: Clock,
    bounds: Bounds,
    slots: Slots,
    wake: Arc<Notify>,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<&String> = self.kinds.keys().collect();
        f.debug_struct("Worker").field("kinds", &kinds).field("bounds", &self.bounds).finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker on this outbox, which knows no kind yet.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Clock, bounds: Bounds) -> Self {
        let slots = Slots::new(bounds.at_once, bounds.at_once_to_one);
        let store = StoreThread::start(store);
        Self { store, kinds: BTreeMap::new(), clock, bounds, slots, wake: Arc::default() }
    }

    /// Rows of this kind are delivered so; those of kinds that it does not know are left to others.
    #[must_use]
    pub fn with(mut self, kind: &str, deliver: Arc<dyn Deliver>) -> Self {
        self.kinds.insert(kind.into(), deliver);
        self
    }

    /// What makes it look at once: for whoever has added rows.
    #[must_use]
    pub fn waker(&self) -> Arc<Notify> {
        self.wake.clone()
    }

    /// The same worker, which looks at once when this is notified.
    #[must_use]
    pub fn woken_by(self, wake: Arc<Notify>) -> Self {
        Self { wake, ..self }
    }

    /// Works until `stop` is there, then ends what has begun, which the bounds bound.
    pub async fn run(mut self, stop: impl Future<Output = ()> + Send) {
        let mut stop = std::pin::pin!(stop);
        loop {
            // Nothing is lost by looking again later.
            if let Err(fault) = self.take().await {
                tracing::warn!(%fault, code = fault.code(), "no rows of the outbox can be taken");
            }
            let wake = self.wake.clone();
            tokio::select! {
                () = &mut stop => break,
                () = self.slots.ended() => {}
                _ = timeout(self.bounds.look, wake.notified()) => {}
            }
        }
        self.finish().await;
    }

    /// Delivers what is due now and what comes to be due meanwhile, each row until it is due later.
    ///
    /// # Errors
    /// The store's; what has begun has ended.
    pub async fn run_due(&mut self) -> Result<(), OutboxFault> {
        loop {
            let taken = self.take().await;
            if taken.is_err() || self.slots.is_empty() {
                self.finish().await;
                return taken;
            }
            self.slots.ended().await;
        }
    }

    async fn finish(&mut self) {
        while !self.slots.is_empty() {
            self.slots.ended().await;
        }
    }

    /// Begins as many deliveries as are due and have room.
    async fn take(&mut self) -> Result<(), OutboxFault> {
        while self.slots.free() > 0 {
            let now = (self.clock)();
            let claims = self.claim(now).await?;
            if claims.is_empty() {
                return Ok(());
            }
            let mut back = Vec::new();
            for claim in claims {
                if self.slots.has_room_for(claim.row.row.target()) {
                    let target = claim.row.row.target().to_owned();
                    let deliver = self.kinds[claim.row.row.kind()].clone();
                    let (store, clock) = (self.store.clone(), self.clock.clone());
                    let trial = Trial { store, clock, deliver, claim, longest: self.bounds.attempt };
                    self.slots.begin(target, trial.run());
                } else {
                    back.push(claim);
                }
            }
            if !back.is_empty() {
                // Their target has no room now, so that they are not claimed again at once.
                self.store.call(move |outbox| outbox.release(&back, now)).await?;
            }
        }
        Ok(())
    }

    async fn claim(&self, now: i64) -> Result<Vec<crate::store::Claim>, OutboxFault> {
        let kinds: Vec<String> = self.kinds.keys().cloned().collect();
        let (but_targets, most) = (self.slots.full_targets(), self.slots.free());
        let until = now.saturating_add(self.bounds.claim_seconds());
        let claim = move |outbox: &mut dyn crate::store::Outbox| {
            let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
            let but_targets: Vec<&str> = but_targets.iter().map(String::as_str).collect();
            outbox.claim(&Due { kinds: &kinds, but_targets: &but_targets, now, until, most })
        };
        self.store.call(claim).await
    }
}
