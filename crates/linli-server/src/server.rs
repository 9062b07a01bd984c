//! The service as a whole: what it listens on, and its end, which loses nothing that was accepted. Must not be added
//! here: what is answered.

mod connections;
mod tls;

use crate::app::App;
use crate::config::{Config, StartFault};
use crate::keys::Keys;
use crate::links::Links;
use crate::paying::{self, Payments};
use crate::{chores, effects, follow, routes, settling, sweeping};
use axum::Router;
use connections::Connections;
use linli_engine::{EngineFault, Place, View, Writer};
use linli_journal::files::FileStore;
use linli_journal::vault::Vault;
use linli_outbox::Store;
use linli_outbox::sender::{SandboxSender, Sender};
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The economy that is served.
pub struct Economy {
    /// Where its journal is.
    pub place: Place,
    /// What writes it.
    pub writer: Writer,
    /// What reads it.
    pub view: View,
    /// Which programs may call.
    pub keys: Arc<dyn Keys>,
    /// What keeps people's numbers and secrets readable.
    pub vault: Vault,
    /// What sends codes to people.
    pub messages: Messages,
    /// Where effects on others wait.
    pub outbox: Arc<dyn Store>,
    /// Who moves money.
    pub payments: Payments,
    /// Where uploaded pictures and documents are.
    pub files: Arc<dyn FileStore>,
}

/// How messages reach people.
#[derive(Clone)]
pub enum Messages {
    /// They are shown to whoever looks.
    Sandbox(Arc<SandboxSender>),
    /// They are sent.
    Sent(Arc<dyn Sender>),
}

impl Messages {
    /// What sends them, for whoever keeps it.
    pub(crate) fn shared(&self) -> Arc<dyn Sender> {
        match self {
            Self::Sandbox(sender) => sender.clone(),
            Self::Sent(sender) => sender.clone(),
        }
    }

    /// What sends them.
    pub(crate) fn sender(&self) -> &dyn Sender {
        match self {
            Self::Sandbox(sender) => &**sender,
            Self::Sent(sender) => &**sender,
        }
    }
}

/// A service that listens and does not answer yet.
pub struct Server {
    app: Arc<App>,
    callers: Door,
    metrics: Option<Door>,
}

/// One address that is listened on.
struct Door {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    tls: Option<tokio_rustls::TlsAcceptor>,
}

impl Server {
    /// Listens, as the settings say.
    ///
    /// # Errors
    /// [`StartFault`].
    pub async fn bind(config: &Config, economy: Economy) -> Result<Self, StartFault> {
        config.check()?;
        let tls = config.tls.as_ref().map(tls::acceptor).transpose()?;
        let (listener, address) = listen(config.listen).await?;
        let metrics = match config.metrics {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let links = Links::new(&config.public_url(address));
        let app = Arc::new(App::new(config, links, economy));
        if app.payments.provider.get().is_real() && app.ahead_seconds() > 0 {
            return Err(StartFault::Unsafe(
                "the clock of this journal was moved ahead in a sandbox, and time never runs back: it can't be live. Begin \
                 with a journal of its own, or give --provider sandbox."
                    .into(),
            ));
        }
        let router = routes::router(&app, config.tells_callers_metrics());
        let metrics = metrics.map(|(listener, address)| {
            let router = routes::metrics_router(&app);
            Door { listener, address, router, tls: None }
        });
        Ok(Self { app, callers: Door { listener, address, router, tls }, metrics })
    }

    /// Where callers come in.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.callers.address
    }

    /// Where the figures are read, if at an address of their own.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|door| door.address)
    }

    /// Answers until told to end; then takes nothing new, finishes what was accepted, and ends the writer.
    ///
    /// # Errors
    /// Why the writer had stopped by itself.
    pub async fn serve(self, shutdown: impl Future<Output = ()>) -> Result<(), EngineFault> {
        let Self { app, callers, metrics } = self;
        let (ending, is_ending) = watch::channel(false);
        let router = callers.router.clone();
        let open = |door: Door| {
            let connections = Connections::new(app.bounds, door.tls, door.router, is_ending.clone());
            tokio::spawn(connections.take_all(door.listener))
        };
        let doors: Vec<_> = std::iter::once(callers).chain(metrics).map(open).collect();
        let settling = tokio::spawn(settling::run(app.clone()));
        let chores = tokio::spawn(chores::run(app.clone()));
        let sweeping = tokio::spawn(sweeping::run(app.clone()));
        let effects = effects::start(&app);
        let following = follow::start(&app);
        let paying = paying::start(&app, &router);
        shutdown.await;
        settling.abort();
        chores.abort();
        paying.iter().for_each(tokio::task::JoinHandle::abort);
        sweeping.abort();
        ending.send_replace(true);
        for door in doors {
            door.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        }
        // While acts can still be done: the end of an effect may be one.
        effects.end().await;
        following.end().await;
        let closing = tokio::task::spawn_blocking(move || app.close());
        closing.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
    }
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartFault> {
    let fault = |source| StartFault::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(fault)?;
    let address = listener.local_addr().map_err(fault)?;
    Ok((listener, address))
}
