//! What needs two people: one proposes it, another approves it, and with the approval it is carried out. Each kind is a
//! variant of [`What`] with its check and the command that it carries; a kind without a command is one that another
//! part asks for here before it acts.
//!
//! What the economy refuses stays open: it may be approved again once what speaks against it is gone. Must not be
//! added here: a kind that one person can carry out alone.

mod book;
#[cfg(test)]
mod tests;
mod what;

pub use book::{Proposal, Proposals, State};
pub use what::{Receiver, What};

use serde::{Deserialize, Serialize};

/// What is done with proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProposalAct {
    /// Somebody proposes something.
    Propose {
        /// Names the proposal, and the command that it carries.
        id: String,
        /// What.
        what: What,
        /// Why.
        reason: String,
    },
    /// Somebody else approves, and it is carried out.
    Approve {
        /// The proposal.
        id: String,
    },
    /// Somebody else is against it.
    Refuse {
        /// The proposal.
        id: String,
        /// Why.
        reason: String,
    },
    /// Who proposed it thought better of it.
    TakeBack {
        /// The proposal.
        id: String,
    },
    /// Nobody decided in time.
    Expire {
        /// The proposal.
        id: String,
    },
}

impl ProposalAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose",
            Self::Approve { .. } => "approve_proposal",
            Self::Refuse { .. } => "refuse_proposal",
            Self::TakeBack { .. } => "take_back_proposal",
            Self::Expire { .. } => "expire_proposal",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Propose { id, .. }
            | Self::Approve { id }
            | Self::Refuse { id, .. }
            | Self::TakeBack { id }
            | Self::Expire { id } => id,
        }
    }
}
