//! What the tests share: the plans, and a plan with some of its keys changed.

use linli_economy::plan::Plan;
use linli_guard::{Date, Facts, Finding, Rules, Verdict, judge, profile};

pub const SEED_ONE: &str = include_str!("../../../../plans/seed-one.toml");
pub const SEED_THREE: &str = include_str!("../../../../plans/seed-three.toml");
pub const STREET: &str = include_str!("../../../../plans/street-cn.toml");

pub fn plan(text: &str) -> Plan {
    Plan::parse(text).unwrap_or_else(|refusals| panic!("{refusals}"))
}

/// The plan with these keys changed, each value as a plan file writes it.
pub fn with(text: &str, changes: &[(&str, &str)]) -> Plan {
    let mut changed = String::new();
    let mut table = "";
    for (key, value) in plan(text).listed() {
        let (of, name) = key.split_once('.').unwrap_or(("", key));
        if of != table {
            table = of;
            changed += &format!("[{table}]\n");
        }
        let value =
            changes.iter().find(|(changed, _)| *changed == key).map_or(value.as_str(), |(_, new)| new);
        changed += &format!("{name} = {value}\n");
    }
    plan(&changed)
}

pub fn cn() -> Rules {
    profile::rules("cn").expect("a profile")
}

pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// What the rules for China find of a plan on the day on which they were checked.
pub fn findings(plan: &Plan) -> Vec<Finding> {
    judge(&cn(), &Facts::of_plan(plan), day("2026-11-30")).findings
}

/// The ids of the findings of a verdict, each once.
pub fn ids(findings: &[Finding], verdict: Verdict) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.verdict == verdict) {
        if !ids.contains(&finding.id.as_str()) {
            ids.push(&finding.id);
        }
    }
    ids
}
