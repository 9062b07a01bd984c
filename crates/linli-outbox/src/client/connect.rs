//! Connecting: a name becomes addresses, each is checked, and one that was checked is connected to. Must not be added
//! here: a second question for the name after the check.

use super::{CallFault, ClientConfig};
use crate::target::Target;
use rustls::pki_types::ServerName;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Addresses of one name that are tried.
const MOST_ADDRESSES: usize = 4;

/// Addresses that are being asked for.
pub type Resolving<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// What asks for the addresses of a name.
pub trait Resolve: Send + Sync {
    /// The addresses of a name, the best first.
    fn resolve<'a>(&'a self, name: &'a str) -> Resolving<'a>;
}

/// The machine's own resolver.
#[derive(Clone, Copy, Debug)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, name: &'a str) -> Resolving<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// A connection, with TLS or without.
pub trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// A connection of either kind.
pub type Stream = Box<dyn Io>;

/// Every address of the target, if all may be connected to: a name with one that may not is not to be trusted with the
/// others.
pub async fn addresses(config: &ClientConfig, target: &Target) -> Result<Vec<SocketAddr>, CallFault> {
    let name = || target.name().to_owned();
    let addresses = match target.literal() {
        Some(address) => vec![address],
        None => {
            let found = config.resolver.resolve(target.name()).await;
            found.map_err(|error| CallFault::Name { name: name(), why: error.to_string() })?
        }
    };
    if addresses.is_empty() {
        return Err(CallFault::Name { name: name(), why: "the answer is empty".into() });
    }
    for address in &addresses {
        config.reach.check(*address).map_err(|why| CallFault::Address { name: name(), why })?;
        if !target.is_tls() && !config.reach.is_told(*address) {
            return Err(CallFault::Plain { name: name() });
        }
    }
    Ok(addresses.into_iter().map(|address| SocketAddr::new(address, target.port())).collect())
}

/// Connects to the first address that answers.
pub async fn connect(
    config: &ClientConfig,
    tls: &TlsConnector,
    target: &Target,
) -> Result<Stream, CallFault> {
    let mut failed = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses(config, target).await?.into_iter().take(MOST_ADDRESSES) {
        match TcpStream::connect(address).await {
            Ok(stream) if target.is_tls() => return greet(tls, target, stream).await,
            Ok(stream) => return Ok(Box::new(stream)),
            Err(error) => failed = error,
        }
    }
    Err(CallFault::Connect { name: target.name().into(), why: failed })
}

async fn greet(tls: &TlsConnector, target: &Target, stream: TcpStream) -> Result<Stream, CallFault> {
    let fault = |why| CallFault::Tls { name: target.name().into(), why };
    let name = match target.literal() {
        Some(address) => ServerName::from(address),
        None => ServerName::try_from(target.name().to_owned())
            .map_err(|error| fault(io::Error::new(io::ErrorKind::InvalidInput, error)))?,
    };
    Ok(Box::new(tls.connect(name, stream).await.map_err(fault)?))
}
