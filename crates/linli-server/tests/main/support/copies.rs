//! Services that begin with what was made before: acts put into a journal that nobody serves, copies of a journal with its
//! vault, and whether a journal has changed. Must not be added here: what is made.

use super::gated::Gated;
use super::kept::apart;
use super::{TestApp, sandbox, start};
use linli_engine::walk::walk;
use linli_engine::{Answered, Entry, Form, Group, Stamp};
use linli_journal::{SqliteStore, Store};
use linli_payments::Ask;
use linli_platform::{Actor, Deed, Role, StaffAct};
use linli_server::Config;
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use tempfile::TempDir;

impl TestApp {
    /// Puts acts into the journal of a service that has ended.
    pub fn act(&self, deeds: &[Deed]) {
        let economy = start(self.store.clone(), self.folder.path(), self.payments);
        let mut group = Group::new();
        deeds.iter().for_each(|deed| group.push_act(None, deed));
        let now = linli_economy::time::Instant { seconds: self.now.load(Ordering::SeqCst), nanoseconds: 0 };
        apart(|| {
            let answers = economy.writer.ask(group, Stamp::At(now), Form::Refusals).expect("applied");
            assert_eq!(answers.refused, []);
            economy.writer.close().expect("closed");
        });
    }

    /// Asks the sandbox of a service that has ended.
    pub fn ask_sandbox(&self, ask: &Ask) {
        let now = self.now.load(Ordering::SeqCst);
        apart(|| {
            let payments = sandbox(self.folder.path());
            payments.provider.get().ask(ask, now).expect("it can be asked for");
        });
    }

    /// Copies the journal, while it runs, to where everything else is kept.
    pub fn back_up(&self) {
        let folder = self.folder.path().join("copy");
        fs::create_dir(&folder).expect("a new folder");
        let copy = SqliteStore::new(folder.join("journal.db"));
        apart(|| linli_engine::copy::copy(&self.store, &copy, |_, _| ()).map(drop).expect("copied"));
    }

    /// The folder of a service that has ended.
    pub fn into_folder(self) -> TempDir {
        self.folder
    }

    /// A service on a copy of what is in a folder, at this time.
    pub async fn on_copy_of(folder: &Path, now: i64, change: impl FnOnce(&mut Config)) -> Self {
        let copy = tempfile::tempdir().expect("a folder");
        copy_into(folder, copy.path());
        let mut app = Self::over(Gated::in_folder(copy.path()), copy, sandbox);
        app.now.store(now, Ordering::SeqCst);
        // Others than those that were used to make what is there.
        app.nonces.store(1_000_000, Ordering::SeqCst);
        app.begin(change).await;
        app
    }

    /// The journal's end.
    pub fn seq(&self) -> u64 {
        apart(|| self.store.read().and_then(|mut journal| journal.tip()).expect("a journal").seq)
    }

    /// Whether something was done since this seq: what was refused in the journal has changed nothing.
    pub fn has_changed_since(&self, seq: u64) -> bool {
        if self.seq() == seq {
            return false;
        }
        let (mut entry, mut is_done) = (0, false);
        let each = |_: &Entry<'_>, answer: &Answered<'_>| {
            entry += 1;
            is_done |= entry > seq && answer.outcome().is_ok();
        };
        apart(|| walk(&self.store, |_, _| (), each).map(drop)).expect("it replays");
        is_done
    }
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            fs::create_dir(&to).expect("a new folder");
            copy_into(&from, &to);
        } else {
            fs::copy(from, to).expect("copied");
        }
    }
}

/// An account at a desk that can be used, as if somebody had logged in before.
pub fn staff_ready(id: &str, role: Role) -> [Deed; 3] {
    let (sealed, name) = (b"sealed".to_vec(), id.to_string());
    let (id, own) = (name.clone(), Actor::Staff(name.clone()));
    let add = StaffAct::Add { id: id.clone(), name, roles: [role].into(), sealed_password: sealed.clone() };
    let set = StaffAct::SetPassword { id: id.clone(), sealed_password: sealed.clone() };
    let enrol = StaffAct::EnrolTotp { id, sealed_totp: sealed };
    [Deed::new(Actor::Machine, add), Deed::new(own.clone(), set), Deed::new(own, enrol)]
}
