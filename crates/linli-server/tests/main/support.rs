//! What the tests share: a service on a fresh journal with fixed keys and a fixed clock, and a client that signs. Must
//! not be added here: anything that computes money.

pub mod bank;
pub mod copies;
pub mod documented;
pub mod gated;
pub mod hooked;
pub mod kept;
pub mod logged;
pub mod market;
pub mod payer;
pub mod person;
pub mod receiver;
pub mod schema;
pub mod shop;
pub mod system;

use gated::Gated;
use kept::{apart, journal, place};
use linli_engine::{EngineFault, Form, Group, Limits, Stamp, Writer};
use linli_journal::files::FileFolder;
use linli_journal::vault::{KeyStore, PostgresKeys, SqliteKeys, Vault};
use linli_outbox::sender::SandboxSender;
use linli_outbox::store::Filter;
use linli_outbox::{PostgresOutbox, SqliteOutbox};
use linli_payments::{Sandbox, Secret, SqliteRecords};
use linli_platform::{Act, Actor, Deed, Role, Scope, StaffAct};
use linli_server::signature::Signed;
use linli_server::{
    Bounds, Config, Economy, Key, Keys, Messages, PaymentProvider, Payments, PlatformKeys, Server,
};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const PLAN: &str = include_str!("../../../../plans/seed-one.toml");
pub const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

pub const PASSWORD: &str = "correct horse battery";

/// Hashing takes long on purpose.
static HASH: LazyLock<String> = LazyLock::new(|| linli_server::hash_password(PASSWORD));

/// 2026-01-01T00:00:00Z: what the service's clock shows until a test moves it.
pub const NOW: i64 = 1_767_225_600;

/// Keys that are always in force, beside those of the platform: `all` may do everything, each other only what its name says.
struct FixedKeys(PlatformKeys);

impl Keys for FixedKeys {
    fn find(&self, id: &str) -> Option<Key> {
        let scopes = match id {
            "all" => Scope::ALL.to_vec(),
            name => match Scope::named(name) {
                Some(scope) => vec![scope],
                None => return self.0.find(name),
            },
        };
        Some(Key { name: id.into(), scopes, secret: SECRET.to_vec() })
    }
}

