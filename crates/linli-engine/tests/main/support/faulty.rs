//! A journal in memory that keeps what a real one would, and fails where a test says so.

use linli_journal::{Batch, Fault, Header, Journal, Store, Tip};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// What becomes of an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Done,
    /// Nothing is kept, and it says so.
    Lost,
    /// All is kept, but the answer does not arrive.
    KeptInSilence,
    /// It waits until the test lets it go, and is done.
    Held,
}

#[derive(Debug, Default)]
struct Kept {
    batches: Vec<Batch>,
    fates: VecDeque<Fate>,
    /// How many attempts to open will fail.
    unreachable: u32,
    has_writer: bool,
    let_go: u32,
    appends: u32,
}

/// The journal; clones are the same.
#[derive(Clone, Debug)]
pub struct Faulty {
    header: Header,
    kept: Arc<(Mutex<Kept>, Condvar)>,
}

impl Faulty {
    pub fn new(plan: &str) -> Self {
        Self { header: Header::new(plan.into()), kept: Arc::default() }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Kept) -> T) -> T {
        let acted = act(&mut self.kept.0.lock().expect("no panic under the lock"));
        self.kept.1.notify_all();
        acted
    }

    /// The fates of the next appends; those after them are done.
    pub fn fates(&self, fates: &[Fate]) {
        self.with(|kept| kept.fates.extend(fates));
    }

    /// So many attempts to open will fail.
    pub fn unreachable(&self, times: u32) {
        self.with(|kept| kept.unreachable = times);
    }

    /// Lets one append go that is held, now or later.
    pub fn let_go(&self) {
        self.with(|kept| kept.let_go += 1);
    }

    /// Waits until so many appends have begun.
    pub fn wait_for_appends(&self, appends: u32) {
        let kept = self.kept.0.lock().expect("no panic under the lock");
        let waited =
            self.kept.1.wait_timeout_while(kept, Duration::from_secs(60), |kept| kept.appends < appends);
        assert!(!waited.expect("no panic under the lock").1.timed_out(), "{appends} appends were expected");
    }

    pub fn batches(&self) -> Vec<Batch> {
        self.with(|kept| kept.batches.clone())
    }

    /// Somebody else appends.
    pub fn append_behind(&self, batch: Batch) {
        self.with(|kept| kept.batches.push(batch));
    }

    fn open(&self, is_writer: bool) -> Result<Box<dyn Journal>, Fault> {
        self.with(|kept| {
            if kept.unreachable > 0 {
                kept.unreachable -= 1;
                return Err(unavailable("it cannot be reached"));
            }
            if is_writer && std::mem::replace(&mut kept.has_writer, true) {
                return Err(Fault::Taken { holder: "a test".into() });
            }
            Ok(())
        })?;
        Ok(Box::new(Connection { store: self.clone(), is_writer }))
    }
}

fn unavailable(what: &str) -> Fault {
    Fault::Unavailable { what: what.into() }
}

impl Store for Faulty {
    fn create(&self, _: &Header) -> Result<Header, Fault> {
        Ok(self.header.clone())
    }

    fn read(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(false)
    }

    fn write(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(true)
    }

    fn rival(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(false)
    }

    fn place(&self) -> String {
        "memory".into()
    }
}

struct Connection {
    store: Faulty,
    is_writer: bool,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.is_writer {
            self.store.with(|kept| kept.has_writer = false);
        }
    }
}

impl Journal for Connection {
    fn header(&self) -> &Header {
        &self.store.header
    }

    fn tip(&mut self) -> Result<Tip, Fault> {
        let last = self.store.with(|kept| kept.batches.last().map(Batch::tip));
        Ok(last.unwrap_or_else(|| self.store.header.tip()))
    }

    fn append(&mut self, batches: &[Batch]) -> Result<(), Fault> {
        let (expected, found) = (batches[0].follows(), self.tip()?);
        let fate = self.store.with(|kept| {
            kept.appends += 1;
            kept.fates.pop_front().unwrap_or(Fate::Done)
        });
        if expected != found {
            return Err(Fault::Fenced { expected, found });
        }
        if fate == Fate::Held {
            let kept = self.store.kept.0.lock().expect("no panic under the lock");
            let mut kept = self.store.kept.1.wait_while(kept, |kept| kept.let_go == 0).expect("no panic");
            kept.let_go -= 1;
        }
        if fate != Fate::Lost {
            self.store.with(|kept| kept.batches.extend_from_slice(batches));
        }
        match fate {
            Fate::Done | Fate::Held => Ok(()),
            Fate::Lost | Fate::KeptInSilence => Err(unavailable("the connection broke")),
        }
    }

    fn read(&mut self, after: u64, most_bytes: usize) -> Result<Vec<Batch>, Fault> {
        let batches = self.store.batches();
        let mut bytes = 0;
        let mut wanted = Vec::new();
        for batch in batches.into_iter().filter(|batch| batch.last_seq() > after) {
            bytes += batch.content().entries.len();
            if bytes > most_bytes && !wanted.is_empty() {
                break;
            }
            wanted.push(batch);
        }
        Ok(wanted)
    }

    fn wait(&mut self, after: u64, timeout: Duration) -> Result<bool, Fault> {
        let is_behind = |kept: &mut Kept| kept.batches.last().is_none_or(|last| last.last_seq() <= after);
        let kept = self.store.kept.0.lock().expect("no panic under the lock");
        let waited = self.store.kept.1.wait_timeout_while(kept, timeout, is_behind);
        Ok(!waited.expect("no panic under the lock").1.timed_out())
    }
}
