//! One attempt at one row, from the claim to the record. Must not be added here: a record before the answer.

use super::Clock;
use super::thread::StoreThread;
use crate::deliver::{Deliver, Ending, Outcome, Verdict};
use crate::schedule;
use crate::store::{Attempt, Claim, Next, OutboxFault};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// When a row is tried again whose end could not be told, in seconds. It counts as no attempt.
const TELL_AGAIN: i64 = 60;

/// How often recording is tried: the attempt was made, and forgetting it makes another.
const RECORDS: usize = 3;

/// An attempt that is to be made.
pub struct Trial {
    pub store: StoreThread,
    pub clock: Clock,
    pub deliver: Arc<dyn Deliver>,
    pub claim: Claim,
    pub longest: Duration,
}

impl Trial {
    pub async fn run(self) {
        let (at, begun) = ((self.clock)(), Instant::now());
        let outcome = timeout(self.longest, self.deliver.deliver(&self.claim.row, at)).await;
        let outcome = outcome.unwrap_or_else(|_| {
            let why = format!("timeout: an attempt may take {} ms", self.longest.as_millis());
            Outcome::new(Verdict::Retry { after: None }).because(why)
        });
        if let Verdict::Hold { seconds } = outcome.verdict {
            return self.hold(seconds).await;
        }
        let duration_ms = u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
        let Outcome { verdict, status, error, answer } = outcome;
        let mut attempt = Attempt { at, status, error, duration_ms, answer };
        let (mut next, ending) = self.follows(verdict);
        if let Some(ending) = ending
            && let Err(why) = self.tell(ending).await
        {
            tracing::warn!(key = self.claim.row.row.key(), why, "the end of a row could not be told");
            attempt.error = Some("ending_not_told: the row is tried and its end told again".into());
            let due_at = (self.clock)().saturating_add(TELL_AGAIN);
            next = Next::Again { due_at, attempts: self.claim.row.attempts };
        }
        if let Err(fault) = self.record(&attempt, next).await {
            // It comes back when its claim ends, and is delivered again with the same key.
            let key = self.claim.row.row.key();
            tracing::error!(key, %fault, code = fault.code(), "an attempt could not be recorded");
        }
    }

    /// What is recorded, and the end that is told before.
    fn follows(&self, verdict: Verdict) -> (Next, Option<Ending>) {
        let now = (self.clock)();
        let (key, attempts) = (self.claim.row.row.key(), self.claim.row.attempts.saturating_add(1));
        match verdict {
            Verdict::Hold { .. } => unreachable!("it was given back"),
            Verdict::Done => (Next::Done { at: now }, Some(Ending::Done)),
            Verdict::Gone => (Next::Dead { at: now }, Some(Ending::Gone)),
            Verdict::Dead => (Next::Dead { at: now }, Some(Ending::Dead)),
            Verdict::Retry { after } => match schedule::next(key, attempts, now, after) {
                Some(due_at) => (Next::Again { due_at, attempts }, None),
                None => (Next::Dead { at: now }, Some(Ending::Dead)),
            },
        }
    }

    /// Gives back what was not tried. Where that fails, it is due again when its claim ends.
    async fn hold(&self, seconds: i64) {
        let (claim, due_at) = (self.claim.clone(), (self.clock)().saturating_add(seconds));
        if let Err(fault) = self.store.call(move |outbox| outbox.release(&[claim], due_at)).await {
            tracing::warn!(%fault, code = fault.code(), "a row could not be given back");
        }
    }

    async fn tell(&self, ending: Ending) -> Result<(), String> {
        let told = timeout(self.longest, self.deliver.ending(&self.claim.row, ending)).await;
        told.unwrap_or_else(|_| Err("it took too long".into()))
    }

    async fn record(&self, attempt: &Attempt, next: Next) -> Result<(), OutboxFault> {
        let mut tries = 1;
        loop {
            let (claim, attempt) = (self.claim.clone(), attempt.clone());
            match self.store.call(move |outbox| outbox.record(&claim, &attempt, next)).await {
                Err(fault) if fault.is_retryable() && tries < RECORDS => tries += 1,
                recorded => return recorded.map(drop),
            }
        }
    }
}
