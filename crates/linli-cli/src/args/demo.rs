//! The words of `linli demo`.

use super::DataOptions;
use clap::Args as ClapArgs;
use std::net::SocketAddr;

#[derive(ClapArgs)]
pub struct DemoOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// small (60 stores, 3,000 members, 24,000 orders) or city (2,000 stores, 200,000 members, 1,000,000 orders)
    #[arg(long, default_value = "small")]
    pub size: linli_demo::Size,
    /// Serve the world when it is made, as a sandbox for this machine alone
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// A network that is not of the public internet and that webhooks may go to, such as 127.0.0.0/8; may be given again
    #[arg(long, value_name = "NETWORK", requires = "listen")]
    pub webhooks_private: Vec<String>,
}
