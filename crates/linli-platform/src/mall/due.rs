//! What is due by itself: the acts that the service does because a time has come. Must not be added here: whether they
//! may be done, which is checked like any other act.

use super::carry::{self, Standing};
use super::delivery::OrderAct;
use super::order::{Order, OrderState};
use super::returning::{Restock, Return, ReturnState};
use super::returns::ReturnAct;
use super::{Mall, MallAct};
use linli_economy::Economy;
use linli_economy::time::Instant;

impl Mall {
    /// What the service is to do now, orders first, the longest overdue first; take as many as are wanted. What the
    /// economy has refused for now comes again: look past it, and try it later.
    /// Money that has come is noted before anything else: a supplier waits for it, and only its order is shipped.
    pub fn due<'m>(&'m self, economy: &'m Economy, now: Instant) -> impl Iterator<Item = MallAct> + 'm {
        let placed = self.orders.in_state(OrderState::Placed, u32::MAX).rev();
        let paid = placed.filter_map(|order| arrived(economy, order));
        let orders = self.orders.due(now).filter_map(|order| due_of_order(economy, order));
        let returns = self.returns.due(now).filter_map(|back| self.due_of_return(economy, back));
        paid.chain(orders).map(MallAct::Order).chain(returns)
    }

    /// What was settled or given back past the mall is noted first.
    fn due_of_return(&self, economy: &Economy, back: &Return) -> Option<MallAct> {
        let (_, order) = self.returned(&back.id);
        let standing = carry::standing(economy, order);
        if order.state == OrderState::Received && standing == Standing::GivenBack {
            return Some(MallAct::Order(given_back(order)));
        }
        let of = back.id.clone();
        let act = match (back.state, order.state, standing) {
            (ReturnState::Asked, ..) => ReturnAct::Escalate { of },
            (ReturnState::Agreed, ..) => ReturnAct::Withdraw { of },
            (ReturnState::SentBack, ..) => ReturnAct::Arrive { of, restock: Restock::No },
            (ReturnState::Arrived, OrderState::Received, Standing::Settled { .. }) => {
                return Some(MallAct::Order(OrderAct::Settle { order: order.id.clone() }));
            }
            (ReturnState::Arrived, ..) => ReturnAct::Refund { of },
            (
                ReturnState::Escalated
                | ReturnState::Refunded
                | ReturnState::Refused
                | ReturnState::Withdrawn,
                ..,
            ) => return None,
        };
        Some(MallAct::Return(act))
    }
}

fn due_of_order(economy: &Economy, order: &Order) -> Option<OrderAct> {
    let id = order.id.clone();
    match (order.state, carry::standing(economy, order)) {
        (OrderState::Settled | OrderState::Cancelled | OrderState::Lapsed, _) => None,
        (OrderState::Placed, Standing::Unpaid) => Some(OrderAct::Lapse { order: id }),
        // It is noted at once.
        (OrderState::Placed, _) => None,
        (_, Standing::GivenBack) => Some(given_back(order)),
        // Settled past the mall before it was shipped: only people can tell what is to become of it.
        (OrderState::Paid, Standing::Settled { .. }) => None,
        (OrderState::Paid, _) => Some(OrderAct::Cancel { order: id, sealed_reason: Vec::new() }),
        (OrderState::Shipped, _) => Some(OrderAct::Receive { order: id }),
        (OrderState::Received, _) => Some(OrderAct::Settle { order: id }),
    }
}

/// What is to be noted of an order whose money has come.
fn arrived(economy: &Economy, order: &Order) -> Option<OrderAct> {
    match carry::standing(economy, order) {
        Standing::Unpaid => None,
        Standing::GivenBack => Some(given_back(order)),
        Standing::Paid { .. } | Standing::Settled { .. } => confirmation(economy, order),
    }
}

fn given_back(order: &Order) -> OrderAct {
    OrderAct::Cancel { order: order.id.clone(), sealed_reason: Vec::new() }
}

/// The act by which the service notes that an order has its money; none while it has not.
#[must_use]
pub fn confirmation(economy: &Economy, order: &Order) -> Option<OrderAct> {
    let days = carry::days(economy, order)?;
    let (order, hold_days, refund_days) = (order.id.clone(), days.hold_days, days.refund_days);
    Some(OrderAct::Confirm { order, hold_days, refund_days })
}
