//! The words of `linli lab`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

pub const RUN_EXAMPLES: &str = "Examples:
  linli lab run source-table --out out/source
  linli lab run steady-street --out out/street --runs 20
  linli lab run completejourney --orders year.csv.zst --out out/year
  linli lab run my-town.toml --out out/town --set points.cap=2 --set take.rate=15%

Written to the folder: report.html, series.csv, cohorts.csv, summary.json; with --runs above 1 also bands.csv.";

#[derive(Subcommand)]
pub enum LabCommand {
    /// List the scenarios that come with the program, or print one as a file to change
    #[command(
        after_help = "Examples:\n  linli lab presets\n  linli lab presets steady-street > my-town.toml"
    )]
    Presets {
        /// The one to print
        name: Option<String>,
    },
    /// Run a scenario and write what it does to people
    #[command(after_help = RUN_EXAMPLES)]
    Run(LabRunOptions),
    /// Put scenarios side by side
    #[command(
        after_help = "Examples:\n  linli lab compare steady-street boom-and-stop --out out/compare\n  linli lab compare steady-street mine.toml --set points.cap=1.1 --out out/compare"
    )]
    Compare(LabCompareOptions),
    /// Apply a real history under another plan: who would have got more, who less
    #[command(name = "whatif", after_help = WHAT_IF_EXAMPLES)]
    WhatIf(LabWhatIfOptions),
    /// Try to take more out of a plan than one puts in
    #[command(
        name = "redteam",
        after_help = "Examples:\n  linli lab redteam --out out/red\n  linli lab redteam --set points.cap=2 --out out/red\n  linli lab redteam --search 2000 --out out/red"
    )]
    RedTeam(LabRedTeamOptions),
    /// Vary keys of a plan and show those plans that no other one beats in every aim
    #[command(after_help = SEARCH_EXAMPLES)]
    Search(LabSearchOptions),
    /// The source's earnings arithmetic, each claim with its remark, beside a run from the bottom up
    #[command(after_help = "Examples:\n  linli lab earnings\n  linli lab earnings --spending 100.00")]
    Earnings(LabEarningsOptions),
}

const WHAT_IF_EXAMPLES: &str = "Examples:
  linli lab whatif --data shop/ --plan plans/seed-three.toml --out out/whatif
  linli lab whatif --commands commands.jsonl --opening plan.toml --plan new.toml --out out/whatif

Written to the folder: changes.csv (everybody), report.html.";

const SEARCH_EXAMPLES: &str = "Examples:
  linli lab search steady-street --vary points.cap=1.0..1.5 --vary take.rate=8%..25% --out out/search
  linli lab search steady-street --vary points.mint=40%..90% --aim median --aim worst-cohort --out out/search

Aims: median (of 100 yuan), worst-cohort (its median), stores (what they keep of 100 yuan), solvency (what of the pool is
left when everybody redeems, in percent). Written to the folder: frontier.csv, tried.csv, report.html.";

/// A scenario, and what is changed of it.
#[derive(Args, Clone)]
pub struct ScenarioOptions {
    /// A plan file, or a shipped plan's name, instead of the scenario's
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    /// A key of the plan to change, such as points.cap=2; may be given again
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Real orders for a scenario that takes them from a file: CSV or .zst with order_id, paid_at, member_id,
    /// store_id, amount
    #[arg(long, value_name = "FILE")]
    pub orders: Option<PathBuf>,
    /// Another number of days
    #[arg(long, value_name = "DAYS")]
    pub days: Option<u32>,
}

#[derive(Args)]
pub struct LabRunOptions {
    /// A scenario's name (see `linli lab presets`) or file
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: String,
    #[command(flatten)]
    pub options: ScenarioOptions,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// How many runs, from following seeds
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub runs: u32,
    /// The first seed, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// Write the commands of the first run as well, as `linli replay` reads them
    #[arg(long, value_name = "FILE")]
    pub commands: Option<PathBuf>,
}

#[derive(Args)]
pub struct LabCompareOptions {
    /// Scenarios: names or files
    #[arg(value_name = "PRESET|FILE", required = true, num_args = 2..=3)]
    pub scenarios: Vec<String>,
    #[command(flatten)]
    pub options: ScenarioOptions,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Args)]
#[command(group = clap::ArgGroup::new("history").required(true).multiple(false).args(["data", "database", "commands"]))]
pub struct LabWhatIfOptions {
    /// The folder of the journal
    #[arg(long, visible_alias = "journal", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The PostgreSQL database of the journal
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// The commands that `linli export commands` has written, instead of a journal
    #[arg(long, value_name = "FILE", requires = "opening")]
    pub commands: Option<PathBuf>,
    /// The plan that the history opened with, as `linli export plan` writes it
    #[arg(long, value_name = "PLAN")]
    pub opening: Option<PathBuf>,
    /// The other plan
    #[arg(long, value_name = "PLAN")]
    pub plan: PathBuf,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct LabRedTeamOptions {
    /// A scenario's name or file, instead of a street of ten shops
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub options: ScenarioOptions,
    /// Look for the worst mix within so many orders as well
    #[arg(long, value_name = "ORDERS")]
    pub search: Option<u64>,
    /// Rounds of that search
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub rounds: u32,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct LabSearchOptions {
    /// A scenario's name or file
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: String,
    #[command(flatten)]
    pub options: ScenarioOptions,
    /// A key of the plan and the range in which it is varied; may be given again
    #[arg(long, value_name = "KEY=LOW..HIGH", required = true)]
    pub vary: Vec<String>,
    /// What to aim at; may be given again [default: median and stores]
    #[arg(long, value_name = "AIM")]
    pub aim: Vec<String>,
    /// Rounds
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub rounds: u32,
    /// Plans tried in a round
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub per_round: u32,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct LabEarningsOptions {
    /// What each member spends a month
    #[arg(long, default_value = "1000.00", value_name = "YUAN")]
    pub spending: String,
    /// Leave out the run from the bottom up
    #[arg(long)]
    pub claims_only: bool,
}
