//! Agents of regions: appointed by the desk for a term, with a fee; a term ends by itself on its date, is announced thirty
//! days before, can be renewed and can be ended earlier. Appointing carries the economy's `appoint`, ending its `dismiss`.
//! Must not be added here: what an agent earns, or the fee's payment, which takes two people.

mod apply;
mod book;
mod check;
mod term;
#[cfg(test)]
mod tests;

pub use book::Agencies;
pub use term::{ANNOUNCED_SECONDS, Appointment, LONGEST_SECONDS, Stage, is_region};

use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// What is done about agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgencyAct {
    /// Somebody at a desk appoints an agent.
    Appoint {
        /// The new appointment.
        id: String,
        /// The region: six digits, or the name of a macro-region.
        region: String,
        /// The member.
        agent: String,
        /// When the term begins.
        from: Instant,
        /// When it ends.
        until: Instant,
        /// The fee that was agreed on, in fen; 0 for none.
        fee_fen: u64,
    },
    /// The term has begun.
    Begin {
        /// The appointment.
        id: String,
    },
    /// The term ends in thirty days or less: whom it concerns is told.
    Announce {
        /// The appointment.
        id: String,
        /// The end that is announced.
        until: Instant,
    },
    /// Somebody at a desk lets the term end later.
    Renew {
        /// The appointment.
        id: String,
        /// When it ends now.
        until: Instant,
        /// The fee for it, in fen; 0 for none.
        fee_fen: u64,
    },
    /// The term has ended.
    End {
        /// The appointment.
        id: String,
    },
    /// Somebody at a desk ends it earlier, or before it begins.
    Dismiss {
        /// The appointment.
        id: String,
        /// Why.
        reason: String,
    },
}

impl AgencyAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Appoint { .. } => "appoint_agent",
            Self::Begin { .. } => "begin_agency",
            Self::Announce { .. } => "announce_end_of_agency",
            Self::Renew { .. } => "renew_agency",
            Self::End { .. } => "end_agency",
            Self::Dismiss { .. } => "dismiss_agent",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Appoint { id, .. }
            | Self::Begin { id }
            | Self::Announce { id, .. }
            | Self::Renew { id, .. }
            | Self::End { id }
            | Self::Dismiss { id, .. } => id,
        }
    }
}
