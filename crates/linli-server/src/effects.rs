//! Effects on others: what stands in the outbox is delivered while the service runs, each kind by whoever knows it.
//! What is being delivered when the service ends and does not end soon is delivered again, with the same key, when it is
//! back. Must not be added here: why an effect is due.

use crate::app::App;
use crate::notices::PhoneNotices;
use crate::paying;
use crate::problem::{Code, Problem};
use crate::webhooks::WebhookEndpoints;
use linli_outbox::client::{ClientConfig, system_roots};
use linli_outbox::sender::{self, NoticeDelivery};
use linli_outbox::webhook::{self, WebhookDelivery};
use linli_outbox::{Client, NewRow, Outbox as Rows, OutboxFault, Reach, Store, StoreThread, Worker};
use rustls::RootCertStore;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How long the end of the service waits for what is being delivered.
const LAST: Duration = Duration::from_secs(5);

/// How long what was done is kept with its attempts, how often that is looked at, and how much is forgotten at once.
pub const KEPT_SECONDS: i64 = 30 * 86_400;
const FORGETTING: Duration = Duration::from_secs(3_600);
const TOGETHER: usize = 1_000;

/// The outbox, as handlers ask it.
pub struct Outbox {
    pub store: Arc<dyn Store>,
    rows: StoreThread,
    /// Has rows that were added delivered at once.
    pub wake: Arc<Notify>,
    /// The seq up to which what follows from the journal is there.
    pub followed: Arc<watch::Sender<u64>>,
}

impl Outbox {
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self {
            rows: StoreThread::start(store.clone()),
            store,
            wake: Arc::default(),
            followed: Arc::default(),
        }
    }

    /// Asks the outbox something.
    pub async fn call<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut dyn Rows) -> Result<T, OutboxFault> + Send + 'static,
    ) -> Result<T, Problem> {
        self.rows.call(ask).await.map_err(|fault| {
            tracing::error!(%fault, code = fault.code(), "the outbox");
            Problem::new(Code::NotReady, "the outbox cannot be used; the cause is in the log")
        })
    }
}

/// What calls others: the public internet and whatever was named. Where the machine trusts nobody, no call by TLS succeeds,
/// and the log of each attempt says so.
pub fn client(reach: Reach) -> Client {
    let roots = system_roots().unwrap_or_else(|fault| {
        tracing::warn!(%fault, "no webhook can be sent by TLS");
        RootCertStore::empty()
    });
    Client::new(ClientConfig::new(reach, roots))
}

impl Outbox {
    /// Adds rows, which are delivered at once; one that is there already is left as it is.
    pub async fn add(&self, rows: Vec<NewRow>) -> Result<(), Problem> {
        if rows.is_empty() {
            return Ok(());
        }
        self.call(move |outbox| outbox.add(&rows)).await?;
        self.wake.notify_one();
        Ok(())
    }
}

/// A worker that runs.
pub struct Effects {
    worker: JoinHandle<()>,
    forgetting: JoinHandle<()>,
    stop: oneshot::Sender<()>,
}

/// Delivers what is due, until it is ended.
pub fn start(app: &Arc<App>) -> Effects {
    let outbox = &app.outbox;
    let worker = Worker::new(outbox.store.clone(), app.clock.clone(), app.bounds.effects);
    let worker = worker.woken_by(outbox.wake.clone());
    let webhooks = WebhookDelivery::new(app.client.clone(), Arc::new(WebhookEndpoints::new(app.clone())));
    let notices = NoticeDelivery::new(app.messages.shared(), Arc::new(PhoneNotices::new(app.clone())));
    let worker = worker.with(webhook::KIND, Arc::new(webhooks)).with(sender::KIND, Arc::new(notices));
    let worker = worker.with(paying::KIND, Arc::new(paying::Asking::new(app)));
    let (stop, stopped) = oneshot::channel();
    let worker = tokio::spawn(worker.run(async {
        // Whoever would stop it is gone.
        let _ = stopped.await;
    }));
    Effects { worker, forgetting: tokio::spawn(forget(app.clone())), stop }
}

/// Forgets what was done long ago, again and again, until it is aborted.
async fn forget(app: Arc<App>) {
    let mut ticks = interval(FORGETTING);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let done_before = app.now().seconds - KEPT_SECONDS;
        // A fault is in the log, and there is a next time.
        while app
            .outbox
            .call(move |rows| rows.prune(done_before, TOGETHER))
            .await
            .is_ok_and(|n| n == TOGETHER)
        {}
    }
}

impl Effects {
    /// Takes nothing new, and ends.
    pub async fn end(self) {
        let Self { mut worker, forgetting, stop } = self;
        forgetting.abort();
        // It has ended by itself if nobody hears.
        let _ = stop.send(());
        match timeout(LAST, &mut worker).await {
            Ok(ended) => ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic())),
            Err(_) => worker.abort(),
        }
    }
}