/// A running service.
pub struct TestApp {
    pub address: String,
    pub metrics_address: Option<SocketAddr>,
    pub client: reqwest::Client,
    pub store: Gated,
    pub now: Arc<AtomicI64>,
    nonces: AtomicU64,
    folder: TempDir,
    /// Opens what moves money.
    payments: fn(&Path) -> Payments,
    ending: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<Result<(), EngineFault>>>,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// A service whose settings differ.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::with_payments(sandbox, change).await
    }

    /// A service with this provider of payments.
    pub async fn with_payments(payments: fn(&Path) -> Payments, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = journal(folder.path());
        let mut app = Self::over(store, folder, payments);
        app.begin(change).await;
        app
    }

    /// A service that does not run yet.
    fn over(store: Gated, folder: TempDir, payments: fn(&Path) -> Payments) -> Self {
        logged::start();
        Self {
            address: String::new(),
            metrics_address: None,
            client: reqwest::Client::builder().no_proxy().build().expect("a client"),
            store,
            now: Arc::new(AtomicI64::new(NOW)),
            nonces: AtomicU64::new(1),
            folder,
            payments,
            ending: None,
            serving: None,
        }
    }

    pub async fn begin(&mut self, change: impl FnOnce(&mut Config)) {
        let economy = start(self.store.clone(), self.folder.path(), self.payments);
        let listen = "127.0.0.1:0".parse().expect("an address");
        let mut config = Config::new(listen);
        let now = self.now.clone();
        config.clock = Arc::new(move || now.load(Ordering::SeqCst));
        config.bounds = Bounds { seen: Duration::from_millis(50), ..Bounds::default() };
        // A test asks sooner than people do.
        config.rates.code_soon.burst = 2;
        change(&mut config);
        let server = Server::bind(&config, economy).await.expect("it listens");
        let (ending, end) = oneshot::channel();
        self.address = server.address().to_string();
        self.metrics_address = server.metrics_address();
        self.ending = Some(ending);
        self.serving = Some(tokio::spawn(server.serve(async {
            let _ = end.await;
        })));
    }

    /// Tells the service to end.
    pub fn end(&mut self) {
        self.ending.take().expect("ended once").send(()).expect("it runs");
    }

    /// Waits for its end.
    pub async fn ended(&mut self) {
        self.serving.take().expect("awaited once").await.expect("no panic").expect("closed");
    }

    /// Ends it and starts another on the same journal.
    pub async fn restart(&mut self) {
        self.end();
        self.ended().await;
        self.begin(|_| ()).await;
    }

    /// The same with other settings.
    pub async fn restart_with(&mut self, change: impl FnOnce(&mut Config)) {
        self.end();
        self.ended().await;
        self.begin(change).await;
    }

    /// Loses the outbox while the service does not run.
    pub fn forget_outbox(&self) {
        for ending in ["", "-wal", "-shm"] {
            // What is not there is lost already.
            let _ = std::fs::remove_file(self.folder.path().join(format!("outbox.db{ending}")));
        }
    }

    /// Waits until so many attempts to deliver to this target are recorded.
    pub async fn recorded(&self, target: &str, attempts: usize) {
        let (path, target) = (self.folder.path().join("outbox.db"), target.to_string());
        let look = move || {
            let mut outbox = linli_outbox::Store::open(&SqliteOutbox::new(path)).expect("opened");
            let filter = Filter { target: Some(&target), ..Filter::default() };
            while outbox.log(&filter, attempts).expect("read").len() < attempts {
                std::thread::yield_now();
            }
        };
        let looking = tokio::time::timeout(Duration::from_secs(60), tokio::task::spawn_blocking(look));
        looking.await.expect("they are recorded").expect("no panic");
    }

    /// A service with two operators and somebody of finance, whose first password is [`PASSWORD`].
    pub async fn with_desk() -> Self {
        Self::with_store().await.and_desk().await
    }

    /// The same desk here.
    pub async fn and_desk(mut self) -> Self {
        self.hire([("ann", Role::Operator), ("bo", Role::Operator), ("chen", Role::Finance)]).await;
        self
    }

    /// Gives accounts of the desk, whose first password is [`PASSWORD`].
    pub async fn hire<const COUNT: usize>(&mut self, people: [(&str, Role); COUNT]) {
        self.by_machine(|economy| {
            let add = |(id, role): (&str, Role)| {
                let sealed = economy.vault.seal(&format!("staff:{id}"), "password", HASH.as_bytes());
                let (sealed_password, roles) = (sealed.expect("sealed"), [role].into());
                StaffAct::Add { id: id.into(), name: id.into(), roles, sealed_password }.into()
            };
            people.map(add).into()
        })
        .await;
    }

    /// Acts of the machine's own command line, for which the service ends and starts again.
    pub async fn by_machine(&mut self, acts: impl FnOnce(&mut Economy) -> Vec<Act> + Send) {
        self.end();
        self.ended().await;
        let (store, folder, payments) = (self.store.clone(), self.folder.path(), self.payments);
        apart(|| {
            let mut economy = start_here(store, folder, payments);
            let mut group = Group::new();
            for act in acts(&mut economy) {
                group.push_act(None, &Deed::new(Actor::Machine, act));
            }
            let answers = economy.writer.ask(group, Stamp::AsSent, Form::Refusals).expect("applied");
            assert_eq!(answers.refused, []);
            economy.writer.close().expect("closed");
        });
        self.begin(|_| ()).await;
    }

    /// The bytes of every file of the service: journal, vault, snapshots.
    pub fn bytes(&self) -> Vec<u8> {
        let mut folders = vec![self.folder.path().to_path_buf()];
        let mut bytes = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    match std::fs::read(path) {
                        Ok(of_file) => bytes.extend(of_file),
                        // The service takes away journals of databases and unfinished files while it runs.
                        Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            }
        }
        bytes
    }

    pub fn unsigned(&self, method: Method, target: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{target}", self.address))
    }

    /// A nonce that no other request of this test has.
    pub fn nonce(&self) -> String {
        format!("nonce-{}", self.nonces.fetch_add(1, Ordering::SeqCst))
    }

    pub async fn get(&self, target: &str) -> Response {
        let nonce = self.nonce();
        let signature = sign(NOW, &nonce, "GET", target, b"");
        let request = self.unsigned(Method::GET, target).header("linli-nonce", nonce);
        send(signed(request, "all", NOW, &signature)).await
    }

    /// A write under this `Idempotency-Key`.
    pub fn write(&self, target: &str, key: &str, body: &str) -> RequestBuilder {
        let kind = if target == "/v1/orders" { "application/json" } else { "application/x-ndjson" };
        let signature = sign(NOW, key, "POST", target, body.as_bytes());
        let request = self.unsigned(Method::POST, target).header("content-type", kind);
        signed(request.header("idempotency-key", key).body(body.to_string()), "all", NOW, &signature)
    }

    pub async fn post(&self, target: &str, key: &str, body: &str) -> Response {
        send(self.write(target, key, body)).await
    }

    /// Two members and a store, so that orders can be paid.
    pub async fn with_store() -> Self {
        Self::start().await.and_store().await
    }

    /// The same here.
    pub async fn and_store(self) -> Self {
        let response = self.post("/v1/commands", "the-store", STORE).await;
        assert_eq!(response.status(), 200);
        self
    }
}

