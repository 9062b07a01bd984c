//! The command line's words, with their help.

mod demo;
mod guard;
mod key;
mod lab;
mod move_in;
mod replay;
mod serve;
mod settle;
mod staff;

pub use demo::DemoOptions;
pub use guard::{GuardCommand, GuardOptions};
pub use key::KeyCommand;
pub use lab::{
    LabCommand, LabCompareOptions, LabEarningsOptions, LabRedTeamOptions, LabRunOptions, LabSearchOptions,
    LabWhatIfOptions, ScenarioOptions,
};
pub use move_in::MoveInCommand;
pub use replay::ReplayOptions;
pub use serve::{ProviderName, ProviderOptions, SenderOptions, ServeOptions};
pub use settle::SettleOptions;
pub use staff::StaffCommand;

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
    #[command(after_help = replay::REPLAY_EXAMPLES)]
    Replay(ReplayOptions),
    /// Apply a stream of commands durably: each result line is printed after its commit
    #[command(after_help = INGEST_EXAMPLES)]
    Ingest(IngestOptions),
    /// Replay everything from the first command and compare it with what was written
    #[command(
        after_help = "Example:\n  linli audit --data shop/\n\nThe exit code is 1 if anything differs; the first difference is named."
    )]
    Audit(DataOptions),
    /// Copy the journal to a file while it is written to; a file that is there gets what is new
    #[command(after_help = "Example:\n  linli backup --data shop/ --to backups/shop.journal")]
    Backup(BackupOptions),
    /// Copy a backup into a place that has no commands yet
    #[command(after_help = "Example:\n  linli restore --from backups/shop.journal --data shop/")]
    Restore(RestoreOptions),
    /// Bring the tables for SQL up to the journal's end (docs/read-model.md)
    #[command(after_help = "Examples:\n  linli follow --data shop/\n  linli follow --data shop/ --watch")]
    Follow(FollowOptions),
    /// Make the tables for SQL anew from the first command
    #[command(after_help = "Example:\n  linli rebuild --data shop/")]
    Rebuild(DataOptions),
    /// Tell where an order's money went and by which rule, or where an account's balance comes from
    #[command(
        after_help = "Examples:\n  linli explain O31198570044 --data shop/\n  linli explain member:M900:wallet --data shop/ --last 50"
    )]
    Explain(ExplainOptions),
    /// Write commands, plan, balances or an account's statement to a file
    #[command(after_help = EXPORT_EXAMPLES)]
    Export {
        #[command(subcommand)]
        command: ExportCommand,
    },
    /// Make the demo world: a year of orders in the districts of Guangdong, the same every time
    #[command(
        after_help = "Examples:\n  linli demo --data demo/\n  linli demo --data city/ --size city\n  linli demo --data demo/ --listen 127.0.0.1:8080"
    )]
    Demo(DemoOptions),
    /// Ask whether a plan may be live, and by which rule not
    Guard {
        #[command(subcommand)]
        command: GuardCommand,
    },
    /// Keys of programs that use the open interface
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Move members and stores of another system in, from CSV
    MoveIn {
        #[command(subcommand)]
        command: MoveInCommand,
    },
    /// Try a plan on scenarios before anybody is exposed to it
    Lab {
        #[command(subcommand)]
        command: LabCommand,
    },
    /// Accounts of people at a desk: operators, finance, support
    Staff {
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// Serve the economy over HTTP
    #[command(after_help = serve::SERVE_EXAMPLES)]
    Serve(Box<ServeOptions>),
    /// Settle a file of orders and write who got what
    #[command(after_help = settle::SETTLE_EXAMPLES)]
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

/// Where an economy's data is.
#[derive(ClapArgs)]
#[group(id = "place", required = true, multiple = false)]
pub struct DataOptions {
    /// The folder of the journal, the read model and the snapshots
    #[arg(long, value_name = "DIR", group = "place")]
    pub data: Option<PathBuf>,
    /// The PostgreSQL database instead, as postgres://user@host:port/database; a password is better kept in
    /// LINLI_DATABASE, where other users of the machine do not see it
    #[arg(long, value_name = "URL", group = "place", env = "LINLI_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
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

#[derive(ClapArgs)]
pub struct BackupOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// The file
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

#[derive(ClapArgs)]
pub struct RestoreOptions {
    /// The file of a backup
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    #[command(flatten)]
    pub data: DataOptions,
}

#[derive(ClapArgs)]
pub struct FollowOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// Go on as the journal grows, until interrupted
    #[arg(long)]
    pub watch: bool,
}

#[derive(ClapArgs)]
pub struct ExplainOptions {
    /// An order's id, or an account such as member:M1:wallet, store:S1 or pool:reserve
    #[arg(value_name = "ORDER|ACCOUNT")]
    pub subject: String,
    #[command(flatten)]
    pub data: DataOptions,
    /// How many of an account's last lines to show
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub last: usize,
}

const EXPORT_EXAMPLES: &str = "Examples:
  linli export commands --data shop/ --to commands.jsonl
  linli export balances --data shop/ --to balances.xlsx
  linli export statement store:S1 --data shop/ --to statement.csv";

#[derive(Subcommand)]
pub enum ExportCommand {
    /// Every command as a stream that `replay` and `ingest` read, refused ones included (JSON Lines)
    Commands(ExportOptions),
    /// The plan that the economy opened with (TOML)
    Plan(ExportOptions),
    /// Every balance that is not zero (.csv or .xlsx)
    Balances(ExportOptions),
    /// Every posting on an account, with the balance after it (.csv or .xlsx)
    Statement {
        /// The account, such as member:M1:wallet, store:S1 or pool:reserve
        account: String,
        #[command(flatten)]
        options: ExportOptions,
    },
}

#[derive(ClapArgs)]
pub struct ExportOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}
