//! What the tests share: the plans, and a plan with some of its keys changed.

use linli_economy::plan::Plan;
use linli_guard::{Date, Facts, Finding, Rules, TextKind, Verdict, judge, profile};

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

pub const ORDINARY: &str = include_str!("../data/ordinary-texts.txt");

/// A text that a pattern stands for: something between for `…`, a number for `#`.
pub fn said(pattern: &str) -> String {
    pattern.replace('…', "你的").replace('#', "3")
}

/// The ids of the rules that a text breaks, each once.
pub fn broken(rules: &Rules, text: &str, kind: TextKind) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for hit in rules.read(text, kind) {
        if !ids.contains(&hit.rule.id) {
            ids.push(hit.rule.id.clone());
        }
    }
    ids
}
