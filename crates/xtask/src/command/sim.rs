//! `cargo xtask sim`: simulates the whole system from seed after seed for as long as it may run.
//!
//! A seed that fails is written to the list of seeds that every test run simulates first, so that it is a regression
//! from then on. Must not be added: what is simulated; that is the test's.

use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs::OpenOptions;
use std::io::Write;
use std::time::{Duration, Instant};

/// The simulation, by its name.
const SIMULATION: [&str; 7] = ["test", "--package", "linli-engine", "--test", "main", "--", "sim::"];

/// Where the seeds are kept that failed once.
const FAILED: &str = "crates/linli-engine/tests/main/sim/seeds.txt";

/// Simulations of one round.
const ROUND: u64 = 500;

/// Simulate the whole system.
#[derive(Args)]
pub struct Sim {
    /// The first seed; by default one that differs with each second, so that no two runs repeat each other
    #[arg(long)]
    seed: Option<u64>,
    /// Begin no new round after so many minutes
    #[arg(long, default_value_t = 10)]
    minutes: u64,
}

impl Sim {
    /// Runs rounds until the time is over or a seed fails.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        let start = Instant::now();
        let limit = Duration::from_secs(self.minutes * 60);
        let mut first = self.seed.map_or_else(|| now(workspace), Ok)?;
        let mut simulated = 0;
        loop {
            round(workspace, first)?;
            first += ROUND;
            simulated += ROUND;
            println!("{simulated} simulations agree, the last with seed {}", first - 1);
            if start.elapsed() >= limit {
                return Ok(());
            }
        }
    }
}

/// The seconds since 1970.
fn now(workspace: &Workspace) -> Result<u64> {
    let seconds = Step::new(workspace, "now", "date").args(["+%s"]).output()?;
    seconds.trim().parse().context("the time is a number")
}

fn round(workspace: &Workspace, first: u64) -> Result<()> {
    let ran = Step::cargo(workspace, &format!("seeds {first} to {}", first + ROUND - 1))
        .args(SIMULATION)
        .env("LINLI_FIRST_SEED", first.to_string())
        .env("LINLI_SEEDS", ROUND.to_string())
        .advice("The last seed below repeats the failure.")
        .output();
    let Err(error) = ran else { return Ok(()) };
    let Some(seed) = last_seed(&error.to_string()) else { return Err(error) };
    let path = workspace.root().join(FAILED);
    let mut file = OpenOptions::new().append(true).open(&path).with_context(|| path.display().to_string())?;
    writeln!(file, "{seed}")?;
    bail!("{error}\n\nSeed {seed} failed and is in {FAILED} now: every test run begins with it.")
}

/// The seed that was at work when the output ended.
fn last_seed(output: &str) -> Option<u64> {
    output.lines().rev().find_map(|line| line.strip_prefix("seed ")?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_that_failed_is_the_last_one_printed() {
        assert_eq!(last_seed("seed 1\nseed 2\nseed 2, line 5: differs\nthread panicked"), Some(2));
        assert_eq!(last_seed("error: could not compile"), None);
    }
}
