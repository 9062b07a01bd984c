//! How far the soak has come: which code each trial is of, and which seeds it has finished.
//!
//! Kept in the target directory, where a clean build forgets it: it says something about this machine's
//! runs only. Must not be added: results; those are in the reports and in `docs/soak.md`.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use toml::{Table, Value};

/// The seeds from `first_seed` up to but not including `next_seed` were tried with this code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Names the code.
    pub fingerprint: String,
    /// The first seed tried with the code of today.
    pub first_seed: u64,
    /// The seed to try next.
    pub next_seed: u64,
}

/// The runs of the trials, by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct State {
    runs: BTreeMap<String, Run>,
}

impl Run {
    /// Turns to the code with this fingerprint; true if it is another code than before. Seeds go on where
    /// they were, because new ones find more than those that have passed already.
    pub fn move_to(&mut self, fingerprint: &str) -> bool {
        let other = self.fingerprint != fingerprint;
        if other {
            fingerprint.clone_into(&mut self.fingerprint);
            self.first_seed = self.next_seed;
        }
        other
    }
}

impl State {
    /// Reads the state; without one every trial begins with seed 1.
    pub fn load(file: &Path) -> Result<Self> {
        if !file.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        Self::parse(&text).with_context(|| format!("{} is damaged: remove it to begin anew", file.display()))
    }

    /// The run of a trial.
    pub fn run(&mut self, name: &str) -> &mut Run {
        let new = || Run { fingerprint: String::new(), first_seed: 1, next_seed: 1 };
        self.runs.entry(name.to_owned()).or_insert_with(new)
    }

    /// Writes the state beside its place and moves it there, so that no half of it is ever read.
    pub fn save(&self, file: &Path) -> Result<()> {
        let unfinished = file.with_extension("new");
        let place = file.parent().unwrap_or(file);
        fs::create_dir_all(place).with_context(|| format!("{} cannot be made", place.display()))?;
        fs::write(&unfinished, self.text())
            .with_context(|| format!("{} cannot be written", unfinished.display()))?;
        fs::rename(&unfinished, file).with_context(|| format!("{} cannot be replaced", file.display()))
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, Run { fingerprint, first_seed, next_seed }) in &self.runs {
            let run = format!(
                "fingerprint = \"{fingerprint}\"\nfirst_seed = {first_seed}\nnext_seed = {next_seed}"
            );
            writeln!(text, "[{name}]\n{run}").expect("a string takes all");
        }
        text
    }

    fn parse(text: &str) -> Result<Self> {
        let table: Table = text.parse()?;
        let run = |(name, value): (&String, &Value)| {
            let run = value.as_table().with_context(|| format!("`{name}` is no table"))?;
            Ok((name.clone(), parse_run(run)?))
        };
        Ok(Self { runs: table.iter().map(run).collect::<Result<_>>()? })
    }
}

fn parse_run(table: &Table) -> Result<Run> {
    let seed = |key: &str| {
        let seed = table.get(key).and_then(Value::as_integer).and_then(|seed| u64::try_from(seed).ok());
        seed.with_context(|| format!("it has no `{key}`"))
    };
    let fingerprint = table.get("fingerprint").and_then(Value::as_str).context("it has no `fingerprint`")?;
    let (first_seed, next_seed) = (seed("first_seed")?, seed("next_seed")?);
    Ok(Run { fingerprint: fingerprint.to_owned(), first_seed, next_seed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let mut state = State::default();
        *state.run("agreement") = Run { fingerprint: "00ab".to_owned(), first_seed: 1, next_seed: 2001 };
        state.run("faults").move_to("01");
        state
    }

    #[test]
    fn what_is_saved_is_loaded() {
        assert_eq!(State::parse(&state().text()).expect("it was just written"), state());
    }

    #[test]
    fn the_same_code_goes_on_and_other_code_counts_anew() {
        let mut state = state();
        let run = state.run("agreement");
        assert!(!run.move_to("00ab"));
        assert_eq!(run.first_seed, 1);
        assert!(run.move_to("00ac"));
        assert_eq!((run.first_seed, run.next_seed), (2001, 2001));
    }

    #[test]
    fn a_damaged_state_is_refused() {
        for text in ["agreement = 1", "[agreement]\nfirst_seed = 1\n", "[faults]\nnext_seed = -1"] {
            assert!(State::parse(text).is_err(), "{text}");
        }
    }
}
