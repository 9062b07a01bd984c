//! The words of `linli settle`.

use clap::Args as ClapArgs;
use std::path::PathBuf;

pub const SETTLE_EXAMPLES: &str = "Examples:
  linli settle --plan plans/seed-one.toml --orders orders.csv --out out/
  linli settle --plan plans/seed-three.toml --orders year.csv.zst --stores stores.csv --agents agents.csv --out out/

Columns of the files (a header line names them, in any order; UTF-8, commas):
  --orders   order_id, paid_at, member_id, store_id, amount     paid_at without an offset is Asia/Shanghai
  --stores   store_id, owner_id, district, take_rate, recruiter_id     empty: {store_id}-owner, 000000, the plan's, none
  --agents   region, member_id

Written to the folder: statement.csv (order by order), balances.csv, exits.csv, prices.csv (daily), summary.json.";

#[derive(ClapArgs)]
pub struct SettleOptions {
    /// The plan
    #[arg(long)]
    pub plan: PathBuf,
    /// The orders, as CSV or as CSV compressed with zstd (.zst)
    #[arg(long)]
    pub orders: PathBuf,
    /// What is known of the stores
    #[arg(long)]
    pub stores: Option<PathBuf>,
    /// Who holds which region, appointed before the first order
    #[arg(long)]
    pub agents: Option<PathBuf>,
    /// The folder to write to
    #[arg(long)]
    pub out: PathBuf,
    /// Go on past bad rows, and list every one
    #[arg(long)]
    pub skip_bad: bool,
}
