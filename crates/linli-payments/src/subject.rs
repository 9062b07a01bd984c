//! What a provider is asked about, and what an event is about. Must not be added here: where it stands.

use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What an event is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Subject {
    /// A payment, by its id.
    Payment(Id),
    /// A refund, by its id.
    Refund(Id),
    /// A payout, by its id.
    Payout(Id),
    /// A split, by its id.
    Split(Id),
    /// The hold on a charge, by the provider's id of the charge.
    Hold(Id),
}

impl Subject {
    /// What it is, as it is written.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Payment(_) => "payment",
            Self::Refund(_) => "refund",
            Self::Payout(_) => "payout",
            Self::Split(_) => "split",
            Self::Hold(_) => "hold",
        }
    }

    /// Which one.
    #[must_use]
    pub fn id(&self) -> &Id {
        match self {
            Self::Payment(id) | Self::Refund(id) | Self::Payout(id) | Self::Split(id) | Self::Hold(id) => id,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.id())
    }
}
