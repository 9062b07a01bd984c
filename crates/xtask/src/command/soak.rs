//! `cargo xtask soak`: compares random streams and tests mutants for as long as it may run.
//!
//! Each round is one batch of seeds and one shard of mutants. What is finished is kept at once, so a run
//! that is stopped at any moment goes on where it was. Must not be added: seeds that are left out; a seed
//! on which the implementations differ stops the soak until the difference is mended.

mod report;
mod state;

use super::mutants;
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use clap::Args;
use state::State;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::time::{Duration, Instant};

/// The crates whose change makes earlier results say nothing about the code of today.
const COMPARED: [&str; 2] = ["crates/linli-economy/", "crates/linli-naive/"];

/// The comparison with the naive model, by its name.
const AGREEMENT: [&str; 7] = ["test", "--package", "linli-economy", "--test", "main", "--", "agreement"];

/// Compare random streams and test mutants.
#[derive(Args)]
pub struct Soak {
    /// Begin no new round after so many minutes
    #[arg(long, default_value_t = 60)]
    minutes: u64,
    /// Random streams compared in a round
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: u64,
    /// Shards into which the mutants are dealt, one a round
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..))]
    shards: u32,
}

impl Soak {
    /// Runs rounds until the time is over; the figures are written after each.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(self.minutes * 60);
        let place = workspace.target().join("soak/state.toml");
        let mut state = State::load(&place)?;
        if state.move_to(&fingerprint(workspace)?) {
            mutants::forget(workspace)?;
        }
        must_exist(workspace)?;
        loop {
            compare(workspace, state.next_seed, self.seeds)?;
            state.next_seed += self.seeds;
            state.save(&place)?;
            if let Some(shard) = mutants::next_shard(workspace, self.shards)? {
                mutants::test_shard(workspace, shard)?;
            }
            self.write_report(workspace, &state)?;
            if Instant::now() >= deadline {
                return Ok(());
            }
        }
    }

    fn write_report(&self, workspace: &Workspace, state: &State) -> Result<()> {
        let (finished, score) = mutants::finished_shards(workspace, self.shards)?;
        let figures = report::Figures { day: today(workspace)?, state, finished, shards: self.shards, score };
        let file = workspace.root().join("docs/soak.md");
        fs::create_dir_all(workspace.root().join("docs")).context("docs/ cannot be made")?;
        fs::write(&file, figures.page()).with_context(|| format!("{} cannot be written", file.display()))
    }
}

/// A name that no test has passes as if all streams agreed, so the test is looked for first.
fn must_exist(workspace: &Workspace) -> Result<()> {
    let tests = Step::cargo(workspace, "look for the comparison")
        .args(AGREEMENT)
        .args(["--list"])
        .advice("Mend what the compiler says below.")
        .output()?;
    if tests.lines().any(|line| line.ends_with(": test")) {
        return Ok(());
    }
    bail!("linli-economy has no test whose name has `agreement`: the soak would compare nothing")
}

/// The test reads the two variables: `LINLI_SEEDS` streams, the first of which is `LINLI_FIRST_SEED`.
fn compare(workspace: &Workspace, first: u64, count: u64) -> Result<()> {
    let last = first + count - 1;
    Step::cargo(workspace, &format!("seeds {first} to {last}"))
        .args(AGREEMENT)
        .args(["--nocapture"])
        .env("LINLI_FIRST_SEED", first.to_string())
        .env("LINLI_SEEDS", count.to_string())
        .advice("The seed above replays the difference: make it a named test, then mend the code.")
        .run()
}

/// Names the code that is compared; equal as long as no file of it changes.
fn fingerprint(workspace: &Workspace) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in workspace.files()?.iter().filter(|path| COMPARED.iter().any(|place| path.starts_with(place)))
    {
        let content =
            fs::read(workspace.root().join(path)).with_context(|| format!("{path} cannot be read"))?;
        (path, content).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn today(workspace: &Workspace) -> Result<String> {
    let day = Step::new(workspace, "day", "date").args(["-u", "+%Y-%m-%d"]).output()?;
    Ok(day.trim().to_owned())
}
