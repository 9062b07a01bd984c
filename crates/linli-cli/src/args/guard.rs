//! The words of `linli guard`, with their help.

use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

/// What the guard can be asked.
#[derive(Subcommand)]
pub enum GuardCommand {
    /// Ask every rule of a profile about a plan: what live would refuse, which documents it would want, what must be shown
    #[command(after_help = EXAMPLES)]
    Check(GuardOptions),
}

const EXAMPLES: &str = "Examples:
  linli guard check plans/street-cn.toml
  linli guard check plans/seed-one.toml --profile cn --json
  linli guard check plan.toml --profile our-lawyers.toml --settings platform.toml
  linli guard check plan.toml --texts site/texts/

The exit code is 1 if live would refuse (DENY), else 0. The settings file holds measurements as texts, one a line, such as
  \"provider.split_limit\" = \"25%\"
  \"privacy.export\" = \"true\"
rules/README.md lists them all. What is not measured leaves its rules unasked, and they are named at the end.
None of this is legal advice.";

#[derive(ClapArgs)]
pub struct GuardOptions {
    /// The plan file (TOML)
    pub plan: PathBuf,
    /// The rules: cn, none, or a rule file (.toml); the plan's own jurisdiction where it is missing
    #[arg(long, value_name = "NAME|FILE")]
    pub profile: Option<String>,
    /// A folder of texts that are shown to people (UTF-8), read for words that may not be said
    #[arg(long, value_name = "DIR")]
    pub texts: Option<PathBuf>,
    /// What is so on your platform (TOML): what it does with people, money, prices, data
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// The day to judge on, for which citations may have become old; today where it is missing
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<String>,
    /// Print {"findings": [{"id", "verdict", "citation", "because", "mend", …}]}
    #[arg(long)]
    pub json: bool,
}
