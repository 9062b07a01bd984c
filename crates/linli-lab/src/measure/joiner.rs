//! What somebody who joins at the end of a row would need: by how many times the price must rise until they reach the
//! cap, and how many orders of others that takes if nobody redeems or exits meanwhile.

use crate::run::Row;
use linli_economy::plan::Plan;

/// What a late joiner needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LateJoiner {
    /// By how many times the price must rise.
    pub price_times: f64,
    /// By how many times the pool must rise: each inflow raises supply by the plan's `mint` of its share, so the
    /// price rises like the pool to the power of 1 − mint.
    pub pool_times: f64,
}

impl LateJoiner {
    /// Under a plan; none where the price never rises or nothing is minted.
    #[must_use]
    pub fn under(plan: &Plan) -> Option<Self> {
        let (pool_rate, mint) = (f64::from(plan.pool_rate().0) / 1e6, f64::from(plan.points.mint.0) / 1e6);
        if pool_rate <= 0.0 || mint <= 0.0 || mint >= 1.0 {
            return None;
        }
        let price_times = plan.points.cap.0 as f64 / 1e6 / (pool_rate * mint);
        Some(Self { price_times, pool_times: libm::pow(price_times, 1.0 / (1.0 - mint)) })
    }

    /// How many orders of the size so far it takes after a row.
    #[must_use]
    pub fn orders_after(&self, plan: &Plan, row: &Row) -> f64 {
        let pool_rate = f64::from(plan.pool_rate().0) / 1e6;
        let inflow = row.sums.turnover.0 as f64 / row.sums.orders.max(1) as f64 * pool_rate;
        if inflow <= 0.0 { 0.0 } else { row.pool.0 as f64 * (self.pool_times - 1.0) / inflow }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{changed_plan, shipped_plan};

    fn under(mint: &str) -> Option<LateJoiner> {
        let base = shipped_plan("seed-one").expect("shipped");
        LateJoiner::under(&changed_plan(base, [("points.mint", mint)]).expect("a plan").plan)
    }

    #[test]
    fn the_sources_plan_needs_the_pool_of_thousands_of_such_members() {
        let joiner = under("70%").expect("the price rises");
        assert!((joiner.price_times - 10.714_285_7).abs() < 1e-6);
        assert!((joiner.pool_times - 2_711.5).abs() < 0.1, "{}", joiner.pool_times);
        assert_eq!(under("100%"), None);
        assert_eq!(under("0%"), None);
    }
}
