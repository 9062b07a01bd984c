//! An order on its way: confirmed, shipped, received, settled, or given back. What moves its money is carried out with
//! it. Must not be added here: returns; a wait that is not one of `days.rs` or of the plan.

mod check;

pub(super) use check::{check_money, check_parcel};

use super::days::{RECEIVE_DAYS, SHIP_DAYS, after_days};
use super::items::Item;
use super::order::{OrderState, Parcel};
use super::{Mall, product::Pieces};
use crate::part::Moment;
use linli_economy::plan::OrderDays;
use serde::{Deserialize, Serialize};

/// What is done with an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderAct {
    /// The service sees that the economy has its money.
    Confirm {
        /// Which.
        order: String,
        /// The days of the plan that it was paid under.
        hold_days: u32,
        /// As above.
        refund_days: u32,
    },
    /// The service frees its pieces: nobody paid in time.
    Lapse {
        /// Which.
        order: String,
    },
    /// The supplier has given it to a carrier.
    Ship {
        /// Which.
        order: String,
        /// Who carries it.
        carrier: String,
        /// The carrier's number of it.
        number: String,
    },
    /// The carrier or the number was wrong.
    Correct {
        /// Which.
        order: String,
        /// Who carries it.
        carrier: String,
        /// The carrier's number of it.
        number: String,
    },
    /// The member has it, or has had the time to say otherwise.
    Receive {
        /// Which.
        order: String,
    },
    /// It is given back whole, or given up before it was paid.
    Cancel {
        /// Which.
        order: String,
        /// Why, sealed; a member and the service need not say.
        sealed_reason: Vec<u8>,
    },
    /// It is final: everybody gets their part.
    Settle {
        /// Which.
        order: String,
    },
}

impl OrderAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Confirm { .. } => "confirm_mall_order",
            Self::Lapse { .. } => "lapse_mall_order",
            Self::Ship { .. } => "ship_mall_order",
            Self::Correct { .. } => "correct_shipment",
            Self::Receive { .. } => "receive_mall_order",
            Self::Cancel { .. } => "cancel_mall_order",
            Self::Settle { .. } => "settle_mall_order",
        }
    }

    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Confirm { order, .. }
            | Self::Lapse { order }
            | Self::Ship { order, .. }
            | Self::Correct { order, .. }
            | Self::Receive { order }
            | Self::Cancel { order, .. }
            | Self::Settle { order } => order,
        }
    }
}

impl Mall {
    pub(super) fn apply_order(&mut self, moment: &Moment<'_>, act: &OrderAct) {
        let (id, now) = (act.subject(), moment.now);
        match act {
            OrderAct::Confirm { hold_days, refund_days, .. } => self.orders.change(id, |order| {
                order.days = Some(OrderDays { hold_days: *hold_days, refund_days: *refund_days });
                order.go(OrderState::Paid, Some(after_days(now, SHIP_DAYS)));
            }),
            OrderAct::Lapse { .. } => {
                self.free_pieces(id);
                self.orders.change(id, |order| order.go(OrderState::Lapsed, None));
            }
            OrderAct::Ship { carrier, number, .. } => {
                self.move_items(id, |pieces, count| {
                    pieces.reserved = pieces.reserved.checked_sub(count).expect("reserved for this order");
                    pieces.sold += count;
                });
                self.orders.change(id, |order| {
                    order.parcels.push(Parcel { carrier: carrier.clone(), number: number.clone(), at: now });
                    order.go(OrderState::Shipped, Some(after_days(now, RECEIVE_DAYS)));
                });
            }
            OrderAct::Correct { carrier, number, .. } => self.orders.change(id, |order| {
                order.parcels.push(Parcel { carrier: carrier.clone(), number: number.clone(), at: now });
            }),
            OrderAct::Receive { .. } => self.orders.change(id, |order| {
                order.received_at = Some(now);
                let hold_days = order.days().hold_days;
                order.go(OrderState::Received, Some(after_days(now, hold_days)));
            }),
            OrderAct::Cancel { sealed_reason, .. } => self.close_order(id, sealed_reason),
            OrderAct::Settle { .. } => {
                self.orders.change(id, |order| order.go(OrderState::Settled, None));
                self.refund_arrived(id, now);
            }
        }
    }

    /// An order is given back: what was not shipped is free again, and its returns end with it.
    pub(super) fn close_order(&mut self, id: &str, sealed_reason: &[u8]) {
        let state = self.orders.get(id).expect("checked: the order is there").state;
        if matches!(state, OrderState::Placed | OrderState::Paid) {
            self.free_pieces(id);
        }
        self.orders.change(id, |order| {
            order.sealed_reason = sealed_reason.to_vec();
            order.go(OrderState::Cancelled, None);
        });
        self.close_returns(id);
    }

    fn free_pieces(&mut self, id: &str) {
        self.move_items(id, |pieces, count| {
            pieces.reserved = pieces.reserved.checked_sub(count).expect("reserved for this order");
            pieces.free += count;
        });
    }

    fn move_items(&mut self, id: &str, change: impl Fn(&mut Pieces, u64)) {
        let order = self.orders.get(id).expect("checked: the order is there");
        for Item { product, variant, count, .. } in &order.items {
            self.products.move_pieces(product, variant, |pieces| change(pieces, u64::from(*count)));
        }
    }
}
