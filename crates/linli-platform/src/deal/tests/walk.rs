//! Random walks over acts, payments and time: whatever comes in whatever order, no piece is sold twice, no fen is lost,
//! vouchers move along their edges only, and in the end every order is given back or settled.

use super::*;
use linli_economy::order::Phase;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, BTreeSet};

const STOCK: u32 = 12;
const PER_MEMBER: u32 = 7;

#[derive(Clone, Debug)]
enum Step {
    Buy { by_b: bool, count: u32 },
    Pay(Index),
    CancelOtherwise(Index, u64),
    Verify(Index, u32),
    Undo(Index),
    GiveBack(Index),
    Change { price_fen: u64, uses: u32 },
    Due,
    Settle,
    Later(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let which = any::<Index>;
    prop_oneof![
        4 => (any::<bool>(), 1..4_u32).prop_map(|(by_b, count)| Step::Buy { by_b, count }),
        4 => which().prop_map(Step::Pay),
        1 => (which(), 1..3_000_u64).prop_map(|(order, fen)| Step::CancelOtherwise(order, fen)),
        5 => (which(), 1..4_u32).prop_map(|(order, uses)| Step::Verify(order, uses)),
        2 => which().prop_map(Step::Undo),
        2 => which().prop_map(Step::GiveBack),
        1 => (10..20_000_u64, 1..5_u32).prop_map(|(price_fen, uses)| Step::Change { price_fen, uses }),
        3 => Just(Step::Due),
        2 => Just(Step::Settle),
        4 => prop_oneof![Just(MINUTE), Just(7 * MINUTE), Just(16 * MINUTE), Just(4 * DAY), Just(15 * DAY)]
            .prop_map(Step::Later),
    ]
}

/// A world, and what the walk knows besides.
struct Walk {
    world: World,
    orders: Vec<String>,
    verifications: BTreeMap<String, Vec<String>>,
    /// Fen that went back by other means.
    otherwise: BTreeMap<String, u64>,
    statuses: BTreeMap<String, VoucherStatus>,
    ids: u32,
}

impl Walk {
    fn new() -> Self {
        let mut world = World::new();
        let (terms, sale) = (world.terms(), world.sale());
        world.offer(terms, DealSale { stock: Some(STOCK), per_member: Some(PER_MEMBER), ..sale });
        Self {
            world,
            orders: Vec::new(),
            verifications: BTreeMap::new(),
            otherwise: BTreeMap::new(),
            statuses: BTreeMap::new(),
            ids: 0,
        }
    }

    fn new_id(&mut self) -> String {
        self.ids += 1;
        format!("i{}", self.ids)
    }

    /// A purchase that has not lapsed, if there is any.
    fn pick(&self, index: &Index) -> Option<String> {
        let there: Vec<_> = self.orders.iter().filter(|order| self.world.deals().is_deal(order)).collect();
        (!there.is_empty()).then(|| index.get(&there).to_string())
    }

    /// What an act may be refused with is tested elsewhere; here it must only not be the economy that refuses.
    fn take(&mut self, step: &Step) {
        let id = self.new_id();
        match step {
            Step::Buy { by_b, count } => self.buy(&id, *by_b, *count),
            Step::Pay(index) => {
                let order =
                    self.pick(index).filter(|order| self.world.status(order) == VoucherStatus::Reserved);
                order.iter().for_each(|order| self.world.pay(order));
            }
            Step::CancelOtherwise(index, fen) => self.cancel_otherwise(&id, index, *fen),
            Step::Verify(index, uses) => {
                let Some(order) = self.pick(index) else { return };
                if self.world.verify(&id, &order, *uses).is_ok() {
                    self.verifications.entry(order).or_default().push(id);
                }
            }
            Step::Undo(index) => {
                let Some(order) = self.pick(index) else { return };
                let Some(verification) = self.verifications.get(&order).and_then(|all| all.last()) else {
                    return;
                };
                let (verification, before) = (verification.clone(), self.world.purchase(&order).used());
                let undone = self.world.undo(&verification, &order).is_ok();
                assert_eq!(self.world.purchase(&order).used() < before, undone);
            }
            Step::GiveBack(index) => {
                let Some(order) = self.pick(index) else { return };
                let by = Actor::Member(self.world.purchase(&order).member.clone());
                // Refused or not.
                let _ = self.world.stage.act(by, DealAct::GiveBack { cancel: id, order, store: None });
            }
            Step::Change { price_fen, uses } => {
                let terms = DealTerms { price_fen: *price_fen, uses: *uses, ..self.world.terms() };
                let sale = self.world.deal().sale.clone();
                assert_eq!(self.world.change(terms, sale), Ok(()));
            }
            Step::Due => self.do_due(),
            Step::Settle => self.settle_final(),
            Step::Later(seconds) => self.world.later(*seconds),
        }
    }

