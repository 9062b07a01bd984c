//! What the economy says of an order's money, and the commands that move it. The economy's word is the truth: an order
//! that somebody has paid or given back past the mall is paid or given back. Must not be added here: a state of the mall.

use super::Mall;
use super::order::{Order, OrderState};
use linli_economy::Economy;
use linli_economy::command::{AmountText, Command, Id};
use linli_economy::order::Phase;
use linli_economy::plan::OrderDays;
use linli_economy::time::Instant;
use linli_economy::units::Fen;
use std::borrow::Cow;

/// What `pay_mall` is to say of an order that waits for its payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned<'m> {
    /// Who buys.
    pub member: &'m str,
    /// From whom.
    pub supplier: &'m str,
    /// L: list prices and freight.
    pub list_total_fen: u64,
    /// What the supplier gets, freight included.
    pub cost_fen: u64,
    /// From when on the pieces may be free again.
    pub until: Option<Instant>,
}

/// Where an order's money is. Amounts in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The economy has no such order, or another one under its id.
    Unpaid,
    /// In `order:{id}`.
    Paid {
        /// X, all of it cash.
        cash: u64,
    },
    /// With everybody whose part it is.
    Settled {
        /// X.
        cash: u64,
        /// What of X was refunded.
        refunded: u64,
    },
    /// With the member again, all of it.
    GivenBack,
}

impl Mall {
    /// What an order that can be paid is to be paid with; none where it has lapsed, was given up or is paid already.
    #[must_use]
    pub fn planned(&self, order: &str) -> Option<Planned<'_>> {
        let order = self.orders.get(order).filter(|order| order.state == OrderState::Placed)?;
        Some(Planned {
            member: &order.member,
            supplier: &order.supplier,
            list_total_fen: order.list_total_fen(),
            cost_fen: order.cost_fen(),
            until: order.until,
        })
    }
}

/// The order as the economy has it, if it is the one that was planned.
fn paid<'e>(economy: &'e Economy, order: &Order) -> Option<&'e linli_economy::order::Order> {
    let state = economy.state();
    let paid = &state.orders()[economy.order_id(&order.id)?.index()];
    let mall = state.mall_part(paid)?;
    let is_planned = economy.member_name(paid.member?) == order.member
        && economy.supplier_name(mall.supplier) == order.supplier
        && mall.cost == order.cost_fen()
        && paid.paid + mall.used() == order.list_total_fen();
    is_planned.then_some(paid)
}

/// Where the money of an order is.
pub fn standing(economy: &Economy, order: &Order) -> Standing {
    let Some(paid) = paid(economy, order) else { return Standing::Unpaid };
    match paid.phase {
        Phase::Paid => Standing::Paid { cash: paid.left() },
        Phase::GivenBack => Standing::GivenBack,
        Phase::Settled | Phase::SettledInOne if paid.refunded == paid.left() => Standing::GivenBack,
        Phase::Settled | Phase::SettledInOne => {
            Standing::Settled { cash: paid.left(), refunded: paid.refunded }
        }
    }
}

/// The days of the plan that an order was paid under.
pub fn days(economy: &Economy, order: &Order) -> Option<OrderDays> {
    paid(economy, order).map(|paid| economy.state().plan_at(paid.terms.plan).order)
}

/// Gives an order back whole. The cancellation has the order's id: there is only one.
pub fn cancel(order: &str, cash: u64) -> Command<'static> {
    Command::Cancel { cancel: id(order), order: id(order), amount: amount(cash) }
}

/// Refunds part of a settled order, under the id of its return.
pub fn refund(by: &str, order: &str, fen: u64) -> Command<'static> {
    Command::Refund { refund: id(by), order: id(order), amount: amount(fen) }
}

/// Settles an order.
pub fn settle(order: &str) -> Command<'static> {
    Command::SettleMall { order: id(order) }
}

fn id(text: &str) -> Id<'static> {
    Id::new(Cow::Owned(text.to_owned())).expect("ids here have no colon and at most 64 characters")
}

fn amount(fen: u64) -> AmountText<'static> {
    AmountText::new(Cow::Owned(Fen::from(fen).to_string())).expect("digits with a point")
}
