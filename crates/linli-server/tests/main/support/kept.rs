//! Where the services of the tests keep what they keep: in a folder, or all in PostgreSQL. Must not be added here: what is
//! kept.

use super::gated::Gated;
use super::{PLAN, TestApp};
use linli_engine::audit::{Sound, audit};
use linli_engine::snapshots::SnapshotTable;
use linli_engine::{Place, SnapshotFolder, Snapshots};
use linli_journal::{Header, PostgresStore, Store};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// A new journal in this folder, or the one that is there.
pub fn journal(folder: &Path) -> Gated {
    apart(|| new_journal(folder))
}

/// Where this variable says so, every journal of the tests is in PostgreSQL.
pub const IN_POSTGRES: &str = "LINLI_TESTS_IN_POSTGRES";

/// Does what waits for a database on a thread that drives nothing else.
pub fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join())
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn new_journal(folder: &Path) -> Gated {
    let store = match std::env::var_os(IN_POSTGRES) {
        Some(_) => {
            // Each service has several connections, and its end is not waited for.
            static SERVER: OnceLock<linli_test_postgres::Server> = OnceLock::new();
            let start = || linli_test_postgres::Server::start_with(&["max_connections=500"]);
            let database = SERVER.get_or_init(start).database();
            Gated::in_database(PostgresStore::new(&database).expect("an address"))
        }
        None => Gated::in_folder(folder),
    };
    store.create(&Header::new(PLAN.into())).expect("created");
    store
}

/// Where the service of this journal keeps everything.
pub fn place(store: Gated, folder: &Path) -> Place {
    let snapshots: Arc<dyn Snapshots> = match &store.database {
        Some(database) => Arc::new(SnapshotTable::new(database.clone())),
        None => Arc::new(SnapshotFolder::new(folder.join("snapshots"))),
    };
    Place { store: Arc::new(store), snapshots }
}

impl TestApp {
    /// Replays everything and compares it with what was written.
    pub fn audit(&self) -> Sound {
        apart(|| audit(&place(self.store.clone(), self.folder.path()), |_, _| ()).expect("sound"))
    }
}