    fn buy(&mut self, order: &str, by_b: bool, count: u32) {
        let member = if by_b { "B" } else { "A" };
        let buying = Buying { member: member.into(), ..self.world.buying(order, count) };
        let (taken, held) = (self.world.deal().taken(), self.world.deal().taken_by(member));
        let bought = self.world.by(member, DealAct::Buy(buying));
        let has_room =
            taken + u64::from(count) <= STOCK.into() && held + u64::from(count) <= PER_MEMBER.into();
        assert!(bought.is_err() || has_room, "{taken} and {held} before {count}");
        if bought.is_ok() {
            self.orders.push(order.into());
        }
    }

    fn cancel_otherwise(&mut self, id: &str, index: &Index, fen: u64) {
        let Some(order) = self.pick(index) else { return };
        let purchase = self.world.purchase(&order);
        let Standing::Paid(paid) = purchase.standing(&self.world.stage.economy) else { return };
        if purchase.ended.is_none() {
            let fen = fen.min(paid.left());
            self.world.cancel(id, &order, &Fen::from(fen).to_string());
            *self.otherwise.entry(order).or_default() += fen;
        }
    }

    /// Every due act is taken.
    fn do_due(&mut self) {
        loop {
            let due = self.world.due();
            if due.is_empty() {
                break;
            }
            for act in due {
                assert_eq!(self.world.service(act.clone()), Ok(()), "{act:?}");
            }
        }
    }

