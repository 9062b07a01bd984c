//! Whether an act about refunds may be done, and which command goes with it. Must not be added here: a change.

use super::left::{check_amount, find, give_back};
use super::{Answer, Bought, Origin, RefundAct, Refunds, Request, Seller, Side, Stage};
use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{id, sealed};
use linli_economy::Economy;
use linli_economy::order::Order;

/// Requests that a member may make for one order.
const MOST_REQUESTS: usize = 20;

impl Part for Refunds {
    type Act = RefundAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &RefundAct) -> Result<Carried, Refusal> {
        match act {
            RefundAct::Ask { id, bought, fen, sealed_reason } => {
                self.check_new(id, sealed_reason)?;
                self.check_ask(scene, by, bought, *fen)?;
                Ok(None)
            }
            RefundAct::Offer { id, bought, fen, side, sealed_reason } => {
                self.check_new(id, sealed_reason)?;
                let order = check_bought(scene.economy, bought)?;
                check_side(scene.economy, by, *side, bought)?;
                check_amount(&bought.order, order, *fen)?;
                Ok(Some(give_back(id, &bought.order, order, *fen)))
            }
            RefundAct::Answer { id, side, answer } => self.check_answer(scene, by, (id, *side, answer)),
            RefundAct::Appeal { id, sealed_reason } => {
                self.check_appeal(scene, by, id, sealed_reason)?;
                Ok(None)
            }
            RefundAct::Withdraw { id } => {
                let request = self.known(id)?;
                check_member(by, &request.bought)?;
                check_open(scene, id, request)?;
                Ok(None)
            }
            RefundAct::Escalate { id } => {
                self.check_escalate(scene, by, id)?;
                Ok(None)
            }
        }
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &RefundAct) {
        self.do_act(moment, act);
    }

    fn figure(&self) -> u64 {
        self.digest()
    }
}

impl Refunds {
    fn known(&self, id: &str) -> Result<&Request, Refusal> {
        let found = self.requests.get(id);
        found.ok_or_else(|| Refusal::new(Code::UnknownRequest, format!("there is no request {id}")))
    }

    fn check_new(&self, new: &str, reason: &[u8]) -> Result<(), Refusal> {
        id(new)?;
        sealed("a reason", reason)?;
        if self.requests.contains_key(new) {
            return Err(Refusal::new(Code::RequestExists, format!("there is a request {new}")));
        }
        Ok(())
    }

    fn check_ask(&self, scene: &Scene<'_>, by: &Actor, bought: &Bought, fen: u64) -> Result<(), Refusal> {
        let order = check_bought(scene.economy, bought)?;
        check_member(by, bought)?;
        check_days(scene, &bought.order, order)?;
        self.check_none_open(&bought.order)?;
        let asked = self.of_order(&bought.order).filter(|(_, other)| other.origin == Origin::Asked).count();
        if asked >= MOST_REQUESTS {
            let message = format!("there were {asked} requests for the order {}", bought.order);
            return Err(Refusal::new(Code::TooManyRequests, message));
        }
        check_amount(&bought.order, order, fen)
    }

    fn check_none_open(&self, order: &str) -> Result<(), Refusal> {
        match self.open_of(order) {
            Some(open) => {
                let message = format!("the request {open} for the order {order} is open");
                Err(Refusal::new(Code::RequestOpen, message))
            }
            None => Ok(()),
        }
    }

    fn check_answer(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        (id, side, answer): (&str, Side, &Answer),
    ) -> Result<Carried, Refusal> {
        let request = self.known(id)?;
        let Request { bought, fen, .. } = request;
        let turn = check_open(scene, id, request)?;
        if turn != side {
            let message = format!("the request {id} is answered by {turn:?} now, not by {side:?}");
            return Err(Refusal::new(Code::NotYourTurn, message));
        }
        check_side(scene.economy, by, side, bought)?;
        match answer {
            Answer::Refuse { sealed_reason } => {
                sealed("a reason", sealed_reason)?;
                Ok(None)
            }
            Answer::Agree => {
                let order = find(scene.economy, &bought.order)?;
                check_amount(&bought.order, order, *fen)?;
                Ok(Some(give_back(id, &bought.order, order, *fen)))
            }
        }
    }

