//! What the walk's auditor knows by itself: what the provider took and gave back, and what the economy gave back.
//! Must not be added here: a figure that the checkout computes.

use super::*;
use crate::checkout::{Cause, CodeState, OrderState, ReturnState};
use linli_economy::time::Instant;
use std::collections::BTreeMap;

pub struct Audit {
    /// What was paid in before the walk.
    before: i128,
    /// By payment: the charges that were reported.
    charges: BTreeMap<String, BTreeMap<String, u64>>,
    /// What the economy gave back of each order at `external:payments`.
    given_back: BTreeMap<String, i128>,
    /// Where each payment stood.
    stages: BTreeMap<String, Stage>,
}

impl Audit {
    pub fn of(stage: &testing::Stage) -> Self {
        let (charges, given_back, stages) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { before: stage.paid_in(), charges, given_back, stages }
    }

    pub fn note(&mut self, act: &CheckoutAct) {
        if let CheckoutAct::Arrived { payment, charge, fen, .. } = act {
            let before = self.charges.entry(payment.clone()).or_default().insert(charge.clone(), *fen);
            assert_eq!(before, None, "a charge counts once");
        }
    }

    pub fn gave_back(&mut self, order: &str, fen: i128) {
        *self.given_back.entry(order.to_owned()).or_default() += fen;
    }

    pub fn check(&mut self, stage: &testing::Stage) {
        let mut in_orders = 0;
        let mut carried_out = BTreeSet::new();
        for (id, payment) in stage.platform.checkout.payments() {
            in_orders += self.check_payment(stage, id, payment);
            for order in payment.orders.iter().filter(|order| order.state == OrderState::Paid) {
                assert!(carried_out.insert(order.planned.order()), "an order is carried out once");
            }
            let before = self.stages.insert(id.to_owned(), payment.stage);
            assert!(is_edge(before, payment.stage), "{id}: {before:?} to {:?}", payment.stage);
        }
        assert_eq!(in_orders, stage.paid_in() - self.before, "what the economy holds");
        self.check_totals(stage);
        check_owing(stage);
        check_indexes(stage);
    }

    /// What arrived is where it belongs; gives what of it is in orders.
    fn check_payment(&self, stage: &testing::Stage, id: &str, payment: &Payment) -> i128 {
        let arrived: u64 = self.charges.get(id).into_iter().flat_map(BTreeMap::values).sum();
        let mut in_orders = 0;
        let mut waiting = 0;
        for order in &payment.orders {
            let fen = i128::from(order.planned.fen());
            match order.state {
                OrderState::Paid => {
                    in_orders += fen - self.given_back.get(order.planned.order()).copied().unwrap_or(0);
                }
                OrderState::Waiting if payment.is_paid() => waiting += fen,
                OrderState::Waiting | OrderState::GivenUp(_) => {}
            }
        }
        let returned: u64 = self.returned(stage, id).values().sum();
        let back = i128::from(returned) + i128::from(stage.owed_back(id));
        assert_eq!(i128::from(arrived), in_orders + waiting + back, "{id}: {payment:?}");
        for (charge, fen) in self.returned(stage, id) {
            assert!(fen <= self.charges[id][&charge], "no more goes back of {charge} than was captured");
        }
        in_orders
    }

    /// What the provider was asked to give back of each charge of a payment.
    fn returned(&self, stage: &testing::Stage, id: &str) -> BTreeMap<String, u64> {
        let mut sums = BTreeMap::new();
        let returns = stage.platform.checkout.returns().map(|(_, one)| one);
        for one in returns.filter(|one| one.payment == id && one.state != ReturnState::Failed) {
            let charge = match &one.source {
                Source::Charge(charge) => charge.clone(),
                Source::Order(_) => stage.payment(id).charge().expect("a charge").id.clone(),
            };
            *sums.entry(charge).or_default() += one.fen;
        }
        sums
    }

    fn check_totals(&self, stage: &testing::Stage) {
        let totals = stage.platform.checkout.totals();
        let arrived: u64 = self.charges.values().flat_map(BTreeMap::values).sum();
        let returned: u64 = self.charges.keys().flat_map(|id| self.returned(stage, id).into_values()).sum();
        assert_eq!((totals.arrived, totals.returned), (arrived.into(), returned.into()));
    }

    pub fn check_nothing_waits(&self, stage: &testing::Stage) {
        let checkout = &stage.platform.checkout;
        assert_eq!(checkout.every_due_back(&stage.economy).count(), 0);
        assert!(checkout.payments().all(|(_, payment)| payment.stage != Stage::Arrived));
        let bytes = postcard::to_stdvec(checkout).expect("bytes");
        assert_eq!(postcard::from_bytes(&bytes).as_ref(), Ok(checkout), "a snapshot keeps all of it");
    }
}

/// Whether a payment may go from here to there in one step of the walk.
fn is_edge(before: Option<Stage>, after: Stage) -> bool {
    use Stage::{Arrived, CarriedOut, Closed, Declined, Expired, GivingBack, Open};
    match (before, after) {
        (None, Open | Arrived) => true,
        (Some(Open), Declined | Closed | Expired) => true,
        (Some(Open | Declined | Closed | Expired), Arrived) => true,
        (Some(Arrived), CarriedOut | GivingBack) => true,
        (Some(before), after) => before == after,
        (None, _) => false,
    }
}

/// The list of what became due here holds all of that, and nothing that is not due; the rest is the economy's.
fn check_owing(stage: &testing::Stage) {
    let checkout = &stage.platform.checkout;
    let listed = checkout.due_back(&stage.economy, usize::MAX);
    assert_eq!(listed.len(), checkout.owing.len(), "{:?}", checkout.owing);
    let every: Vec<_> = checkout.every_due_back(&stage.economy).collect();
    assert!(listed.iter().all(|due| every.contains(due)), "{listed:?}");
    let mut own = every.iter().filter(|due| due.cause != Cause::GivenBack);
    assert!(own.all(|due| listed.contains(due)), "{every:?}");
}

/// Payments are filed where those of their stage are looked for, and codes where they can be paid.
fn check_indexes(stage: &testing::Stage) {
    let checkout = &stage.platform.checkout;
    let filed = |wanted: Stage, since: fn(&Payment) -> Instant| -> BTreeSet<_> {
        let of = checkout.payments().filter(|(_, payment)| payment.stage == wanted);
        of.map(|(id, payment)| (since(payment), id.to_owned())).collect()
    };
    assert_eq!(checkout.open, filed(Stage::Open, |payment| payment.expires));
    assert_eq!(checkout.arrived, filed(Stage::Arrived, |payment| payment.since));
    for (code, known) in &checkout.codes {
        let is_shown = checkout.shown.contains(&(known.store.clone(), code.clone()));
        match known.state {
            CodeState::Offered => assert!(is_shown || known.expires <= stage.now, "{code}"),
            CodeState::Held(_) => assert!(is_shown, "{code}"),
            CodeState::Used(_) | CodeState::Cancelled => assert!(!is_shown, "{code}"),
        }
    }
}