    fn settle_final(&mut self) {
        let now = self.world.stage.now;
        for order in &self.orders {
            let final_at = self.world.deals().final_at(&self.world.stage.economy, order);
            if final_at.is_some_and(|at| at <= now) {
                let line = format!(r#"{{"cmd":"settle","order":"{order}","at":"{now}"}}"#);
                self.world.stage.commands(&line);
            }
        }
    }

    fn check(&mut self) {
        let deals = self.world.deals();
        assert_eq!(*deals, indexed_anew(deals), "the indexes are those of the purchases");
        let mut of_acts: Vec<_> =
            deals.verified_in_store("S", u64::MAX).map(|(_, _, what)| &what.id).collect();
        let all = self.orders.iter().filter_map(|order| deals.purchase(order));
        let mut all: Vec<_> =
            all.flat_map(|purchase| purchase.verifications.iter().map(|what| &what.id)).collect();
        of_acts.sort();
        all.sort();
        assert_eq!(of_acts, all, "a store finds each verification once");
        let purchases: Vec<_> = self.orders.iter().filter_map(|order| deals.purchase(order)).collect();
        let taken = |member: &str| -> u64 {
            let of_member = purchases.iter().filter(|purchase| purchase.member == member);
            of_member.map(|purchase| purchase.taken_pieces()).sum()
        };
        for member in ["A", "B"] {
            assert_eq!(self.world.deal().taken_by(member), taken(member));
            assert!(taken(member) <= PER_MEMBER.into());
        }
        assert_eq!(self.world.deal().taken(), taken("A") + taken("B"));
        assert!(self.world.deal().taken() <= STOCK.into());
        for purchase in &purchases {
            self.check_purchase(purchase);
        }
        let statuses = purchases.iter().map(|purchase| {
            (purchase.order.clone(), purchase.status(&self.world.stage.economy, self.world.stage.now))
        });
        let statuses: BTreeMap<_, _> = statuses.collect();
        for (order, &now) in &statuses {
            let before = self.statuses.get(order).copied().unwrap_or(VoucherStatus::Reserved);
            assert!(before == now || is_edge(before, now), "{order}: {before:?} to {now:?}");
        }
        for (order, before) in &self.statuses {
            let is_there = statuses.contains_key(order);
            assert!(is_there || *before == VoucherStatus::Reserved, "{order} was {before:?}");
        }
        self.statuses = statuses;
    }

    fn check_purchase(&self, purchase: &Purchase) {
        assert_eq!(purchase.earned_fen() + purchase.unearned_fen(), purchase.amount_fen);
        let terms = self.world.deal().terms_of(purchase.version).expect("terms that were bought are kept");
        assert_eq!(purchase.amount_fen, terms.price_fen * u64::from(purchase.count), "frozen");
        let Some(order) = purchase.standing(&self.world.stage.economy).order() else {
            assert!(purchase.verifications.is_empty() && purchase.ended.is_none());
            return;
        };
        let otherwise = self.otherwise.get(&purchase.order).copied().unwrap_or(0);
        let ended = purchase.ended.map_or(0, |_| purchase.unearned_fen());
        assert_eq!(order.cancelled, otherwise.max(ended));
        assert!(!order.is_settled() || purchase.left() == 0 || purchase.ended.is_some());
    }

    /// Time alone brings everything to an end.
    fn finish(&mut self) {
        self.world.later(40 * DAY);
        self.check();
        self.do_due();
        self.check();
        self.world.later(7 * DAY);
        self.settle_final();
        self.check();
        assert_eq!(self.world.due(), []);
        for order in self.world.stage.economy.state().orders() {
            assert!(matches!(order.phase, Phase::GivenBack | Phase::Settled), "{order:?}");
        }
    }
}

/// The same purchases with indexes made from nothing else.
fn indexed_anew(deals: &Deals) -> Deals {
    let all = || deals.purchases.iter().map(|(&number, purchase)| (number, purchase));
    let by = |key: fn(&Purchase) -> &String| -> BTreeSet<(String, u64)> {
        all().map(|(number, purchase)| (key(purchase).clone(), number)).collect()
    };
    Deals {
        orders: all().map(|(number, purchase)| (purchase.order.clone(), number)).collect(),
        codes: all().map(|(number, purchase)| (purchase.code_digest, number)).collect(),
        of_deals: by(|purchase| &purchase.deal),
        of_stores: by(|purchase| &purchase.store),
        of_members: by(|purchase| &purchase.member),
        unconfirmed: all()
            .filter(|(_, purchase)| purchase.is_unconfirmed())
            .map(|(number, purchase)| (purchase.member.clone(), number))
            .collect(),
        deadlines: all().filter_map(|(number, purchase)| Some((purchase.deadline()?, number))).collect(),
        done: all().filter_map(|(number, purchase)| Some((purchase.done_at()?, number))).collect(),
        verified: all().map(|(_, purchase)| u64::from(purchase.used())).sum(),
        ..deals.clone()
    }
}

/// Whether what people are shown of a voucher may change like this.
fn is_edge(from: VoucherStatus, to: VoucherStatus) -> bool {
    use VoucherStatus::*;
    match from {
        Reserved => to == Valid,
        Valid => matches!(to, Used | Expiring | GivenBack | Void),
        // By undoing a verification, or because others gave the money back.
        Used => matches!(to, Valid | Expiring | Void),
        Expiring => matches!(to, Expired | GivenBack | Void),
        Void => matches!(to, Expired),
        GivenBack | Expired => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_walk_keeps_stock_money_and_indexes(steps in prop::collection::vec(step(), 1..80)) {
        let mut walk = Walk::new();
        for step in &steps {
            walk.take(step);
            walk.check();
        }
        walk.finish();
    }
}
