//! `cargo xtask soak`: tries seed after seed and tests mutants for as long as it may run.
//!
//! Each round is a batch of seeds of each trial and one shard of mutants. What is finished is kept at once, so a run
//! that is stopped at any moment goes on where it was. Must not be added: seeds that are left out; a seed
//! that fails stops the soak until the fault is mended.

mod report;
mod state;
mod trial;

use super::api::Api;
use super::mutants;
use crate::step::Step;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use clap::Args;
use state::State;
use std::fs;
use std::time::{Duration, Instant};
use trial::Trial;

/// What is kept of asking, and what it is called in the report.
const ASKED: (&str, &str) =
    ("asked", "rounds of asking the running service everything that its document describes");

/// Try random streams, simulations, kills, bits and crash points, and test mutants.
#[derive(Args)]
pub struct Soak {
    /// Begin nothing new after so many minutes
    #[arg(long, default_value_t = 60)]
    minutes: u64,
    /// Random streams compared in a round
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: u64,
    /// Times that the binary is killed under load in a round
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(2..))]
    cycles: u64,
    /// Seconds for which the running service is asked at random in a round
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(20..))]
    asking: u64,
    /// Shards into which the mutants are dealt, one a round
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..))]
    shards: u32,
}

impl Soak {
    /// Runs rounds until the time is over; the figures are written after each part of one.
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(self.minutes * 60);
        let place = workspace.target().join("soak/state.toml");
        let mut state = State::load(&place)?;
        let trials = trial::all(self.seeds, self.cycles);
        for trial in &trials {
            let is_new = state.run(trial.name).move_to(&trial.fingerprint(workspace)?);
            // The first trial is of the code that is mutated.
            if is_new && trial.name == trials[0].name {
                mutants::forget(workspace)?;
            }
            trial.must_exist(workspace)?;
        }
        state.run(ASKED.0).move_to(&trial::fingerprint(workspace, trial::SERVICE)?);
        while Instant::now() < deadline {
            for trial in &trials {
                let run = state.run(trial.name);
                trial.round(workspace, run.next_seed)?;
                run.next_seed += trial.seeds;
                state.save(&place)?;
                self.write_report(workspace, &trials, &mut state)?;
                if Instant::now() >= deadline {
                    return Ok(());
                }
            }
            let asked = state.run(ASKED.0);
            Api { seconds: self.asking, seed: asked.next_seed }.run(workspace)?;
            asked.next_seed += 1;
            state.save(&place)?;
            self.write_report(workspace, &trials, &mut state)?;
            if let Some(shard) = mutants::next_shard(workspace, self.shards)? {
                mutants::test_shard(workspace, shard)?;
                self.write_report(workspace, &trials, &mut state)?;
            }
        }
        Ok(())
    }

    fn write_report(&self, workspace: &Workspace, trials: &[Trial], state: &mut State) -> Result<()> {
        let (finished, score) = mutants::finished_shards(workspace, self.shards)?;
        let known = trials.iter().map(|trial| (trial.name, trial.what)).chain([ASKED]);
        let rows = known.map(|(name, what)| (what, state.run(name).clone())).collect();
        let kills = self.cycles + self.cycles / 2;
        let figures =
            report::Figures { day: today(workspace)?, rows, kills, finished, shards: self.shards, score };
        let file = workspace.root().join("docs/soak.md");
        fs::write(&file, figures.page()).with_context(|| format!("{} cannot be written", file.display()))
    }
}

fn today(workspace: &Workspace) -> Result<String> {
    let day = Step::new(workspace, "day", "date").args(["-u", "+%Y-%m-%d"]).output()?;
    Ok(day.trim().to_owned())
}
