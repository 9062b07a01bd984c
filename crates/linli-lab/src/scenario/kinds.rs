//! The kinds of arrivals, order sizes, returns, inviting, redemption and acts of the operator that a scenario can name.

use super::units::{Share, Times, Yuan};
use serde::Deserialize;

/// What a scenario tries.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// In English.
    #[serde(default)]
    pub en: String,
    /// In Chinese.
    #[serde(default)]
    pub zh: String,
}

/// Who comes when.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Arrivals {
    /// As many new members every day.
    Constant {
        /// New members a day.
        per_day: f64,
    },
    /// Growth that slows as a town fills up.
    Logistic {
        /// All members that will ever come.
        members: f64,
        /// The day by which half of them have come.
        half_by_day: f64,
        /// How fast it grows at first.
        growth_per_day: Share,
    },
    /// Growth, then a stop; again and again if it repeats.
    GrowthThenStop {
        /// New members on the first day.
        per_day: f64,
        /// By how much more come each day.
        growth_per_day: Share,
        /// The day on which growth stops.
        stop_day: u32,
        /// New members a day after that.
        #[serde(default)]
        after_per_day: f64,
        /// After so many days all begins again.
        repeat_days: Option<u32>,
    },
    /// Every order of a file, as it was paid; sizes, returns and stores are the file's too.
    File {
        /// Its path, for whoever reads scenarios from a folder; where it is missing, the orders are handed in.
        path: Option<String>,
    },
}

/// What is spent in one order.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OrderSize {
    /// Always the same.
    Fixed {
        /// How much.
        amount: Yuan,
    },
    /// Mostly small, sometimes large.
    Lognormal {
        /// Half of the orders are below it.
        median: Yuan,
        /// The deviation of its logarithm.
        sigma: f64,
        /// No order is above it.
        most: Option<Yuan>,
    },
}

impl Default for OrderSize {
    fn default() -> Self {
        Self::Fixed { amount: Yuan(100_000) }
    }
}

/// How often members come back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Returns {
    /// Never: one order each.
    #[default]
    Once,
    /// At random, so many days apart on average.
    Regular {
        /// Days between two orders of a member, on average.
        every_days: Times,
        /// After an order a member stays away for good in this share of the cases.
        #[serde(default = "nobody")]
        lapse: Share,
    },
}

fn nobody() -> Share {
    Share(0.0)
}

pub(super) fn everybody() -> Share {
    Share(1.0)
}

/// The stores and the regions around them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stores {
    /// How many.
    pub count: u32,
    /// Their districts, in turns.
    pub districts: Vec<String>,
    /// Regions with an agent.
    pub agents: Vec<String>,
    /// How many recruiters brought them in, in turns; 0 is none.
    pub recruiters: u32,
    /// A rate of their own.
    pub take_rate: Option<String>,
    /// How unequal they are: a store's weight is its rank to the power of minus this.
    pub skew: f64,
    /// In this share of the cases a member buys in the store of their first order.
    pub loyalty: Share,
}

impl Default for Stores {
    fn default() -> Self {
        Self {
            count: 1,
            districts: vec!["440106".into()],
            agents: Vec::new(),
            recruiters: 0,
            take_rate: None,
            skew: 0.0,
            loyalty: Share(0.0),
        }
    }
}

/// Who invites a new member.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Inviting {
    /// Nobody.
    #[default]
    None,
    /// The first store that they pay in.
    FirstStore,
    /// Members, the more the more they have invited already.
    Preferential {
        /// The share of new members whom a member invites.
        share: Share,
        /// Who invites the others.
        #[serde(default)]
        otherwise: Otherwise,
    },
}

/// Who invites those whom no member invites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// Nobody.
    #[default]
    None,
    /// The first store that they pay in.
    FirstStore,
}

/// Money that the operator puts into the pool.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Injection {
    /// Before the first order of this day, from 0.
    pub day: u32,
    /// How much.
    pub amount: Yuan,
    /// What it is called.
    pub note: Option<String>,
}

/// A plan that comes into force later.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanChange {
    /// Before the first order of this day, from 0.
    pub day: u32,
    /// Keys of the plan in force that change, such as `"points.cap" = "2"`.
    pub keys: std::collections::BTreeMap<String, String>,
}

/// What is given back after settling.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refunds {
    /// The share of orders that are refunded.
    pub share: Share,
    /// How many days later.
    #[serde(default = "week")]
    pub after_days: u32,
    /// What of the order.
    #[serde(default = "everybody")]
    pub part: Share,
}

fn week() -> u32 {
    7
}
