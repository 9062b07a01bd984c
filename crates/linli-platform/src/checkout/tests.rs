//! The rules of payments, given, when and then, through the engine's way of doing acts. Must not be added here: an
//! economy that only stands in for one.

mod arriving;
mod carrying;
mod codes;
mod listed;
mod opening;
mod returns;
mod walk;

use super::{CheckoutAct, DueBack, Payment, Planned, Source, Stage};
use crate::act::Actor;
use crate::platform::testing::{self, Refused};
use crate::refusal::Code;
use linli_economy::account::{Account, Asset};
use linli_economy::time::Instant;

const PLAN: &str = include_str!("../../../../plans/seed-one.toml");

/// When the provider says that money moved.
const AT: Instant = Instant { seconds: 1_767_225_600, nanoseconds: 0 };

/// M1 owns the stores S1 and S2; M2 has 2000.00 deduction points and 114.28 of spend balance; M3 has nothing.
fn stage() -> testing::Stage {
    let mut stage = testing::Stage::new();
    stage.commands(
        r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_member","member":"M2"}
{"cmd":"open_member","member":"M3"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}
{"cmd":"open_store","store":"S2","owner":"M1","district":"440106"}
{"cmd":"settle","order":"FIRST","member":"M2","store":"S1","amount":"1000.00","at":"2025-12-31T00:00:00Z"}"#,
    );
    let text = PLAN.replace("redeem = \"money\"", "redeem = \"spend\"");
    let text = text.replace('"', "\\\"").replace('\n', "\\n");
    stage.commands(&format!(r#"{{"cmd":"change_plan","id":"P2","plan":"{text}"}}"#));
    stage.commands(r#"{"cmd":"redeem","request":"R1","member":"M2","points":"100"}"#);
    let spend =
        stage.economy.member_id("M2").map(|member| stage.economy.state().members()[member.index()].spend);
    assert_eq!(spend.map(|spend| spend.to_string()).as_deref(), Some("114.28"));
    stage
}

fn member(id: &str) -> Actor {
    Actor::Member(id.into())
}

fn in_store(order: &str, store: &str, amount: u64) -> Planned {
    Planned::Store { order: order.into(), store: store.into(), amount, from_spend: 0, code: None }
}

fn from_spend(order: &str, amount: u64, from_spend: u64) -> Planned {
    Planned::Store { order: order.into(), store: "S1".into(), amount, from_spend, code: None }
}

fn by_code(order: &str, amount: u64, code: &str) -> Planned {
    let (order, code) = (order.into(), Some(code.into()));
    Planned::Store { order, store: "S1".into(), amount, from_spend: 0, code }
}

fn open(payment: &str, payer: Option<&str>, orders: &[Planned]) -> CheckoutAct {
    CheckoutAct::Open {
        payment: payment.into(),
        payer: payer.map(Into::into),
        orders: orders.to_vec(),
        device: Some([1; 16]),
        address: None,
    }
}

/// A report whose event has the charge's name.
fn arrived(payment: &str, charge: &str, fen: u64) -> CheckoutAct {
    let (payment, event, charge) = (payment.into(), format!("event.{charge}"), charge.into());
    CheckoutAct::Arrived { payment, event, charge, fen, payer_account: Some([2; 16]), at: AT }
}

fn declined(payment: &str) -> CheckoutAct {
    CheckoutAct::Declined { payment: payment.into() }
}

fn closed(payment: &str) -> CheckoutAct {
    CheckoutAct::Closed { payment: payment.into() }
}

fn expire(payment: &str) -> CheckoutAct {
    CheckoutAct::Expire { payment: payment.into() }
}

fn carry_out(payment: &str, order: &str) -> CheckoutAct {
    CheckoutAct::CarryOut { payment: payment.into(), order: order.into() }
}

fn give_up(payment: &str, order: &str, code: &str) -> CheckoutAct {
    CheckoutAct::GiveUp { payment: payment.into(), order: order.into(), code: code.into() }
}

fn begun(id: &str, due: &DueBack) -> CheckoutAct {
    let DueBack { payment, source, fen, .. } = due.clone();
    CheckoutAct::ReturnBegun { id: id.into(), payment, source, fen }
}

fn done(id: &str) -> CheckoutAct {
    CheckoutAct::ReturnDone { id: id.into(), at: AT }
}

fn failed(id: &str) -> CheckoutAct {
    CheckoutAct::ReturnFailed { id: id.into(), why: "ACCOUNT.CLOSED".into() }
}

fn of_order(order: &str) -> Source {
    Source::Order(order.into())
}

impl testing::Stage {
    fn opens(&mut self, payment: &str, payer: &str, orders: &[Planned]) {
        assert_eq!(self.act(member(payer), open(payment, Some(payer), orders)), Ok(()), "{payment}");
    }

    fn arrives(&mut self, payment: &str, charge: &str, fen: u64) {
        assert_eq!(self.by_provider(arrived(payment, charge, fen)), Ok(()), "{charge} for {payment}");
    }

    fn by_provider(&mut self, act: CheckoutAct) -> Result<(), Code> {
        self.act(Actor::Provider, act)
    }

    fn by_service(&mut self, act: CheckoutAct) -> Result<(), Code> {
        self.act(Actor::Service, act)
    }

    /// What the service does with all that is due, and the codes for which it gave orders up.
    fn pump(&mut self) -> Vec<String> {
        let mut given_up = Vec::new();
        loop {
            let due = self.platform.checkout.due(self.now, 1);
            let Some(act) = due.into_iter().next() else { return given_up };
            let Err(refused) = self.try_act(Actor::Service, act.clone()) else { continue };
            let CheckoutAct::CarryOut { payment, order } = act else { panic!("{act:?}: {refused:?}") };
            let code = code_of(&refused);
            assert_eq!(self.by_service(give_up(&payment, &order, &code)), Ok(()));
            given_up.push(code);
        }
    }

    fn payment(&self, id: &str) -> &Payment {
        self.platform.checkout.payment(id).expect("a payment")
    }

    fn stage_of(&self, id: &str) -> Stage {
        self.payment(id).stage
    }

    fn due(&self) -> Vec<CheckoutAct> {
        self.platform.checkout.due(self.now, 100)
    }

    fn due_back(&self, payment: &str) -> Vec<DueBack> {
        self.platform.checkout.due_back_of(&self.economy, payment)
    }

    fn owed_back(&self, payment: &str) -> u64 {
        self.platform.checkout.owed_back(&self.economy, payment)
    }

    /// What came into the economy through `external:payments`, less what went back.
    fn paid_in(&self) -> i128 {
        -self.economy.state().balance(Account::ExternalPayments, Asset::Cny)
    }
}

/// The code of a refusal, the platform's or that of the economy's result line.
fn code_of(refused: &Refused) -> String {
    match refused {
        Refused::Platform(code) => code.name().to_owned(),
        Refused::Economy(line) => {
            let (_, rest) = line.split_once(r#""error":""#).expect("a refusal");
            rest.split_once('"').expect("a code").0.to_owned()
        }
    }
}
