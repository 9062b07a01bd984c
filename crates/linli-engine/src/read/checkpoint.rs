//! The checkpoint: up to where the read model has followed the journal. It is written in the same transaction as the
//! rows, so that both hold or neither.

use linli_journal::Tip;
use std::fmt;

/// The seq of the last entry that was followed, and the hash of the chain there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// 0 where only the header has been read.
    pub seq: u64,
    /// In hexadecimal.
    pub hash: String,
}

impl From<Tip> for Checkpoint {
    fn from(tip: Tip) -> Self {
        Self { seq: tip.seq, hash: tip.hash.to_string() }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seq {} with hash {}", self.seq, self.hash)
    }
}
