//! The bounded queue in front of the writer. When it is full, callers are told when to come back; when the writer
//! cannot write, they are told at once. Must not be added here: an answer to what was taken.

use super::Limits;
use super::request::{Request, Unanswered};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// When to come back while nothing better is known.
const RETRY: Duration = Duration::from_millis(100);

/// Why a request was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// The reason.
    pub why: String,
    /// When to come back; none where there is no point in it.
    pub retry_after: Option<Duration>,
}

/// Whether requests are taken.
#[derive(Clone, Debug)]
enum State {
    Open,
    /// Not now: the journal cannot be written.
    Paused(String),
    /// No more; what was taken is finished.
    Closed(String),
}

#[derive(Debug)]
struct Waiting {
    requests: VecDeque<Request>,
    entries: u64,
    state: State,
    /// Entries taken out since, to tell how long a full queue takes.
    taken: u64,
    since: Instant,
}

/// The queue.
#[derive(Debug)]
pub struct Queue {
    limits: Limits,
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Queue {
    pub fn new(limits: Limits) -> Self {
        let waiting = Waiting {
            requests: VecDeque::new(),
            entries: 0,
            state: State::Open,
            taken: 0,
            since: Instant::now(),
        };
        Self { limits, waiting: Mutex::new(waiting), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A panic elsewhere leaves the queue whole: each change is one statement.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'q>(&self, waiting: MutexGuard<'q, Waiting>) -> MutexGuard<'q, Waiting> {
        self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a request, if there is room.
    pub fn offer(&self, request: Request) -> Result<(), Busy> {
        let mut waiting = self.lock();
        let busy = match &waiting.state {
            State::Paused(why) => Busy { why: why.clone(), retry_after: Some(RETRY) },
            State::Closed(why) => Busy { why: why.clone(), retry_after: None },
            State::Open if self.has_room(&waiting, &request) => {
                waiting.add(request);
                self.changed.notify_all();
                return Ok(());
            }
            State::Open => {
                let why = format!("{} commands are waiting", waiting.entries);
                Busy { why, retry_after: Some(waiting.time_to_drain()) }
            }
        };
        Err(busy)
    }

    /// Whether requests are taken now.
    pub fn check(&self) -> Result<(), Busy> {
        match &self.lock().state {
            State::Open => Ok(()),
            State::Paused(why) => Err(Busy { why: why.clone(), retry_after: Some(RETRY) }),
            State::Closed(why) => Err(Busy { why: why.clone(), retry_after: None }),
        }
    }

    /// How many entries wait.
    pub fn entries(&self) -> u64 {
        self.lock().entries
    }

    /// Takes a request as soon as there is room; where there will be none it is answered at once.
    pub fn push(&self, request: Request) {
        let mut waiting = self.lock();
        loop {
            match &waiting.state {
                State::Closed(why) => {
                    let why = why.clone();
                    drop(waiting);
                    return request.answer(Err(Unanswered::Stopped { why }));
                }
                State::Open if self.has_room(&waiting, &request) => {
                    waiting.add(request);
                    self.changed.notify_all();
                    return;
                }
                State::Open | State::Paused(_) => waiting = self.wait(waiting),
            }
        }
    }

    /// A request that alone is larger than the queue may wait alone.
    fn has_room(&self, waiting: &Waiting, request: &Request) -> bool {
        let more = u64::from(request.group.count());
        waiting.entries == 0 || waiting.entries + more <= self.limits.waiting_entries
    }

    /// The requests of the next batch: waits for the first and takes what else is there and fits; none when the
    /// queue is closed and empty, or paused.
    pub fn take_batch(&self) -> Vec<Request> {
        let mut waiting = self.lock();
        loop {
            match waiting.state {
                State::Paused(_) => return Vec::new(),
                State::Open if waiting.requests.is_empty() => waiting = self.wait(waiting),
                State::Open | State::Closed(_) => break,
            }
        }
        let batch = waiting.take_batch(&self.limits);
        drop(waiting);
        self.changed.notify_all();
        batch
    }

    /// Takes nothing and gives nothing until it is resumed.
    pub fn pause(&self, why: &str) {
        let mut waiting = self.lock();
        if !matches!(waiting.state, State::Closed(_)) {
            waiting.state = State::Paused(why.to_string());
        }
        drop(waiting);
        self.changed.notify_all();
    }

    /// Takes out what is waiting.
    pub fn empty(&self) -> Vec<Request> {
        self.lock().empty()
    }

    /// Takes requests again.
    pub fn resume(&self) {
        let mut waiting = self.lock();
        if matches!(waiting.state, State::Paused(_)) {
            waiting.state = State::Open;
        }
        drop(waiting);
        self.changed.notify_all();
    }

    /// Takes nothing any more; what is waiting will still be done.
    pub fn close(&self) {
        self.close_because("the writer is closing");
    }

    /// Takes nothing any more, and tells whoever waits.
    pub fn stop(&self, why: &str) {
        self.close_because(why);
        for request in self.empty() {
            request.answer(Err(Unanswered::Stopped { why: why.to_string() }));
        }
    }

    fn close_because(&self, why: &str) {
        let mut waiting = self.lock();
        waiting.state = State::Closed(why.to_string());
        drop(waiting);
        self.changed.notify_all();
    }

    /// Waits so long, or until the queue is closed; gives whether it is.
    pub fn wait_closed(&self, timeout: Duration) -> bool {
        let waiting = self.lock();
        let is_open = |waiting: &mut Waiting| !matches!(waiting.state, State::Closed(_));
        let waited = self.changed.wait_timeout_while(waiting, timeout, is_open);
        !is_open(&mut waited.unwrap_or_else(PoisonError::into_inner).0)
    }
}

impl Waiting {
    fn add(&mut self, request: Request) {
        self.entries += u64::from(request.group.count());
        self.requests.push_back(request);
    }

    fn take_batch(&mut self, limits: &Limits) -> Vec<Request> {
        let (mut batch, mut entries, mut bytes) = (Vec::new(), 0, 0);
        while let Some(next) = self.requests.front() {
            entries += next.group.count();
            bytes += next.group.bytes();
            if !batch.is_empty() && (entries > limits.batch_entries || bytes > limits.batch_bytes) {
                break;
            }
            let next = self.requests.pop_front().expect("it is there");
            self.entries -= u64::from(next.group.count());
            self.taken += u64::from(next.group.count());
            batch.push(next);
        }
        batch
    }

    fn empty(&mut self) -> Vec<Request> {
        self.entries = 0;
        self.requests.drain(..).collect()
    }

    /// How long what is waiting will take at the speed so far.
    fn time_to_drain(&mut self) -> Duration {
        let elapsed = self.since.elapsed();
        if self.taken == 0 {
            return RETRY;
        }
        let millis = u128::from(self.entries) * elapsed.as_millis() / u128::from(self.taken);
        if elapsed > Duration::from_secs(60) {
            // What was long ago says little of now.
            (self.taken, self.since) = (0, Instant::now());
        }
        Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX)).clamp(RETRY / 10, RETRY * 100)
    }
}
