//! The form of `summary.json`, field by field as `docs/lab-summary.md` describes it.

use serde::Serialize;
use std::collections::BTreeMap;

/// The whole file.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The version of this form: [`super::FORM`].
    pub form: u32,
    /// The scenario's name.
    pub scenario: String,
    /// The plan that it opened with.
    pub plan: String,
    /// The seed of the run whose figures these are.
    pub seed: u64,
    /// The first day.
    pub start: String,
    /// Days that were run.
    pub days: u64,
    /// Sums.
    pub totals: Totals,
    /// Pool, supply and price at the end.
    pub end: End,
    /// Everybody's returns.
    pub everyone: CohortFigures,
    /// By month of the first order.
    pub cohorts: Vec<CohortFigures>,
    /// How unequal they are.
    pub inequality: Inequality,
    /// Who got what, in yuan, and as a share of all that came in.
    pub who_got_what: BTreeMap<&'static str, Part>,
    /// The agents one by one.
    pub agents: BTreeMap<String, String>,
    /// The first members at the cap.
    pub first_at_cap: Vec<First>,
    /// What all points would pay at the end.
    pub redeem_all: RedeemAllFigures,
    /// What somebody who joins at the end needs; null where the price does not rise.
    pub late_joiner: Option<Joiner>,
    /// Bytes of memory.
    pub memory: MemoryFigures,
    /// Over several seeds; null for one.
    pub bands: Option<Bands>,
}

/// Sums of the run.
#[derive(Debug, Serialize)]
pub struct Totals {
    pub(super) members: u64,
    pub(super) orders: u64,
    pub(super) turnover: String,
    pub(super) exits: u64,
    pub(super) exits_paid: String,
    pub(super) redemptions: u64,
    pub(super) redeemed: String,
    pub(super) refunds: u64,
    pub(super) refunded: String,
    pub(super) refunds_refused: u64,
    pub(super) injected: String,
}

/// The end of the run.
#[derive(Debug, Serialize)]
pub struct End {
    pub(super) pool: String,
    pub(super) supply: String,
    pub(super) price: String,
}

/// A cohort's figures; of everybody the month is null.
#[derive(Debug, Serialize)]
pub struct CohortFigures {
    pub(super) month: Option<String>,
    pub(super) members: u64,
    pub(super) spent: String,
    pub(super) cash: String,
    pub(super) redeemable: String,
    pub(super) cash_per_100: f64,
    pub(super) redeemable_per_100: f64,
    pub(super) mean_per_100: f64,
    pub(super) median_per_100: f64,
    pub(super) deciles_per_100: [f64; 9],
    pub(super) capped: u64,
    pub(super) capped_share: f64,
    pub(super) cap_days_median: Option<f64>,
    pub(super) cap_orders_median: Option<f64>,
}

/// How unequally returns are spread.
#[derive(Debug, Serialize)]
pub struct Inequality {
    pub(super) gini: f64,
    pub(super) top_hundredth: f64,
    pub(super) lorenz: Vec<f64>,
}

/// A part of what came in.
#[derive(Debug, Serialize)]
pub struct Part {
    pub(super) yuan: String,
    pub(super) share: f64,
}

/// A member who reached the cap early.
#[derive(Debug, Serialize)]
pub struct First {
    pub(super) member: u64,
    pub(super) order: u64,
    pub(super) day: u32,
}

/// What all points would pay.
#[derive(Debug, Serialize)]
pub struct RedeemAllFigures {
    pub(super) at_one_price: String,
    pub(super) one_after_another: String,
    pub(super) left_in_pool: String,
}

/// What a late joiner needs.
#[derive(Debug, Serialize)]
pub struct Joiner {
    pub(super) price_times: f64,
    pub(super) pool_times: f64,
    pub(super) orders: f64,
}

/// Bytes of memory.
#[derive(Debug, Serialize)]
pub struct MemoryFigures {
    pub(super) member_bytes: u64,
    pub(super) order_bytes: u64,
}

/// Figures over several seeds.
#[derive(Debug, Serialize)]
pub struct Bands {
    pub(super) runs: usize,
    pub(super) median_per_100: BandFigures,
    pub(super) mean_per_100: BandFigures,
    pub(super) capped_share: BandFigures,
    pub(super) price: BandFigures,
    pub(super) gini: BandFigures,
}

/// One figure over several seeds.
#[derive(Debug, Serialize)]
pub struct BandFigures {
    pub(super) low: f64,
    pub(super) middle: f64,
    pub(super) high: f64,
}
