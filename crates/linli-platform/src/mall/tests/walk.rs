//! Random walks over everything that can be done in the mall: whatever is done and refused, pieces and money add up and
//! states move along their edges.

use super::stage::*;
use crate::act::Actor;
use crate::mall::book::Owner;
use crate::mall::delivery::OrderAct;
use crate::mall::order::OrderState;
use crate::mall::product::{Pieces, ProductAct};
use crate::mall::returning::{Goods, Restock, ReturnState};
use crate::mall::returns::ReturnAct;
use crate::mall::{Mall, MallAct, Standing, confirmation, standing};
use crate::platform::Platform;
use crate::platform::testing::{Refused, Stage};
use linli_economy::Economy;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

/// What a step does, to which of the orders and returns, how much.
#[derive(Clone, Copy, Debug)]
struct Step {
    kind: u8,
    which: usize,
    by: u8,
    size: u32,
}

struct Walk {
    stage: Stage,
    orders: Vec<String>,
    returns: Vec<String>,
    /// Pieces that came into each variant's stock.
    supplied: BTreeMap<(String, String), i64>,
    /// The kinds of acts that were done, and the edges that were taken.
    seen: BTreeSet<String>,
}

impl Walk {
    fn new() -> Self {
        let mut stage = stage();
        deposit(&mut stage);
        stage.commands(r#"{"cmd":"settle","order":"T1","member":"M2","store":"S1","amount":"333.33"}"#);
        let variants = [("P1", "a"), ("P1", "b"), ("P2", "a")];
        let supplied = variants.map(|(product, variant)| ((product.to_owned(), variant.to_owned()), 10));
        let (orders, returns) = (Vec::new(), Vec::new());
        Self { stage, orders, returns, supplied: supplied.into(), seen: BTreeSet::new() }
    }

    fn step(&mut self, step: Step) {
        let before = self.stage.platform.clone();
        if let Some((by, act)) = self.act(step) {
            let known = act.clone();
            match self.stage.try_act(by, act) {
                Ok(()) => self.note(&known),
                Err(Refused::Platform(_) | Refused::Economy(_)) => {
                    assert!(self.stage.platform == before, "a refused act changes nothing: {known:?}");
                }
            }
        }
        self.seen.extend(check_edges(&before.mall, &self.stage.platform.mall));
        check_pieces(&self.stage.platform.mall, &self.supplied);
        check_money(&self.stage.economy, &self.stage.platform.mall);
    }

    fn note(&mut self, act: &MallAct) {
        self.seen.insert(act.name().to_owned());
        match act {
            MallAct::Place(basket) => self.orders.extend(basket.orders.iter().map(|wish| wish.order.clone())),
            MallAct::Return(ReturnAct::Ask { of, .. }) => self.returns.push(of.clone()),
            MallAct::Product(ProductAct::Stock { product, variant, change }) => {
                let key = (product.clone(), variant.clone());
                *self.supplied.get_mut(&key).expect("a variant") += i64::from(*change);
            }
            _ => {}
        }
    }

    /// Mostly of what is in the state for it and by whoever may, at times not.
    fn act(&mut self, Step { kind, which, by, size }: Step) -> Option<(Actor, MallAct)> {
        use OrderState::{Paid, Placed, Received, Shipped};
        use ReturnState::{Agreed, Arrived, Asked, Escalated, Refused as Denied, SentBack};
        let order = |state| self.order(which, state);
        let back = |state| self.back(which, state);
        let (usual, act) = match kind {
            0 => {
                self.stage.later(if size > 6 { i64::from(size) * DAY / 4 } else { i64::from(size) * 240 });
                return None;
            }
            1..=3 => (member("M2"), self.basket(size)),
            4 => {
                let order = order([Paid, Shipped, Received, Received][which % 4])?;
                self.past_the_mall(&order, size);
                return None;
            }
            5..=7 => {
                let id = order(Placed)?;
                if mall(&self.stage).planned(&id).is_some() && money(&self.stage, &id) == Standing::Unpaid {
                    pay(&mut self.stage, &id);
                }
                let order = mall(&self.stage).orders().get(&id)?;
                (Actor::Service, MallAct::Order(confirmation(&self.stage.economy, order)?))
            }
            8 | 9 => (self.desk(&order(Paid)?), ship(&order(Paid)?)),
            10 | 11 => (member("M2"), receive(&order(Shipped)?)),
            12 => (member("M2"), cancel(&order([Placed, Paid, Shipped][which % 3])?, &[5])),
            13 => (Actor::Service, settle(&order(Received)?)),
            14..=16 => (member("M2"), self.ask(&order(Received)?, size)),
            17 | 18 => {
                let of = back(if size.is_multiple_of(2) { Asked } else { Escalated })?;
                let goods = if size < 3 { Goods::Kept } else { Goods::Back };
                (self.answerer(&of), agree(&of, goods))
            }
            19 => {
                let of = back([Asked, Escalated, SentBack][which % 3])?;
                (self.answerer(&of), MallAct::Return(ReturnAct::Refuse { of, sealed_reason: vec![9] }))
            }
            20 => (member("M2"), MallAct::Return(ReturnAct::Appeal { of: back(Denied)? })),
            21 => {
                let of = back([Asked, Escalated, Agreed][which % 3])?;
                (member("M2"), MallAct::Return(ReturnAct::Withdraw { of }))
            }
            22..=24 => (member("M2"), send_back(&back(Agreed)?)),
            25 | 26 => {
                let of = back(SentBack)?;
                let restock = if size.is_multiple_of(3) { Restock::No } else { Restock::Yes };
                (self.desk(&self.order_of(&of)), arrive(&of, restock))
            }
            27 | 28 => (Actor::Service, refund(&back(Arrived)?)),
            29 => {
                let change = i32::try_from(size).expect("small") - 5;
                let act = ProductAct::Stock { product: "P1".into(), variant: "a".into(), change };
                (staff("u1"), MallAct::Product(act))
            }
            30 => {
                let (order, carrier, number) = (order(Shipped)?, "顺丰".to_owned(), "SF-1001".to_owned());
                (self.desk(&order), MallAct::Order(OrderAct::Correct { order, carrier, number }))
            }
            _ => (Actor::Service, due(&self.stage).into_iter().nth(which % 3)?),
        };
        let others = [member("M1"), member("M2"), staff("u1"), staff("u2"), staff("desk"), Actor::Service];
        Some((others.get(usize::from(by)).cloned().unwrap_or(usual), act))
    }

    fn order(&self, which: usize, state: OrderState) -> Option<String> {
        let fit: Vec<_> =
            mall(&self.stage).orders().in_state(state, u32::MAX).map(|order| order.id.clone()).collect();
        one_of(if which == 0 || fit.is_empty() { &self.orders } else { &fit }, which)
    }

    fn back(&self, which: usize, state: ReturnState) -> Option<String> {
        let fit: Vec<_> =
            mall(&self.stage).returns().in_state(state, u32::MAX).map(|back| back.id.clone()).collect();
        one_of(if which == 0 || fit.is_empty() { &self.returns } else { &fit }, which)
    }

    fn order_of(&self, of: &str) -> String {
        back(&self.stage, of).order.clone()
    }

    fn desk(&self, id: &str) -> Actor {
        staff(&order(&self.stage, id).supplier.to_lowercase())
    }

    fn answerer(&self, of: &str) -> Actor {
        match return_state(&self.stage, of) {
            ReturnState::Asked => self.desk(&self.order_of(of)),
            _ => staff("desk"),
        }
    }

    /// One piece, some, or all of the order.
    fn ask(&self, id: &str, size: u32) -> MallAct {
        let items = order(&self.stage, id).items.iter().enumerate();
        let parts = items.map(|(item, known)| match size {
            0..4 => (item, known.count),
            _ => (item, size % (known.count + 2)),
        });
        let parts: Vec<_> = parts.filter(|part| part.1 > 0).collect();
        ask(&format!("R{}", self.stage.economy.seq()), id, &parts)
    }

    fn basket(&self, size: u32) -> MallAct {
        let id = self.stage.economy.seq();
        let rice = [pick("P1", "a", 1 + size % 4, 10_000), pick("P1", "b", 1 + size % 3, 5_000)];
        let oil = [pick("P2", "a", 1 + size % 5, 3_000)];
        let orders = [
            wish(&format!("O{id}-1"), "U1", 0, &rice[..1 + usize::from(size.is_multiple_of(2))]),
            wish(&format!("O{id}-2"), "U2", 600, &oil),
        ];
        basket(&format!("B{id}"), &orders[usize::from(size.is_multiple_of(5))..])
    }

    /// Somebody who may sends a command past the mall; refused or not.
    fn past_the_mall(&mut self, order: &str, size: u32) {
        let id = self.stage.economy.seq();
        let (cash, fen) = match money(&self.stage, order) {
            Standing::Paid { cash } | Standing::Settled { cash, .. } => (cash, cash / 7),
            Standing::Unpaid | Standing::GivenBack => return,
        };
        let [cash, part] = [cash, fen.max(1)].map(linli_economy::units::Fen::from);
        let line = match size {
            0 => format!(r#"{{"cmd":"cancel","cancel":"C{id}","order":"{order}","amount":"{cash}"}}"#),
            1 => format!(r#"{{"cmd":"settle_mall","order":"{order}"}}"#),
            2 => format!(r#"{{"cmd":"refund","refund":"F{id}","order":"{order}","amount":"{part}"}}"#),
            _ => return,
        };
        let _ = self.stage.economy.apply(&line);
    }

    /// A long time passes and the service does all that is due: whatever can end has ended.
    fn finish(&mut self) {
        for _ in 0..12 {
            self.stage.later(20 * DAY);
            for _ in 0..1_000 {
                let before = self.stage.platform.clone();
                let Some(act) = due(&self.stage).into_iter().next() else { break };
                done(&mut self.stage, Actor::Service, act);
                self.seen.extend(check_edges(&before.mall, &self.stage.platform.mall));
                check_money(&self.stage.economy, &self.stage.platform.mall);
            }
        }
        check_pieces(&self.stage.platform.mall, &self.supplied);
        assert_eq!(due(&self.stage), []);
        let mall = &self.stage.platform.mall;
        for state in [OrderState::Placed, OrderState::Shipped] {
            assert_eq!(mall.orders().in_state(state, u32::MAX).count(), 0, "{state:?}");
        }
        for order in mall.orders().in_state(OrderState::Paid, u32::MAX) {
            // Settled past the mall before it was shipped: people decide.
            assert!(matches!(standing(&self.stage.economy, order), Standing::Settled { .. }));
        }
        for order in mall.orders().in_state(OrderState::Received, u32::MAX) {
            let waits = mall.returns_of(order).any(|back| back.state == ReturnState::Escalated);
            assert!(waits, "only what the platform has to decide is left: {order:?}");
        }
        for state in [ReturnState::Asked, ReturnState::Agreed, ReturnState::SentBack] {
            assert_eq!(mall.returns().in_state(state, u32::MAX).count(), 0, "{state:?}");
        }
    }
}

/// Each order and return is where it was, or one edge further; all are found by their state. Gives the edges taken.
fn check_edges(before: &Mall, after: &Mall) -> Vec<String> {
    let (mut edges, mut found) = (Vec::new(), 0);
    for state in OrderState::ALL {
        for order in after.orders().in_state(state, u32::MAX) {
            let from = before.orders().get(&order.id).map_or(OrderState::Placed, |order| order.state);
            assert!(from == state || from.next().contains(&state), "{from:?} to {state:?}");
            assert_eq!(order.state, state);
            edges.extend((from != state).then(|| order_edge(from, state)));
            found += 1;
        }
    }
    assert_eq!(found, after.orders().of(Owner::Member("M2"), u32::MAX).count());
    for state in ReturnState::ALL {
        for back in after.returns().in_state(state, u32::MAX) {
            let from = before.returns().get(&back.id).map_or(ReturnState::Asked, |back| back.state);
            assert!(from == state || from.next().contains(&state), "{from:?} to {state:?}");
            edges.extend((from != state).then(|| return_edge(from, state)));
        }
    }
    edges
}

fn order_edge(from: OrderState, to: OrderState) -> String {
    format!("order {} to {}", from.name(), to.name())
}

fn return_edge(from: ReturnState, to: ReturnState) -> String {
    format!("return {} to {}", from.name(), to.name())
}

/// Free, reserved and sold are what was supplied; what is reserved is in orders that are not shipped, what is sold in
/// those that are.
fn check_pieces(mall: &Mall, supplied: &BTreeMap<(String, String), i64>) {
    let mut ordered: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    for order in OrderState::ALL.into_iter().flat_map(|state| mall.orders().in_state(state, u32::MAX)) {
        for item in &order.items {
            let (reserved, shipped) =
                ordered.entry((item.product.clone(), item.variant.clone())).or_default();
            match order.state {
                OrderState::Placed | OrderState::Paid => *reserved += u64::from(item.count),
                _ if !order.parcels.is_empty() => *shipped += u64::from(item.count),
                _ => {}
            }
        }
    }
    for ((product, variant), supplied) in supplied {
        let Pieces { free, reserved, sold } =
            mall.products().get(product).expect("a product").pieces[variant];
        assert_eq!(i64::try_from(free + reserved + sold), Ok(*supplied), "{product} {variant}");
        let key = (product.clone(), variant.clone());
        let (ordered, shipped) = ordered.get(&key).copied().unwrap_or_default();
        assert_eq!(reserved, ordered, "{product} {variant}");
        assert!(sold <= shipped, "{product} {variant}: only what was shipped is sold");
    }
}

/// The mall's states and the economy's agree, and nobody gets more than X back.
fn check_money(economy: &Economy, mall: &Mall) {
    for order in OrderState::ALL.into_iter().flat_map(|state| mall.orders().in_state(state, u32::MAX)) {
        assert!(order.refunded_list_fen <= order.items_fen(), "{order:?}");
        let money = standing(economy, order);
        match order.state {
            OrderState::Placed => {}
            OrderState::Lapsed => assert_eq!(money, Standing::Unpaid),
            OrderState::Cancelled => assert!(matches!(money, Standing::Unpaid | Standing::GivenBack)),
            OrderState::Paid | OrderState::Shipped | OrderState::Received => {
                assert_ne!(money, Standing::Unpaid, "{order:?}");
            }
            OrderState::Settled => match money {
                Standing::GivenBack => {}
                Standing::Settled { cash, refunded } => {
                    let whole = u128::from(order.items_fen());
                    let due = u128::from(cash) * u128::from(order.refunded_list_fen) / whole;
                    assert!(u128::from(refunded) >= due && refunded < cash, "{order:?}");
                }
                other => panic!("{other:?} {order:?}"),
            },
        }
    }
}

fn one_of(ids: &[String], which: usize) -> Option<String> {
    ids.get(which % ids.len().max(1)).cloned()
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..36_u8, 0..12_usize, 0..40_u8, 0..12_u32);
    prop::collection::vec(step.prop_map(|(kind, which, by, size)| Step { kind, which, by, size }), 1..250)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_and_money_add_up_on_every_way(steps in steps()) {
        let mut walk = Walk::new();
        for step in steps {
            walk.step(step);
        }
        walk.finish();
        let bytes = postcard::to_allocvec(&walk.stage.platform).expect("memory takes it");
        let read: Platform = postcard::from_bytes(&bytes).expect("it was written");
        prop_assert!(read == walk.stage.platform);
    }
}

/// A walk that never gets somewhere says nothing about it: together they take every edge.
#[test]
fn the_walks_take_every_edge() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..256 {
        let mut walk = Walk::new();
        let steps = steps().new_tree(&mut runner).expect("steps are always found").current();
        steps.into_iter().for_each(|step| walk.step(step));
        walk.finish();
        seen.append(&mut walk.seen);
    }
    let orders =
        OrderState::ALL.into_iter().flat_map(|from| from.next().iter().map(move |&to| order_edge(from, to)));
    let returns = ReturnState::ALL
        .into_iter()
        .flat_map(|from| from.next().iter().map(move |&to| return_edge(from, to)));
    let missing: Vec<_> = orders.chain(returns).filter(|edge| !seen.contains(edge)).collect();
    assert_eq!(missing, [""; 0], "of {seen:?}");
}
