//! Whether a payment can be opened: who pays, for which orders, and whether it is charged what they cost now.
//! Must not be added here: what happens once money is there.

use super::quote::Quote;
use super::{Checkout, Planned};
use crate::act::Actor;
use crate::money::{positive, yuan};
use crate::part::Scene;
use crate::planned::PlannedOrder;
use crate::refusal::{Code, Refusal};
use crate::text::id;
use linli_economy::Economy;
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::member::Member;
use std::collections::BTreeSet;

/// Orders that one payment can be for.
pub const MOST_ORDERS: usize = 20;

/// What is to be opened.
pub struct Opening<'a> {
    pub payment: &'a str,
    pub payer: Option<&'a str>,
    pub orders: &'a [Planned],
}

impl Checkout {
    /// Orders that other parts list, as they would be paid now by their buyer, one after the other.
    ///
    /// # Errors
    /// `order_not_listed`, `not_yours`.
    pub fn quote(scene: &Scene<'_>, payer: &str, orders: &[String]) -> Result<Vec<Planned>, Refusal> {
        let mut quote = Quote::new(scene.economy, scene.economy.member_id(payer), scene.now);
        let quoted = orders.iter().map(|order| {
            let planned = listed(scene, order)?;
            check_buyer(order, &planned, Some(payer))?;
            let fen = cost(&mut quote, &planned);
            Ok(Planned::Listed { order: order.clone(), planned, fen })
        });
        quoted.collect()
    }

    pub(super) fn check_open(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        opening: &Opening<'_>,
    ) -> Result<(), Refusal> {
        let Opening { payment, payer, orders } = *opening;
        id(payment)?;
        if self.payments.contains_key(payment) {
            return Err(Refusal::new(Code::PaymentExists, format!("there is a payment {payment}")));
        }
        if !(1..=MOST_ORDERS).contains(&orders.len()) {
            let message = format!("a payment is for 1 to {MOST_ORDERS} orders, not for {}", orders.len());
            return Err(Refusal::new(Code::BadList, message));
        }
        let from_spend = orders.iter().any(|order| matches!(order, Planned::Store { from_spend: 1.., .. }));
        check_payer(by, payer, from_spend)?;
        let member = payer.map(|payer| find_member(scene.economy, payer)).transpose()?;
        check_once("order", Code::OrderTaken, orders.iter().map(Planned::order))?;
        check_once("code", Code::CodeUsed, orders.iter().filter_map(Planned::code))?;
        let mut quote =
            Quote::new(scene.economy, payer.and_then(|id| scene.economy.member_id(id)), scene.now);
        for order in orders {
            self.check_order(scene, payer, order, &mut quote)?;
        }
        check_sums(member, orders)
    }

    fn check_order(
        &self,
        scene: &Scene<'_>,
        payer: Option<&str>,
        planned: &Planned,
        quote: &mut Quote<'_>,
    ) -> Result<(), Refusal> {
        let order = planned.order();
        id(order)?;
        check_unpaid(scene.economy, order)?;
        if let Some(other) = self.payment_of(order)
            && self.payments[other].holds(order)
        {
            let message = format!("the payment {other} for the order {order} is under way");
            return Err(Refusal::new(Code::OrderTaken, message));
        }
        match planned {
            Planned::Store { store, amount, from_spend, code, .. } => {
                positive("an order", *amount)?;
                if from_spend > amount {
                    let (part, whole) = (yuan(*from_spend), yuan(*amount));
                    let message = format!("{part} from the spend balance is above the order's {whole}");
                    return Err(Refusal::new(Code::BadAmount, message));
                }
                check_store(scene.economy, store)?;
                code.as_ref().map_or(Ok(()), |code| self.check_code(scene, code, store, *amount))
            }
            Planned::Listed { planned, fen, .. } => {
                check_listed(scene, order, planned)?;
                check_buyer(order, planned, payer)?;
                if let PlannedOrder::Store { store, .. } = planned {
                    check_store(scene.economy, store)?;
                }
                check_cost(order, cost(quote, planned), *fen)
            }
        }
    }

    fn check_code(&self, scene: &Scene<'_>, code: &str, store: &str, amount: u64) -> Result<(), Refusal> {
        let known = self.known_code(code)?;
        if known.store != store || known.fen != amount {
            let message =
                format!("the code {code} collects {} for the store {}", yuan(known.fen), known.store);
            return Err(Refusal::new(Code::CodeDiffers, message));
        }
        known.check_free(code, None)?;
        if known.expires <= scene.now {
            let message = format!("the code {code} was valid until {}", known.expires);
            return Err(Refusal::new(Code::CodeExpired, message));
        }
        Ok(())
    }
}

