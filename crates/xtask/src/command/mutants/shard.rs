//! One part of a long run: the part `index` of `count`, counted from 0 and written `0/8`.
//!
//! Must not be added: what is in the part; cargo-mutants deals the mutants out.

use anyhow::{Error, Result, bail};
use std::fmt;
use std::str::FromStr;

/// A part of the whole; `index` is always below `count`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 0.
    pub index: u32,
    /// How many parts there are.
    pub count: u32,
}

impl FromStr for Shard {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let numbers =
            text.split_once('/').and_then(|(index, count)| index.parse().ok().zip(count.parse().ok()));
        match numbers {
            Some((index, count)) if index < count => Ok(Self { index, count }),
            Some((_, count)) => {
                bail!("the shards of {count} are counted from 0, so the last is {count} less 1")
            }
            None => bail!("a shard is two numbers, as 0/8"),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_reads_as_it_is_written() {
        let shard: Shard = "3/8".parse().expect("3 is below 8");
        assert_eq!(shard, Shard { index: 3, count: 8 });
        assert_eq!(shard.to_string(), "3/8");
    }

    #[test]
    fn a_shard_beyond_the_last_is_refused() {
        for text in ["8/8", "0/0", "-1/8", "3", "a/b"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
