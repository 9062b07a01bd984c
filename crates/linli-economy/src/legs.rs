//! The legs of an order: who gets how much of it, from its frozen terms alone, so that settling, refunding and
//! replaying agree by construction. Must not be added here: a balance, or who is suspended now.

use crate::account::Account;
use crate::handle::{MemberId, StoreId, SupplierId};
use crate::order::{Terms, Unpaid};
use crate::plan::{Plan, RegionMode, Unclaimed};
use crate::rate::Rate;
use crate::region::LEVELS;
use serde::{Deserialize, Serialize};

/// Which rule a leg comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegKind {
    /// What the take leaves to the store.
    Store,
    /// `referral.direct`.
    Direct,
    /// `referral.indirect`.
    Indirect,
    /// `recruit.store`.
    Recruit,
    /// `region`, by its place: district, city, province, macro-region.
    Region(u8),
    /// `levels`.
    Levels,
    /// `dividend.rate`.
    Dividend,
    /// `take.platform`, with what else falls to the platform.
    Platform,
    /// The cost of a mall order.
    Supplier,
    /// `mall.store_rebate`.
    Rebate,
}

/// The kinds of the beneficiaries, in the order of [`Unpaid`].
const BENEFICIARIES: [LegKind; 3 + LEVELS] = [
    LegKind::Direct,
    LegKind::Indirect,
    LegKind::Recruit,
    LegKind::Region(0),
    LegKind::Region(1),
    LegKind::Region(2),
    LegKind::Region(3),
];

/// One leg: what one account gets of the order, in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// By which rule.
    pub kind: LegKind,
    /// Who gets it.
    pub account: Account,
    /// How much.
    pub fen: u64,
}

/// What one of the frozen ancestors was paid by levels.
pub type LevelLeg = (MemberId, u64);

/// An order as far as its split depends on it.
#[derive(Clone, Copy)]
pub struct Base<'a> {
    /// The frozen plan.
    pub plan: &'a Plan,
    /// The frozen terms.
    pub terms: &'a Terms,
    /// Who of them gets nothing.
    pub unpaid: Unpaid,
    /// What levels pay.
    pub levels: &'a [LevelLeg],
    /// A, or X for a mall order: fen.
    pub amount: u64,
}

/// Fills `legs` with a store order's legs and gives the pool's inflow. Without a member the inflow is the
/// platform's too.
pub fn of_store(base: Base<'_>, store: StoreId, has_member: bool, legs: &mut Vec<Leg>) -> u64 {
    legs.clear();
    let take = base.terms.rate.share_ceil(base.amount);
    legs.push(Leg { kind: LegKind::Store, account: Account::Store(store), fen: base.amount - take });
    let claimed = distribution(base, legs);
    let platform = platform_share(base, claimed);
    let inflow = take - claimed - platform;
    let (platform, inflow) = if has_member { (platform, inflow) } else { (platform + inflow, 0) };
    legs.push(Leg { kind: LegKind::Platform, account: Account::PlatformProfit, fen: platform });
    inflow
}

/// Fills `legs` with a mall order's legs and gives the pool's inflow. `rebates` are the stores whose lots were
/// used, with the points of each.
pub fn of_mall(
    base: Base<'_>,
    supplier: (SupplierId, u64),
    rebates: &[(StoreId, u64)],
    legs: &mut Vec<Leg>,
) -> u64 {
    legs.clear();
    if base.amount == 0 {
        // It was given back, and does not even cover its cost: nobody gets anything.
        return 0;
    }
    let (supplier, cost) = supplier;
    legs.push(Leg { kind: LegKind::Supplier, account: Account::Supplier(supplier), fen: cost });
    let used: u64 = rebates.iter().map(|(_, points)| points).sum();
    for &(store, points) in rebates {
        legs.push(Leg {
            kind: LegKind::Rebate,
            account: Account::Store(store),
            fen: rebate(base, points, used),
        });
    }
    let rebated: u64 = legs[1..].iter().map(|leg| leg.fen).sum();
    let claimed = distribution(base, legs);
    let platform = platform_share(base, claimed);
    legs.push(Leg { kind: LegKind::Platform, account: Account::PlatformProfit, fen: platform });
    base.amount - cost - rebated - claimed - platform
}