/// The sandbox, with its records in this folder.
fn sandbox(folder: &Path) -> Payments {
    let records = Arc::new(SqliteRecords::open(&folder.join("payments.db")).expect("opened"));
    let secret = Secret::new(SECRET).expect("32 bytes");
    let sandbox = Sandbox::new(records, secret, linli_server::SANDBOX_PAGES).expect("a sandbox");
    Payments { provider: PaymentProvider::Sandbox(Arc::new(sandbox)), pays_out: false }
}

fn start(store: Gated, folder: &Path, payments: fn(&Path) -> Payments) -> Economy {
    apart(|| start_here(store, folder, payments))
}

fn start_here(store: Gated, folder: &Path, payments: fn(&Path) -> Payments) -> Economy {
    let database = store.database.clone();
    let place = place(store, folder);
    let (writer, view, _) = Writer::start_with_view(place.clone(), Limits::default()).expect("started");
    let keys = || -> Box<dyn KeyStore> {
        match &database {
            Some(database) => Box::new(PostgresKeys::open(database).expect("opened")),
            None => Box::new(SqliteKeys::open(&folder.join("keys.db")).expect("opened")),
        }
    };
    let (vault, of_keys) = (Vault::new(keys()), Vault::new(keys()));
    let keys = Arc::new(FixedKeys(PlatformKeys::new(view.clone(), of_keys)));
    let messages = Messages::Sandbox(Arc::new(SandboxSender::new(100, Arc::new(|| NOW))));
    let outbox: Arc<dyn linli_outbox::Store> = match &database {
        Some(database) => Arc::new(PostgresOutbox::beside(database)),
        None => Arc::new(SqliteOutbox::new(folder.join("outbox.db"))),
    };
    let files = Arc::new(FileFolder::new(folder.join("files")));
    Economy { place, writer, view, keys, vault, messages, outbox, payments: payments(folder), files }
}

/// An economy in this folder, with nobody to serve it.
pub fn economy(folder: &Path) -> Economy {
    start(journal(folder), folder, sandbox)
}

pub const STORE: &str = r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2","inviter":"M1"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}
"#;

pub fn sign(time: i64, nonce: &str, method: &str, target: &str, body: &[u8]) -> String {
    Signed { time: &time.to_string(), nonce, method, target, body }.sign(SECRET)
}

pub fn signed(request: RequestBuilder, key: &str, time: i64, signature: &str) -> RequestBuilder {
    request.header("linli-key", key).header("linli-time", time).header("linli-signature", signature)
}

pub async fn send(request: RequestBuilder) -> Response {
    let (client, request) = request.build_split();
    let request = request.expect("a request");
    let (method, path) = (request.method().clone(), request.url().path().to_string());
    let response = client.execute(request).await.expect("it answers");
    documented::checked(&method, &path, response).await
}

pub async fn json(response: Response) -> Value {
    let text = response.text().await.expect("a body");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Status and code of a problem, which has its whole form.
pub async fn problem(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    let id = header(&response, "x-request-id");
    let body = json(response).await;
    let code = body["code"].as_str().expect("a code").to_string();
    assert_eq!(body["status"], status, "{body}");
    assert_eq!(body["type"], format!("/docs#{code}"));
    assert_eq!(body["request_id"], id);
    for text in ["title", "detail", "message_zh", "message_en"] {
        assert!(body[text].as_str().is_some_and(|text| !text.is_empty()), "{text}: {body}");
    }
    (status, code)
}

pub fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map_or("", |value| value.to_str().expect("ASCII")).to_string()
}

/// All of them at the same time.
pub async fn all(all: impl Iterator<Item = impl Future<Output = Response>>) -> Vec<Response> {
    let mut waiting: Vec<_> = all.map(Box::pin).collect();
    let mut answers = Vec::new();
    std::future::poll_fn(move |context| {
        waiting.retain_mut(|one| match one.as_mut().poll(context) {
            std::task::Poll::Ready(answer) => {
                answers.push(answer);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() {
            std::task::Poll::Ready(std::mem::take(&mut answers))
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}
