//! The view: the state that readers see. It is a second replica, to which each batch is applied only after its
//! commit, so that nobody reads what a power cut could take, and no reader makes the writer wait. What it was not
//! handed it reads from the journal. Must not be added here: a way to change anything.

mod feed;
mod follower;
mod reader;

pub(crate) use feed::Feed;

use crate::answered::Answered;
use crate::books::{Books, Ledger};
use crate::entries::Entry;
use crate::fault::EngineFault;
use crate::replica::Replica;
use linli_journal::{Batch, Store};
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// A handle of the view; clones are the same. The view ends with its last handle.
#[derive(Clone)]
pub struct View(Arc<Shared>);

/// The view shows nothing any more, because what it followed does not replay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the view has stopped: {why}")]
pub struct Stopped {
    /// The fault.
    pub why: String,
}

/// What the thread that follows and the readers share.
struct Shared {
    seen: RwLock<Seen>,
    progress: Mutex<Progress>,
    advanced: Condvar,
    heard: Mutex<Vec<Heard>>,
}

/// Whoever hears of entries.
type Heard = Box<dyn Fn(&Entry<'_>, &Answered<'_>) + Send>;

/// The replica; with a fault it may be half-way in a batch, and nobody may look.
struct Seen {
    replica: Replica,
    books: Books,
    fault: Option<Stopped>,
}

/// Kept apart from the replica, so that who waits does not hold it.
struct Progress {
    seq: u64,
    has_stopped: bool,
    told: Vec<Box<dyn Fn(u64) + Send>>,
}

impl View {
    /// A view that begins at this replica and is handed what follows.
    pub(crate) fn fed(store: Arc<dyn Store>, replica: Replica) -> (Self, Feed) {
        let (feed, news) = Feed::new(replica.tip().seq);
        let view = Self::at(replica);
        follower::start_fed(Arc::downgrade(&view.0), store, news);
        (view, feed)
    }

    /// A view that begins at this replica and follows a journal that somebody else writes.
    #[must_use]
    pub fn following(store: Arc<dyn Store>, replica: Replica) -> Self {
        let view = Self::at(replica);
        follower::start_following(Arc::downgrade(&view.0), store);
        view
    }

    fn at(replica: Replica) -> Self {
        let progress = Progress { seq: replica.tip().seq, has_stopped: false, told: Vec::new() };
        let books = Books::of(&replica);
        let seen = RwLock::new(Seen { replica, books, fault: None });
        Self(Arc::new(Shared {
            seen,
            progress: Mutex::new(progress),
            advanced: Condvar::new(),
            heard: Mutex::default(),
        }))
    }

    /// Looks at the state; batches wait meanwhile, so a look is short.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn read<T>(&self, look: impl FnOnce(&Replica) -> T) -> Result<T, Stopped> {
        self.read_books(|replica, _| look(replica))
    }

    /// As [`View::read`], with the books of the same moment.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn read_books<T>(&self, look: impl FnOnce(&Replica, &Books) -> T) -> Result<T, Stopped> {
        let seen = self.0.seen.read().expect("a bug while following is told by a fault, not passed over");
        match &seen.fault {
            Some(stopped) => Err(stopped.clone()),
            None => Ok(look(&seen.replica, &seen.books)),
        }
    }

    /// Reads the ledger from the journal's first entry in the background, and keeps it from then on; `done` is told when
    /// it is there, or that it will not be.
    pub fn keep_ledger(
        &self,
        store: Arc<dyn Store>,
        done: impl FnOnce(Result<(), EngineFault>) + Send + 'static,
    ) {
        reader::start(Arc::downgrade(&self.0), store, done);
    }

    /// Up to where the journal is seen.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.0.progress().seq
    }

    /// Why the view has stopped, if it has.
    #[must_use]
    pub fn fault(&self) -> Option<Stopped> {
        self.read(|_| ()).err()
    }

    /// Waits until this seq is seen, or for so long; gives whether it is.
    #[must_use]
    pub fn wait_for(&self, seq: u64, timeout: Duration) -> bool {
        let is_behind = |progress: &mut Progress| progress.seq < seq && !progress.has_stopped;
        let waited = self.0.advanced.wait_timeout_while(self.0.progress(), timeout, is_behind);
        waited.unwrap_or_else(PoisonError::into_inner).0.seq >= seq
    }

    /// Shows each entry that comes to be seen from now on with its answer, right before it is, on the view's thread: it
    /// must be quick, and may not look at the view. What was seen before is found in the state.
    pub fn on_entry(&self, hear: impl Fn(&Entry<'_>, &Answered<'_>) + Send + 'static) {
        self.0.heard.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(hear));
    }

    /// Calls this with the seq whenever more is seen, on the view's thread, so it must not block; at once with the
    /// present one.
    pub fn on_advance(&self, tell: impl Fn(u64) + Send + 'static) {
        let mut progress = self.0.progress();
        tell(progress.seq);
        progress.told.push(Box::new(tell));
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").field("seq", &self.seq()).finish_non_exhaustive()
    }
}

impl Shared {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        // Each change is one statement, so a panic elsewhere leaves it whole.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies the next batch and tells whoever waits; what is seen already is passed over.
    fn follow(&self, batch: &Batch) -> Result<(), EngineFault> {
        if batch.last_seq() <= self.progress().seq {
            return Ok(());
        }
        {
            let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            let mut seen = self.seen.write().expect("no other batch has failed");
            let Seen { replica, books, .. } = &mut *seen;
            replica.follow(batch, |entry, answer| {
                books.take(entry, answer);
                heard.iter().for_each(|hear| hear(entry, answer));
            })?;
        }
        let mut progress = self.progress();
        progress.seq = batch.last_seq();
        progress.told.iter().for_each(|tell| tell(batch.last_seq()));
        drop(progress);
        self.advanced.notify_all();
        Ok(())
    }

    /// Takes the ledger over if it has come to the same place; gives whether nothing more is to be done.
    fn take_ledger(&self, replica: &Replica, ledger: &mut Option<Ledger>) -> bool {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        if seen.fault.is_none() && seen.replica.tip() == replica.tip() {
            ledger.take().into_iter().for_each(|ledger| seen.books.keep(ledger));
        }
        ledger.is_none() || seen.fault.is_some()
    }

    /// Shows nothing any more.
    fn stop(&self, why: String) {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        seen.fault = Some(Stopped { why });
        drop(seen);
        self.seen.clear_poison();
        self.progress().has_stopped = true;
        self.advanced.notify_all();
    }
}
