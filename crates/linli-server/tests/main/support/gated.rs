//! A journal whose commits a test can hold, to see what happens meanwhile, or make fail.

use linli_journal::{Batch, Fault, Header, Journal, PostgresStore, SqliteStore, Store, Tip};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// A store; clones are the same.
#[derive(Clone, Debug)]
pub struct Gated {
    store: Arc<dyn Store>,
    /// Where it is, if it is in a database.
    pub database: Option<PostgresStore>,
    gate: Arc<(Mutex<Gate>, Condvar)>,
}

#[derive(Debug, Default)]
struct Gate {
    is_held: bool,
    /// Commits that wait at the gate.
    waiting: u32,
    /// Commits that will fail.
    failing: u32,
}

impl Gated {
    pub fn in_folder(folder: &Path) -> Self {
        let store = Arc::new(SqliteStore::new(folder.join("journal.db")));
        Self { store, database: None, gate: Arc::default() }
    }

    pub fn in_database(database: PostgresStore) -> Self {
        Self { store: Arc::new(database.clone()), database: Some(database), gate: Arc::default() }
    }

    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.0.lock().expect("no panic under the lock")
    }

    /// Holds the commits from now on.
    pub fn hold(&self) {
        self.gate().is_held = true;
    }

    /// Lets the commits go.
    pub fn let_go(&self) {
        self.gate().is_held = false;
        self.gate.1.notify_all();
    }

    /// So many commits will fail.
    pub fn fail(&self, commits: u32) {
        self.gate().failing = commits;
    }

    /// Waits until a commit is held.
    pub async fn wait_until_held(&self) {
        let gated = self.clone();
        let waiting = tokio::task::spawn_blocking(move || {
            let is_early = |gate: &mut Gate| gate.waiting == 0;
            let waited = gated.gate.1.wait_timeout_while(gated.gate(), Duration::from_secs(60), is_early);
            assert!(!waited.expect("no panic under the lock").1.timed_out(), "no commit came");
        });
        waiting.await.expect("a commit came");
    }

    fn gated(&self, journal: Box<dyn Journal>) -> Box<dyn Journal> {
        Box::new(Connection { journal, gated: self.clone() })
    }

    /// Waits while commits are held; gives whether this one may happen.
    fn pass(&self) -> bool {
        let mut gate = self.gate();
        gate.waiting += 1;
        self.gate.1.notify_all();
        let mut gate = self.gate.1.wait_while(gate, |gate| gate.is_held).expect("no panic under the lock");
        gate.waiting -= 1;
        let may_pass = gate.failing == 0;
        gate.failing = gate.failing.saturating_sub(1);
        may_pass
    }
}

impl Store for Gated {
    fn create(&self, header: &Header) -> Result<Header, Fault> {
        self.store.create(header)
    }

    fn read(&self) -> Result<Box<dyn Journal>, Fault> {
        self.store.read()
    }

    fn write(&self) -> Result<Box<dyn Journal>, Fault> {
        Ok(self.gated(self.store.write()?))
    }

    fn rival(&self) -> Result<Box<dyn Journal>, Fault> {
        self.store.rival()
    }

    fn place(&self) -> String {
        self.store.place()
    }
}

struct Connection {
    journal: Box<dyn Journal>,
    gated: Gated,
}

impl Journal for Connection {
    fn header(&self) -> &Header {
        self.journal.header()
    }

    fn tip(&mut self) -> Result<Tip, Fault> {
        self.journal.tip()
    }

    fn append(&mut self, batches: &[Batch]) -> Result<(), Fault> {
        if self.gated.pass() {
            return self.journal.append(batches);
        }
        Err(Fault::Unavailable { what: "the disk is full".into() })
    }

    fn read(&mut self, after: u64, most_bytes: usize) -> Result<Vec<Batch>, Fault> {
        self.journal.read(after, most_bytes)
    }

    fn wait(&mut self, after: u64, timeout: Duration) -> Result<bool, Fault> {
        self.journal.wait(after, timeout)
    }
}
