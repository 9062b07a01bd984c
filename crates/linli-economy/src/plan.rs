//! The plan: every rate and rule of an economy, in types that can't be invalid. A plan exists only if
//! [`Plan::parse`] accepted its text. Must not be added here: a default for a key that is not optional.

mod claim;
mod file;
mod keys;
mod listed;
mod reader;
mod refused;
mod rules;

pub use claim::{Claim, mall_cost_share};
pub use listed::Listed;
pub use refused::{PlanRefusal, PlanRefusals};

use crate::rate::{Cap, Rate};
use crate::region;
use serde::{Deserialize, Serialize};

/// One accepted plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// `name`.
    pub name: String,
    /// `jurisdiction`: which guard profile applies when live.
    pub jurisdiction: String,
    /// `[order]`, for the service.
    pub order: OrderDays,
    /// `[take]`.
    pub take: Take,
    /// `[points]`.
    pub points: PointRules,
    /// `referral.direct`: the inviter's rate of the order.
    pub direct: Rate,
    /// `referral.indirect`: the rate of the inviter's inviter.
    pub indirect: Rate,
    /// `recruit.store`: the recruiter's rate.
    pub recruit: Rate,
    /// `[region]`.
    pub region: RegionRates,
    /// `dividend.rate`.
    pub dividend: Rate,
    /// `[levels]`.
    pub levels: Levels,
    /// `[mall]`.
    pub mall: Mall,
}

/// `[order]`: the days that the service waits; the economy does not use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDays {
    /// From paid (or verified, or received) to final.
    pub hold_days: u32,
    /// In which a refund can be asked for.
    pub refund_days: u32,
}

/// `[take]`: all of the order amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// What is taken of an order in a store without a rate of its own.
    pub rate: Rate,
    /// The lowest rate that a store may have.
    pub min_rate: Rate,
    /// The highest.
    pub max_rate: Rate,
    /// The platform's profit.
    pub platform: Rate,
    /// The budget for referral, recruit, region, levels and dividend.
    pub distribution: Rate,
    /// Who gets what nobody claims of the budget.
    pub unclaimed: Unclaimed,
}

/// `take.unclaimed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unclaimed {
    /// `"platform"`.
    Platform,
    /// `"pool"`.
    Pool,
}

/// `[points]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointRules {
    /// Fen per point before the first mint; above 0.
    pub start_price_fen: u64,
    /// Fen that the platform puts in before the first order.
    pub genesis_fen: u64,
    /// Of the pool's inflow from an order, as value at the price of the day.
    pub mint: Rate,
    /// The part of a redemption's gross value that stays in the pool.
    pub retention: Rate,
    /// Times counted spending at which points are redeemed by rule; at least 1.
    pub cap: Cap,
    /// Where redemptions pay to.
    pub redeem: RedeemTo,
}

/// `points.redeem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RedeemTo {
    /// `"money"`: the wallet.
    Money,
    /// `"spend"`: the balance that only pays in stores.
    Spend,
}

/// `[region]`: the agents' rates, from the district up to the macro-region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionRates {
    /// Whether each agent has its own rate or the difference to the one below.
    pub mode: RegionMode,
    /// District, city, province, macro-region.
    pub rates: [Rate; region::LEVELS],
}

/// `region.mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegionMode {
    /// `"additive"`.
    Additive,
    /// `"differential"`.
    Differential,
}

/// `[levels]`: rank differences and same-rank pay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    /// How many ancestors are looked at, from the member's inviter up.
    pub max_depth: u64,
    /// Of what the level below was paid.
    pub peer: Rate,
    /// The ranks, rates rising.
    pub ranks: Vec<Rank>,
}

/// One of `levels.ranks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rank {
    /// Its name.
    pub name: String,
    /// Its rate of the order.
    pub rate: Rate,
}

/// `[mall]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mall {
    /// Of the list price, payable in deduction points.
    pub deduct: Rate,
    /// Deduction points awarded for a store order, of its amount; up to 1000 %.
    pub award: Rate,
    /// Of the mall's cash part, to the stores that awarded the points used.
    pub store_rebate: Rate,
    /// Days until awarded points expire.
    pub award_days: u32,
}

impl Plan {
    /// The plan of a TOML text.
    ///
    /// # Errors
    /// Every reason to refuse it, each with key, value, line and column.
    pub fn parse(text: &str) -> Result<Self, PlanRefusals> {
        reader::read(text)
    }

    /// What the pool gets of an order at the plan's own rate when the whole budget is claimed:
    /// rate − platform − distribution.
    #[must_use]
    pub fn pool_rate(&self) -> Rate {
        Rate(self.take.rate.0 - self.take.platform.0 - self.take.distribution.0)
    }

    /// The rate that a store with this own rate, or none, pays under this plan.
    #[must_use]
    pub fn store_rate(&self, own: Option<Rate>) -> Rate {
        own.map_or(self.take.rate, |own| own.clamp(self.take.min_rate, self.take.max_rate))
    }

    /// The rate of the rank of this name, if the plan knows it.
    #[must_use]
    pub fn rank_rate(&self, name: &str) -> Option<Rate> {
        self.levels.ranks.iter().find(|rank| rank.name == name).map(|rank| rank.rate)
    }
}
