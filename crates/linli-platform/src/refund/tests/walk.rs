//! Random walks: whoever asks, answers, appeals and offers in any order, requests move along their edges only, an
//! order has at most one open request, and what was agreed to is what the economy gave back.

use super::*;
use crate::platform::testing::{Step, steps};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const ORDERS: [&str; 3] = ["O1", "O3", "B1"];

struct Walk {
    stage: testing::Stage,
    requests: Vec<String>,
    stages: BTreeMap<String, Stage>,
    /// The names of the acts that were accepted.
    accepted: BTreeSet<&'static str>,
}

impl Walk {
    fn tries(&mut self, by: Actor, act: &RefundAct) {
        let before = self.stage.platform.clone();
        if self.stage.try_act(by, act.clone()).is_ok() {
            self.accepted.insert(act.name());
        } else {
            assert_eq!(self.stage.platform, before, "{act:?}");
        }
    }

    fn step(&mut self, [kind, whom, much]: Step) {
        let order = ORDERS[usize::from(whom) % ORDERS.len()];
        let request =
            self.requests.get(usize::from(whom) % self.requests.len().max(1)).cloned().unwrap_or_default();
        let fen = if much.is_multiple_of(3) {
            super::super::left(self.stage.order(order))
        } else {
            u64::from(much % 300)
        };
        let new = format!("Q{}", self.requests.len());
        match kind % 10 {
            0..=2 => {
                let act = self.stage.asking(&new, order, fen);
                self.tries(member("M2"), &act);
                self.requests.push(new);
            }
            3 => {
                let act = self.stage.offering(&new, order, fen, Side::Seller);
                self.tries(member("M1"), &act);
                self.requests.push(new);
            }
            4 if much.is_multiple_of(2) => self.tries(member("M1"), &agree(&request, Side::Seller)),
            4 => self.tries(staff(), &agree(&request, Side::Operator)),
            5 if much.is_multiple_of(2) => self.tries(member("M1"), &refuse(&request, Side::Seller)),
            5 => self.tries(staff(), &refuse(&request, Side::Operator)),
            6 => self.tries(member("M2"), &appeal(&request)),
            7 => self.tries(member("M2"), &withdraw(&request)),
            8 => self.later(i64::from(much) * 2),
            _ if much.is_multiple_of(8) => drop(self.stage.economy.apply(r#"{"cmd":"settle","order":"O1"}"#)),
            _ => self.tries(Actor::Service, &escalate(&request)),
        }
        self.check();
    }

    fn later(&mut self, seconds: i64) {
        self.stage.later(seconds);
        for act in self.stage.platform.refunds.due(self.stage.now, 2) {
            self.tries(Actor::Service, &act);
        }
    }

    fn check(&mut self) {
        let refunds = &self.stage.platform.refunds;
        for order in ORDERS {
            let open: Vec<_> = refunds.of_order(order).filter(|(_, one)| is_open(one.stage)).collect();
            assert!(open.len() <= 1, "{open:?}");
            assert_eq!(refunds.open_of(order), open.first().map(|(id, _)| *id));
            let agreed = refunds.of_order(order).filter(|(_, one)| one.stage == Stage::Agreed);
            let known = self.stage.order(order);
            assert_eq!(
                agreed.map(|(_, one)| one.fen).sum::<u64>(),
                known.cancelled + known.refunded,
                "{order}"
            );
            assert!(known.cancelled + known.refunded <= known.paid);
        }
        for (id, request) in refunds.of_member("M2") {
            let before = self.stages.insert(id.to_owned(), request.stage);
            assert!(is_edge(before, request.stage), "{id}: {before:?} to {:?}", request.stage);
        }
        self.check_lists();
    }

    /// Each list has what belongs there and nothing else.
    fn check_lists(&self) {
        let refunds = &self.stage.platform.refunds;
        let all: Vec<_> = refunds.of_member("M2").collect();
        let at_seller = |stage: Stage| matches!(stage, Stage::AtSeller(_));
        for seller in [Seller::Store("S1".into()), Seller::Supplier("U1".into())] {
            let wanted = all.iter().filter(|(_, one)| at_seller(one.stage) && one.bought.seller == seller);
            assert!(wanted.map(|(id, _)| *id).eq(refunds.at_seller(&seller).map(|(id, _)| id)));
        }
        let late = all.iter().filter(|(_, one)| at_seller(one.stage)).count();
        assert_eq!(refunds.until.len(), late);
        let wanted: BTreeSet<_> =
            all.iter().filter(|(_, one)| one.stage == Stage::AtOperator).map(|(id, _)| *id).collect();
        assert_eq!(refunds.at_operator().map(|(id, _)| id).collect::<BTreeSet<_>>(), wanted);
    }
}

fn is_open(stage: Stage) -> bool {
    matches!(stage, Stage::AtSeller(_) | Stage::AtOperator)
}

/// Whether a request may go from here to there in one step of the walk.
fn is_edge(before: Option<Stage>, after: Stage) -> bool {
    use Stage::{Agreed, AtOperator, AtSeller, Refused, Rejected, Withdrawn};
    match (before, after) {
        (None, AtSeller(_) | Agreed) => true,
        (Some(AtSeller(_)), AtOperator | Refused(_) | Rejected | Agreed | Withdrawn) => true,
        (Some(AtOperator), Rejected | Agreed | Withdrawn) => true,
        (Some(Refused(_)), AtOperator) => true,
        (Some(before), after) => before == after,
        (None, _) => false,
    }
}

fn walk(steps: impl IntoIterator<Item = Step>) -> BTreeSet<&'static str> {
    let (requests, stages, accepted) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    let mut walk = Walk { stage: stage(), requests, stages, accepted };
    for step in steps {
        walk.step(step);
    }
    let refunds = &walk.stage.platform.refunds;
    let bytes = postcard::to_stdvec(refunds).expect("bytes");
    assert_eq!(postcard::from_bytes(&bytes).as_ref(), Ok(refunds), "a snapshot keeps all of it");
    walk.accepted
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_agreed_to_is_what_went_back(steps in prop::collection::vec(any::<Step>(), 1..120)) {
        walk(steps);
    }
}

#[test]
fn the_walks_reach_every_act() {
    let mut accepted = BTreeSet::new();
    for steps in steps(2_400).chunks(60) {
        accepted.extend(walk(steps.iter().copied()));
    }
    let wanted = BTreeSet::from([
        "ask_refund",
        "agree_refund",
        "refuse_refund",
        "appeal_refund",
        "withdraw_refund",
        "escalate_refund",
        "offer_refund",
    ]);
    assert_eq!(accepted, wanted);
}
