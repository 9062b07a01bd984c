//! Payments of orders: opened, paid at the provider, carried out order by order, and given back where an order could
//! not be. The provider's reports may come twice, late, or in the wrong order. Each yuan that arrived waits for its
//! orders, is in a paid order, or is due back. Must not be added here: a split, a balance, a card or an account number.

mod apply;
mod book;
mod check;
mod code;
mod due;
mod opening;
mod owed;
mod payment;
pub mod quote;
#[cfg(test)]
mod tests;

pub use book::{Checkout, Totals};
pub use code::{CodeState, StoreCode};
pub use owed::{Cause, DueBack, Return, ReturnState, Source, given_back};
pub use payment::{Charge, OrderState, PaidOrder, Payment, Role, Stage};

use crate::planned::PlannedOrder;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// A keyed hash by which things are found to be the same without being known: a device, an address, an account.
pub type Reference = [u8; 16];

/// What is done with payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckoutAct {
    /// A store shows a code with an amount, to be paid once.
    Collect {
        /// The new code.
        code: String,
        /// Whose it is.
        store: String,
        /// The amount.
        fen: u64,
        /// How long it is valid: 1 to 30.
        minutes: u8,
    },
    /// A code that nobody is paying is of no use any more.
    CancelCode {
        /// The code.
        code: String,
    },
    /// Somebody is about to pay for orders.
    Open {
        /// The new payment.
        payment: String,
        /// Who pays, where that is a member.
        payer: Option<String>,
        /// What for: 1 to 20 orders.
        orders: Vec<Planned>,
        /// The payer's device.
        device: Option<Reference>,
        /// The payer's address in the network.
        address: Option<Reference>,
    },
    /// The provider has taken money for a payment.
    Arrived {
        /// The payment.
        payment: String,
        /// The provider's id of the report.
        event: String,
        /// The provider's id of the charge; two reports may tell of one. A provider that takes at most one charge for a
        /// payment, and names none, has the payment's own id here.
        charge: String,
        /// How much.
        fen: u64,
        /// The account that it came from.
        payer_account: Option<Reference>,
        /// When, by the provider's clock: on that day's bill it stands.
        at: Instant,
    },
    /// The provider has taken none and will not.
    Declined {
        /// The payment.
        payment: String,
    },
    /// Nobody is to pay it any more.
    Closed {
        /// The payment.
        payment: String,
    },
    /// Its minutes have passed.
    Expire {
        /// The payment.
        payment: String,
    },
    /// An order that was paid for is carried out: its command goes to the economy.
    CarryOut {
        /// The payment.
        payment: String,
        /// One of its orders.
        order: String,
    },
    /// An order that was paid for cannot be carried out: its money is due back.
    GiveUp {
        /// The payment.
        payment: String,
        /// One of its orders.
        order: String,
        /// The code of the refusal.
        code: String,
    },
    /// The provider is asked to give back all that is due of one source.
    ReturnBegun {
        /// Names it at the provider.
        id: String,
        /// The payment.
        payment: String,
        /// What of it.
        source: Source,
        /// All that is due.
        fen: u64,
    },
    /// The provider has given it back.
    ReturnDone {
        /// The return.
        id: String,
        /// When, by the provider's clock.
        at: Instant,
    },
    /// The provider could not give it back: it is due again.
    ReturnFailed {
        /// The return.
        id: String,
        /// What the provider says: 1 to 200 characters.
        why: String,
    },
}

/// An order that is to be paid, as its payer has seen it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Planned {
    /// In a store, by its code on the counter or by one with the amount.
    Store {
        /// The new order.
        order: String,
        /// Where.
        store: String,
        /// The amount.
        amount: u64,
        /// What the payer's spend balance pays of it.
        from_spend: u64,
        /// The code with this amount, where there is one.
        code: Option<String>,
    },
    /// One that another part of the platform lists.
    Listed {
        /// The order.
        order: String,
        /// What it is.
        planned: PlannedOrder,
        /// What is to be charged: of a mall order, what deduction points do not pay.
        fen: u64,
    },
}

impl Planned {
    /// The order.
    #[must_use]
    pub fn order(&self) -> &str {
        match self {
            Self::Store { order, .. } | Self::Listed { order, .. } => order,
        }
    }

    /// What is to be charged for it, in fen.
    #[must_use]
    pub fn fen(&self) -> u64 {
        match self {
            Self::Store { amount, from_spend, .. } => amount.saturating_sub(*from_spend),
            Self::Listed { fen, .. } => *fen,
        }
    }

    /// The code with its amount, where it is paid by one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Store { code, .. } => code.as_deref(),
            Self::Listed { .. } => None,
        }
    }
}

impl CheckoutAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Collect { .. } => "collect",
            Self::CancelCode { .. } => "cancel_code",
            Self::Open { .. } => "open_payment",
            Self::Arrived { .. } => "payment_arrived",
            Self::Declined { .. } => "payment_declined",
            Self::Closed { .. } => "payment_closed",
            Self::Expire { .. } => "expire_payment",
            Self::CarryOut { .. } => "carry_out_order",
            Self::GiveUp { .. } => "give_up_order",
            Self::ReturnBegun { .. } => "return_begun",
            Self::ReturnDone { .. } => "return_done",
            Self::ReturnFailed { .. } => "return_failed",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Collect { code, .. } | Self::CancelCode { code } => code,
            Self::Open { payment, .. }
            | Self::Arrived { payment, .. }
            | Self::Declined { payment }
            | Self::Closed { payment }
            | Self::Expire { payment } => payment,
            Self::CarryOut { order, .. } | Self::GiveUp { order, .. } => order,
            Self::ReturnBegun { id, .. } | Self::ReturnDone { id, .. } | Self::ReturnFailed { id, .. } => id,
        }
    }
}
