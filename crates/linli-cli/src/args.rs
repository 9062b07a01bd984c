//! The command line's words, with their help.

use clap::{Args as ClapArgs, Parser, Subcommand};
use std::path::PathBuf;

/// Linli 邻里: the exact economy of a district's shops.
#[derive(Parser)]
#[command(version, max_term_width = 110)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Look at plans before anybody is exposed to them
    Plan {
        #[command(subcommand)]
        command: PlanCommand,
    },
    /// Apply a stream of commands (JSON Lines) and print one result line a command
    #[command(after_help = REPLAY_EXAMPLES)]
    Replay(ReplayOptions),
    /// Apply a stream of commands durably: each result line is printed after its commit
    #[command(after_help = INGEST_EXAMPLES)]
    Ingest(IngestOptions),
    /// Settle a file of orders and write who got what
    #[command(after_help = SETTLE_EXAMPLES)]
    Settle(SettleOptions),
}

#[derive(Subcommand)]
pub enum PlanCommand {
    /// Check a plan, and show who gets what of an order of 1000 yuan
    #[command(after_help = "Example:\n  linli plan check plans/seed-one.toml")]
    Check {
        /// The plan file (TOML)
        file: PathBuf,
    },
}

const REPLAY_EXAMPLES: &str = "Examples:
  linli replay --plan plans/seed-one.toml commands.jsonl > results.jsonl
  echo '{\"cmd\":\"open_member\",\"member\":\"M1\"}' | linli replay --plan plans/seed-one.toml

A refused command is a result line too, with its code; a line that is no command is `malformed`, and the
stream goes on.";

#[derive(ClapArgs)]
pub struct ReplayOptions {
    /// The plan that the economy opens with
    #[arg(long)]
    pub plan: PathBuf,
    /// Write every balance that is not zero, as JSON, when the stream has ended
    #[arg(long, value_name = "OUT.json")]
    pub balances: Option<PathBuf>,
    /// Stop at the first malformed line, with exit code 2
    #[arg(long)]
    pub strict: bool,
    /// The stream; standard input where it is missing or `-`
    pub file: Option<PathBuf>,
}

/// Where an economy's data is.
#[derive(ClapArgs)]
pub struct DataOptions {
    /// The folder of the journal, the read model and the snapshots
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

const INGEST_EXAMPLES: &str = "Examples:
  linli ingest --data shop/ --plan plans/seed-one.toml commands.jsonl > results.jsonl
  tail -f orders.jsonl | linli ingest --data shop/ --stream tills

A stream that was interrupted is sent again whole, under the same name: lines that were applied get the results that
they got, others are applied now. Without --stream a stream is known by its first line.";

#[derive(ClapArgs)]
pub struct IngestOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// The plan that the economy opens with; needed where there is no journal yet
    #[arg(long)]
    pub plan: Option<PathBuf>,
    /// The stream's name
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub stream: Option<String>,
    /// The stream; standard input where it is missing or `-`
    pub file: Option<PathBuf>,
}

const SETTLE_EXAMPLES: &str = "Examples:
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
