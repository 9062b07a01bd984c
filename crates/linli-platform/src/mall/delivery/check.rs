//! Whether something may be done with an order, and what is carried out with it. Must not be added here: a change.

use super::OrderAct;
use crate::act::Actor;
use crate::mall::Mall;
use crate::mall::carry::{self, Standing};
use crate::mall::order::{Order, OrderState, too_early};
use crate::mall::role::{Role, forbidden};
use crate::part::{Carried, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{Length, plain, sealed, sealed_or_none};
use linli_economy::plan::OrderDays;

const CARRIER: Length = Length { what: "a carrier's name", least: 1, most: 40 };
const NUMBER: Length = Length { what: "the number of a parcel", least: 4, most: 40 };
/// How often what was said of a shipment can be corrected.
const MOST_CORRECTIONS: usize = 5;

impl Mall {
    pub(in crate::mall) fn known_order(&self, order: &str) -> Result<&Order, Refusal> {
        let unknown = || Refusal::new(Code::UnknownMallOrder, format!("there is no order {order}"));
        self.orders.get(order).ok_or_else(unknown)
    }

    pub(in crate::mall) fn check_order(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        act: &OrderAct,
    ) -> Result<Carried, Refusal> {
        let order = self.known_order(act.subject())?;
        let standing = carry::standing(scene.economy, order);
        match act {
            OrderAct::Confirm { hold_days, refund_days, .. } => {
                self.service_only(by)?;
                order.check_state(&[OrderState::Placed])?;
                check_money(order, standing)?;
                let days = OrderDays { hold_days: *hold_days, refund_days: *refund_days };
                check_days(order, days, carry::days(scene.economy, order)).map(|()| None)
            }
            OrderAct::Lapse { .. } => {
                self.service_only(by)?;
                order.check_state(&[OrderState::Placed])?;
                order.check_due(scene.now)?;
                if standing == Standing::Unpaid {
                    return Ok(None);
                }
                Err(Refusal::new(Code::MallOrderPaid, format!("the order {} was paid in time", order.id)))
            }
            OrderAct::Ship { carrier, number, .. } => {
                self.desk_only(by, &order.supplier)?;
                check_parcel(carrier, number)?;
                order.check_state(&[OrderState::Paid])?;
                check_money(order, standing).map(|()| None)
            }
            OrderAct::Correct { carrier, number, .. } => {
                self.desk_only(by, &order.supplier)?;
                check_parcel(carrier, number)?;
                order.check_state(&[OrderState::Shipped])?;
                if order.parcels.len() <= MOST_CORRECTIONS {
                    return Ok(None);
                }
                let message = format!("a shipment is corrected at most {MOST_CORRECTIONS} times");
                Err(Refusal::new(Code::TooManyCorrections, message))
            }
            OrderAct::Receive { .. } => {
                let is_service = self.role(by) == Role::Service;
                if !is_service {
                    self.member_only(by, &order.member)?;
                }
                order.check_state(&[OrderState::Shipped])?;
                if is_service { order.check_due(scene.now).map(|()| None) } else { Ok(None) }
            }
            OrderAct::Cancel { sealed_reason, .. } => {
                self.check_cancel(scene, by, order, standing, sealed_reason)
            }
            OrderAct::Settle { .. } => {
                self.service_only(by)?;
                order.check_state(&[OrderState::Received])?;
                self.check_settle(scene, order, standing)
            }
        }
    }

    /// The member until it is shipped, the supplier and the platform until it is received, the service where it was
    /// not shipped in time; and the service notes what was given back past the mall.
    fn check_cancel(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        order: &Order,
        standing: Standing,
        sealed_reason: &[u8],
    ) -> Result<Carried, Refusal> {
        use OrderState::{Paid, Placed, Received, Shipped};
        match self.role(by) {
            Role::Member(member) if member == order.member => {
                sealed_or_none("a reason", sealed_reason)?;
                order.check_state(&[Placed, Paid])?;
            }
            Role::Supplier(supplier) if supplier == order.supplier => {
                sealed("a reason", sealed_reason)?;
                order.check_state(&[Placed, Paid, Shipped])?;
            }
            Role::Operator => {
                sealed("a reason", sealed_reason)?;
                order.check_state(&[Placed, Paid, Shipped])?;
            }
            Role::Service if standing == Standing::GivenBack => {
                order.check_state(&[Placed, Paid, Shipped, Received])?;
            }
            Role::Service => {
                order.check_state(&[Paid])?;
                order.check_due(scene.now)?;
            }
            _ => return Err(forbidden(by, "the member or the supplier whose it is")),
        }
        match standing {
            Standing::Unpaid | Standing::GivenBack => Ok(None),
            Standing::Paid { cash } => Ok(Some(carry::cancel(&order.id, cash))),
            Standing::Settled { .. } => {
                let message = format!("the order {} has been settled: it is refunded by a return", order.id);
                Err(Refusal::new(Code::MallOrderSettled, message))
            }
        }
    }

    fn check_settle(&self, scene: &Scene<'_>, order: &Order, standing: Standing) -> Result<Carried, Refusal> {
        match standing {
            // Somebody has settled it past the mall: that is only noted.
            Standing::Settled { .. } => Ok(None),
            Standing::Unpaid | Standing::GivenBack => check_money(order, standing).map(|()| None),
            Standing::Paid { .. } => match self.final_at(&order.id) {
                None => {
                    let message =
                        format!("the order {} is not final while goods are on their way back", order.id);
                    Err(Refusal::new(Code::ReturnOpen, message))
                }
                Some(at) if at > scene.now => {
                    Err(too_early(&format!("the order {}", order.id), Some(at), scene.now))
                }
                Some(_) => Ok(Some(carry::settle(&order.id))),
            },
        }
    }
}

/// Whether the economy has the order's money, or everybody has their part of it.
pub fn check_money(order: &Order, standing: Standing) -> Result<(), Refusal> {
    let what = match standing {
        Standing::Paid { .. } | Standing::Settled { .. } => return Ok(()),
        Standing::Unpaid => "was not paid",
        Standing::GivenBack => "was given back",
    };
    Err(Refusal::new(Code::MallOrderUnpaid, format!("the order {} {what}", order.id)))
}

fn check_days(order: &Order, said: OrderDays, paid_under: Option<OrderDays>) -> Result<(), Refusal> {
    let days = paid_under.expect("an order with money has a plan");
    if said == days {
        return Ok(());
    }
    let message = format!(
        "the plan of the order {} holds {} and refunds {} days, and this says {} and {}",
        order.id, days.hold_days, days.refund_days, said.hold_days, said.refund_days
    );
    Err(Refusal::new(Code::MallTermsDiffer, message))
}

/// A carrier and a number that can be looked up.
pub fn check_parcel(carrier: &str, number: &str) -> Result<(), Refusal> {
    plain(&CARRIER, carrier)?;
    plain(&NUMBER, number)
}
