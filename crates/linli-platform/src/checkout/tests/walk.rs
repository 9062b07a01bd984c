//! Random walks: whatever is opened, reported, carried out, given up and given back, in any order and any number of
//! times, each yuan that arrived waits for its orders, is in a paid order, or is due back or returned.

mod audit;
mod forms;

use super::*;
use crate::part::Scene;
use crate::planned::PlannedOrder;
use crate::platform::testing::{Step, steps};
use audit::Audit;
use proptest::prelude::*;
use std::collections::BTreeSet;

struct Walk {
    stage: testing::Stage,
    audit: Audit,
    /// Payments and orders that were ever named, the oldest first.
    payments: Vec<String>,
    orders: Vec<String>,
    /// How many ids were given.
    ids: usize,
    /// The names of the acts that were accepted.
    accepted: BTreeSet<&'static str>,
}

impl Walk {
    fn new() -> Self {
        let stage = stage();
        let audit = Audit::of(&stage);
        let (payments, orders, accepted) = (Vec::new(), Vec::new(), BTreeSet::new());
        Self { stage, audit, payments, orders, ids: 0, accepted }
    }

    fn new_id(&mut self, kind: &str) -> String {
        self.ids += 1;
        format!("{kind}{}", self.ids)
    }

    /// What is refused changes nothing, and is part of the walk.
    fn tries(&mut self, by: Actor, act: &CheckoutAct) -> bool {
        let before = self.stage.platform.clone();
        let (name, is_accepted) = (act.name(), self.stage.try_act(by, act.clone()).is_ok());
        if is_accepted {
            self.audit.note(act);
            self.accepted.insert(name);
        } else {
            assert_eq!(self.stage.platform, before, "{act:?}");
        }
        is_accepted
    }

