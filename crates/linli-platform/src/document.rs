//! Documents that people are shown: the platform's rules, each topic with its versions, and announcements. A rule is made
//! known days before it holds and is replaced by the next version, never taken away; who has read what when is kept. Must
//! not be added here: a rate or a right; what a rule says binds nobody's code.

mod book;
mod check;
mod entry;
#[cfg(test)]
mod tests;
mod topic;

pub use book::Documents;
pub use entry::{Document, FIRST_TERMS, Kind, State, Texts};
pub use topic::Topic;

use crate::session::Account;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// Days that a rule of a live platform is made known before it holds: what 电子商务法 art. 34 asks of changed rules. It is
/// what holds until [`DocumentAct::SetNotice`] says otherwise, as it does in a sandbox.
pub const LIVE_NOTICE_DAYS: u32 = 7;

/// What is done with documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentAct {
    /// How many days of 24 hours before it holds a rule is made known.
    SetNotice {
        /// [`LIVE_NOTICE_DAYS`] where it is live, 0 in a sandbox.
        days: u32,
    },
    /// Somebody begins one.
    Draft {
        /// Names it.
        id: String,
        /// What it is.
        kind: Kind,
        /// What it says.
        texts: Texts,
    },
    /// Somebody goes on with a draft.
    Edit {
        /// The draft.
        id: String,
        /// What it says.
        texts: Texts,
    },
    /// It is made known.
    Publish {
        /// The draft.
        id: String,
        /// From when on it holds; without it an announcement is shown at once, and a rule holds as soon as it may.
        from: Option<Instant>,
    },
    /// It is shown no more: a draft, a rule that does not hold yet, or an announcement.
    Withdraw {
        /// The document.
        id: String,
        /// Why.
        reason: String,
    },
    /// Somebody has read it.
    Read {
        /// The document.
        id: String,
        /// Who.
        account: Account,
    },
}

impl DocumentAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::SetNotice { .. } => "set_rule_notice",
            Self::Draft { .. } => "draft_document",
            Self::Edit { .. } => "edit_document",
            Self::Publish { .. } => "publish_document",
            Self::Withdraw { .. } => "withdraw_document",
            Self::Read { .. } => "read_document",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::SetNotice { .. } => "",
            Self::Draft { id, .. }
            | Self::Edit { id, .. }
            | Self::Publish { id, .. }
            | Self::Withdraw { id, .. }
            | Self::Read { id, .. } => id,
        }
    }
}
