//! Chance that can be had again: a generator with a seed, and the numbers that the environment sets. Must not be
//! added: a source of chance that nobody can repeat.

use std::ops::Range;

/// A SplitMix64 generator.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number of a range that is not empty.
    pub fn within(&mut self, range: Range<u64>) -> u64 {
        range.start + self.bits() % (range.end - range.start)
    }

    /// True once in so many times.
    pub fn one_in(&mut self, many: u64) -> bool {
        self.bits().is_multiple_of(many)
    }
}

/// The seed of this run.
pub fn seed() -> u64 {
    number("LINLI_SEED", 1)
}

/// The number that a variable of the environment has, or the usual one.
pub fn number(name: &str, usual: u64) -> u64 {
    let Ok(text) = std::env::var(name) else { return usual };
    text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}"))
}
