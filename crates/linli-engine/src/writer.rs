//! The writer: the one place where commands become durable. It takes what waits in a bounded queue, applies it,
//! appends it as one batch with one sync, and answers each caller after the commit; the next batch is applied
//! meanwhile. When a commit fails it stops accepting, finds out what the database has, answers accordingly, and
//! starts again from there. Must not be added here: what a command does.

mod apply;
mod commit;
mod queue;
mod request;
mod session;

pub use queue::Busy;
pub use request::{Answer, Answers, Form, Request, Stamp, Unanswered};

use crate::entries::Group;
use crate::fault::EngineFault;
use crate::replica::Replica;
use crate::snapshots::{self, Skipped, Snapshots};
use crate::view::{Feed, View};
use linli_journal::Store;
use queue::Queue;
use session::Session;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// What a writer needs to start, and to start again.
#[derive(Clone)]
pub struct Place {
    /// The journal.
    pub store: Arc<dyn Store>,
    /// Its snapshots.
    pub snapshots: Arc<dyn Snapshots>,
}

/// How much may wait, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Entries that may wait in the queue.
    pub waiting_entries: u64,
    /// Entries of one batch.
    pub batch_entries: u32,
    /// Bytes of one batch, unless one request alone has more.
    pub batch_bytes: usize,
    /// How long to wait before a store that failed is tried again, at first; each further time twice as long.
    pub pause: Duration,
    /// How long a caller waits to learn whether a commit that failed has happened.
    pub doubt: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            waiting_entries: 100_000,
            batch_entries: 10_000,
            batch_bytes: 1 << 20,
            pause: Duration::from_millis(20),
            doubt: Duration::from_secs(10),
        }
    }
}

/// A running writer. Dropping it stops it after what has been accepted.
pub struct Writer {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<Result<Replica, EngineFault>>>,
}

impl Writer {
    /// Opens the journal to write and starts at its end; tells which snapshots were passed over.
    ///
    /// # Errors
    /// What hinders it: another writer, damage, a store that cannot be reached.
    pub fn start(place: Place, limits: Limits) -> Result<(Self, Vec<Skipped>), EngineFault> {
        let mut journal = place.store.write()?;
        let opened = snapshots::open(&*place.snapshots, &mut *journal)?;
        Ok((Self::start_at(place, limits, journal, opened.replica), opened.skipped))
    }

    /// The same with a view, which sees each batch once it is committed.
    ///
    /// # Errors
    /// As [`Writer::start`].
    pub fn start_with_view(place: Place, limits: Limits) -> Result<(Self, View, Vec<Skipped>), EngineFault> {
        let mut journal = place.store.write()?;
        let opened = snapshots::open(&*place.snapshots, &mut *journal)?;
        let (view, feed) = View::fed(place.store.clone(), opened.replica.clone());
        let writer = Self::start_session(place, limits, (journal, opened.replica), Some(feed));
        Ok((writer, view, opened.skipped))
    }

    /// Starts with a journal opened to write and a replica that has followed it to its end.
    #[must_use]
    pub fn start_at(
        place: Place,
        limits: Limits,
        journal: Box<dyn linli_journal::Journal>,
        replica: Replica,
    ) -> Self {
        Self::start_session(place, limits, (journal, replica), None)
    }

    fn start_session(
        place: Place,
        limits: Limits,
        (journal, replica): (Box<dyn linli_journal::Journal>, Replica),
        feed: Option<Feed>,
    ) -> Self {
        let queue = Arc::new(Queue::new(limits));
        let session = Session::new(place, limits, queue.clone(), feed);
        let thread = std::thread::spawn(move || session.run(journal, replica));
        Self { queue, thread: Some(thread) }
    }

    /// Hands a request in, which is answered after its commit.
    ///
    /// # Errors
    /// [`Busy`] when the queue is full or nothing is accepted now, and when to come back; the request is dropped
    /// and never answered.
    pub fn submit(&self, request: Request) -> Result<(), Busy> {
        self.queue.offer(request)
    }

    /// Whether requests are taken now, be there room or not.
    ///
    /// # Errors
    /// [`Busy`] when nothing is accepted.
    pub fn check(&self) -> Result<(), Busy> {
        self.queue.check()
    }

    /// How many entries wait in the queue.
    #[must_use]
    pub fn waiting_entries(&self) -> u64 {
        self.queue.entries()
    }

    /// Hands a request in as soon as there is room, and waits for its answer.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub fn ask(&self, group: Group, stamp: Stamp, form: Form) -> Answer {
        self.send(group, stamp, form).wait()
    }

    /// Hands a request in as soon as there is room; its answer can be waited for later.
    #[must_use]
    pub fn send(&self, group: Group, stamp: Stamp, form: Form) -> Pending {
        let (sender, receiver) = channel();
        let request = Request::new(group, stamp, form, move |answer| {
            // Whoever asked may have gone.
            let _ = sender.send(answer);
        });
        self.queue.push(request);
        Pending(receiver)
    }

    /// Stops after what has been accepted, and gives the replica at the journal's end.
    ///
    /// # Errors
    /// Why the writer had stopped by itself.
    pub fn close(mut self) -> Result<Replica, EngineFault> {
        self.queue.close();
        let thread = self.thread.take().expect("closed only once");
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// A request that has been handed in.
pub struct Pending(Receiver<Answer>);

impl Pending {
    /// Waits for the answer.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub fn wait(self) -> Answer {
        let why = "a bug has stopped the writer".to_string();
        self.0.recv().unwrap_or(Err(Unanswered::InDoubt { why, retry_after: Duration::ZERO }))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.close();
        if let Some(thread) = self.thread.take() {
            // A fault has been told to all callers; a panic has been printed.
            let _ = thread.join();
        }
    }
}
