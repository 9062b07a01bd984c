//! The ways in which members redeem.

use super::kinds::everybody;
use super::units::{Share, Times};
use serde::Deserialize;

/// How a share of the members redeems.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redeem {
    /// Of the members.
    pub share: Share,
    /// How.
    pub how: RedeemHow,
}

/// A way to redeem.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RedeemHow {
    /// Never.
    Never,
    /// On any day with the same chance.
    Hazard {
        /// The chance on a day.
        per_day: Share,
        /// What of the points they hold.
        #[serde(default = "everybody")]
        part: Share,
    },
    /// When their points are worth so many times what they spent.
    Target {
        /// Times their spending of this cycle, before the retention.
        times: Times,
    },
    /// When the price grows too slowly.
    Panic {
        /// The growth a day below which they lose faith.
        growth_below: Share,
        /// The days over which they look at it.
        over_days: u32,
        /// The chance that one redeems on such a day.
        per_day: Share,
    },
    /// When others do.
    Herding {
        /// The chance on a day when nobody did.
        per_day: Share,
        /// How much of yesterday's share of redeeming members is added to it, in times.
        follow: Times,
    },
}
