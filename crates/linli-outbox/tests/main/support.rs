//! What the tests share: outboxes on both stores, rows, a clock that they move, and a worker on webhooks. Must not be
//! added here: anything that decides when a row is tried.

pub mod server;

use linli_journal::PostgresStore;
use linli_outbox::deliver::Telling;
use linli_outbox::store::{Attempt, Claim, Due, Filter, Logged};
use linli_outbox::webhook::{Endpoint, Endpoints, Finding, Found, KIND, Secret, WebhookDelivery};
use linli_outbox::{
    Bounds, Client, ClientConfig, Clock, NewRow, Outbox, PostgresOutbox, Reach, Row, SqliteOutbox, State,
    Store, Target, Worker,
};
use linli_test_postgres::Server;
use rustls::RootCertStore;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// 2026-01-01T00:00:00Z.
pub const NOW: i64 = 1_767_225_600;

/// A secret of tests.
pub const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// Runs on an empty outbox of either store.
pub fn on_both(test: impl Fn(Arc<dyn Store>)) {
    let dir = tempfile::tempdir().expect("a folder");
    test(Arc::new(SqliteOutbox::new(dir.path().join("outbox.db"))));
    test(Arc::new(postgres(&Server::shared().database())));
}

/// An outbox in this database.
pub fn postgres(url: &str) -> PostgresOutbox {
    PostgresOutbox::beside(&PostgresStore::new(url).expect("an address"))
}

pub fn open(store: &Arc<dyn Store>) -> Box<dyn Outbox> {
    store.open().expect("opened")
}

/// A webhook for `E1` that is due now, from this entry.
pub fn row(seq: u64) -> NewRow {
    row_to("E1", seq, NOW)
}

pub fn row_to(target: &str, seq: u64, due_at: i64) -> NewRow {
    let payload = format!("{{\"seq\":{seq}}}").into_bytes();
    NewRow::new(&format!("{KIND}:{target}:{seq}"), KIND, target, seq, payload, due_at).expect("a row")
}

/// What is due now, kept for a minute.
pub fn due(now: i64, most: usize) -> Due<'static> {
    Due { kinds: &[KIND], but_targets: &[], now, until: now + 60, most }
}

pub fn claim_one(outbox: &mut dyn Outbox, now: i64) -> Claim {
    let mut claims = outbox.claim(&due(now, 1)).expect("claimed");
    claims.pop().expect("a row is due")
}

pub fn attempt(at: i64) -> Attempt {
    Attempt { at, status: Some(200), error: None, duration_ms: 12, answer: "ok".into() }
}

pub fn keys<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<String> {
    rows.into_iter().map(|row| row.row.key().to_owned()).collect()
}

/// The row of this key.
pub fn find(outbox: &mut dyn Outbox, key: &str) -> Row {
    let filter = Filter { key: Some(key), ..Filter::default() };
    outbox.rows(&filter, 2).expect("rows").pop().expect("there is one")
}

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(NOW)))
    }

    pub fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    pub fn set(&self, now: i64) {
        self.0.store(now, Ordering::SeqCst);
    }

    pub fn clock(&self) -> Clock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}

/// Endpoints that are there until they say that they are gone.
#[derive(Default)]
pub struct TestEndpoints {
    pub urls: Mutex<BTreeMap<String, String>>,
    pub gone: Mutex<Vec<String>>,
    pub given_up: Mutex<Vec<String>>,
    /// For how many seconds nothing may be sent.
    pub held: Mutex<Option<i64>>,
}

impl Endpoints for TestEndpoints {
    fn find<'a>(&'a self, id: &'a str) -> Finding<'a> {
        let url = self.urls.lock().expect("no panic").get(id).cloned();
        Box::pin(async move {
            if let Some(seconds) = *self.held.lock().expect("no panic") {
                return Ok(Found::Held { seconds });
            }
            let Some(url) = url else { return Ok(Found::Ended) };
            let target = Target::parse(&url, &Reach::anywhere()).expect("a URL");
            let secrets = vec![Secret::parse(SECRET).expect("a secret")];
            Ok(Found::Endpoint(Endpoint { target, secrets }))
        })
    }

    fn given_up<'a>(&'a self, id: &'a str) -> Telling<'a> {
        self.given_up.lock().expect("no panic").push(id.into());
        Box::pin(async { Ok(()) })
    }

    fn gone<'a>(&'a self, id: &'a str) -> Telling<'a> {
        self.urls.lock().expect("no panic").remove(id);
        self.gone.lock().expect("no panic").push(id.into());
        Box::pin(async { Ok(()) })
    }
}

/// How long a test waits for a server that hangs.
const IMPATIENT: Duration = Duration::from_millis(120);

/// A client for the tests' own servers.
pub fn client() -> Client {
    client_with(|_| ())
}

/// A client for servers that hang.
pub fn impatient_client() -> Client {
    client_with(|config| config.timeout = IMPATIENT)
}

pub fn client_with(change: impl FnOnce(&mut ClientConfig)) -> Client {
    let mut config = ClientConfig::new(Reach::anywhere(), RootCertStore::empty());
    change(&mut config);
    Client::new(config)
}

/// An outbox in a file, its clock, and its endpoints.
pub struct World {
    pub store: Arc<dyn Store>,
    pub clock: TestClock,
    pub endpoints: Arc<TestEndpoints>,
    _folder: TempDir,
}

impl World {
    /// An outbox with these rows, and the endpoint `E1` at this URL.
    pub fn new(url: &str, rows: &[NewRow]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store: Arc<dyn Store> = Arc::new(SqliteOutbox::new(folder.path().join("outbox.db")));
        open(&store).follow(0, 100, rows).expect("followed");
        let world = Self { store, clock: TestClock::new(), endpoints: Arc::default(), _folder: folder };
        world.endpoint("E1", url);
        world
    }

    pub fn endpoint(&self, id: &str, url: &str) {
        self.endpoints.urls.lock().expect("no panic").insert(id.into(), url.into());
    }

    pub fn bounds() -> Bounds {
        Bounds { attempt: Duration::from_secs(5), look: Duration::from_millis(5), ..Bounds::default() }
    }

    /// A worker that knows nothing yet.
    pub fn idle_worker(&self, bounds: Bounds) -> Worker {
        Worker::new(self.store.clone(), self.clock.clock(), bounds)
    }

    /// A worker on webhooks.
    pub fn worker(&self) -> Worker {
        self.worker_with(client())
    }

    pub fn worker_with(&self, client: Client) -> Worker {
        let deliver = WebhookDelivery::new(client, self.endpoints.clone());
        self.idle_worker(Self::bounds()).with(KIND, Arc::new(deliver))
    }

    /// Has everything delivered that is due now.
    pub async fn work(&self) {
        self.worker().run_due().await.expect("worked");
    }

    /// The same with servers that hang.
    pub async fn work_impatiently(&self) {
        self.worker_with(impatient_client()).run_due().await.expect("worked");
    }

    pub fn row(&self, key: &str) -> Row {
        find(&mut *open(&self.store), key)
    }

    pub fn state(&self, key: &str) -> State {
        self.row(key).state
    }

    /// The log, the oldest first.
    pub fn log(&self) -> Vec<Logged> {
        let mut log = open(&self.store).log(&Filter::default(), 1_000).expect("the log");
        log.reverse();
        log
    }
}
