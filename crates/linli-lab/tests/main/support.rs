//! Scenarios from their texts, run to the end.

use linli_lab::{Input, Measured, Scenario, Watch, run};

/// A scenario whose plan is a shipped one.
pub fn scenario(text: &str) -> Scenario {
    Scenario::parse(text).unwrap_or_else(|fault| panic!("{fault}\n{text}"))
}

/// Its input, with orders forgotten.
pub fn input(text: &str) -> Input<'static> {
    let plan = scenario(text).opening_plan(text, None).unwrap_or_else(|fault| panic!("{fault}"));
    Input::new(plan)
}

/// Runs it from a seed.
pub fn run_text(text: &str, seed: u64) -> Measured {
    run(&scenario(text), &input(text), seed, &Watch::default(), None).expect("the run comes to its end")
}

/// Equal orders of 1000 yuan by members who come once.
pub fn source_table(members: u32, keys: &str) -> String {
    let per_day = members / 10;
    format!(
        "name = \"source-table\"\nplan = \"seed-one\"\ndays = 10\n{keys}\n\
         arrivals.constant.per_day = {per_day}\norder.fixed.amount = \"1000.00\"\nreturns = \"once\"\n"
    )
}

/// A lively scenario with everything in it: all ways to redeem, refunds, injections, a change of plan.
pub const LIVELY: &str = r#"
name = "lively"
plan = "seed-one"
keys = { "dividend.rate" = "0.1%", "points.genesis" = "1000.00" }
days = 120
[arrivals.growth_then_stop]
per_day = 4
growth_per_day = "3%"
stop_day = 60
after_per_day = 1
[order.lognormal]
median = "90.00"
sigma = 1.0
[returns.regular]
every_days = "6"
lapse = "3%"
[stores]
count = 7
districts = ["440106", "440103", "441900"]
agents = ["440106", "440100", "south"]
recruiters = 2
take_rate = "25%"
skew = 0.8
loyalty = "50%"
[inviting.preferential]
share = "60%"
otherwise = "first_store"
[[redeem]]
share = "20%"
how.hazard = { per_day = "2%", part = "50%" }
[[redeem]]
share = "20%"
how.target = { times = "0.2" }
[[redeem]]
share = "20%"
how.panic = { growth_below = "0.5%", over_days = 5, per_day = "10%" }
[[redeem]]
share = "20%"
how.herding = { per_day = "0.5%", follow = "2" }
[[injection]]
day = 30
amount = "5000.00"
note = "angel"
[[plan_change]]
day = 50
keys = { "points.cap" = "1", "points.mint" = "60%" }
[refunds]
share = "4%"
after_days = 3
part = "50%"
"#;
