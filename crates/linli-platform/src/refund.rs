//! Refunds: asked for by the member with a reason, answered by the seller within three days, else by the operator, to
//! whom a refusal can be appealed; or offered without being asked. What is agreed carries the economy's `cancel`
//! before settling and its `refund` afterwards, under the request's id. Must not be added here: who pays for it.

mod apply;
mod book;
mod check;
mod left;
mod request;
#[cfg(test)]
mod tests;

pub use book::Refunds;
pub use left::{Bought, Seller, left};
pub use request::{Origin, Request, Stage};

use serde::{Deserialize, Serialize};

/// What is done about refunds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefundAct {
    /// The member who bought asks for money back.
    Ask {
        /// The new request.
        id: String,
        /// The order.
        bought: Bought,
        /// How much of it.
        fen: u64,
        /// Why, in the member's words, sealed.
        sealed_reason: Vec<u8>,
    },
    /// Whose turn it is agrees or refuses.
    Answer {
        /// The request.
        id: String,
        /// For whom.
        side: Side,
        /// Yes, or no and why.
        answer: Answer,
    },
    /// The member does not accept the seller's refusal: the operator answers.
    Appeal {
        /// The request.
        id: String,
        /// Why, in the member's words, sealed.
        sealed_reason: Vec<u8>,
    },
    /// The member asks no more.
    Withdraw {
        /// The request.
        id: String,
    },
    /// The seller has not answered in time: the operator answers.
    Escalate {
        /// The request.
        id: String,
    },
    /// Money is given back that nobody asked for, at any age of the order.
    Offer {
        /// The new request, agreed to.
        id: String,
        /// The order.
        bought: Bought,
        /// How much of it.
        fen: u64,
        /// For whom.
        side: Side,
        /// Why, sealed.
        sealed_reason: Vec<u8>,
    },
}

/// Who answers. That whoever acts may act for this side is checked before the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// The store of the order, or the supplier.
    Seller,
    /// The platform.
    Operator,
}

/// An answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The money goes back.
    Agree,
    /// It does not.
    Refuse {
        /// Why, sealed.
        sealed_reason: Vec<u8>,
    },
}

impl RefundAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Ask { .. } => "ask_refund",
            Self::Answer { answer: Answer::Agree, .. } => "agree_refund",
            Self::Answer { answer: Answer::Refuse { .. }, .. } => "refuse_refund",
            Self::Appeal { .. } => "appeal_refund",
            Self::Withdraw { .. } => "withdraw_refund",
            Self::Escalate { .. } => "escalate_refund",
            Self::Offer { .. } => "offer_refund",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Ask { id, .. }
            | Self::Answer { id, .. }
            | Self::Appeal { id, .. }
            | Self::Withdraw { id }
            | Self::Escalate { id }
            | Self::Offer { id, .. } => id,
        }
    }
}
