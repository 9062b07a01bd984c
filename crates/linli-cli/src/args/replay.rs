//! The words of `linli replay`.

use clap::Args;
use std::path::PathBuf;

pub const REPLAY_EXAMPLES: &str = "Examples:
  linli replay --plan plans/seed-one.toml commands.jsonl > results.jsonl
  echo '{\"cmd\":\"open_member\",\"member\":\"M1\"}' | linli replay --plan plans/seed-one.toml

A refused command is a result line too, with its code; a line that is no command is `malformed`, and the
stream goes on.";

#[derive(Args)]
pub struct ReplayOptions {
    /// The plan that the economy opens with
    #[arg(long)]
    pub plan: PathBuf,
    /// Write every balance that is not zero, as JSON, when the stream has ended
    #[arg(long, value_name = "OUT.json")]
    pub balances: Option<PathBuf>,
    /// Print the hash of the whole economy on standard error when the stream has ended; `audit` prints the same
    #[arg(long)]
    pub digest: bool,
    /// Stop at the first malformed line, with exit code 2
    #[arg(long)]
    pub strict: bool,
    /// The stream; standard input where it is missing or `-`
    pub file: Option<PathBuf>,
}
