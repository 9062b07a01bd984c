//! Whether an act on payments may be done, and which command goes with it. Must not be added here: a change.

use super::code::Collected;
use super::opening::{Opening, check_cost, check_listed, check_unpaid, cost};
use super::quote::Quote;
use super::{Checkout, CheckoutAct, OrderState, PaidOrder, Payment, Planned, Stage};
use crate::act::Actor;
use crate::money::{amount, command_id, positive};
use crate::part::{Carried, Moment, Part, Scene};
use crate::planned::PlannedOrder;
use crate::refusal::{Code, Refusal};
use crate::text::{Length, id, line, plain};
use linli_economy::command::Command;

/// Characters of an id that the provider gives.
const PROVIDER_ID: Length = Length { what: "an id of the provider", least: 1, most: 128 };

/// Characters of a reason that the provider gives. Its prose is no ground to refuse its report.
const PROVIDER_REASON: Length = Length { what: "a reason of the provider", least: 1, most: 200 };

impl Part for Checkout {
    type Act = CheckoutAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &CheckoutAct) -> Result<Carried, Refusal> {
        match act {
            CheckoutAct::Collect { code, store, fen, minutes } => {
                self.check_collect(scene, by, &Collected { code, store, fen: *fen, minutes: *minutes })
            }
            CheckoutAct::CancelCode { code } => self.check_cancel_code(by, code),
            CheckoutAct::Open { payment, payer, orders, .. } => {
                self.check_open(scene, by, &Opening { payment, payer: payer.as_deref(), orders })
            }
            CheckoutAct::Arrived { payment, event, charge, fen, .. } => {
                self.check_arrived(by, payment, [event, charge], *fen)
            }
            CheckoutAct::Declined { payment } => self.check_declined(by, payment),
            CheckoutAct::Closed { payment } => self.check_closed(by, payment),
            CheckoutAct::Expire { payment } => self.check_expire(scene, by, payment),
            CheckoutAct::CarryOut { payment, order } => {
                return self.check_carry_out(scene, by, payment, order).map(Some);
            }
            CheckoutAct::GiveUp { payment, order, code } => {
                check_service(by)?;
                id(code)?;
                self.waiting(payment, order).map(|_| ())
            }
            CheckoutAct::ReturnBegun { id, payment, source, fen } => {
                self.check_begun(scene, by, (id, payment, source, *fen))
            }
            CheckoutAct::ReturnDone { id, .. } => self.check_return_ended(by, id, true),
            CheckoutAct::ReturnFailed { id, why } => {
                line(&PROVIDER_REASON, why)?;
                self.check_return_ended(by, id, false)
            }
        }?;
        Ok(None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &CheckoutAct) {
        self.do_act(moment, act);
    }

    fn figure(&self) -> u64 {
        self.digest()
    }
}

impl Checkout {
    fn known(&self, payment: &str) -> Result<&Payment, Refusal> {
        let found = self.payments.get(payment);
        found.ok_or_else(|| Refusal::new(Code::UnknownPayment, format!("there is no payment {payment}")))
    }

    fn check_arrived(&self, by: &Actor, payment: &str, ids: [&str; 2], fen: u64) -> Result<(), Refusal> {
        if *by != Actor::Provider {
            return Err(Refusal::new(Code::WrongActor, "only the provider reports that money has arrived"));
        }
        ids.iter().try_for_each(|id| plain(&PROVIDER_ID, id))?;
        positive("what arrived", fen)?;
        let [event, charge] = ids;
        if self.known(payment)?.charges.iter().any(|known| known.event == event || known.id == charge) {
            let message =
                format!("the charge {charge} of {payment} was reported before, or the event {event}");
            return Err(Refusal::new(Code::EventKnown, message));
        }
        Ok(())
    }

    fn check_declined(&self, by: &Actor, payment: &str) -> Result<(), Refusal> {
        if !matches!(by, Actor::Provider | Actor::Service) {
            return Err(Refusal::new(Code::WrongActor, "only the provider reports that it declines"));
        }
        self.check_open_still(by, payment)
    }