/// `⌊X · store_rebate · points / used⌋`.
fn rebate(base: Base<'_>, points: u64, used: u64) -> u64 {
    let rate = u128::from(base.plan.mall.store_rebate.0);
    let divisor = u128::from(Rate::WHOLE.0) * u128::from(used);
    let share = crate::wide::mul3_div2_floor([base.amount.into(), rate, points.into()], [divisor, 1]);
    u64::try_from(share).expect("a share of the amount")
}

/// ⌊A · platform⌋ and, where the plan says so, what nobody claimed of ⌊A · distribution⌋: one leg.
fn platform_share(base: Base<'_>, claimed: u64) -> u64 {
    let platform = base.plan.take.platform.share_floor(base.amount);
    match base.plan.take.unclaimed {
        Unclaimed::Platform => platform + base.plan.take.distribution.share_floor(base.amount) - claimed,
        Unclaimed::Pool => platform,
    }
}

/// Adds the legs that the distribution budget pays, and gives their sum.
fn distribution(base: Base<'_>, legs: &mut Vec<Leg>) -> u64 {
    let rates = beneficiary_rates(base.plan, base.terms);
    let mut claimed = 0;
    for (place, beneficiary) in base.terms.beneficiaries().into_iter().enumerate() {
        let Some(member) = beneficiary else { continue };
        if !base.unpaid.contains(place) {
            let fen = rates[place].share_floor(base.amount);
            claimed += fen;
            legs.push(Leg { kind: BENEFICIARIES[place], account: Account::Wallet(member), fen });
        }
    }
    for &(member, fen) in base.levels {
        claimed += fen;
        legs.push(Leg { kind: LegKind::Levels, account: Account::Wallet(member), fen });
    }
    let dividend = base.plan.dividend.share_floor(base.amount);
    legs.push(Leg { kind: LegKind::Dividend, account: Account::DividendAccrued, fen: dividend });
    claimed + dividend
}

/// The rate of each frozen beneficiary, in the order of [`Terms::beneficiaries`]; a differential region's is what
/// those below leave of it.
#[must_use]
pub fn beneficiary_rates(plan: &Plan, terms: &Terms) -> [Rate; 3 + LEVELS] {
    let [district, city, province, macro_region] = region_rates(plan, &terms.agents);
    [plan.direct, plan.indirect, plan.recruit, district, city, province, macro_region]
}

/// Additive: each agent its own rate. Differential: its rate less the highest already passed to one below.
fn region_rates(plan: &Plan, agents: &[Option<MemberId>; LEVELS]) -> [Rate; LEVELS] {
    let mut rates = plan.region.rates;
    if plan.region.mode == RegionMode::Differential {
        let mut passed = Rate::ZERO;
        for (rate, agent) in rates.iter_mut().zip(agents) {
            let own = *rate;
            *rate = Rate(own.0.saturating_sub(passed.0));
            if agent.is_some() {
                passed = passed.max(own);
            }
        }
    }
    rates
}

/// One frozen ancestor: who, and the place of their rank in the frozen plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ancestor {
    /// Who.
    pub member: MemberId,
    /// The place in `levels.ranks`.
    pub rank: usize,
}

/// What levels pay, going up: rank differences, and once for each rank its peer the same-rank pay. Whoever is
/// suspended now has a leg of this too; the caller leaves it out.
#[must_use]
pub fn of_levels(plan: &Plan, ancestors: &[Ancestor], amount: u64) -> Vec<LevelLeg> {
    let mut legs = Vec::new();
    let mut paid: Option<LastPaid> = None;
    for ancestor in ancestors {
        let rate = plan.levels.ranks[ancestor.rank].rate;
        let highest = paid.map_or(Rate::ZERO, |paid| paid.rate);
        if rate > highest {
            let fen = rate.share_floor(amount) - highest.share_floor(amount);
            legs.push((ancestor.member, fen));
            paid = Some(LastPaid { rank: ancestor.rank, rate, fen, peer_paid: false });
        } else if let Some(last) = paid.as_mut().filter(|last| last.rank == ancestor.rank && !last.peer_paid)
        {
            last.peer_paid = true;
            legs.push((ancestor.member, plan.levels.peer.share_floor(last.fen)));
        }
    }
    legs
}

#[derive(Clone, Copy)]
struct LastPaid {
    rank: usize,
    rate: Rate,
    fen: u64,
    peer_paid: bool,
}
