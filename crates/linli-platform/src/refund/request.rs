//! A request for a refund: what for, how it came about, and where it stands. Must not be added here: who may change it.

use super::{Bought, Side};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// A refund that was asked for or offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The order.
    pub bought: Bought,
    /// How much of it, in fen.
    pub fen: u64,
    /// How it came about.
    pub origin: Origin,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Instant,
    /// Why, sealed, in the words of whoever asked or offered.
    pub sealed_reason: Vec<u8>,
    /// Why the member appeals, sealed.
    pub sealed_appeal: Option<Vec<u8>>,
    /// Why it was refused the last time, sealed.
    pub sealed_refusal: Option<Vec<u8>>,
}

/// How a request came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// The member asked.
    Asked,
    /// This side offered.
    Offered(Side),
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The seller answers, until then.
    AtSeller(Instant),
    /// The operator answers.
    AtOperator,
    /// The seller refused; the member may appeal until then.
    Refused(Instant),
    /// The operator refused.
    Rejected,
    /// The money went back.
    Agreed,
    /// The member asked no more.
    Withdrawn,
}

impl Stage {
    /// The name in interfaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AtSeller(_) => "asked",
            Self::AtOperator => "at_operator",
            Self::Refused(_) => "refused",
            Self::Rejected => "rejected",
            Self::Agreed => "agreed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Who is to answer now; nobody once it is closed. The seller's time ends by itself.
    #[must_use]
    pub fn turn(self, now: Instant) -> Option<Side> {
        match self {
            Self::AtSeller(until) if now < until => Some(Side::Seller),
            Self::AtSeller(_) | Self::AtOperator => Some(Side::Operator),
            Self::Refused(_) | Self::Rejected | Self::Agreed | Self::Withdrawn => None,
        }
    }
}
