//! The client that calls others: one POST on a connection of its own, by TLS, without redirect, proxy or cookie, in
//! bounded time and with a bounded answer. It connects to the addresses that were checked and to no others, so that a
//! name cannot stand for something else a moment later. Must not be added here: what is sent, or when again.

mod answer;
mod connect;
mod fault;
mod roots;

pub use answer::{Answer, End, MOST_BODY_BYTES};
pub use connect::{Resolve, Resolving, SystemResolver};
pub use fault::CallFault;
pub use roots::{RootsFault, system_roots};

use crate::address::Reach;
use crate::target::Target;
use answer::read;
use connect::Stream;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rustls::RootCertStore;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

/// The most that the head of an answer may have.
const MOST_HEAD_BYTES: usize = 32 * 1024;

/// What the client is made of.
pub struct ClientConfig {
    /// Which addresses it may connect to.
    pub reach: Reach,
    /// Who may vouch for a server's certificate.
    pub roots: RootCertStore,
    /// What asks for the addresses of a name.
    pub resolver: Arc<dyn Resolve>,
    /// The longest that a connection may take, with TLS.
    pub connect_timeout: Duration,
    /// The longest that a call may take.
    pub timeout: Duration,
}

impl ClientConfig {
    /// The machine's resolver, 5 seconds to connect and 20 for all.
    #[must_use]
    pub fn new(reach: Reach, roots: RootCertStore) -> Self {
        let (connect_timeout, timeout) = (Duration::from_secs(5), Duration::from_secs(20));
        Self { reach, roots, resolver: Arc::new(SystemResolver), connect_timeout, timeout }
    }
}

/// What is sent: a body of JSON, and headers besides.
#[derive(Clone)]
pub struct Call {
    /// The body.
    pub body: Bytes,
    /// Further headers.
    pub headers: HeaderMap,
}

impl fmt::Debug for Call {
    /// Without the content, which may be of a person, and the headers, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({} bytes)", self.body.len())
    }
}

/// A client.
#[derive(Clone)]
pub struct Client {
    config: Arc<ClientConfig>,
    tls: TlsConnector,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("reach", &self.config.reach).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of these settings.
    #[must_use]
    pub fn new(config: ClientConfig) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider has what the versions need")
            .with_root_certificates(config.roots.clone())
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self { config: Arc::new(config), tls: TlsConnector::from(Arc::new(tls)) }
    }

    /// Which addresses it may connect to: whoever registers a URL is held to the same.
    #[must_use]
    pub fn reach(&self) -> &Reach {
        &self.config.reach
    }

    /// Whether the target's name stands for addresses that may be connected to, now: for whoever registers a URL.
    ///
    /// # Errors
    /// [`CallFault::Name`], [`CallFault::Address`], [`CallFault::Timeout`].
    pub async fn check(&self, target: &Target) -> Result<(), CallFault> {
        let deadline = Instant::now() + self.config.connect_timeout;
        let addresses = timeout_at(deadline, connect::addresses(&self.config, target)).await;
        addresses.map_err(|_| CallFault::Timeout { what: "looking for the name" })?.map(drop)
    }

    /// Posts to the target and gives its answer, whatever its status.
    ///
    /// # Errors
    /// [`CallFault`]; whether the other side has got the call is then not known, unless it says that it was not sent.
    pub async fn post(&self, target: &Target, call: Call) -> Result<Answer, CallFault> {
        let begin = Instant::now();
        let deadline = begin + self.config.timeout;
        let connecting = connect::connect(&self.config, &self.tls, target);
        let connected = timeout_at(deadline.min(begin + self.config.connect_timeout), connecting).await;
        let stream = connected.map_err(|_| CallFault::Timeout { what: "connecting" })??;
        let answering = exchange(stream, request(target, call), deadline);
        timeout_at(deadline, answering)
            .await
            .map_err(|_| CallFault::Timeout { what: "waiting for the answer" })?
    }
}

fn request(target: &Target, call: Call) -> Request<Full<Bytes>> {
    let Call { body, headers } = call;
    let mut request = Request::new(Full::new(body));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = target.path().parse().expect("a target was looked at for it");
    *request.headers_mut() = headers;
    let host = HeaderValue::from_str(target.authority()).expect("the host of a URL is ASCII");
    request.headers_mut().insert(HOST, host);
    request.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let agent = HeaderValue::from_static(concat!("linli/", env!("CARGO_PKG_VERSION")));
    request.headers_mut().insert(USER_AGENT, agent);
    request
}

/// Sends the request and reads the answer, whose body may end later than the deadline: then it is cut.
async fn exchange(
    stream: Stream,
    request: Request<Full<Bytes>>,
    deadline: Instant,
) -> Result<Answer, CallFault> {
    let mut http = http1::Builder::new();
    http.max_buf_size(MOST_HEAD_BYTES);
    let (mut sender, connection) =
        http.handshake(TokioIo::new(stream)).await.map_err(|error| CallFault::broken(&error))?;
    // Dropped with this call, so that no connection outlives it.
    let mut driving = JoinSet::new();
    driving.spawn(connection);
    let response = sender.send_request(request).await.map_err(|error| CallFault::broken(&error))?;
    Ok(read(response, deadline).await)
}
