//! The words of `linli demo`.

use super::DataOptions;
use clap::Args as ClapArgs;

#[derive(ClapArgs)]
pub struct DemoOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// small (60 stores, 3,000 members, 24,000 orders) or city (2,000 stores, 200,000 members, 1,000,000 orders)
    #[arg(long, default_value = "small")]
    pub size: linli_demo::Size,
}
