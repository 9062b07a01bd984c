//! The nonces of reads that were answered: each is taken once while its signature holds. Where too many would have
//! to be kept, the oldest are forgotten and signatures as old are refused: forgetting never lets a repeat through.

use super::TOLERANCE_SECONDS;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// How many are kept; a million take about 40 MB.
const MOST: usize = 1_000_000;

/// The first 16 bytes of a hash of key and nonce.
type Mark = [u8; 16];

/// Why a nonce is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The time is too far from now, or from before what is kept.
    Expired,
    /// It was taken before.
    Taken,
}

/// The nonces.
#[derive(Debug)]
pub struct Nonces {
    kept: Mutex<Kept>,
    most: usize,
}

#[derive(Debug, Default)]
struct Kept {
    /// By the second of their signatures.
    marks: BTreeMap<i64, HashSet<Mark>>,
    count: usize,
    /// Signatures of before this second are refused.
    since: i64,
}

impl Default for Nonces {
    fn default() -> Self {
        Self::of_at_most(MOST)
    }
}

impl Nonces {
    fn of_at_most(most: usize) -> Self {
        Self { kept: Mutex::default(), most }
    }

    /// Takes a nonce of a key, signed at this time.
    pub fn take(&self, key: &str, nonce: &str, time: i64, now: i64) -> Result<(), Unfit> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.forget_before(now - TOLERANCE_SECONDS);
        if time < kept.since {
            return Err(Unfit::Expired);
        }
        if !kept.marks.entry(time).or_default().insert(mark(key, nonce)) {
            return Err(Unfit::Taken);
        }
        kept.count += 1;
        while kept.count > self.most {
            let oldest = *kept.marks.first_key_value().expect("more than none are kept").0;
            kept.forget_before(oldest + 1);
        }
        Ok(())
    }
}

impl Kept {
    fn forget_before(&mut self, second: i64) {
        while let Some(oldest) = self.marks.first_entry().filter(|oldest| *oldest.key() < second) {
            self.count -= oldest.remove().len();
        }
        self.since = self.since.max(second);
    }
}

/// A key's id has no end of a line in it.
fn mark(key: &str, nonce: &str) -> Mark {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key.as_bytes()).update(b"\n").update(nonce.as_bytes());
    let hash: [u8; 32] = hasher.finalize().into();
    let (mark, _) = hash.split_at(size_of::<Mark>());
    mark.try_into().expect("16 of 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_of_a_key_is_taken_once() {
        let nonces = Nonces::default();
        assert_eq!(nonces.take("K", "N", 1_000, 1_000), Ok(()));
        assert_eq!(nonces.take("K", "N", 1_000, 1_300), Err(Unfit::Taken));
        assert_eq!(nonces.take("L", "N", 1_000, 1_300), Ok(()));
        assert_eq!(nonces.take("K", "N", 1_000, 1_301), Err(Unfit::Expired));
    }

    #[test]
    fn what_had_to_be_forgotten_is_refused() {
        let nonces = Nonces::of_at_most(2);
        for time in [1_000, 1_001, 1_002] {
            assert_eq!(nonces.take("K", "N", time, 1_002), Ok(()));
        }
        assert_eq!(nonces.take("K", "N", 1_000, 1_002), Err(Unfit::Expired));
        assert_eq!(nonces.take("K", "N", 1_001, 1_002), Err(Unfit::Taken));
    }
}
