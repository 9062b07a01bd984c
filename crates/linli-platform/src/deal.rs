//! Deals (团购): a store sells vouchers of one or more uses, members buy them, the store verifies them (核销), and what
//! is unverified when a voucher expires goes back to the member by itself.
//!
//! A purchase's order is an order of the economy under the same id. Whether it is paid, given back or settled is asked
//! there and nowhere else, and its price and texts stay what they were when it was bought. Must not be added: money.

mod book;
mod look;
mod offer;
mod purchase;
mod selling;
mod standing;
mod terms;
#[cfg(test)]
mod tests;
mod using;

pub use book::Deals;
pub use look::PlannedOrder;
pub use offer::{Deal, DealState};
pub use purchase::{Ended, Ending, Purchase, RESERVATION_SECONDS, UNDO_SECONDS, Verification};
pub use standing::{Standing, VoucherStatus};
pub use terms::{Compared, DealSale, DealTerms, Validity};

use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// What is done with deals and their vouchers. Whoever acts for a store names it; that they may is known before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DealAct {
    /// A store drafts a deal.
    Offer {
        /// Names the deal.
        deal: String,
        /// Whose it is.
        store: String,
        /// What is sold.
        terms: DealTerms,
        /// How many, to whom and when.
        sale: DealSale,
    },
    /// A deal changes for whoever buys from now on.
    Change {
        /// The deal.
        deal: String,
        /// Whose it is.
        store: String,
        /// What is sold.
        terms: DealTerms,
        /// How many, to whom and when.
        sale: DealSale,
    },
    /// A draft goes on sale.
    Publish {
        /// The deal.
        deal: String,
        /// Whose it is.
        store: String,
    },
    /// A deal is not sold any more; what was bought stays valid.
    Withdraw {
        /// The deal.
        deal: String,
        /// Whose it is.
        store: String,
    },
    /// A member buys pieces, which are kept for them until they are paid or the reservation ends.
    Buy(Buying),
    /// The service has seen that a purchase is paid; its voucher expires from then on.
    Confirm {
        /// The purchase.
        order: String,
        /// When it was paid, as the economy has it.
        paid_at: Instant,
    },
    /// The service gives up a reservation that was not paid in time.
    Lapse {
        /// The purchase.
        order: String,
    },
    /// A store verifies uses of a voucher. The same again is answered alike and does nothing.
    Verify {
        /// Names the verification; it belongs to this voucher for ever.
        verification: String,
        /// The purchase.
        order: String,
        /// Who verifies.
        store: String,
        /// How many uses.
        uses: u32,
    },
    /// A store takes back a verification made by mistake.
    UndoVerify {
        /// The verification.
        verification: String,
        /// The purchase.
        order: String,
        /// Who verified.
        store: String,
    },
    /// The money of all unverified uses goes back to the member, and the voucher ends.
    GiveBack {
        /// Names the economy's `cancel`.
        cancel: String,
        /// The purchase.
        order: String,
        /// The store, where it gives back of its own accord; else the member or a desk asks.
        store: Option<String>,
    },
    /// The service gives back what is unverified of an expired voucher.
    Expire {
        /// Names the economy's `cancel`.
        cancel: String,
        /// The purchase.
        order: String,
    },
}

/// What a member buys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buying {
    /// Names the purchase, and the order of the economy that pays for it.
    pub order: String,
    /// The deal.
    pub deal: String,
    /// The version of its terms that the member has seen.
    pub version: u32,
    /// The buyer.
    pub member: String,
    /// How many pieces.
    pub count: u32,
    /// A keyed digest of the voucher's code, by which it is found.
    pub code_digest: [u8; 16],
    /// The voucher's code, sealed.
    pub sealed_code: Vec<u8>,
}

impl DealAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Offer { .. } => "offer_deal",
            Self::Change { .. } => "change_deal",
            Self::Publish { .. } => "publish_deal",
            Self::Withdraw { .. } => "withdraw_deal",
            Self::Buy(_) => "buy_deal",
            Self::Confirm { .. } => "confirm_purchase",
            Self::Lapse { .. } => "lapse_purchase",
            Self::Verify { .. } => "verify_voucher",
            Self::UndoVerify { .. } => "undo_verification",
            Self::GiveBack { .. } => "give_back_voucher",
            Self::Expire { .. } => "expire_voucher",
        }
    }

    /// The deal, or the purchase.
    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Offer { deal, .. }
            | Self::Change { deal, .. }
            | Self::Publish { deal, .. }
            | Self::Withdraw { deal, .. } => deal,
            Self::Buy(Buying { order, .. })
            | Self::Confirm { order, .. }
            | Self::Lapse { order }
            | Self::Verify { order, .. }
            | Self::UndoVerify { order, .. }
            | Self::GiveBack { order, .. }
            | Self::Expire { order, .. } => order,
        }
    }
}
