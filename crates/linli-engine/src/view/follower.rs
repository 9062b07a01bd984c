//! The thread that brings a view forward: by what the writer hands it, and by the journal where that is not all.
//! Must not be added here: what readers see of it.

use super::Shared;
use super::feed::{News, Tidings};
use crate::fault::EngineFault;
use linli_journal::{Fault, Journal, Store};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

/// Bytes of entries that are read at once.
const READ_BYTES: usize = 4 << 20;

/// When a journal that could not be read is tried again.
const PAUSE: Duration = Duration::from_millis(200);

/// How long a journal is waited for before it is asked whether anybody still looks.
const LOOK: Duration = Duration::from_millis(100);

/// Follows a writer of this process until it or the view ends.
pub fn start_fed(shared: Weak<Shared>, store: Arc<dyn Store>, news: News) {
    let mut reader = Reader { store, journal: None };
    thread::spawn(move || {
        let mut pause = None;
        while let Some(tidings) = news.next(pause) {
            let Some(shared) = shared.upgrade() else { return };
            let advanced = guarded(|| advance(&shared, &mut reader, tidings, news.committed()));
            if !go_on(&shared, advanced) {
                return;
            }
            pause = (shared.progress().seq < news.committed()).then_some(PAUSE);
        }
    });
}

fn advance(
    shared: &Shared,
    reader: &mut Reader,
    tidings: Tidings,
    committed: u64,
) -> Result<(), EngineFault> {
    let seq = shared.progress().seq;
    match tidings {
        Tidings::Batch(batch) if batch.first_seq() <= seq + 1 => shared.follow(&batch),
        _ if committed > seq => reader.catch_up(shared),
        _ => Ok(()),
    }
}

/// Follows another's writer until the view ends.
pub fn start_following(shared: Weak<Shared>, store: Arc<dyn Store>) {
    let mut reader = Reader { store, journal: None };
    thread::spawn(move || {
        while let Some(shared) = shared.upgrade() {
            let advanced = guarded(|| reader.wait_and_catch_up(&shared));
            if !go_on(&shared, advanced) {
                return;
            }
        }
    });
}

/// A bug is a fault too: nobody may read what it left.
fn guarded(advance: impl FnOnce() -> Result<(), EngineFault>) -> Result<(), Broken> {
    match catch_unwind(AssertUnwindSafe(advance)) {
        Ok(advanced) => advanced.map_err(Broken::Fault),
        Err(_) => Err(Broken::Bug),
    }
}

enum Broken {
    Fault(EngineFault),
    Bug,
}

/// Whether the thread goes on; where not, the view has stopped.
fn go_on(shared: &Shared, advanced: Result<(), Broken>) -> bool {
    let why = match advanced {
        Ok(()) => return true,
        Err(Broken::Fault(EngineFault::Journal(fault))) if fault.is_retryable() => return true,
        Err(Broken::Fault(fault)) => fault.to_string(),
        Err(Broken::Bug) => "a bug".to_string(),
    };
    shared.stop(why);
    false
}

/// A connection to the journal, opened when it is needed and again after it failed.
struct Reader {
    store: Arc<dyn Store>,
    journal: Option<Box<dyn Journal>>,
}

impl Reader {
    fn catch_up(&mut self, shared: &Shared) -> Result<(), EngineFault> {
        self.with(|journal| {
            loop {
                let batches = journal.read(shared.progress().seq, READ_BYTES)?;
                if batches.is_empty() {
                    return Ok(());
                }
                batches.iter().try_for_each(|batch| shared.follow(batch))?;
            }
        })
    }

    fn wait_and_catch_up(&mut self, shared: &Shared) -> Result<(), EngineFault> {
        let has_more = self.with(|journal| Ok(journal.wait(shared.progress().seq, LOOK)?));
        match has_more {
            Ok(false) => Ok(()),
            Ok(true) => self.catch_up(shared),
            Err(fault) => {
                // The store may be away for a while; nobody gains by asking without a pause.
                thread::park_timeout(PAUSE);
                Err(fault)
            }
        }
    }

    fn with<T>(
        &mut self,
        act: impl FnOnce(&mut dyn Journal) -> Result<T, EngineFault>,
    ) -> Result<T, EngineFault> {
        let mut journal = match self.journal.take() {
            Some(journal) => journal,
            None => self.store.read()?,
        };
        let acted = act(&mut *journal);
        if !matches!(acted, Err(EngineFault::Journal(Fault::Unavailable { .. }))) {
            self.journal = Some(journal);
        }
        acted
    }
}