/// A member pays for themself; what takes from a member's balance only that member starts.
fn check_payer(by: &Actor, payer: Option<&str>, from_spend: bool) -> Result<(), Refusal> {
    let own = matches!((by, payer), (Actor::Member(member), Some(payer)) if member == payer);
    match by {
        Actor::Provider => Err(Refusal::new(Code::WrongActor, "the provider opens no payment")),
        Actor::Member(_) if !own => Err(Refusal::new(Code::NotYours, "a member pays for themself")),
        Actor::Visitor if payer.is_some() => {
            Err(Refusal::new(Code::NotYours, "who does not say who they are pays for nobody else"))
        }
        _ if from_spend && !own => {
            Err(Refusal::new(Code::NotYours, "only the member pays from their spend balance"))
        }
        _ => Ok(()),
    }
}

/// Each id once.
fn check_once<'a>(what: &str, code: Code, ids: impl Iterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(Refusal::new(code, format!("the {what} {id} stands twice in the payment")));
        }
    }
    Ok(())
}

/// What all orders take together: from the spend balance what is there, and of a charge what an amount can be.
fn check_sums(member: Option<&Member>, orders: &[Planned]) -> Result<(), Refusal> {
    let spend_of = |order: &Planned| match order {
        Planned::Store { from_spend, .. } => u128::from(*from_spend),
        Planned::Listed { .. } => 0,
    };
    let from_spend: u128 = orders.iter().map(spend_of).sum();
    if let (Some(member), 1..) = (member, from_spend) {
        if member.suspended {
            let message = "a suspended member's spend balance does not pay";
            return Err(Refusal::new(Code::AccountSuspended, message));
        }
        if member.spend.unsigned() < from_spend {
            let message = format!("the spend balance of {} does not cover all orders", member.spend);
            return Err(Refusal::new(Code::InsufficientFunds, message));
        }
    }
    let charge: u128 = orders.iter().map(|order| u128::from(order.fen())).sum();
    if charge > u128::from(AMOUNT_LIMIT_FEN) {
        let message = format!("a payment is of {} at most", yuan(AMOUNT_LIMIT_FEN));
        return Err(Refusal::new(Code::BadAmount, message));
    }
    Ok(())
}

fn find_member<'e>(economy: &'e Economy, member: &str) -> Result<&'e Member, Refusal> {
    let found = economy.member_id(member).map(|id| &economy.state().members()[id.index()]);
    found.ok_or_else(|| Refusal::new(Code::UnknownMember, format!("there is no member {member}")))
}

/// A store that takes orders.
pub fn check_store(economy: &Economy, store: &str) -> Result<(), Refusal> {
    match economy.store_id(store) {
        None => Err(Refusal::new(Code::UnknownStore, format!("there is no store {store}"))),
        Some(id) if economy.state().stores()[id.index()].closed => {
            Err(Refusal::new(Code::StoreClosed, format!("the store {store} is closed")))
        }
        Some(_) => Ok(()),
    }
}

/// An order that the economy does not have: a second `pay` of the same content would be answered like the first, and
/// its money would pay for nothing.
pub fn check_unpaid(economy: &Economy, order: &str) -> Result<(), Refusal> {
    if economy.order_id(order).is_some() {
        return Err(Refusal::new(Code::OrderExists, format!("the order {order} has been paid")));
    }
    Ok(())
}

fn listed(scene: &Scene<'_>, order: &str) -> Result<PlannedOrder, Refusal> {
    let found = scene.platform.planned(order);
    found.ok_or_else(|| Refusal::new(Code::OrderNotListed, format!("nothing lists an order {order} to pay")))
}

/// Whether the order is still what was to be paid.
pub fn check_listed(scene: &Scene<'_>, order: &str, planned: &PlannedOrder) -> Result<(), Refusal> {
    if listed(scene, order)? != *planned {
        let message = format!("the order {order} is not what it was when its amount was shown");
        return Err(Refusal::new(Code::OrderChanged, message));
    }
    Ok(())
}

fn check_buyer(order: &str, planned: &PlannedOrder, payer: Option<&str>) -> Result<(), Refusal> {
    if payer != Some(planned.member()) {
        return Err(Refusal::new(Code::NotYours, format!("the order {order} is paid by who ordered it")));
    }
    Ok(())
}

/// What an order that is listed costs in cash, after those before it.
pub fn cost(quote: &mut Quote<'_>, planned: &PlannedOrder) -> u64 {
    match planned {
        PlannedOrder::Store { fen, .. } => *fen,
        PlannedOrder::Mall { list_total, .. } => quote.cash(*list_total),
    }
}

/// Whether it costs what it was to be charged.
pub fn check_cost(order: &str, now: u64, shown: u64) -> Result<(), Refusal> {
    if now != shown {
        let message = format!("the order {order} costs {} now, and {} was shown", yuan(now), yuan(shown));
        return Err(Refusal::new(Code::AmountChanged, message));
    }
    Ok(())
}
