//! Random plans, as text: mostly valid, from tame to extreme.

use crate::random::Random;
use std::fmt::Write;

/// A plan's text. Start price and genesis are given, since a change of plan may not touch them.
pub fn plan(random: &mut Random, start_price: &str, genesis: &str) -> String {
    let whole = 1_000_000;
    let distribution = random.below(60_000);
    let platform = if random.percent(30) { 0 } else { random.below(50_000) };
    let fixed = distribution + platform;
    let min_rate = fixed + random.below(whole - fixed) * random.below(2) / 4;
    let max_rate = if random.percent(20) { whole } else { random.between(min_rate, whole) };
    let rate = if random.percent(15) { min_rate } else { random.between(min_rate, max_rate) };
    let budget = &mut Budget { left: distribution };
    let (direct, indirect, recruit) = (budget.part(random), budget.part(random), budget.part(random));
    let (levels, level_claim) = levels(random, budget.left);
    budget.left -= level_claim;
    let additive = random.percent(50);
    let regions = if additive {
        [0; 4].map(|_| budget.part(random))
    } else {
        [0; 4].map(|_| random.below(budget.left + 1))
    };
    if !additive {
        budget.left -= regions.iter().max().copied().unwrap_or(0);
    }
    let dividend = if random.percent(50) { 0 } else { budget.part(random) };
    let store_rebate = random.below(whole - fixed + 1);
    let mut text = String::new();
    let _ = write!(
        text,
        r#"name = "random"
jurisdiction = "none"
[take]
rate = "{}"
min_rate = "{}"
max_rate = "{}"
platform = "{}"
distribution = "{}"
unclaimed = "{}"
[points]
start_price = "{start_price}"
genesis = "{genesis}"
mint = "{}"
retention = "{}"
cap = "{}"
redeem = "{}"
[referral]
direct = "{}"
indirect = "{}"
[recruit]
store = "{}"
[region]
mode = "{}"
district = "{}"
city = "{}"
province = "{}"
macro = "{}"
[dividend]
rate = "{}"
{levels}
[mall]
deduct = "{}"
award = "{}"
store_rebate = "{}"
award_days = {}
"#,
        percent(rate),
        percent(min_rate),
        percent(max_rate),
        percent(platform),
        percent(distribution),
        random.pick(&["platform", "pool"]),
        percent(*random.pick(&[700_000, 1_000_000, 0, 333_333])),
        percent(*random.pick(&[200_000, 0, 1_000_000, 123_456])),
        random.pick(&["1.2", "2", "1", "1.000001", "1.05", "1000000"]),
        random.pick(&["money", "money", "spend"]),
        percent(direct),
        percent(indirect),
        percent(recruit),
        if additive { "additive" } else { "differential" },
        percent(regions[0]),
        percent(regions[1]),
        percent(regions[2]),
        percent(regions[3]),
        percent(dividend),
        percent(*random.pick(&[500_000, 1_000_000, 0, 250_001])),
        percent(*random.pick(&[2_000_000, 10_000_000, 0, 777_777])),
        percent(if random.percent(50) { store_rebate.min(200_000) } else { store_rebate }),
        random.pick(&[365, 1, 0, 30]),
    );
    text
}

struct Budget {
    left: u64,
}

impl Budget {
    fn part(&mut self, random: &mut Random) -> u64 {
        let part = random.below(self.left / 2 + 1);
        self.left -= part;
        part
    }
}

/// The table of levels, and the largest claim that it can make.
fn levels(random: &mut Random, budget: u64) -> (String, u64) {
    if random.percent(50) {
        return (String::new(), 0);
    }
    let mut rates: Vec<u64> = (0..random.below(4)).map(|_| random.below(budget / 4 + 1)).collect();
    rates.sort_unstable();
    rates.dedup();
    let peer = *random.pick(&[0, 100_000, 500_000]);
    let all: u64 = rates.iter().sum();
    let claim = rates.last().copied().unwrap_or(0) + (peer * all).div_ceil(1_000_000);
    let ranks: Vec<String> = rates
        .iter()
        .enumerate()
        .map(|(number, rate)| format!(r#"{{ name = "V{number}", rate = "{}" }}"#, percent(*rate)))
        .collect();
    let depth = random.below(6);
    let text = format!(
        "[levels]\nmax_depth = {depth}\npeer = \"{}\"\nranks = [{}]",
        percent(peer),
        ranks.join(", ")
    );
    (text, claim)
}

/// A rate in ppm as its text.
pub fn percent(ppm: u64) -> String {
    format!("{}.{:04}%", ppm / 10_000, ppm % 10_000)
}
