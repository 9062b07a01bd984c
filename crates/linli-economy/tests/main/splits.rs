//! Every split adds up: every amount up to 100,000 fen under several hundred plans, with everybody there,
//! with nobody, and with some suspended. Must not be added here: amounts picked at random.

use crate::rules::plan_text;
use linli_economy::account::Account;
use linli_economy::handle::{MemberId, PlanId, StoreId, SupplierId};
use linli_economy::legs::{self, Ancestor, Base, Leg, LegKind, LevelLeg};
use linli_economy::order::{Terms, Unpaid};
use linli_economy::plan::{Plan, Unclaimed, mall_cost_share};
use linli_economy::rate::Rate;
use linli_random::Random;
use linli_random::plans;

const PLANS: usize = 300;
const AMOUNTS: u64 = 100_000;
const PPM: u64 = 1_000_000;

/// The shipped plans, with a few keys at their ends, and random ones.
fn all_plans() -> Vec<Plan> {
    let shipped = [
        "seed-one",
        "seed-three",
        "seed-one with take.unclaimed = \"pool\"",
        "seed-one with take.min_rate = \"4%\"",
        "seed-one with dividend.rate = \"0.7%\"",
        "seed-three with take.min_rate = \"4.66%\"",
    ];
    let mut plans: Vec<Plan> = shipped.iter().map(|phrase| plan(phrase)).collect();
    let mut random = Random::new(7);
    while plans.len() < PLANS {
        plans.extend(Plan::parse(&plans::plan(&mut random, "1.00", "0.00")));
    }
    plans
}

fn plan(phrase: &str) -> Plan {
    Plan::parse(&plan_text(phrase).expect("words of a plan")).expect("a plan")
}

/// Halves the plans between two threads.
fn each_plan(check: impl Fn(usize, &Plan) + Sync) {
    let (plans, check) = (&all_plans(), &check);
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || {
                let own = plans.iter().enumerate().skip(half).step_by(2);
                own.for_each(|(number, plan)| check(number, plan));
            });
        }
    });
}

fn member(index: usize) -> MemberId {
    MemberId::at(index).expect("a small number")
}

/// Everybody whom an order can pay, all of them different.
fn everybody(rate: Rate) -> Terms {
    Terms {
        plan: PlanId::at(0).expect("the first"),
        rate,
        direct: Some(member(0)),
        indirect: Some(member(1)),
        recruiter: Some(member(2)),
        agents: [3, 4, 5, 6].map(|index| Some(member(index))),
        levels: None,
    }
}

fn nobody(rate: Rate) -> Terms {
    Terms { direct: None, indirect: None, recruiter: None, agents: [None; 4], ..everybody(rate) }
}

/// Ancestors of every rank, two of each, so that every step and every same-rank pay comes.
fn ancestors(plan: &Plan) -> Vec<Ancestor> {
    let ranks = 0..plan.levels.ranks.len();
    ranks.flat_map(|rank| [rank, rank].map(|rank| Ancestor { member: member(7 + rank), rank })).collect()
}

/// ⌊amount · rate⌋, written out once more.
fn share(amount: u64, rate: Rate) -> u64 {
    amount * u64::from(rate.0) / PPM
}

/// What a split pays out of the distribution budget, and what all legs pay.
fn sums(legs: &[Leg]) -> (u64, u64) {
    let outside =
        |kind| matches!(kind, LegKind::Store | LegKind::Platform | LegKind::Supplier | LegKind::Rebate);
    let claimed = legs.iter().filter(|leg| !outside(leg.kind)).map(|leg| leg.fen).sum();
    (claimed, legs.iter().map(|leg| leg.fen).sum())
}

fn leg(legs: &[Leg], kind: LegKind) -> u64 {
    legs.iter().find(|leg| leg.kind == kind).map_or(0, |leg| leg.fen)
}

/// What the platform gets by the rules: its rate, and what nobody claimed where the plan gives it that.
fn platform(plan: &Plan, amount: u64, claimed: u64) -> u64 {
    let unclaimed = share(amount, plan.take.distribution) - claimed;
    share(amount, plan.take.platform) + if plan.take.unclaimed == Unclaimed::Platform { unclaimed } else { 0 }
}

/// One way in which an order may be split.
struct Case<'a> {
    name: &'a str,
    terms: Terms,
    unpaid: Unpaid,
    ancestors: Vec<Ancestor>,
    has_member: bool,
}

/// Checks one case for every amount.
fn check(number: usize, plan: &Plan, case: &Case<'_>) {
    let (store, mut legs) = (StoreId::at(0).expect("the first"), Vec::new());
    for amount in 1..=AMOUNTS {
        let levels: Vec<LevelLeg> = if case.ancestors.is_empty() {
            Vec::new()
        } else {
            legs::of_levels(plan, &case.ancestors, amount)
        };
        let base = Base { plan, terms: &case.terms, unpaid: case.unpaid, levels: &levels, amount };
        let inflow = legs::of_store(base, store, case.has_member, &mut legs);
        let (claimed, paid) = sums(&legs);
        let at = || format!("plan {number}, {}, {amount} fen: {legs:?}, {inflow} to the pool", case.name);
        assert_eq!(paid + inflow, amount, "the split is the amount: {}", at());
        assert!(claimed <= share(amount, plan.take.distribution), "the budget holds: {}", at());
        let take = (amount * u64::from(case.terms.rate.0)).div_ceil(PPM);
        assert_eq!(leg(&legs, LegKind::Store), amount - take, "the store gets the rest: {}", at());
        let rest = take - claimed - platform(plan, amount, claimed);
        let (to_pool, to_platform) = if case.has_member { (rest, 0) } else { (0, rest) };
        assert_eq!(inflow, to_pool, "the pool gets what is left: {}", at());
        let expected = platform(plan, amount, claimed) + to_platform;
        assert_eq!(leg(&legs, LegKind::Platform), expected, "the platform gets its part: {}", at());
        assert!(legs.iter().all(|leg| leg.fen <= amount), "no leg is more than the amount: {}", at());
    }
}