    fn step(&mut self, [kind, whom, much]: Step) {
        let nth = |of: &[String]| of.get(usize::from(whom) % of.len().max(1)).cloned().unwrap_or_default();
        let (payment, order) = (nth(&self.payments), nth(&self.orders));
        match kind % 14 {
            0 | 1 => self.open(whom, much),
            2 => self.collect(much),
            3 | 4 => self.arrive(&payment, much),
            5 => drop(self.tries(Actor::Provider, &declined(&payment))),
            6 => drop(self.tries(member("M2"), &closed(&payment))),
            7 => self.stage.later(i64::from(much)),
            8 | 9 => self.carry_out(usize::from(whom)),
            10 => self.give_back(&order, u64::from(much)),
            11 => drop(self.stage.economy.apply(&format!(r#"{{"cmd":"settle","order":"{order}"}}"#))),
            12 => self.begin(&payment, whom),
            _ => self.end_return(whom, much),
        }
        self.audit.check(&self.stage);
    }

    /// One to three orders: new ones in a store, some by code or from the spend balance, baskets, or old ones.
    fn open(&mut self, whom: u16, much: u16) {
        let payment = self.new_id("P");
        let mut orders = Vec::new();
        for number in 0..=whom % 3 {
            let planned = self.plan(whom.rotate_left(3 * u32::from(number) + 1), much % 2_000 + 1);
            self.orders.push(planned.order().to_owned());
            orders.push(planned);
        }
        self.tries(member("M2"), &open(&payment, Some("M2"), &orders));
        self.payments.push(payment);
    }

    fn plan(&mut self, kind: u16, amount: u16) -> Planned {
        let amount = u64::from(amount);
        let order = match kind % 4 {
            0 if !self.orders.is_empty() => self.orders[usize::from(kind) % self.orders.len()].clone(),
            _ => self.new_id("O"),
        };
        let codes: Vec<_> = self.stage.platform.checkout.codes_of_store("S1").map(str::to_owned).collect();
        match kind % 7 {
            0 => self.basket(&order, amount * 20),
            1 => from_spend(&order, amount, amount / 3),
            2 => from_spend(&order, amount % 50 + 1, amount % 50 + 1),
            3 if !codes.is_empty() => {
                let code = &codes[usize::from(kind) % codes.len()];
                let fen = self.stage.platform.checkout.code(code).expect("a code").fen;
                by_code(&order, fen, code)
            }
            _ => in_store(&order, "S1", amount),
        }
    }

    fn basket(&mut self, order: &str, list_total: u64) -> Planned {
        let (member, supplier) = ("M2".into(), "U1".into());
        let planned = PlannedOrder::Mall { member, supplier, list_total, cost: list_total / 10 + 1 };
        self.stage.platform.listed_in_tests.insert(order.into(), planned);
        let scene = Scene::new(&self.stage.economy, &self.stage.platform, Some(self.stage.now));
        crate::Checkout::quote(&scene, "M2", &[order.to_owned()]).expect("a quote").remove(0)
    }

    fn collect(&mut self, much: u16) {
        let code = self.new_id("K");
        let (store, fen) = ("S1".into(), u64::from(much % 500 + 1));
        let cancelled = CheckoutAct::CancelCode { code: code.clone() };
        self.tries(member("M1"), &CheckoutAct::Collect { code, store, fen, minutes: 5 });
        if much.is_multiple_of(5) {
            self.tries(member("M1"), &cancelled);
        }
    }

    /// The right amount or nearly, in a new charge or in one that was reported.
    fn arrive(&mut self, payment: &str, much: u16) {
        let Some(known) = self.stage.platform.checkout.payment(payment) else { return };
        let fen = if much.is_multiple_of(8) { known.fen + 1 } else { known.fen };
        let old = known.charges.first().filter(|_| much % 4 == 1).map(|charge| charge.id.clone());
        let charge = old.unwrap_or_else(|| self.new_id("c"));
        self.tries(Actor::Provider, &arrived(payment, &charge, fen));
    }

    /// One of the acts that are due; what cannot be carried out is given up.
    fn carry_out(&mut self, whom: usize) {
        let due = self.stage.due();
        let Some(act) = due.get(whom % due.len().max(1)).cloned() else { return };
        if self.tries(Actor::Service, &act) {
            return;
        }
        let CheckoutAct::CarryOut { payment, order } = act else { panic!("{act:?}") };
        assert!(self.tries(Actor::Service, &give_up(&payment, &order, "refused")));
    }

    /// A part of what is left of an order, or all of it.
    fn give_back(&mut self, order: &str, much: u64) {
        let Some(id) = self.stage.economy.order_id(order) else { return };
        let known = &self.stage.economy.state().orders()[id.index()];
        let left = known.paid - known.cancelled - known.refunded;
        let fen = if much.is_multiple_of(3) { left } else { much % (left + 1) };
        let command = if known.is_settled() { "refund" } else { "cancel" };
        let (new, yuan) = (self.new_id("G"), crate::money::yuan(fen));
        let line =
            format!(r#"{{"cmd":"{command}","{command}":"{new}","order":"{order}","amount":"{yuan}"}}"#);
        let before = self.stage.paid_in();
        if self.stage.economy.apply(&line).outcome().is_ok() {
            self.audit.gave_back(order, before - self.stage.paid_in());
        }
    }

    fn begin(&mut self, payment: &str, whom: u16) {
        let due = self.stage.due_back(payment);
        let Some(due) = due.get(usize::from(whom) % due.len().max(1)).cloned() else { return };
        let id = self.new_id("R");
        assert!(self.tries(Actor::Service, &begun(&id, &due)), "what is due can be asked for");
        assert!(!self.tries(Actor::Service, &begun(&format!("{id}x"), &due)), "and not twice");
    }

    fn end_return(&mut self, whom: u16, much: u16) {
        let ids: Vec<_> = self.stage.platform.checkout.returns().map(|(id, _)| id.to_owned()).collect();
        let Some(id) = ids.get(usize::from(whom) % ids.len().max(1)) else { return };
        self.tries(Actor::Provider, &if much.is_multiple_of(3) { failed(id) } else { done(id) });
    }

    /// In the end everything is carried out or given up, and all that is due is returned.
    fn finish(mut self) -> Self {
        while !self.stage.due().is_empty() {
            self.carry_out(0);
        }
        let every: Vec<_> = self.stage.platform.checkout.every_due_back(&self.stage.economy).collect();
        for due in every {
            let id = self.new_id("R");
            assert!(self.tries(Actor::Service, &begun(&id, &due)));
        }
        self.audit.check(&self.stage);
        self.audit.check_nothing_waits(&self.stage);
        self
    }
}

fn walk(steps: impl IntoIterator<Item = Step>) -> Walk {
    let mut walk = Walk::new();
    for step in steps {
        walk.step(step);
    }
    walk.finish()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_yuan_that_arrived_is_in_an_order_or_goes_back(steps in prop::collection::vec(any::<Step>(), 1..160)) {
        walk(steps);
    }
}

#[test]
fn the_walk_reaches_every_act() {
    let acts = forms::one_of_each();
    let wanted: BTreeSet<_> = acts.iter().map(CheckoutAct::name).collect();
    assert_eq!(walk(steps(2_000)).accepted, wanted);
}
