//! Notifications: what they say, and what each account wants of them. That one is due follows from the journal and is not
//! decided here; neither is it kept here what was said to whom. Must not be added here: a name or a number of a person.

mod kind;
mod part;
mod template;
#[cfg(test)]
mod tests;

pub use kind::NoticeKind;
pub use part::{Notices, Wishes};
pub use template::{Params, Template};

use crate::session::Account;
use serde::{Deserialize, Serialize};

/// What people do with their notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeAct {
    /// Somebody has read these.
    Read {
        /// Who.
        account: Account,
        /// Which: 1 to 100 ids.
        notices: Vec<String>,
    },
    /// Somebody has read all that follow from entries up to this one.
    ReadUpTo {
        /// Who.
        account: Account,
        /// The entry.
        seq: u64,
    },
    /// Somebody wants these from now on.
    SetWishes {
        /// Who.
        account: Account,
        /// Which kinds, and how.
        wishes: Wishes,
    },
}

impl NoticeAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Read { .. } => "read_notices",
            Self::ReadUpTo { .. } => "read_notices_up_to",
            Self::SetWishes { .. } => "set_notice_wishes",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        self.account().id()
    }

    pub(crate) fn account(&self) -> &Account {
        match self {
            Self::Read { account, .. } | Self::ReadUpTo { account, .. } | Self::SetWishes { account, .. } => {
                account
            }
        }
    }
}
