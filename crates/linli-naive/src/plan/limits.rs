//! What no single key of a plan can break: the sentences of economy.md that compare several of them.
//! Nothing here reads a file.

use num_traits::Zero;

use super::Plan;
use crate::number::{BigInt, million};

/// Refuses a plan whose keys do not fit together.
pub fn check(plan: &Plan) -> Result<(), String> {
    let reserved = &plan.platform + &plan.distribution;
    if reserved > plan.min_rate {
        return Err(format!("take.min_rate = {} ppm: below platform + distribution", plan.min_rate));
    }
    if plan.rate < plan.min_rate || plan.rate > plan.max_rate {
        return Err(format!("take.rate = {} ppm: outside [min_rate, max_rate]", plan.rate));
    }
    if &plan.store_rebate + &reserved > million() {
        return Err(format!(
            "mall.store_rebate = {} ppm: with platform + distribution above 100%",
            plan.store_rebate
        ));
    }
    if plan.cap < million() {
        return Err(format!("points.cap = {} ppm: below 1", plan.cap));
    }
    if plan.start_price_fen.is_zero() {
        return Err("points.start_price = 0".to_owned());
    }
    ranks_rise(plan)?;
    budget_suffices(plan)
}

/// Each rank above the one before, and no name twice: `set_rank` must name one rank.
fn ranks_rise(plan: &Plan) -> Result<(), String> {
    for (position, rank) in plan.ranks.iter().enumerate() {
        let before = &plan.ranks[..position];
        if before.last().is_some_and(|lower| lower.rate_ppm >= rank.rate_ppm) {
            return Err(format!("levels.ranks: {:?} does not rise", rank.name));
        }
        if before.iter().any(|lower| lower.name == rank.name) {
            return Err(format!("levels.ranks: {:?} is there twice", rank.name));
        }
    }
    Ok(())
}

/// The largest possible claim fits into the budget. Kept in millionths of a ppm, to be exact.
fn budget_suffices(plan: &Plan) -> Result<(), String> {
    let rates = &plan.regions.rates_ppm;
    // With differences the rates of all levels together come to the highest of those that have an agent.
    let regions = if plan.regions.additive {
        rates.iter().sum()
    } else {
        rates.iter().max().cloned().unwrap_or_default()
    };
    let top = plan.ranks.last().map(|rank| rank.rate_ppm.clone()).unwrap_or_default();
    let all_ranks: BigInt = plan.ranks.iter().map(|rank| &rank.rate_ppm).sum();
    let whole = &plan.direct + &plan.indirect + &plan.recruit + &plan.dividend + regions + top;
    let claim = whole * million() + &plan.peer * all_ranks;
    if claim > &plan.distribution * million() {
        return Err(format!(
            "take.distribution = {} ppm: below the largest possible claim",
            plan.distribution
        ));
    }
    Ok(())
}
