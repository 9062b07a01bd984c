//! What can go wrong with the read model. Must not be added here: anything that the journal depends on; a read model
//! can always be made again.

use super::checkpoint::Checkpoint;
use super::verify::Difference;
use crate::fault::EngineFault;

/// Why the read model did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// The journal's, or that of a replay.
    #[error(transparent)]
    Engine(#[from] EngineFault),
    /// Its database cannot be reached, is full, read-only or busy.
    #[error("the read model cannot be used now: {what}")]
    Unavailable {
        /// What was tried.
        what: String,
    },
    /// Its database cannot hold it.
    #[error("{what}")]
    Unfit {
        /// Which setting, and what it must be.
        what: String,
    },
    /// There is none.
    #[error("there is no read model at {place}: `linli rebuild` makes it")]
    Missing {
        /// Where it was looked for.
        place: String,
    },
    /// Its database is not as it was written.
    #[error("the read model is damaged: {what}; `linli rebuild` makes it anew")]
    Damaged {
        /// Where, and how it shows.
        what: String,
    },
    /// It was made from a journal that is not this one, or that has lost its end since.
    #[error(
        "the read model at {place} ends at {checkpoint}, which the journal does not have; `linli rebuild` mends it"
    )]
    Stray {
        /// Where it is.
        place: String,
        /// Where it ends.
        checkpoint: Checkpoint,
    },
    /// It has the tables of another release.
    #[error("the read model at {place} has tables of version {found}; this release knows up to {known}")]
    Version {
        /// Where it is.
        place: String,
        /// The tables' version.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// Another follower has written meanwhile.
    #[error("another process writes to the read model at {place}")]
    Overtaken {
        /// Where it is.
        place: String,
    },
    /// It does not hold what the journal says.
    #[error(transparent)]
    Differs(Box<Difference>),
}

impl ReadFault {
    /// Whether the same may succeed later without anybody's help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Engine(EngineFault::Journal(fault)) => fault.is_retryable(),
            Self::Unavailable { .. } | Self::Overtaken { .. } => true,
            Self::Engine(_)
            | Self::Unfit { .. }
            | Self::Missing { .. }
            | Self::Damaged { .. }
            | Self::Stray { .. }
            | Self::Version { .. }
            | Self::Differs(_) => false,
        }
    }
}

impl From<linli_journal::Fault> for ReadFault {
    fn from(fault: linli_journal::Fault) -> Self {
        Self::Engine(fault.into())
    }
}
