//! Every check of every rule for China, with a case that trips it and one that does not: a rule without both is a
//! failure, and so is a case without a rule. Where a case changes a key of the plan, the plan is a real one, read anew.

use super::support::{STREET, cn, day, plan, with};
use linli_guard::{Facts, Rules, judge};
use std::collections::BTreeMap;

const CASES: &str = include_str!("../data/cases-cn.txt");

/// A rule's id, the number of its check, and the settings of the two cases.
struct Case {
    rule: &'static str,
    check: usize,
    trips: Vec<(&'static str, &'static str)>,
    passes: Vec<(&'static str, &'static str)>,
}

/// Lines of `ID CHECK | key = value; … | key = value; …`.
fn cases() -> Vec<Case> {
    let lines = CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split(" | ").collect();
            let [name, trips, passes] = parts[..] else { panic!("{line}") };
            let (rule, check) = name.trim().split_once(' ').unwrap_or_else(|| panic!("{line}"));
            let pairs = |text: &'static str| {
                let pairs = text.split("; ").filter(|pair| !pair.trim().is_empty());
                pairs.map(|pair| pair.trim().split_once(" = ").unwrap_or_else(|| panic!("{line}"))).collect()
            };
            Case {
                rule,
                check: check.trim().parse().unwrap_or_else(|_| panic!("{line}")),
                trips: pairs(trips),
                passes: pairs(passes),
            }
        })
        .collect()
}

/// The street plan with the keys of a plan changed, and the rest as measured.
fn facts(settings: &[(&str, &str)]) -> Facts {
    let listed = plan(STREET).listed();
    let is_key = |name: &str| listed.iter().any(|(key, _)| *key == name);
    let (keys, measured): (Vec<_>, Vec<_>) = settings.iter().copied().partition(|(name, _)| is_key(name));
    let mut facts = Facts::of_plan(&with(STREET, &keys));
    for (name, text) in measured {
        facts.set(name, text).unwrap_or_else(|reason| panic!("{name} = {text}: {reason}"));
    }
    facts
}

/// The sentences of a rule's check that a case trips.
fn found(rules: &Rules, case: &Case, settings: &[(&str, &str)]) -> bool {
    let rule = rules.rule(case.rule).unwrap_or_else(|| panic!("{} is no rule", case.rule));
    let mut alone = rules.clone();
    let mut rule = rule.clone();
    rule.checks = vec![rule.checks[case.check - 1].clone()];
    alone.rules = vec![rule];
    let judgement = judge(&alone, &facts(settings), day("2026-11-30"));
    assert!(judgement.unasked.is_empty(), "{} {}: {settings:?} leaves it unasked", case.rule, case.check);
    let unfilled = |text: &str| text.contains('?') || text.contains('{');
    for finding in &judgement.findings {
        assert!(!unfilled(&finding.because.zh) && !unfilled(&finding.because.en), "{finding:?}");
    }
    !judgement.findings.is_empty()
}

#[test]
fn each_rule_trips_where_it_must_and_nowhere_else() {
    let rules = cn();
    for case in cases() {
        let name = format!("{} {}", case.rule, case.check);
        assert!(found(&rules, &case, &case.trips), "{name} does not trip");
        assert!(!found(&rules, &case, &case.passes), "{name} trips where it must not");
    }
}

#[test]
fn every_check_of_every_rule_has_its_cases() {
    let mut missing: BTreeMap<(String, usize), usize> = BTreeMap::new();
    for rule in &cn().rules {
        for check in 1..=rule.checks.len() {
            missing.insert((rule.id.clone(), check), 0);
        }
    }
    for case in cases() {
        let key = (case.rule.to_string(), case.check);
        *missing.get_mut(&key).unwrap_or_else(|| panic!("{key:?} is no check")) += 1;
    }
    missing.retain(|_, cases| *cases == 0);
    assert!(missing.is_empty(), "without cases: {missing:?}");
}

#[test]
fn rules_for_what_is_not_built_say_so() {
    let awaiting: Vec<(String, String)> = cn()
        .rules
        .iter()
        .filter(|rule| !rule.awaits.is_empty())
        .map(|rule| (rule.id.clone(), rule.awaits.clone()))
        .collect();
    let of = |prefix: &str, awaits: &str| {
        awaiting.iter().filter(|(id, text)| id.starts_with(prefix) && text == awaits).count()
    };
    assert_eq!((of("PZ-", "draws"), of("BB-", "blind boxes"), awaiting.len()), (4, 4, 8));
}
