//! How far the soak has come: which code it compares, and which seeds it has finished.
//!
//! Kept in the target directory, where a clean build forgets it: it says something about this machine's
//! runs only. Must not be added: results; those are in the reports and in `docs/soak.md`.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use toml::Table;

/// The seeds from `first_seed` up to but not including `next_seed` were compared with this code.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    fingerprint: String,
    /// The first seed compared with the code of today.
    pub first_seed: u64,
    /// The seed to compare next.
    pub next_seed: u64,
}

impl State {
    /// Reads the state; without one the soak begins with seed 1.
    pub fn load(file: &Path) -> Result<Self> {
        if !file.exists() {
            return Ok(Self { fingerprint: String::new(), first_seed: 1, next_seed: 1 });
        }
        let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        Self::parse(&text).with_context(|| format!("{} is damaged: remove it to begin anew", file.display()))
    }

    /// Turns to the code with this fingerprint; true if it is another code than before. Seeds go on where
    /// they were, because new streams find more than those that have agreed already.
    pub fn move_to(&mut self, fingerprint: &str) -> bool {
        let other = self.fingerprint != fingerprint;
        if other {
            fingerprint.clone_into(&mut self.fingerprint);
            self.first_seed = self.next_seed;
        }
        other
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
        let Self { fingerprint, first_seed, next_seed } = self;
        format!("fingerprint = \"{fingerprint}\"\nfirst_seed = {first_seed}\nnext_seed = {next_seed}\n")
    }

    fn parse(text: &str) -> Result<Self> {
        let table: Table = text.parse()?;
        let seed = |key: &str| {
            let seed =
                table.get(key).and_then(toml::Value::as_integer).and_then(|seed| u64::try_from(seed).ok());
            seed.with_context(|| format!("it has no `{key}`"))
        };
        let fingerprint =
            table.get("fingerprint").and_then(toml::Value::as_str).context("it has no `fingerprint`")?;
        Ok(Self {
            fingerprint: fingerprint.to_owned(),
            first_seed: seed("first_seed")?,
            next_seed: seed("next_seed")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        State { fingerprint: "00ab".to_owned(), first_seed: 1, next_seed: 2001 }
    }

    #[test]
    fn what_is_saved_is_loaded() {
        assert_eq!(State::parse(&state().text()).expect("it was just written"), state());
    }

    #[test]
    fn the_same_code_goes_on_and_other_code_counts_anew() {
        let mut state = state();
        assert!(!state.move_to("00ab"));
        assert_eq!(state.first_seed, 1);
        assert!(state.move_to("00ac"));
        assert_eq!((state.first_seed, state.next_seed), (2001, 2001));
    }

    #[test]
    fn a_damaged_state_is_refused() {
        for text in ["", "fingerprint = \"00ab\"\nfirst_seed = 1\n", "next_seed = -1"] {
            assert!(State::parse(text).is_err(), "{text}");
        }
    }
}
