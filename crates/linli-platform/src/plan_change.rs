//! Plans and the rules in force: a plan is drafted, checked when it is submitted, approved by a second person, and holds
//! from a date that was made known before. Who did what and when is kept, with the texts of the plans that came into
//! force, so that before and after can be laid side by side.
//!
//! Must not be added here: a rate; what a plan means is the economy's, and what is wrong with one its parser says.

mod book;
mod check;
mod entry;
mod sample;
#[cfg(test)]
mod tests;

pub use book::PlanChanges;
pub use entry::{Mark, PlanChange, State};
pub use sample::{SAMPLE_AMOUNT, Sample, samples};

use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// Days that a plan of a live economy is made known before it holds: what 电子商务法 art. 34 asks of changed rules. It is
/// what holds until [`PlanChangeAct::SetNotice`] says otherwise, as it does in a sandbox.
pub const LIVE_NOTICE_DAYS: u32 = 7;

/// What is done with plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanChangeAct {
    /// How many days of 24 hours before it holds a plan must have been approved.
    SetNotice {
        /// [`LIVE_NOTICE_DAYS`] where it is live, 0 in a sandbox.
        days: u32,
    },
    /// Somebody begins a plan.
    Draft {
        /// Names the draft, and the command that puts it in force.
        id: String,
        /// The plan file; it need not be a plan yet.
        text: String,
        /// What it is to change, for colleagues.
        note: String,
    },
    /// Somebody goes on with it; what was submitted is a draft again.
    Edit {
        /// The draft.
        id: String,
        /// The plan file.
        text: String,
        /// What it is to change.
        note: String,
    },
    /// It is a plan and waits for a second person; again with another date, if the first has become too close.
    Submit {
        /// The draft.
        id: String,
        /// From when on it is to hold.
        active_from: Instant,
    },
    /// Somebody else approves.
    Approve {
        /// The draft.
        id: String,
    },
    /// It will not come into force.
    Withdraw {
        /// The draft.
        id: String,
        /// Why.
        reason: String,
    },
    /// Its day has come.
    Activate {
        /// The draft.
        id: String,
    },
    /// Its day has come and the economy refused it.
    Fail {
        /// The draft.
        id: String,
        /// What the economy said.
        why: String,
    },
}

impl PlanChangeAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::SetNotice { .. } => "set_plan_notice",
            Self::Draft { .. } => "draft_plan",
            Self::Edit { .. } => "edit_plan",
            Self::Submit { .. } => "submit_plan",
            Self::Approve { .. } => "approve_plan",
            Self::Withdraw { .. } => "withdraw_plan",
            Self::Activate { .. } => "activate_plan",
            Self::Fail { .. } => "plan_failed",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::SetNotice { .. } => "",
            Self::Draft { id, .. }
            | Self::Edit { id, .. }
            | Self::Submit { id, .. }
            | Self::Approve { id }
            | Self::Withdraw { id, .. }
            | Self::Activate { id }
            | Self::Fail { id, .. } => id,
        }
    }
}