    fn check_closed(&self, by: &Actor, payment: &str) -> Result<(), Refusal> {
        let payer = self.known(payment)?.payer.as_ref();
        match by {
            Actor::Member(member) if Some(member) != payer => {
                Err(Refusal::new(Code::NotYours, "a payment is called off by who pays"))
            }
            Actor::Visitor if payer.is_some() => {
                Err(Refusal::new(Code::NotYours, "a payment is called off by who pays"))
            }
            _ => self.check_open_still(by, payment),
        }
    }

    /// What the provider reports of a payment that waits no more is no news; anybody else is told so.
    fn check_open_still(&self, by: &Actor, payment: &str) -> Result<(), Refusal> {
        let stage = self.known(payment)?.stage;
        if stage == Stage::Open {
            return Ok(());
        }
        let code = if *by == Actor::Provider { Code::EventKnown } else { Code::PaymentEnded };
        Err(Refusal::new(code, format!("the payment {payment} waits for no money: {stage:?}")))
    }

    fn check_expire(&self, scene: &Scene<'_>, by: &Actor, payment: &str) -> Result<(), Refusal> {
        check_service(by)?;
        self.check_open_still(by, payment)?;
        let expires = self.known(payment)?.expires;
        if scene.now < expires {
            let message = format!("the payment {payment} waits for money until {expires}");
            return Err(Refusal::new(Code::NotDue, message));
        }
        Ok(())
    }

    fn waiting(&self, payment: &str, order: &str) -> Result<(&Payment, &PaidOrder), Refusal> {
        let known = self.known(payment)?;
        let found = known.order(order);
        let of = found.ok_or_else(|| {
            Refusal::new(Code::UnknownOrder, format!("the payment {payment} is not for an order {order}"))
        })?;
        if known.stage != Stage::Arrived || of.state != OrderState::Waiting {
            let (stage, state) = (known.stage, &of.state);
            let message = format!("the order {order} is {state:?} in a payment that is {stage:?}");
            return Err(Refusal::new(Code::OrderNotWaiting, message));
        }
        Ok((known, of))
    }

    fn check_carry_out(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        payment: &str,
        order: &str,
    ) -> Result<Command<'static>, Refusal> {
        check_service(by)?;
        let (known, of) = self.waiting(payment, order)?;
        check_unpaid(scene.economy, order)?;
        match &of.planned {
            Planned::Store { store, amount: fen, from_spend, code, .. } => {
                if let Some(code) = code {
                    self.known_code(code)?.check_free(code, Some(payment))?;
                }
                Ok(pay(order, known.payer.as_deref(), store, [*fen, *from_spend]))
            }
            Planned::Listed { planned, fen, .. } => {
                check_listed(scene, order, planned)?;
                let member = scene.economy.member_id(planned.member());
                let now = cost(&mut Quote::new(scene.economy, member, scene.now), planned);
                check_cost(order, now, *fen)?;
                Ok(pay_listed(order, planned))
            }
        }
    }
}

/// What the service does by itself, on its schedule.
pub(super) fn check_service(by: &Actor) -> Result<(), Refusal> {
    if matches!(by, Actor::Service | Actor::Machine) {
        return Ok(());
    }
    Err(Refusal::new(Code::WrongActor, "only the service does this"))
}

fn pay(order: &str, member: Option<&str>, store: &str, [fen, from_spend]: [u64; 2]) -> Command<'static> {
    Command::Pay {
        order: command_id(order),
        member: member.map(command_id),
        store: command_id(store),
        amount: amount(fen),
        from_spend: (from_spend > 0).then(|| amount(from_spend)),
    }
}

fn pay_listed(order: &str, planned: &PlannedOrder) -> Command<'static> {
    match planned {
        PlannedOrder::Store { store, member, fen } => pay(order, Some(member), store, [*fen, 0]),
        PlannedOrder::Mall { member, supplier, list_total, cost } => Command::PayMall {
            order: command_id(order),
            member: command_id(member),
            supplier: command_id(supplier),
            list_total: amount(*list_total),
            cost: amount(*cost),
        },
    }
}
