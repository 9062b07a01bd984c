//! A writer's life: sessions of applying and committing, and between two of them the way back from what failed.

use super::apply::{Applied, Caller, Prepared, apply};
use super::commit::{Failed, commit_all};
use super::queue::Queue;
use super::request::{Request, Unanswered};
use super::{Limits, Place};
use crate::fault::EngineFault;
use crate::replica::Replica;
use crate::snapshots;
use crate::view::Feed;
use linli_journal::{Fault, Journal};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

/// Applied batches that may wait for the one that is being committed.
const AHEAD: usize = 1;

/// How long to wait before the store is tried again, at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

pub struct Session {
    place: Place,
    limits: Limits,
    queue: Arc<Queue>,
    /// Where committed batches are handed on to.
    feed: Option<Feed>,
}

/// How a session ended.
enum End {
    Closed,
    Failed(Failed),
    Bug(String),
}

impl Session {
    pub fn new(place: Place, limits: Limits, queue: Arc<Queue>, feed: Option<Feed>) -> Self {
        Self { place, limits, queue, feed }
    }

    /// Writes until the queue is closed or nothing can be written any more.
    pub fn run(self, mut journal: Box<dyn Journal>, mut replica: Replica) -> Result<Replica, EngineFault> {
        let _on_panic = StopOnPanic(&self.queue);
        loop {
            let failed = match self.write(&mut *journal, &mut replica) {
                End::Closed => return Ok(replica),
                End::Bug(what) => {
                    return Err(self.stop(EngineFault::Unreadable { first_seq: replica.tip().seq + 1, what }));
                }
                End::Failed(failed) => failed,
            };
            // The old connection and the state that is ahead of the journal are of no use any more.
            drop(journal);
            (journal, replica) = self.come_back(failed)?;
            self.queue.resume();
        }
    }

    /// Applies on this thread and commits on another.
    fn write(&self, journal: &mut dyn Journal, replica: &mut Replica) -> End {
        let (sender, receiver) = sync_channel(AHEAD);
        std::thread::scope(|scope| {
            let committing = scope.spawn(move || {
                let committed = commit_all(journal, &receiver, self.feed.as_ref());
                // Whoever applies may be waiting for requests.
                committed.inspect_err(|failed| self.queue.pause(&failed.fault.to_string()))
            });
            let mut unsent = None;
            let mut bug = None;
            loop {
                let requests = self.queue.take_batch();
                if requests.is_empty() {
                    break;
                }
                match apply(replica, requests) {
                    Applied::Nothing => {}
                    Applied::Batch(prepared) => {
                        if let Err(error) = sender.send(prepared) {
                            unsent = Some(error.0);
                            break;
                        }
                    }
                    Applied::Bug { callers, what } => {
                        let why = format!("a bug: {what}");
                        callers
                            .into_iter()
                            .for_each(|caller| caller.fail(Unanswered::Stopped { why: why.clone() }));
                        bug = Some(what);
                        break;
                    }
                }
            }
            drop(sender);
            let committed = committing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            match (committed, bug) {
                (Err(mut failed), _) => {
                    failed.pending.extend(unsent);
                    End::Failed(failed)
                }
                (Ok(()), Some(what)) => End::Bug(what),
                (Ok(()), None) => End::Closed,
            }
        })
    }

    /// Refuses what waits, finds out what the database has, and starts again from there.
    fn come_back(&self, failed: Failed) -> Result<(Box<dyn Journal>, Replica), EngineFault> {
        let Failed { fault, pending } = failed;
        let why = fault.to_string();
        refuse(self.queue.empty(), &why, self.limits.pause);
        if !fault.is_retryable() {
            let is_applied_nowhere = matches!(fault, Fault::Fenced { .. });
            let in_doubt = Unanswered::InDoubt { why: why.clone(), retry_after: LONGEST_PAUSE };
            fail(pending, &if is_applied_nowhere { Unanswered::Stopped { why } } else { in_doubt });
            return Err(self.stop(fault.into()));
        }
        let mut doubt = Doubt { pending, since: Instant::now(), why, retry_after: self.limits.pause };
        let mut pause = self.limits.pause;
        loop {
            match self.reopen(&mut doubt) {
                Ok(opened) => return Ok(opened),
                Err(EngineFault::Journal(fault)) if fault.is_retryable() => {
                    doubt.give_up_after(self.limits.doubt, pause);
                    if self.queue.wait_closed(pause) {
                        doubt.give_up_after(Duration::ZERO, pause);
                        return Err(self.stop(fault.into()));
                    }
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                Err(fault) => {
                    doubt.give_up_after(Duration::ZERO, pause);
                    return Err(self.stop(fault));
                }
            }
        }
    }

    fn reopen(&self, doubt: &mut Doubt) -> Result<(Box<dyn Journal>, Replica), EngineFault> {
        let mut journal = self.place.store.write()?;
        if let Some(feed) = &self.feed {
            // Among what is in doubt may be batches that were committed and not handed on.
            feed.ends_at(journal.tip()?.seq);
        }
        doubt.resolve(&mut *journal)?;
        let replica = snapshots::open(&*self.place.snapshots, &mut *journal)?.replica;
        Ok((journal, replica))
    }

    /// Takes nothing any more and tells whoever waits.
    fn stop(&self, fault: EngineFault) -> EngineFault {
        self.queue.stop(&fault.to_string());
        fault
    }
}

/// A bug stops the writer; nobody may wait for it for ever.
struct StopOnPanic<'q>(&'q Queue);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop("a bug has stopped the writer");
        }
    }
}

/// Batches of which it is not known whether they are on disk.
struct Doubt {
    pending: Vec<Prepared>,
    since: Instant,
    why: String,
    retry_after: Duration,
}

impl Doubt {
    /// Asks the journal, which nobody else can append to any more, and answers accordingly.
    fn resolve(&mut self, journal: &mut dyn Journal) -> Result<(), Fault> {
        let tip = journal.tip()?;
        let mut pending = std::mem::take(&mut self.pending).into_iter();
        while let Some(prepared) = pending.next() {
            let (first, hash) = (prepared.batch.first_seq(), prepared.batch.hash());
            let found = if prepared.batch.last_seq() <= tip.seq {
                journal.read(first - 1, 0)
            } else {
                Ok(Vec::new())
            };
            let is_there = match found {
                Ok(batches) => batches.first().is_some_and(|batch| batch.hash() == hash),
                Err(fault) => {
                    self.pending = std::iter::once(prepared).chain(pending).collect();
                    return Err(fault);
                }
            };
            if is_there {
                prepared.callers.into_iter().for_each(Caller::acknowledge);
            } else {
                let why = self.why.clone();
                fail(vec![prepared], &Unanswered::NotApplied { why, retry_after: self.retry_after });
            }
        }
        Ok(())
    }

    /// Tells the callers that it is not known, if they have waited so long.
    fn give_up_after(&mut self, limit: Duration, retry_after: Duration) {
        if self.since.elapsed() >= limit {
            let why = self.why.clone();
            fail(std::mem::take(&mut self.pending), &Unanswered::InDoubt { why, retry_after });
        }
    }
}

fn fail(pending: Vec<Prepared>, unanswered: &Unanswered) {
    for caller in pending.into_iter().flat_map(|prepared| prepared.callers) {
        caller.fail(unanswered.clone());
    }
}

fn refuse(requests: Vec<Request>, why: &str, retry_after: Duration) {
    for request in requests {
        request.answer(Err(Unanswered::NotApplied { why: why.to_string(), retry_after }));
    }
}
