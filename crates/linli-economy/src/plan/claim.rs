//! The largest claims that a plan can meet, exactly: on the distribution budget, and on a mall price.

use super::{Plan, RegionMode};
use crate::rate::{Rate, WHOLE_PPM};

/// The parts of the largest possible claim on the distribution budget, in 10^-12 of the order amount (so that
/// same-rank pay, a rate of a rate, is exact).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Direct and indirect referral.
    pub referral: u128,
    /// The recruiter.
    pub recruit: u128,
    /// The regions' largest total.
    pub region: u128,
    /// The top rank's rate and same-rank pay of every rank.
    pub levels: u128,
    /// The dividend.
    pub dividend: u128,
}

impl Claim {
    /// The largest claim that this plan's rates can make.
    #[must_use]
    pub fn largest(plan: &Plan) -> Self {
        let ppm = Self::of;
        let regions = plan.region.rates.iter().map(|&rate| ppm(rate));
        let region = match plan.region.mode {
            RegionMode::Additive => regions.sum(),
            RegionMode::Differential => regions.max().unwrap_or(0),
        };
        let top = plan.levels.ranks.last().map_or(0, |rank| ppm(rank.rate));
        let all_ranks: u128 = plan.levels.ranks.iter().map(|rank| u128::from(rank.rate.0)).sum();
        Self {
            referral: ppm(plan.direct) + ppm(plan.indirect),
            recruit: ppm(plan.recruit),
            region,
            levels: top + u128::from(plan.levels.peer.0) * all_ranks,
            dividend: ppm(plan.dividend),
        }
    }

    /// A budget in the unit of the parts.
    #[must_use]
    pub fn of(budget: Rate) -> u128 {
        u128::from(budget.0) * u128::from(WHOLE_PPM)
    }

    /// All parts together.
    #[must_use]
    pub fn total(&self) -> u128 {
        self.referral + self.recruit + self.region + self.levels + self.dividend
    }

    /// Whether the budget carries it.
    #[must_use]
    pub fn fits(&self, budget: Rate) -> bool {
        self.total() <= Self::of(budget)
    }

    /// A part as percent text, exactly and without trailing zeros: `2.66%`.
    #[must_use]
    pub fn percent(part: u128) -> String {
        let mut text = String::new();
        crate::decimal::write(&mut text, i128::try_from(part).expect("far below 127 bits"), 10);
        format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// The highest share of a mall product's list price that its cost may have, in 10^-12 of the list price:
/// what full deduction leaves in cash, less rebate, platform and distribution.
#[must_use]
pub fn mall_cost_share(plan: &Plan) -> u128 {
    let shares = plan.mall.store_rebate.0 + plan.take.platform.0 + plan.take.distribution.0;
    u128::from(plan.mall.deduct.complement().0) * u128::from(Rate(shares).complement().0)
}