    fn check_appeal(&self, scene: &Scene<'_>, by: &Actor, id: &str, reason: &[u8]) -> Result<(), Refusal> {
        let request = self.known(id)?;
        check_member(by, &request.bought)?;
        sealed("a reason", reason)?;
        let Stage::Refused(until) = request.stage else {
            let message = format!("the seller has not refused the request {id}: it is {:?}", request.stage);
            return Err(Refusal::new(Code::RequestClosed, message));
        };
        if scene.now >= until {
            let message = format!("the refusal of {id} could be appealed until {until}");
            return Err(Refusal::new(Code::AppealLate, message));
        }
        self.check_none_open(&request.bought.order)
    }

    fn check_escalate(&self, scene: &Scene<'_>, by: &Actor, id: &str) -> Result<(), Refusal> {
        if !matches!(by, Actor::Service | Actor::Machine) {
            return Err(Refusal::new(Code::WrongActor, "only the service does this"));
        }
        match self.known(id)?.stage {
            Stage::AtSeller(until) if scene.now < until => {
                Err(Refusal::new(Code::NotDue, format!("the seller may answer {id} until {until}")))
            }
            Stage::AtSeller(_) => Ok(()),
            stage => {
                let message = format!("the request {id} does not wait for the seller: it is {stage:?}");
                Err(Refusal::new(Code::RequestClosed, message))
            }
        }
    }
}

/// Who answers an open request now.
fn check_open(scene: &Scene<'_>, id: &str, request: &Request) -> Result<Side, Refusal> {
    let turn = request.stage.turn(scene.now);
    turn.ok_or_else(|| {
        Refusal::new(Code::RequestClosed, format!("the request {id} is closed: it is {:?}", request.stage))
    })
}

/// The order, if it was bought and sold by those whom the act names.
fn check_bought<'e>(economy: &'e Economy, bought: &Bought) -> Result<&'e Order, Refusal> {
    if Bought::find(economy, &bought.order)? != *bought {
        let message = format!("the order {} has another buyer or another seller", bought.order);
        return Err(Refusal::new(Code::OrderChanged, message));
    }
    find(economy, &bought.order)
}

fn check_member(by: &Actor, bought: &Bought) -> Result<(), Refusal> {
    match (by, &bought.member) {
        (Actor::Member(member), Some(buyer)) if member == buyer => Ok(()),
        _ => Err(Refusal::new(Code::NotYours, format!("the order {} was bought by another", bought.order))),
    }
}

/// `order.refund_days` of the order's plan, counted from when it was paid, and anew from when it was settled.
fn check_days(scene: &Scene<'_>, id: &str, order: &Order) -> Result<(), Refusal> {
    let days = scene.economy.state().plan_at(order.terms.plan).order.refund_days;
    let until = order.since.plus_days(days);
    if scene.now > until {
        let message = format!("a refund of {id} could be asked for in {days} days, until {until}");
        return Err(Refusal::new(Code::RefundLate, message));
    }
    Ok(())
}

/// People and programs of the side, and not the buyer, unless the store is the buyer's own.
fn check_side(economy: &Economy, by: &Actor, side: Side, bought: &Bought) -> Result<(), Refusal> {
    let fits = match side {
        Side::Seller => matches!(by, Actor::Member(_) | Actor::Staff(_) | Actor::Key(_)),
        Side::Operator => matches!(by, Actor::Staff(_) | Actor::Machine),
    };
    if !fits {
        return Err(Refusal::new(Code::WrongActor, format!("{by} does not answer for {side:?}")));
    }
    match (by, &bought.member) {
        (Actor::Member(member), Some(buyer)) if member == buyer && !owns(economy, member, &bought.seller) => {
            Err(Refusal::new(Code::OwnRequest, "whoever bought does not decide that money goes back"))
        }
        _ => Ok(()),
    }
}

fn owns(economy: &Economy, member: &str, seller: &Seller) -> bool {
    let Seller::Store(store) = seller else { return false };
    let owner = economy.store_id(store).map(|store| economy.state().stores()[store.index()].owner);
    owner.is_some_and(|owner| economy.member_name(owner) == member)
}
