//! A payment: what it is for, what arrived for it, and where it stands. Must not be added here: who may change it.

use super::{Planned, Reference};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// One payment, of 1 to 20 orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Who pays, where that is a member.
    pub payer: Option<String>,
    /// What for.
    pub orders: Vec<PaidOrder>,
    /// What is to be charged: what the orders cost besides spend balance and deduction points.
    pub fen: u64,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Instant,
    /// Until when it waits for money. What arrives later is taken all the same.
    pub expires: Instant,
    /// What arrived, in the order in which it was reported. Each is money, so no list of events can flood it.
    pub charges: Vec<Charge>,
    /// The payer's device.
    pub device: Option<Reference>,
    /// The payer's address in the network.
    pub address: Option<Reference>,
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It waits for money.
    Open,
    /// The provider took none.
    Declined,
    /// It was called off.
    Closed,
    /// It waited for too long.
    Expired,
    /// The money is there, and orders wait to be carried out.
    Arrived,
    /// Each order is paid or its money is due back, and at least one is paid.
    CarriedOut,
    /// No order could be carried out: all money goes back.
    GivingBack,
}

/// One order of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidOrder {
    /// What it is, and what of the charge is for it.
    pub planned: Planned,
    /// Where it stands.
    pub state: OrderState,
    /// What is being given back of it at the provider, or has been.
    pub returned: u64,
}

/// Where an order of a payment stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderState {
    /// For the payment's money, or to be carried out.
    Waiting,
    /// The economy has it.
    Paid,
    /// It could not be carried out, for this code.
    GivenUp(String),
}

/// Money that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// The provider's id of it.
    pub id: String,
    /// The provider's id of the report.
    pub event: String,
    /// How much.
    pub fen: u64,
    /// The account that it came from.
    pub payer_account: Option<Reference>,
    /// What it does.
    pub role: Role,
    /// What is being given back of it as a whole at the provider, or has been.
    pub returned: u64,
    /// When it arrived, by the provider's clock.
    pub at: Instant,
}

/// What a charge does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// It pays the orders.
    Pays,
    /// It is not what was to be charged, and is due back.
    WrongAmount,
    /// The payment needed no more money, and it is due back.
    PaidTwice,
}

impl Payment {
    /// Whether its money is there, or was never needed.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        matches!(self.stage, Stage::Arrived | Stage::CarriedOut | Stage::GivingBack)
    }

    /// The charge that pays the orders, once it is there; what is given back of orders is given back of it.
    #[must_use]
    pub fn charge(&self) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.role == Role::Pays)
    }

    /// One of its orders.
    #[must_use]
    pub fn order(&self, order: &str) -> Option<&PaidOrder> {
        self.orders.iter().find(|one| one.planned.order() == order)
    }

    /// The orders that are to be carried out now, in the order in which they are to be.
    pub fn to_carry_out(&self) -> impl Iterator<Item = &PaidOrder> {
        let is_paid = self.stage == Stage::Arrived;
        self.orders.iter().filter(move |order| is_paid && order.state == OrderState::Waiting)
    }

    /// What a charge of this amount would do.
    pub(super) fn role_of(&self, fen: u64) -> Role {
        match (self.is_paid(), fen == self.fen) {
            (true, _) => Role::PaidTwice,
            (false, true) => Role::Pays,
            (false, false) => Role::WrongAmount,
        }
    }

    /// Where it stands once the money is there, by what has become of its orders.
    pub(super) fn stage_by_orders(&self) -> Stage {
        let is = |wanted: fn(&OrderState) -> bool| self.orders.iter().any(|order| wanted(&order.state));
        if is(|state| *state == OrderState::Waiting) {
            Stage::Arrived
        } else if is(|state| *state == OrderState::Paid) {
            Stage::CarriedOut
        } else {
            Stage::GivingBack
        }
    }

    /// Whether this order is paid by it, or will be when it is carried out.
    pub(super) fn holds(&self, order: &str) -> bool {
        let is_live = matches!(self.stage, Stage::Open | Stage::Arrived | Stage::CarriedOut);
        is_live && self.order(order).is_some_and(|one| !matches!(one.state, OrderState::GivenUp(_)))
    }
}
