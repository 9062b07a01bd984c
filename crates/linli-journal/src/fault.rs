//! What can go wrong with a journal, and whether trying again can help. Must not be added here: refusals of
//! commands, which are entries like all others.

use crate::batch::Tip;

/// Why the journal did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store cannot be reached, is full, read-only or busy. Whether an append happened is not known.
    #[error("the journal cannot be used now: {what}")]
    Unavailable {
        /// What was tried, with the store's own message.
        what: String,
    },
    /// Somebody else has appended since: this writer must stop.
    #[error("another writer has appended: the journal ends at seq {}, not at {}", found.seq, expected.seq)]
    Fenced {
        /// The tip that the append builds on.
        expected: Tip,
        /// The tip that there is.
        found: Tip,
    },
    /// Another writer holds the journal.
    #[error("another process writes to this journal: {holder}")]
    Taken {
        /// The lock that it holds.
        holder: String,
    },
    /// What is stored is not what was written.
    #[error("the journal is damaged: {what}")]
    Damaged {
        /// Where, and how it shows.
        what: String,
    },
    /// Written by a release that this one does not know.
    #[error("the journal has format {found}; this release reads formats up to {known}")]
    Format {
        /// The journal's.
        found: u32,
        /// The newest that is known here.
        known: u32,
    },
    /// The store is not safe enough to acknowledge anything.
    #[error("{what}")]
    Unsafe {
        /// Which setting, and what it must be.
        what: String,
    },
    /// There is no journal.
    #[error("there is no journal at {place}")]
    Missing {
        /// Where it was looked for.
        place: String,
    },
}

impl Fault {
    /// Whether the same may succeed later without anybody's help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unavailable { .. } => true,
            Self::Fenced { .. }
            | Self::Taken { .. }
            | Self::Damaged { .. }
            | Self::Format { .. }
            | Self::Unsafe { .. }
            | Self::Missing { .. } => false,
        }
    }
}
