//! The header: what a journal says of itself before its first batch. Its hash is the root of the chain, so that
//! no one can put another plan under old commands.

use crate::batch::{Hash, Tip};

/// The format of entries and hashes that this release writes.
pub const FORMAT: u32 = 1;

/// The header of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The format of its entries and hashes.
    pub format: u32,
    /// The text of the plan that the economy opens with.
    pub plan: String,
}

impl Header {
    /// The header of a new journal.
    #[must_use]
    pub fn new(plan: String) -> Self {
        Self { format: FORMAT, plan }
    }

    /// The hash that the first batch builds on.
    #[must_use]
    pub fn root(&self) -> Hash {
        Hash::of_fields(&[b"linli journal", &self.format.to_le_bytes(), self.plan.as_bytes()])
    }

    /// The tip of a journal without a batch.
    #[must_use]
    pub fn tip(&self) -> Tip {
        Tip { seq: 0, hash: self.root() }
    }
}
