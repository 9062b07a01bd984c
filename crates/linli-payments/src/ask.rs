//! What a provider is asked to do. Each ask has a key; the same ask with the same key is one, however often it is sent.
//! Must not be added here: whether it may be done.

use crate::amount::Amount;
use crate::error::{Code, Refusal};
use crate::id::Id;
use crate::subject::Subject;
use crate::text::{Account, Line};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// Somebody is to pay.
    Payment {
        /// Names the payment.
        id: Id,
        /// How much.
        amount: Amount,
        /// What for, as the payer sees it.
        title: Line,
        /// Whether what arrives is held.
        hold: Hold,
        /// Until when the payer may, in seconds since 1970; then the payment closes.
        expires: i64,
    },
    /// A payment that nobody is to pay any more.
    Close {
        /// The payment.
        payment: Id,
    },
    /// Money is to go back to whom it came from.
    Refund {
        /// Names the refund.
        id: Id,
        /// The payment.
        payment: Id,
        /// The charge of it that is given back.
        charge: Id,
        /// How much of it.
        amount: Amount,
        /// Why, as the payer sees it.
        why: Line,
    },
    /// Money is to be paid out.
    Payout {
        /// Names the payout.
        id: Id,
        /// How much.
        amount: Amount,
        /// To whom.
        to: Receiver,
        /// What for, as the receiver sees it.
        title: Line,
    },
    /// A part of a charge that is held is to go to others.
    Split {
        /// Names the split.
        id: Id,
        /// The payment.
        payment: Id,
        /// The charge.
        charge: Id,
        /// Who gets how much.
        shares: Vec<Share>,
    },
    /// What is left of a charge that is held is to be the merchant's: there will be no more splits.
    Finish {
        /// The payment.
        payment: Id,
        /// The charge.
        charge: Id,
    },
}

/// Whether what arrives is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// It is the merchant's at once.
    Nothing,
    /// It waits for splits, until [`Ask::Finish`] or the provider's longest time.
    ForSplits,
}

/// Who gets money.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    /// A person, by the account that the provider knows.
    Person(Account),
    /// A merchant, by the account that the provider knows.
    Merchant(Account),
}

/// One part of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Who gets it.
    pub to: Receiver,
    /// How much.
    pub amount: Amount,
}

impl Ask {
    /// What is asked, as it is written.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Payment { .. } => "payment",
            Self::Close { .. } => "close",
            Self::Refund { .. } => "refund",
            Self::Payout { .. } => "payout",
            Self::Split { .. } => "split",
            Self::Finish { .. } => "finish",
        }
    }

    /// What it is known by among asks of its kind: a payment is closed once, and a hold finished once.
    #[must_use]
    pub fn id(&self) -> &Id {
        match self {
            Self::Payment { id, .. }
            | Self::Refund { id, .. }
            | Self::Payout { id, .. }
            | Self::Split { id, .. } => id,
            Self::Close { payment } => payment,
            Self::Finish { charge, .. } => charge,
        }
    }

    /// What its events will be about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        let id = self.id().clone();
        match self {
            Self::Payment { .. } | Self::Close { .. } => Subject::Payment(id),
            Self::Refund { .. } => Subject::Refund(id),
            Self::Payout { .. } => Subject::Payout(id),
            Self::Split { .. } => Subject::Split(id),
            Self::Finish { .. } => Subject::Hold(id),
        }
    }
}

/// What the shares of a split are together, in fen.
///
/// # Errors
/// [`Code::BadSplit`] without shares, or if somebody is among the receivers twice; [`Code::BadAmount`] if the sum is
/// larger than an amount.
pub fn sum_of(shares: &[Share]) -> Result<Amount, Refusal> {
    if shares.is_empty() {
        return Err(Refusal::new(Code::BadSplit, "a split has at least one receiver"));
    }
    let receivers: BTreeSet<_> = shares.iter().map(|share| &share.to).collect();
    if receivers.len() < shares.len() {
        let message = format!("{} shares go to {} receivers: join them", shares.len(), receivers.len());
        return Err(Refusal::new(Code::BadSplit, message));
    }
    Amount::of_fen(shares.iter().fold(0_u64, |sum, share| sum.saturating_add(share.amount.fen())))
}
