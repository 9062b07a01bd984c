//! What whoever invites earns, by the rates of a plan. Must not be added here: a rate that is not the plan's.

use crate::routes::text::{percent, yuan};
use linli_economy::plan::Plan;
use linli_economy::rate::Rate;
use linli_platform::person::Source;
use serde::Serialize;
use utoipa::ToSchema;

/// Fen of the example.
const HUNDRED_YUAN: u64 = 10_000;

/// What whoever invites earns, by the plan in force.
#[derive(Serialize, ToSchema)]
pub struct Earned {
    /// The plan's name.
    #[schema(example = "seed-one")]
    plan: String,
    /// Each rule by which something is earned.
    pub shares: Vec<EarnedShare>,
}

/// One rule.
#[derive(Serialize, ToSchema)]
pub struct EarnedShare {
    /// Its key in the plan.
    #[schema(example = "referral.direct")]
    pub rule: &'static str,
    /// Of whose orders: `your_orders`, `orders_of_whom_you_invite`, `orders_of_your_store`.
    #[schema(example = "your_orders")]
    of: &'static str,
    #[schema(example = "0.30%")]
    pub rate: String,
    /// Yuan of an order of 100 yuan.
    #[schema(example = "0.30")]
    pub of_100_yuan: String,
    /// Whether this is the most that it can be.
    is_at_most: bool,
}

impl Earned {
    /// What an invitation of this source brings whoever invites; rules that pay nothing are left out.
    pub fn of(plan: &Plan, source: &Source) -> Self {
        let recruit = if *source == Source::Recruiter { plan.recruit } else { Rate::ZERO };
        let levels = plan.levels.ranks.last().map_or(Rate::ZERO, |rank| rank.rate);
        let levels = if plan.levels.max_depth == 0 { Rate::ZERO } else { levels };
        let rules = [
            ("recruit.store", "orders_of_your_store", recruit, false),
            ("referral.direct", "your_orders", plan.direct, false),
            ("referral.indirect", "orders_of_whom_you_invite", plan.indirect, false),
            ("levels.ranks", "your_orders", levels, true),
        ];
        let rules = rules.into_iter().filter(|(_, _, rate, _)| *rate > Rate::ZERO);
        let shares = rules.map(|(rule, of, rate, is_at_most)| {
            let of_100_yuan = yuan(rate.share_floor(HUNDRED_YUAN));
            EarnedShare { rule, of, rate: percent(rate), of_100_yuan, is_at_most }
        });
        Self { plan: plan.name.clone(), shares: shares.collect() }
    }
}
