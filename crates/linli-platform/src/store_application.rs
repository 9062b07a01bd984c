//! Applications to open a store: drafted and submitted by a member, looked at by the desk, which asks for more, approves
//! or refuses with a reason. An approval carries the economy's `open_store`, and the store's page goes up with it. Whoever
//! came by a recruiter's link and agreed to be bound to them is bound once the store is open. Must not be added here: a
//! store without an application (see `docs/commands.md`).

mod application;
mod apply;
mod book;
mod check;
#[cfg(test)]
mod tests;

pub use application::{Application, Recruited, Stage, StoreForm};
pub use book::StoreApplications;

use linli_economy::rate::Rate;
use serde::{Deserialize, Serialize};

/// What is done about applications. The order of variants is the journal's, new ones come last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoreApplicationAct {
    /// A member drafts an application, or changes one that is not submitted.
    Draft {
        /// The application.
        id: String,
        /// What it says.
        form: Box<StoreForm>,
    },
    /// The member hands it in.
    Submit {
        /// The application.
        id: String,
    },
    /// The member wants no store any more.
    Withdraw {
        /// The application.
        id: String,
    },
    /// The desk needs to know more.
    AskMore {
        /// The application.
        id: String,
        /// What, sealed for the member.
        sealed_note: Vec<u8>,
    },
    /// The desk opens the store.
    Approve {
        /// The application.
        id: String,
        /// How often it had been submitted when it was looked at.
        version: u32,
        /// The new store.
        store: String,
        /// Its own rate, which is the one that was asked for, or none for the plan's.
        rate: Option<Rate>,
    },
    /// The desk opens no store.
    Refuse {
        /// The application.
        id: String,
        /// How often it had been submitted when it was looked at.
        version: u32,
        /// Why, sealed for the member.
        sealed_note: Vec<u8>,
    },
    /// The service binds the owner of a new store to the recruiter, as agreed.
    BindRecruited {
        /// The application.
        id: String,
    },
    /// The service cannot, because the owner is bound by now or stands above the recruiter.
    LeaveUnbound {
        /// The application.
        id: String,
    },
}

impl StoreApplicationAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Draft { .. } => "draft_application",
            Self::Submit { .. } => "submit_application",
            Self::Withdraw { .. } => "withdraw_application",
            Self::AskMore { .. } => "ask_more_of_application",
            Self::Approve { .. } => "approve_application",
            Self::Refuse { .. } => "refuse_application",
            Self::BindRecruited { .. } => "bind_recruited",
            Self::LeaveUnbound { .. } => "leave_recruited_unbound",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Draft { id, .. }
            | Self::Submit { id }
            | Self::Withdraw { id }
            | Self::AskMore { id, .. }
            | Self::Approve { id, .. }
            | Self::Refuse { id, .. }
            | Self::BindRecruited { id }
            | Self::LeaveUnbound { id } => id,
        }
    }
}
