//! How the service is to run, and the settings that it refuses to run with. Must not be added here: reading options
//! of the command line.

use crate::rates::RateBounds;
use linli_outbox::Reach;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Tells the seconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How the service is to run.
#[derive(Clone)]
pub struct Config {
    /// Where callers come in.
    pub listen: SocketAddr,
    /// Where figures for Prometheus are read, if not where callers come in.
    pub metrics: Option<SocketAddr>,
    /// With what TLS is spoken; none to speak HTTP in the clear.
    pub tls: Option<TlsFiles>,
    /// A proxy in front speaks TLS to callers and passes every header on.
    pub behind_proxy: bool,
    /// Where people reach the service, such as `https://linli.example`: links on paper say it. Without it they say where
    /// callers come in.
    pub public_url: Option<String>,
    /// Messages to people are not sent, but shown to whoever looks.
    pub is_sandbox: bool,
    /// What signatures are compared with.
    pub clock: Clock,
    /// How much is taken, and how long is waited.
    pub bounds: Bounds,
    /// How often whom may ask.
    pub rates: RateBounds,
    /// Where webhooks may go.
    pub webhooks: Reach,
}

/// Files in PEM.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate and those that vouch for it.
    pub cert: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// How much is taken, and how long is waited.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Connections at a time; others wait for one to end.
    pub connections: usize,
    /// For the head of a request, and for the handshake of TLS.
    pub head: Duration,
    /// For the body of a request.
    pub body: Duration,
    /// For the seq that a read asks for.
    pub seen: Duration,
    /// For the commit of a write.
    pub commit: Duration,
    /// For what has begun when the service ends.
    pub shutdown: Duration,
    /// Between two looks for orders that are final.
    pub settling: Duration,
    /// Between two looks for what the platform does by itself.
    pub chores: Duration,
    /// How effects on others are delivered.
    pub effects: linli_outbox::Bounds,
    /// Bytes of results that are kept at hand for repeats.
    pub answered_bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 4_096,
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            seen: Duration::from_secs(3),
            commit: Duration::from_secs(30),
            shutdown: Duration::from_secs(30),
            settling: Duration::from_secs(60),
            chores: Duration::from_secs(1),
            effects: linli_outbox::Bounds::default(),
            answered_bytes: 32 << 20,
        }
    }
}

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The settings would expose somebody.
    #[error("{0}")]
    Unsafe(String),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The certificate or its key cannot be used.
    #[error("cannot use {file} for TLS: {what}", file = file.display())]
    Tls {
        /// The file.
        file: PathBuf,
        /// Why.
        what: String,
    },
}

impl Config {
    /// A service for this machine alone, with the clock of the system.
    #[must_use]
    pub fn new(listen: SocketAddr) -> Self {
        let clock = Arc::new(seconds_now);
        Self {
            listen,
            metrics: None,
            tls: None,
            behind_proxy: false,
            public_url: None,
            is_sandbox: false,
            clock,
            bounds: Bounds::default(),
            rates: RateBounds::default(),
            webhooks: Reach::public(),
        }
    }

    /// Whether these settings can be run with.
    ///
    /// # Errors
    /// [`StartFault::Unsafe`], with what to do.
    pub fn check(&self) -> Result<(), StartFault> {
        let listen = self.listen;
        if !listen.ip().is_loopback() && self.tls.is_none() && !self.behind_proxy {
            return Err(StartFault::Unsafe(format!(
                "{listen} can be reached by other machines, and without TLS whoever is in between reads and \
                 changes what is sent. Give --tls-cert and --tls-key, or listen on 127.0.0.1 behind a proxy that \
                 speaks TLS, or say --behind-proxy if such a proxy is on another machine of a network that you trust."
            )));
        }
        if self.is_sandbox && (self.behind_proxy || !listen.ip().is_loopback()) {
            return Err(StartFault::Unsafe(
                "codes to log in would be shown to whoever looks, because nothing sends them to phones. Give \
                 --sender, or listen on 127.0.0.1 without a proxy."
                    .into(),
            ));
        }
        if self.public_url.as_deref().is_some_and(|url| !is_address_of_web(url)) {
            return Err(StartFault::Unsafe(
                "--public-url is where people reach the service, such as https://linli.example: http:// or https://, then a \
                 host in ASCII, in 128 bytes at most."
                    .into(),
            ));
        }
        if self.metrics.is_some_and(|metrics| metrics.port() != 0 && metrics == listen) {
            return Err(StartFault::Unsafe(format!(
                "--metrics is {listen}, where callers come in: the figures are not for them. Give another port."
            )));
        }
        Ok(())
    }

    /// What links begin with, where callers come in at this address.
    #[must_use]
    pub fn public_url(&self, address: SocketAddr) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        self.public_url.clone().unwrap_or_else(|| format!("{scheme}://{address}"))
    }

    /// Whether figures are told where callers come in: only where nobody else can call.
    #[must_use]
    pub fn tells_callers_metrics(&self) -> bool {
        // Behind a proxy every caller seems to be on this machine.
        self.metrics.is_none() && self.listen.ip().is_loopback() && !self.behind_proxy
    }
}

fn is_address_of_web(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:/[]".contains(&byte);
    let is_host = |rest: &str| rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[');
    url.len() <= 128 && rest.is_some_and(|rest| is_host(rest) && rest.bytes().all(is_fit))
}

fn seconds_now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).expect("the clock shows a year of twelve digits at most")
}