#[test]
fn every_amount_is_split_with_everybody_there_at_the_lowest_take() {
    each_plan(|number, plan| {
        let terms = everybody(plan.take.min_rate);
        let (unpaid, ancestors) = (Unpaid(0), ancestors(plan));
        check(number, plan, &Case { name: "everybody", terms, unpaid, ancestors, has_member: true });
    });
}

#[test]
fn every_amount_is_split_with_nobody_there() {
    each_plan(|number, plan| {
        let (unpaid, ancestors) = (Unpaid(0), Vec::new());
        let terms = nobody(plan.take.rate);
        let has_member = number % 2 == 0;
        check(number, plan, &Case { name: "nobody", terms, unpaid, ancestors, has_member });
    });
}

#[test]
fn every_amount_is_split_with_some_missing_and_some_suspended() {
    each_plan(|number, plan| {
        let mut random = Random::new(number as u64);
        let take = plan.take;
        let own = random.between(take.min_rate.0.into(), take.max_rate.0.into());
        let mut terms = everybody(Rate(u32::try_from(own).expect("a rate")));
        for agent in &mut terms.agents {
            *agent = agent.filter(|_| random.percent(60));
        }
        terms.indirect = terms.indirect.filter(|_| random.percent(60));
        let unpaid = Unpaid(u8::try_from(random.below(128)).expect("seven bits"));
        let mut ancestors = ancestors(plan);
        ancestors.retain(|_| random.percent(60));
        check(number, plan, &Case { name: "some", terms, unpaid, ancestors, has_member: number % 5 > 0 });
    });
}

/// Each beneficiary's leg is the rounded share of the rate that the words give, whoever else is there.
#[test]
fn every_beneficiarys_leg_is_its_own_rounded_share() {
    let plan = plan("seed-one with region.macro = \"0.4%\"");
    let (terms, store) = (everybody(plan.take.rate), StoreId::at(0).expect("the first"));
    let rates = [
        (LegKind::Direct, 3_000),
        (LegKind::Indirect, 2_000),
        (LegKind::Recruit, 5_000),
        (LegKind::Region(0), 1_000),
        (LegKind::Region(1), 1_000),
        (LegKind::Region(2), 1_000),
        (LegKind::Region(3), 1_000),
    ];
    let mut legs = Vec::new();
    for amount in 1..=AMOUNTS {
        let base = Base { plan: &plan, terms: &terms, unpaid: Unpaid(0), levels: &[], amount };
        legs::of_store(base, store, true, &mut legs);
        for (place, (kind, ppm)) in rates.into_iter().enumerate() {
            assert_eq!(leg(&legs, kind), share(amount, Rate(ppm)), "{kind:?} of {amount} fen");
            let to = legs.iter().find(|leg| leg.kind == kind).map(|leg| leg.account);
            assert_eq!(to, Some(Account::Wallet(member(place))));
        }
    }
}

/// Mall orders at full deduction and the highest cost that the margin allows: the pool never has to give.
#[test]
fn every_mall_price_carries_its_highest_cost() {
    const PRICES: u64 = 30_000;
    each_plan(|number, plan| {
        let (terms, mut legs) = (everybody(Rate::ZERO), Vec::new());
        let terms = Terms { recruiter: None, agents: [None; 4], ..terms };
        let supplier = SupplierId::at(0).expect("the first");
        let stores = [0, 1, 2].map(|index| StoreId::at(index).expect("a small number"));
        for list in 1..=PRICES {
            let used = share(list, plan.mall.deduct);
            let (amount, thousandth) = (list - used, used / 1_000);
            let rebates =
                [(stores[0], used - 2 * thousandth), (stores[1], thousandth), (stores[2], thousandth)];
            let rebates = if used > 0 { &rebates[..] } else { &[] };
            let most = u128::from(list) * mall_cost_share(plan) / 1_000_000_000_000;
            let cost = u64::try_from(most).expect("at most the price");
            let levels = legs::of_levels(plan, &ancestors(plan), amount);
            let base = Base { plan, terms: &terms, unpaid: Unpaid(0), levels: &levels, amount };
            let inflow = legs::of_mall(base, (supplier, cost), rebates, &mut legs);
            let (claimed, paid) = sums(&legs);
            let at = || format!("plan {number}, {list} fen: {legs:?}, {inflow} to the pool");
            assert_eq!(paid + inflow, amount, "the split is the cash: {}", at());
            assert!(claimed <= share(amount, plan.take.distribution), "the budget holds: {}", at());
            assert_eq!(leg(&legs, LegKind::Platform), platform(plan, amount, claimed), "{}", at());
            let rebated: u64 = legs.iter().filter(|leg| leg.kind == LegKind::Rebate).map(|leg| leg.fen).sum();
            assert!(rebated <= share(amount, plan.mall.store_rebate), "rebates stay in their rate: {}", at());
        }
    });
}
