//! The worst mix of attacks within a budget of orders: every attack has a share of the budget, and a size, a time and a
//! patience of its own; the searcher looks for the mix with the highest profit.

use super::honest;
use crate::draw::{whole, whole_u64};
use crate::run::{Attack, AttackKind, Attacked, Input, Resolve, RunError, Watch, run};
use crate::scenario::{ChosenPlan, Scenario};
use crate::search::{Effort, highest, search};
use linli_economy::units::Fen;
use std::num::NonZeroUsize;

/// Numbers that describe one attack of a mix.
const EACH: usize = 7;

/// The largest order of a mix, in yuan: whoever buys far more than all honest members together is no attacker but the
/// platform's main customer.
const DEAREST: f64 = 2_000.0;

/// A mix of attacks and what it came to.
#[derive(Clone, Debug)]
pub struct Mix {
    /// The attacks with at least one order.
    pub attacks: Vec<(Attack, Attacked)>,
    /// The profit of all together, over buying the same and redeeming it at once.
    pub profit: Fen,
    /// What honest members have less than without them.
    pub honest_loss: Fen,
}

/// Looks for the mix with the highest profit within so many orders.
///
/// # Errors
/// If a run does not come to its end.
pub fn worst_mix(
    scenario: &Scenario,
    plan: &ChosenPlan,
    budget: u64,
    effort: Effort,
    cores: NonZeroUsize,
    watch: &Watch,
) -> Result<Mix, RunError> {
    let evaluate = |point: &[f64]| -> Result<Mix, RunError> {
        let attacks = decode(point, budget, scenario.days(), &plan.plan);
        let all = |resolve| {
            let input = Input {
                attacks: attacks.iter().map(|attack| (*attack, resolve)).collect(),
                ..Input::new(plan.clone())
            };
            run(scenario, &input, scenario.seed, watch, None)
        };
        let (carried, plain, idle) = (all(Resolve::Carried)?, all(Resolve::Plain)?, all(Resolve::Idle)?);
        // Goods bought in stores of others are worth their price, so what their points bring is no profit by itself.
        let goods_only = attacks.iter().zip(&plain.attacked);
        let beside = goods_only
            .filter(|(_, attacked)| attacked.goods > Fen::ZERO)
            .map(|(_, attacked)| attacked.profit());
        let beside = beside.fold(Fen::ZERO, |sum, profit| sum + profit);
        let profit =
            carried.attacked.iter().fold(Fen::ZERO, |sum, attacked| sum + attacked.profit()) - beside;
        let attacks = attacks.into_iter().zip(carried.attacked.iter().copied()).collect();
        Ok(Mix { attacks, profit, honest_loss: honest(&idle) - honest(&carried) })
    };
    let score =
        |mix: &Result<Mix, RunError>| mix.as_ref().map_or(f64::NEG_INFINITY, |mix| mix.profit.0 as f64);
    let dimensions = EACH * AttackKind::ALL.len();
    let tried = search(dimensions, effort, cores, evaluate, |tried| highest(tried, 5, score), |_| ());
    let best = highest(&tried, 1, score)[0];
    tried.into_iter().nth(best).expect("it is one of them").value
}

/// The attacks of a point.
fn decode(point: &[f64], budget: u64, days: u32, plan: &linli_economy::plan::Plan) -> Vec<Attack> {
    // A share below a fifth is none, so that mixes of few attacks are found too.
    let shares: Vec<f64> = point.chunks(EACH).map(|numbers| (numbers[0] - 0.2).max(0.0)).collect();
    let all: f64 = shares.iter().sum();
    let mut attacks = Vec::new();
    for ((kind, numbers), share) in AttackKind::ALL.into_iter().zip(point.chunks(EACH)).zip(shares) {
        let orders = if all > 0.0 { budget as f64 * share / all } else { 0.0 };
        let whole_days =
            |share: f64, of: u32| u32::try_from(whole(share * f64::from(of))).expect("fewer than there are");
        let from_day = whole_days(numbers[1], days.saturating_sub(1));
        let order_days = 1 + whole_days(numbers[2], (days - 1 - from_day) / 2);
        let per_day = u32::try_from(whole(orders / f64::from(order_days))).unwrap_or(u32::MAX);
        if per_day == 0 {
            continue;
        }
        attacks.push(Attack {
            kind,
            amount: whole_u64(100.0 * libm::pow(DEAREST, numbers[3])),
            per_day,
            accounts: 1 + u32::try_from(whole(numbers[4] * 99.0)).expect("a hundred at most"),
            from_day,
            days: order_days,
            hold_days: whole_days(numbers[5], days - from_day - order_days),
            steps: 1 + u32::try_from(whole(numbers[6] * 19.0)).expect("twenty at most"),
            lowest_take: plan.take.min_rate < plan.take.rate && numbers[0] > 0.6,
        });
    }
    attacks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::shipped_plan;

    #[test]
    fn no_mix_has_more_orders_than_the_budget_or_days_after_the_end() {
        let plan =
            linli_economy::plan::Plan::parse(shipped_plan("seed-one").expect("shipped")).expect("a plan");
        let mut draw = crate::draw::Draw::new(1);
        for _ in 0..200 {
            let point: Vec<f64> = (0..EACH * AttackKind::ALL.len()).map(|_| draw.unit()).collect();
            let attacks = decode(&point, 500, 90, &plan);
            let orders: u64 =
                attacks.iter().map(|attack| u64::from(attack.per_day) * u64::from(attack.days)).sum();
            assert!(orders <= 500, "{orders}");
            assert!(attacks.iter().all(|attack| attack.from_day + attack.days + attack.hold_days <= 90));
        }
    }
}
