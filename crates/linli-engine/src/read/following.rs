//! A follower in the background: it follows as the journal grows, tells how far it has come, and begins again by itself
//! when a database was away. Must not be added here: how a transaction is made.

use super::ReadPlace;
use super::fault::ReadFault;
use super::follower::Follower;
use std::error::Error;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often it looks whether it should end.
const LOOK: Duration = Duration::from_millis(100);

/// How long to wait before it is tried again, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// A running follower; dropping it ends it after the transaction at work.
pub struct Following {
    status: Arc<Watched>,
    thread: Option<JoinHandle<Result<(), ReadFault>>>,
}

/// How it stands.
#[derive(Debug, Default)]
struct Status {
    seq: u64,
    /// Why it does not follow now.
    fault: Option<String>,
    is_ending: bool,
    has_ended: bool,
}

#[derive(Debug, Default)]
struct Watched {
    status: Mutex<Status>,
    changed: Condvar,
}

impl Following {
    pub(super) fn start(place: ReadPlace) -> Self {
        let status = Arc::new(Watched::default());
        let seen = status.clone();
        let thread = std::thread::spawn(move || {
            let _at_last = Ended(&seen);
            keep_following(&place, &seen)
        });
        Self { status, thread: Some(thread) }
    }

    /// The seq up to which everything is in the read model, as far as it is known here.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.status.lock().seq
    }

    /// Why it does not follow now, if it does not.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.status.lock().fault.clone()
    }

    /// Whether it has ended by itself: only the operator can mend why.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.status.lock().has_ended
    }

    /// Waits until the read model has this seq, or for so long; gives whether it has. A follower that has ended has
    /// no more to wait for.
    #[must_use]
    pub fn wait(&self, seq: u64, timeout: Duration) -> bool {
        let is_behind = |status: &mut Status| status.seq < seq && !status.has_ended;
        let waited = self.status.changed.wait_timeout_while(self.status.lock(), timeout, is_behind);
        waited.unwrap_or_else(PoisonError::into_inner).0.seq >= seq
    }

    /// Ends, and gives what stopped it if something did.
    ///
    /// # Errors
    /// What nobody but the operator can mend.
    pub fn end(mut self) -> Result<(), ReadFault> {
        self.join().unwrap_or(Ok(()))
    }

    fn join(&mut self) -> Option<Result<(), ReadFault>> {
        self.status.change(|status| status.is_ending = true);
        let thread = self.thread.take()?;
        Some(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // Whoever wants the fault calls `end`.
            let _ = self.join();
        }
    }
}

impl Watched {
    fn lock(&self) -> MutexGuard<'_, Status> {
        // A panic elsewhere leaves the status whole: each change is one statement.
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Status)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Waits so long, or until it should end.
    fn pause(&self, time: Duration) {
        let goes_on = |status: &mut Status| !status.is_ending;
        drop(self.changed.wait_timeout_while(self.lock(), time, goes_on));
    }
}

/// However the thread ends, nobody waits for it any more.
struct Ended<'w>(&'w Watched);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.change(|status| status.has_ended = true);
    }
}

fn keep_following(place: &ReadPlace, status: &Watched) -> Result<(), ReadFault> {
    let mut pause = FIRST_PAUSE;
    loop {
        let Err(fault) = follow(place, status, &mut pause) else { return Ok(()) };
        status.change(|status| status.fault = Some(text(&fault)));
        if !fault.is_retryable() {
            return Err(fault);
        }
        status.pause(pause);
        if status.lock().is_ending {
            return Ok(());
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// A fault with its causes, as far as they say more.
fn text(fault: &ReadFault) -> String {
    let mut text = fault.to_string();
    let mut cause = fault.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}

fn follow(place: &ReadPlace, status: &Watched, pause: &mut Duration) -> Result<(), ReadFault> {
    let mut follower = Follower::open(place)?;
    while !status.lock().is_ending {
        let seq = follower.seq();
        status.change(|status| (status.seq, status.fault) = (seq, None));
        if follower.step()? {
            *pause = FIRST_PAUSE;
        } else {
            follower.wait(LOOK)?;
        }
    }
    Ok(())
}
