//! Which characters are read as which other: traditional as simplified, from a published table, and those that only look
//! alike, from the rule file.

use super::letters::{self, Letters};
use std::collections::BTreeMap;

const TRADITIONAL: &str = include_str!("../../data/traditional.txt");

/// What characters are read as; of all others, as themselves.
#[derive(Clone, Debug)]
pub struct Readings(BTreeMap<char, char>);

impl Default for Readings {
    fn default() -> Self {
        let rows = TRADITIONAL.lines().filter(|line| !line.starts_with('#'));
        let pairs = rows.flat_map(|row| row.split(' ')).filter_map(|pair| {
            let mut characters = pair.chars();
            Some((characters.next()?, characters.next()?))
        });
        Self(pairs.collect())
    }
}

impl Readings {
    /// From now on `looks` is read as `read`.
    pub(crate) fn add(&mut self, looks: char, read: char) {
        self.0.insert(looks, read);
    }

    fn read_as(&self, character: char) -> char {
        let simplified = self.0.get(&character).copied().unwrap_or(character);
        // What is simplified may only look alike, too.
        self.0.get(&simplified).copied().unwrap_or(simplified)
    }

    pub(crate) fn letters(&self, text: &str) -> Letters {
        letters::of(text, |plain| self.read_as(plain))
    }

    /// The traditional characters that are read as this one, for tests of evasions.
    #[must_use]
    pub fn variants(&self, read: char) -> Vec<char> {
        self.0.iter().filter(|(_, simplified)| **simplified == read).map(|(variant, _)| *variant).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_is_read_as_simplified() {
        let readings = Readings::default();
        assert!(readings.0.len() > 3_000);
        let letters = readings.letters("穩賺不賠，財富自由，國家扶持");
        let read: String = letters.all().iter().map(|letter| letter.read).collect();
        assert_eq!(read, "稳赚不赔财富自由国家扶持");
        assert_eq!(readings.variants('赚'), ['賺']);
    }
}
