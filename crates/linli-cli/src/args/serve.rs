//! The words of `linli serve`, with their help.

use super::DataOptions;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

pub const SERVE_EXAMPLES: &str = "Examples:
  linli serve --data shop/ --plan plans/seed-one.toml
  linli serve --data shop/ --listen 0.0.0.0:443 --tls-cert fullchain.pem --tls-key key.pem --metrics 127.0.0.1:9100
  LINLI_DATABASE=postgres://linli@db/linli linli serve --listen 10.0.0.5:8080 --behind-proxy

The interface is described at /docs and, for programs, at /openapi.json; signing and errors in docs/api.md. An interrupt
(or SIGTERM) ends the service after what it has accepted.";

#[derive(Args)]
pub struct ServeOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// The plan that the economy opens with; needed where there is no journal yet
    #[arg(long)]
    pub plan: Option<PathBuf>,
    /// The address to listen on; port 0 takes one that is free
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The certificate and those that vouch for it (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// A proxy in front speaks TLS, over a network that you trust
    #[arg(long)]
    pub behind_proxy: bool,
    /// Where people reach the service, with https; codes and posters say it, so it should last
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    #[command(flatten)]
    pub sender: SenderOptions,
    #[command(flatten)]
    pub provider: ProviderOptions,
    /// An address of its own for /metrics, in the clear; without it they are only told to this machine
    #[arg(long, value_name = "ADDR")]
    pub metrics: Option<SocketAddr>,
    /// A network that is not of the public internet and that webhooks may go to, such as 10.0.0.0/8; may be given again
    #[arg(long, value_name = "NETWORK")]
    pub webhooks_private: Vec<String>,
}

/// Who moves the money.
#[derive(Args)]
pub struct ProviderOptions {
    /// sandbox, in which no money moves, or external: a payment system of your own, which makes the instance live
    #[arg(long, default_value = "sandbox")]
    pub provider: ProviderName,
    /// A file with the secret that the payment system signs its calls with, 32 to 256 bytes; a second one while it is
    /// being replaced
    #[arg(long, value_name = "FILE")]
    pub provider_secret: Vec<PathBuf>,
    /// Where payers go, before the id of their payment, if the payment system has a page
    #[arg(long, value_name = "URL", requires = "provider_secret")]
    pub provider_page: Option<String>,
    /// Withdrawals are paid out by the payment system, and not by a file for the bank; the sandbox always does
    #[arg(long, requires = "provider_secret")]
    pub provider_pays_out: bool,
}

/// Which provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ProviderName {
    Sandbox,
    External,
}

/// What sends codes to people's phones.
#[derive(Args)]
pub struct SenderOptions {
    /// Where messages to phones are posted to; without it nothing is sent, and they are shown to this machine
    #[arg(long = "sender", value_name = "URL", requires = "template", requires = "secret")]
    pub address: Option<String>,
    /// The body that the sender wants: JSON with {phone}, {code}, {text} and {key} in its texts
    #[arg(long = "sender-template", value_name = "FILE", requires = "address")]
    pub template: Option<PathBuf>,
    /// A file with the secret by which the sender knows us, sent as a bearer token
    #[arg(long = "sender-secret", value_name = "FILE", requires = "address")]
    pub secret: Option<PathBuf>,
}
