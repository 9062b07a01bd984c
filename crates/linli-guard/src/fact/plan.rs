//! What a plan says, measurement by measurement. A key of the plan has its own name; what follows from several keys has
//! one here. Must not be added here: a judgement.

use super::{Facts, Value, find};
use crate::number::Number;
use linli_economy::plan::{Claim, Plan};

pub fn measure(plan: &Plan, facts: &mut Facts) {
    for (key, text) in plan.listed() {
        // Names are not measured, and of ranks only how many there are.
        if let Some(measure) = find(key).filter(|measure| measure.name != "levels.ranks") {
            let value = measure.read(text.trim_matches('"')).expect("a plan's values have their key's form");
            facts.put(measure.name, value);
        }
    }
    let ppm = |rate: u32| Value::Number(Number::new(rate.into(), 6));
    let count = |count: u64| Value::Number(Number::new(count.into(), 0));
    let claim = Claim::largest(plan);
    let share = |part: u128| {
        Value::Number(Number::new(i128::try_from(part).expect("a part is far below 127 bits"), 12))
    };
    facts.put("levels.ranks", count(plan.levels.ranks.len() as u64));
    facts.put("levels.largest", share(claim.levels));
    facts.put("region.largest", share(claim.region));
    facts.put("take.pool", ppm(plan.pool_rate().0));
    facts.put("chain.paid_depth", count(paid_depth(plan)));
}

/// How many people above a buyer can be paid for an order, each having invited the one below.
fn paid_depth(plan: &Plan) -> u64 {
    let by_levels = if plan.levels.ranks.is_empty() { 0 } else { plan.levels.max_depth };
    let by_referral = match (plan.direct.0, plan.indirect.0) {
        (_, 1..) => 2,
        (1.., 0) => 1,
        (0, 0) => 0,
    };
    by_levels.max(by_referral)
}
