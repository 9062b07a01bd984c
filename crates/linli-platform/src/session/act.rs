//! What is done with sessions, as it stands in the journal.

use super::{Account, Reference, TokenDigest};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// What is done with sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionAct {
    /// Somebody has shown who they are.
    Open {
        /// Who.
        account: Account,
        /// The digest of the token that they got.
        token: TokenDigest,
        /// What kind of device, for the list of sessions.
        label: String,
        /// The device.
        device: Option<Reference>,
        /// The network address.
        address: Reference,
        /// The step of the time-based code, which is taken once.
        totp_step: Option<u64>,
        /// When the session ends by itself.
        until: Instant,
    },
    /// A session is of no use any more.
    End {
        /// Whose.
        account: Account,
        /// Which.
        token: TokenDigest,
    },
    /// All sessions of an account but one.
    EndOthers {
        /// Whose.
        account: Account,
        /// The one that stays.
        but: Option<TokenDigest>,
    },
}

impl SessionAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "open_session",
            Self::End { .. } => "end_session",
            Self::EndOthers { .. } => "end_sessions",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Open { account, .. } | Self::End { account, .. } | Self::EndOthers { account, .. } => {
                account.id()
            }
        }
    }
}
