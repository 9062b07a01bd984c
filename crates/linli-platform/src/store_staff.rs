//! People who work in a store: its owner gives members rights, changes them and ends them; whoever works there can
//! leave. Rights hold as long as whoever gave them owns the store. Must not be added here: what people at a desk may
//! do (see `permission.rs`).

mod book;
mod check;
mod right;
mod shift;
#[cfg(test)]
mod tests;

pub use book::{Hired, StoreStaff, owner_of};
pub use right::StoreRight;
pub use shift::{CountedTo, Shift, Totals};

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is done with the people of a store. The order of variants is the journal's, new ones come last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoreStaffAct {
    /// The owner gives a member rights in place of those that they had.
    Admit {
        /// The store.
        store: String,
        /// Who.
        member: String,
        /// All that they may do from now on.
        rights: BTreeSet<StoreRight>,
    },
    /// The owner ends a member's rights, or the member leaves.
    Dismiss {
        /// The store.
        store: String,
        /// Who.
        member: String,
    },
    /// Somebody who works there begins a shift.
    OpenShift {
        /// The new shift.
        id: String,
        /// The store.
        store: String,
    },
    /// They end it, or the owner does for them.
    CloseShift {
        /// The shift.
        id: String,
    },
}

impl StoreStaffAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Admit { .. } => "admit_store_staff",
            Self::Dismiss { .. } => "dismiss_store_staff",
            Self::OpenShift { .. } => "open_shift",
            Self::CloseShift { .. } => "close_shift",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Admit { store, .. } | Self::Dismiss { store, .. } => store,
            Self::OpenShift { id, .. } | Self::CloseShift { id } => id,
        }
    }
}
