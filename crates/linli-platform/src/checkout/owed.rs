//! What is due back at the provider, and what was asked of it. Of an order it follows from the economy's order at any
//! time, so that all returns together are what was posted to `external:payments` for it. Must not be added here: who
//! decides to give back.

use super::check::check_service;
use super::{Checkout, OrderState, PaidOrder, Payment, Role};
use crate::act::Actor;
use crate::money::yuan;
use crate::part::Scene;
use crate::refusal::{Code, Refusal};
use crate::text::id;
use linli_economy::Economy;
use linli_economy::order::{Order, pro_rata};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// What of a payment is given back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Source {
    /// A part of the charge that pays the orders, for this order.
    Order(String),
    /// This charge as a whole, which pays nothing.
    Charge(String),
}

/// Money to be given back at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueBack {
    /// The payment.
    pub payment: String,
    /// What of it.
    pub source: Source,
    /// The provider's id of the charge that it is given back of.
    pub charge: String,
    /// How much.
    pub fen: u64,
    /// Why.
    pub cause: Cause,
}

/// Why money is due back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It is not what was to be charged.
    WrongAmount,
    /// The payment needed no more money.
    PaidTwice,
    /// The order could not be carried out, for this code.
    GivenUp(String),
    /// The order was cancelled or refunded, wholly or in part.
    GivenBack,
}

/// What the provider is asked to give back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// The payment.
    pub payment: String,
    /// What of it.
    pub source: Source,
    /// How much.
    pub fen: u64,
    /// Where it stands.
    pub state: ReturnState,
}

/// Where a return stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReturnState {
    /// The provider is asked.
    Begun,
    /// The money is back, since this time by the provider's clock.
    Done(Instant),
    /// It could not be given back, and is due again.
    Failed,
}

impl Checkout {
    /// What is due back of a payment and not yet asked for, by source.
    #[must_use]
    pub fn due_back_of(&self, economy: &Economy, payment: &str) -> Vec<DueBack> {
        let Some(known) = self.payments.get(payment) else { return Vec::new() };
        let orders = known.orders.iter().map(|order| Source::Order(order.planned.order().to_owned()));
        let charges = known.charges.iter().map(|charge| Source::Charge(charge.id.clone()));
        orders.chain(charges).filter_map(|source| self.due_of(economy, payment, source)).collect()
    }

    /// The sum of what is due back of a payment and not yet asked for.
    #[must_use]
    pub fn owed_back(&self, economy: &Economy, payment: &str) -> u64 {
        self.due_back_of(economy, payment).iter().map(|due| due.fen).sum()
    }

    /// What is due back of one source, if anything is.
    pub(super) fn due_of(&self, economy: &Economy, payment: &str, source: Source) -> Option<DueBack> {
        let known = self.payments.get(payment)?;
        let (charge, owed, returned, cause) = match &source {
            Source::Order(order) => {
                let of = known.order(order)?;
                let (owed, cause) = owed_of_order(economy, of)?;
                (known.charge()?.id.clone(), owed, of.returned, cause)
            }
            Source::Charge(charge) => owed_of_charge(known, charge)?,
        };
        let fen = owed - returned;
        (fen > 0).then(|| DueBack { payment: payment.to_owned(), source, charge, fen, cause })
    }

    pub(super) fn check_begun(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        (new, payment, source, fen): (&str, &str, &Source, u64),
    ) -> Result<(), Refusal> {
        check_service(by)?;
        id(new)?;
        if self.returns.contains_key(new) {
            return Err(Refusal::new(Code::ReturnExists, format!("there is a return {new}")));
        }
        if !self.payments.contains_key(payment) {
            return Err(Refusal::new(Code::UnknownPayment, format!("there is no payment {payment}")));
        }
        let Some(due) = self.due_of(scene.economy, payment, source.clone()) else {
            return Err(Refusal::new(Code::NothingDue, format!("nothing is due back of {payment} for this")));
        };
        if due.fen != fen {
            let message = format!("{} is due back, and {} is asked for", yuan(due.fen), yuan(fen));
            return Err(Refusal::new(Code::ReturnDiffers, message));
        }
        Ok(())
    }

    /// The provider may report an end twice; an end that contradicts the first one is for people to look at.
    pub(super) fn check_return_ended(&self, by: &Actor, id: &str, is_done: bool) -> Result<(), Refusal> {
        if !matches!(by, Actor::Provider | Actor::Service | Actor::Machine) {
            return Err(Refusal::new(Code::WrongActor, "only the provider reports what became of a return"));
        }
        let Some(known) = self.returns.get(id) else {
            return Err(Refusal::new(Code::UnknownReturn, format!("there is no return {id}")));
        };
        let code = match (known.state, is_done) {
            (ReturnState::Begun, _) => return Ok(()),
            (ReturnState::Done(_), true) | (ReturnState::Failed, false) => Code::EventKnown,
            (ReturnState::Done(_), false) | (ReturnState::Failed, true) => Code::ReturnEnded,
        };
        Err(Refusal::new(code, format!("the return {id} has ended: {:?}", known.state)))
    }
}

/// What goes back of an order in all, and why: nothing while it waits.
fn owed_of_order(economy: &Economy, of: &PaidOrder) -> Option<(u64, Cause)> {
    match &of.state {
        OrderState::Waiting => None,
        OrderState::GivenUp(code) => Some((of.planned.fen(), Cause::GivenUp(code.clone()))),
        OrderState::Paid => {
            let id = economy.order_id(of.planned.order()).expect("carried out: the economy has the order");
            Some((given_back(&economy.state().orders()[id.index()]), Cause::GivenBack))
        }
    }
}

/// What was posted to `external:payments` for an order: its cancels and refunds less what went pro rata to the spend
/// balance. Of 10.00 with 4.00 from the spend balance, a cancel of 5.00 gives back 2.00 there and 3.00 here.
#[must_use]
pub fn given_back(order: &Order) -> u64 {
    let cancelled = order.cancelled - pro_rata(order.from_spend, order.cancelled, order.paid);
    let refunded = order.refunded - pro_rata(order.spend_left(), order.refunded, order.left());
    cancelled + refunded
}

fn owed_of_charge(payment: &Payment, charge: &str) -> Option<(String, u64, u64, Cause)> {
    let found = payment.charges.iter().find(|one| one.id == charge)?;
    let cause = match found.role {
        Role::Pays => return None,
        Role::WrongAmount => Cause::WrongAmount,
        Role::PaidTwice => Cause::PaidTwice,
    };
    Some((found.id.clone(), found.fen, found.returned, cause))
}
