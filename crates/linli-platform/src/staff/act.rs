//! What is done with accounts of the desk, as it stands in the journal.

use crate::permission::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is done with accounts of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffAct {
    /// Somebody gets an account.
    Add {
        /// What they log in with.
        id: String,
        /// What their colleagues call the account.
        name: String,
        /// What they are.
        roles: BTreeSet<Role>,
        /// The hash of their first password, sealed.
        sealed_password: Vec<u8>,
    },
    /// Somebody becomes something else.
    SetRoles {
        /// The account.
        id: String,
        /// What they are from now on.
        roles: BTreeSet<Role>,
    },
    /// Somebody takes another password.
    SetPassword {
        /// The account.
        id: String,
        /// The hash of the password, sealed.
        sealed_password: Vec<u8>,
    },
    /// Somebody has shown a code of this secret.
    EnrolTotp {
        /// The account.
        id: String,
        /// The secret of their time-based codes, sealed.
        sealed_totp: Vec<u8>,
    },
    /// Somebody has lost what makes the codes, says a colleague.
    ReportLostTotp {
        /// The account.
        id: String,
    },
    /// Another colleague agrees: the next log-in enrols anew.
    ConfirmLostTotp {
        /// The account.
        id: String,
    },
    /// An account is of no use any more.
    End {
        /// The account.
        id: String,
    },
}

impl StaffAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add_staff",
            Self::SetRoles { .. } => "set_roles",
            Self::SetPassword { .. } => "set_password",
            Self::EnrolTotp { .. } => "enrol_totp",
            Self::ReportLostTotp { .. } => "report_lost_totp",
            Self::ConfirmLostTotp { .. } => "confirm_lost_totp",
            Self::End { .. } => "end_staff",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Add { id, .. }
            | Self::SetRoles { id, .. }
            | Self::SetPassword { id, .. }
            | Self::EnrolTotp { id, .. }
            | Self::ReportLostTotp { id }
            | Self::ConfirmLostTotp { id }
            | Self::End { id } => id,
        }
    }
}
