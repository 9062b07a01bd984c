//! A service on a fresh journal in SQLite with members who are logged in, stores and one key.

use linli_economy::command::Line;
use linli_economy::time::Instant;
use linli_engine::{EngineFault, Form, Group, Limits, Place, SnapshotFolder, Stamp, Writer};
use linli_journal::files::FileFolder;
use linli_journal::vault::{SqliteKeys, Vault};
use linli_journal::{Header, SqliteStore, Store};
use linli_outbox::SqliteOutbox;
use linli_outbox::sender::SandboxSender;
use linli_payments::{Sandbox, Secret, SqliteRecords};
use linli_platform::{Account, Actor, Deed, PersonAct, Scope, SessionAct};
use linli_server::{
    Config, Economy, Key, Keys, Messages, PaymentProvider, Payments, RateOf, SANDBOX_PAGES, Server,
};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const PLAN: &str = include_str!("../../../../plans/seed-one.toml");

/// How many members there are, how many of them are logged in, and how many stores.
pub const MEMBERS: usize = 20_000;
const LOGGED_IN: usize = 2_000;
pub const STORES: usize = 200;

/// The only key.
struct OneKey;

impl Keys for OneKey {
    fn find(&self, id: &str) -> Option<Key> {
        (id == "bench").then(|| Key { name: id.into(), scopes: Scope::ALL.to_vec(), secret: SECRET.to_vec() })
    }
}

pub struct World {
    pub address: SocketAddr,
    /// Seconds since 1970 when it began.
    pub now: i64,
    pub tokens: Vec<String>,
    ending: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), EngineFault>>,
}

impl World {
    pub async fn serve(folder: &Path) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        let now = i64::try_from(since.as_secs()).expect("a date of these centuries");
        let economy = economy(folder);
        let tokens = fill(&economy, now);
        let mut config = Config::new("127.0.0.1:0".parse().expect("an address"));
        config.is_sandbox = true;
        let often = RateOf { burst: u32::MAX, every: Duration::from_nanos(1) };
        (config.rates.key, config.rates.account, config.rates.visitor) = (often, often, often);
        let server = Server::bind(&config, economy).await.expect("it listens");
        let (ending, end) = oneshot::channel::<()>();
        let address = server.address();
        let serving = tokio::spawn(server.serve(async {
            let _ = end.await;
        }));
        Self { address, now, tokens, ending, serving }
    }

    pub async fn end(self) {
        self.ending.send(()).expect("it runs");
        self.serving.await.expect("no panic").expect("it ends well");
    }
}

fn economy(folder: &Path) -> Economy {
    let store = SqliteStore::new(folder.join("journal.db"));
    store.create(&Header::new(PLAN.into())).expect("created");
    let place =
        Place { store: Arc::new(store), snapshots: Arc::new(SnapshotFolder::new(folder.join("snapshots"))) };
    let (writer, view, _) = Writer::start_with_view(place.clone(), Limits::default()).expect("started");
    let records = Arc::new(SqliteRecords::open(&folder.join("payments.db")).expect("opened"));
    let sandbox = Sandbox::new(records, Secret::new(SECRET).expect("32 bytes"), SANDBOX_PAGES);
    let provider = PaymentProvider::Sandbox(Arc::new(sandbox.expect("a sandbox")));
    Economy {
        place,
        writer,
        view,
        keys: Arc::new(OneKey),
        vault: Vault::new(Box::new(SqliteKeys::open(&folder.join("keys.db")).expect("opened"))),
        messages: Messages::Sandbox(Arc::new(SandboxSender::new(100, Arc::new(|| 0)))),
        outbox: Arc::new(SqliteOutbox::new(folder.join("outbox.db"))),
        payments: Payments { provider, pays_out: false },
        files: Arc::new(FileFolder::new(folder.join("files"))),
    }
}

/// Members, stores and sessions; gives the tokens of these.
fn fill(economy: &Economy, now: i64) -> Vec<String> {
    let at = Instant { seconds: now, nanoseconds: 0 };
    let mut group = Group::new();
    let mut push = |line: String| group.push(&Line::read(1, line.as_bytes()));
    for member in 0..MEMBERS {
        let inviter = if member == 0 { String::new() } else { format!(r#","inviter":"M{}""#, member / 3) };
        push(format!(r#"{{"cmd":"open_member","member":"M{member}"{inviter}}}"#));
    }
    for store in 0..STORES {
        push(format!(r#"{{"cmd":"open_store","store":"S{store}","owner":"M{store}","district":"440106"}}"#));
    }
    let mut tokens = Vec::new();
    for member in 0..LOGGED_IN {
        let token = format!("token-of-{member}");
        let phone = std::array::from_fn(|place| if place < 8 { member.to_le_bytes()[place] } else { 0 });
        let attach = PersonAct::Attach { member: format!("M{member}"), phone, sealed_phone: vec![0; 40] };
        group.push_act(None, &Deed::new(Actor::Machine, attach));
        let open = SessionAct::Open {
            account: Account::Member(format!("M{member}")),
            token: *blake3::hash(token.as_bytes()).as_bytes(),
            label: "a phone".into(),
            device: None,
            address: [0; 16],
            totp_step: None,
            until: Instant { seconds: now + 86_400, nanoseconds: 0 },
        };
        group.push_act(None, &Deed::new(Actor::Machine, open));
        tokens.push(token);
    }
    let answers = economy.writer.ask(group, Stamp::At(at), Form::Refusals).expect("applied");
    assert_eq!(answers.refused, []);
    tokens
}
