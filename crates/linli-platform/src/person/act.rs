//! What is done with people, as it stands in the journal.

use crate::session::Reference;
use serde::{Deserialize, Serialize};

/// What is done with people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonAct {
    /// Somebody whose phone number was proved becomes a member.
    Register {
        /// The new member.
        member: String,
        /// The phone number.
        phone: Reference,
        /// The phone number, sealed.
        sealed_phone: Vec<u8>,
        /// Whose invitation was agreed to.
        invitation: Option<Invitation>,
        /// The version of the terms that were agreed to.
        terms: u32,
    },
    /// A member who is there without a person, moved in from elsewhere, gets a phone number.
    Attach {
        /// The member.
        member: String,
        /// The phone number.
        phone: Reference,
        /// The phone number, sealed.
        sealed_phone: Vec<u8>,
    },
    /// A member who has proved both numbers takes another.
    ChangePhone {
        /// The member.
        member: String,
        /// The new number.
        phone: Reference,
        /// The new number, sealed.
        sealed_phone: Vec<u8>,
    },
    /// Somebody at a desk has made sure that a member has lost the number.
    ReportLost {
        /// Names the report.
        id: String,
        /// The member.
        member: String,
        /// The new number, which was proved.
        phone: Reference,
        /// The new number, sealed.
        sealed_phone: Vec<u8>,
    },
    /// Somebody else agrees, and the number is changed.
    ConfirmLost {
        /// The report.
        id: String,
    },
    /// The report was wrong.
    DropLost {
        /// The report.
        id: String,
    },
    /// Somebody at a desk has looked at a member's number; that they did is all that is kept.
    Reveal {
        /// The member.
        member: String,
    },
}

/// An invitation that was shown and agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Who invites.
    pub inviter: String,
    /// The link that led here: of a member, or of a store.
    pub source: Source,
    /// The version of the text that was agreed to.
    pub consent: u32,
}

/// Where an invitation comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A member's link.
    Member,
    /// The link or code of this store.
    Store(String),
    /// A recruiter's link for who opens a store.
    Recruiter,
}

impl PersonAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Register { .. } => "register",
            Self::Attach { .. } => "attach_person",
            Self::ChangePhone { .. } => "change_phone",
            Self::ReportLost { .. } => "report_lost_phone",
            Self::ConfirmLost { .. } => "confirm_lost_phone",
            Self::DropLost { .. } => "drop_lost_phone",
            Self::Reveal { .. } => "reveal_person",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Register { member, .. }
            | Self::Attach { member, .. }
            | Self::ChangePhone { member, .. }
            | Self::ReportLost { member, .. }
            | Self::Reveal { member } => member,
            Self::ConfirmLost { id } | Self::DropLost { id } => id,
        }
    }
}
