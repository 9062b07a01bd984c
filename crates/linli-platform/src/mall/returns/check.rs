//! Whether something may be done with a return. Must not be added here: a change.

use super::ReturnAct;
use crate::act::Actor;
use crate::mall::Mall;
use crate::mall::carry::standing;
use crate::mall::days::after_days;
use crate::mall::delivery::{check_money, check_parcel};
use crate::mall::items::Part;
use crate::mall::order::{Order, OrderState, too_early};
use crate::mall::returning::{Goods, Restock, Return, ReturnState};
use crate::mall::role::{Role, forbidden};
use crate::part::{Carried, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{id, sealed, sealed_or_none};
use linli_economy::time::Instant;
use std::collections::BTreeSet;

const MOST_RETURNS: usize = 10;
const MOST_PICTURES: usize = 9;

impl Mall {
    pub(in crate::mall) fn check_return(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        act: &ReturnAct,
    ) -> Result<Carried, Refusal> {
        if let ReturnAct::Ask { of, order, parts, sealed_text, pictures, .. } = act {
            let order = self.known_order(order)?;
            self.member_only(by, &order.member)?;
            id(of)?;
            sealed_or_none("a text", sealed_text)?;
            check_pictures(pictures)?;
            return self.check_ask(scene, of, order, parts).map(|()| None);
        }
        let back = self.known_return(act.subject())?;
        match act {
            ReturnAct::Refund { .. } => return self.check_refund(scene, by, back),
            ReturnAct::Ask { .. } => {}
            ReturnAct::Escalate { .. } => {
                self.service_only(by)?;
                back.check_state(&[ReturnState::Asked])?;
                back.check_due(scene.now)?;
            }
            ReturnAct::Agree { goods, sealed_address, .. } => {
                self.check_answer(by, back, scene.now, &[ReturnState::Asked, ReturnState::Escalated])?;
                match goods {
                    Goods::Back => sealed("an address", sealed_address)?,
                    Goods::Kept if sealed_address.is_empty() => {}
                    Goods::Kept => return Err(bad("goods that are kept go to no address")),
                }
            }
            ReturnAct::Refuse { sealed_reason, .. } => {
                sealed("a reason", sealed_reason)?;
                let states = [ReturnState::Asked, ReturnState::Escalated, ReturnState::SentBack];
                self.check_answer(by, back, scene.now, &states)?;
            }
            ReturnAct::Appeal { .. } => self.check_appeal(by, back, scene.now)?,
            ReturnAct::Withdraw { .. } => self.check_withdraw(by, back, scene.now)?,
            ReturnAct::SendBack { carrier, number, .. } => {
                self.member_only(by, &back.member)?;
                check_parcel(carrier, number)?;
                back.check_state(&[ReturnState::Agreed])?;
            }
            ReturnAct::Arrive { restock, .. } => self.check_arrive(by, back, *restock, scene.now)?,
        }
        Ok(None)
    }

    fn known_return(&self, of: &str) -> Result<&Return, Refusal> {
        let unknown = || Refusal::new(Code::UnknownReturn, format!("there is no return {of}"));
        self.returns.get(of).ok_or_else(unknown)
    }

    fn check_ask(&self, scene: &Scene<'_>, of: &str, order: &Order, parts: &[Part]) -> Result<(), Refusal> {
        if self.returns.get(of).is_some() {
            return Err(Refusal::new(Code::ReturnExists, format!("there is a return {of}")));
        }
        order.check_state(&[OrderState::Received, OrderState::Settled])?;
        check_money(order, standing(scene.economy, order))?;
        let received_at = order.received_at.expect("an order that was received");
        let last = after_days(received_at, order.days().refund_days);
        if scene.now > last {
            let message =
                format!("the order {} could be returned until {last}, and now it is {}", order.id, scene.now);
            return Err(Refusal::new(Code::MallTooLate, message));
        }
        let count = order.returns.len();
        if count >= MOST_RETURNS || !self.returns.has_room(1) {
            let message = format!("an order has at most {MOST_RETURNS} returns, and this {count}");
            return Err(Refusal::new(Code::TooManyReturns, message));
        }
        check_parts(order, parts)?;
        self.check_pieces(order, parts)
    }

    /// Whether so many pieces are in no other return.
    fn check_pieces(&self, order: &Order, parts: &[Part]) -> Result<(), Refusal> {
        parts.iter().try_for_each(|part| {
            let left = order.items[part.item].count - self.held(order, part.item);
            if part.count <= left {
                return Ok(());
            }
            let Part { item, count } = part;
            let message = format!("{count} pieces of item {item} to return, and {left} that can be");
            Err(Refusal::new(Code::ReturnTooMuch, message))
        })
    }

    /// The supplier while there is time, the platform at any time.
    fn check_answer(
        &self,
        by: &Actor,
        back: &Return,
        now: Instant,
        states: &[ReturnState],
    ) -> Result<(), Refusal> {
        match self.role(by) {
            Role::Operator => back.check_state(states),
            Role::Supplier(supplier) if supplier == back.supplier => {
                back.check_state(&[ReturnState::Asked])?;
                match back.until {
                    Some(until) if until <= now => {
                        let message = format!("the supplier had until {until}, now the platform decides");
                        Err(Refusal::new(Code::MallTooLate, message))
                    }
                    _ => Ok(()),
                }
            }
            _ => Err(forbidden(by, "the supplier whose it is")),
        }
    }

    fn check_appeal(&self, by: &Actor, back: &Return, now: Instant) -> Result<(), Refusal> {
        self.member_only(by, &back.member)?;
        back.check_state(&[ReturnState::Refused])?;
        let Some(until) = back.appeal_until else {
            let message = format!("the platform has decided the return {}", back.id);
            return Err(Refusal::new(Code::ReturnDecided, message));
        };
        if until <= now {
            let message = format!("it could be appealed until {until}, and now it is {now}");
            return Err(Refusal::new(Code::MallTooLate, message));
        }
        let order = self.known_order(&back.order)?;
        order.check_state(&[OrderState::Received, OrderState::Settled])?;
        self.check_pieces(order, &back.parts)
    }

    fn check_withdraw(&self, by: &Actor, back: &Return, now: Instant) -> Result<(), Refusal> {
        if self.role(by) == Role::Service {
            back.check_state(&[ReturnState::Agreed])?;
            return back.check_due(now);
        }
        self.member_only(by, &back.member)?;
        back.check_state(&[ReturnState::Asked, ReturnState::Escalated, ReturnState::Agreed])
    }

    fn check_arrive(&self, by: &Actor, back: &Return, restock: Restock, now: Instant) -> Result<(), Refusal> {
        let is_service = self.role(by) == Role::Service;
        if !is_service {
            self.desk_only(by, &back.supplier)?;
        }
        back.check_state(&[ReturnState::SentBack])?;
        match (is_service, restock) {
            (false, _) => Ok(()),
            (true, Restock::No) => back.check_due(now),
            (true, Restock::Yes) => Err(bad("goods that nobody has looked at are not sold again")),
        }
    }
}

impl Return {
    fn check_due(&self, now: Instant) -> Result<(), Refusal> {
        match self.until {
            Some(until) if until <= now => Ok(()),
            until => Err(too_early(&format!("the return {}", self.id), until, now)),
        }
    }
}

fn check_pictures(pictures: &[String]) -> Result<(), Refusal> {
    if pictures.len() > MOST_PICTURES {
        return Err(bad(&format!(
            "a return has at most {MOST_PICTURES} pictures, and this {}",
            pictures.len()
        )));
    }
    pictures.iter().try_for_each(|picture| id(picture))
}

fn check_parts(order: &Order, parts: &[Part]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let is_fit = |part: &Part| part.count > 0 && part.item < order.items.len() && seen.insert(part.item);
    if !parts.is_empty() && parts.iter().all(is_fit) {
        return Ok(());
    }
    Err(bad(&format!(
        "a return has some of the order's {} items, each once, one piece at least",
        order.items.len()
    )))
}

fn bad(why: &str) -> Refusal {
    Refusal::new(Code::BadReturn, why)
}
