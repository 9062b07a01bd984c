//! Whole plans under the rules for China, and what happens to rules that grow old or cannot be asked.

use super::support::{SEED_ONE, SEED_THREE, STREET, cn, day, findings, ids, plan, with};
use linli_guard::{Facts, Rules, Verdict, judge, profile};

const FRANCHISE: [&str; 8] = ["FR-1", "FR-2", "FR-3", "FR-4", "FR-5", "FR-6", "FR-7", "FR-9"];

#[test]
fn the_sources_plans_need_documents_and_are_denied_for_their_genesis() {
    for text in [SEED_ONE, SEED_THREE] {
        let findings = findings(&plan(text));
        assert_eq!(ids(&findings, Verdict::Deny), ["EN-1"]);
        let proofs = [&["PS-3b", "IF-5"][..], &FRANCHISE].concat();
        assert_eq!(ids(&findings, Verdict::Proof), proofs);
    }
}

#[test]
fn a_cap_of_two_gives_more_back_than_was_spent() {
    let findings = findings(&with(SEED_ONE, &[("points.cap", "\"2\"")]));
    assert_eq!(ids(&findings, Verdict::Deny), ["IF-4", "EN-1"]);
    let found = findings.iter().find(|finding| finding.id == "IF-4").expect("found");
    assert!(found.because.en.contains("up to 1.6 yuan back for each yuan spent"), "{}", found.because.en);
    assert!(found.because.zh.contains("每消费 1 元最多返还 1.6 元"), "{}", found.because.zh);
    assert!(found.citation.contains("防范和处置非法集资条例"), "{}", found.citation);
}

#[test]
fn the_edge_of_the_cap_is_exact() {
    let deny = |cap: &str| ids(&findings(&with(STREET, &[("points.cap", cap)])), Verdict::Deny).len();
    assert_eq!(deny("\"1.25\""), 0);
    assert_eq!(deny("\"1.250001\""), 1);
}

#[test]
fn any_levels_are_denied() {
    for changes in [
        &[("levels.ranks", r#"[{ name = "V1", rate = "0.2%" }]"#)][..],
        &[("levels.max_depth", "1")],
        &[("levels.peer", "\"10%\"")],
    ] {
        assert_eq!(ids(&findings(&with(STREET, changes)), Verdict::Deny), ["PS-3a"], "{changes:?}");
    }
}

#[test]
fn the_nearest_lawful_plan_is_neither_denied_nor_needs_a_document() {
    let findings = findings(&plan(STREET));
    assert!(ids(&findings, Verdict::Deny).is_empty(), "{findings:?}");
    assert!(ids(&findings, Verdict::Proof).is_empty(), "{findings:?}");
    assert!(ids(&findings, Verdict::Show).contains(&"SH-1"));
    assert!(ids(&findings, Verdict::Data).contains(&"TX-1"));
}

#[test]
fn the_gravest_comes_first() {
    let findings = findings(&with(SEED_ONE, &[("points.cap", "\"2\"")]));
    assert!(findings.is_sorted_by_key(|finding| finding.verdict));
}

#[test]
fn a_citation_that_nobody_looked_at_for_180_days_is_an_alarm() {
    let rules = cn();
    let alarms = |date: &str| {
        let judgement = judge(&rules, &Facts::of_plan(&plan(STREET)), day(date));
        ids(&judgement.findings, Verdict::Alarm).len()
    };
    assert_eq!(alarms("2027-05-29"), 0);
    // Every rule but the one that no law stands behind.
    assert_eq!(alarms("2027-05-30"), rules.rules.len() - 1);
}

#[test]
fn what_is_not_measured_is_named_and_never_taken_for_lawful() {
    let rules = cn();
    let judgement = judge(&rules, &Facts::of_plan(&plan(STREET)), day("2026-11-30"));
    let unasked: Vec<&str> = judgement.unasked.iter().map(|rule| rule.id.as_str()).collect();
    for id in ["PS-1", "PS-4", "PAY-1", "PI-7", "PZ-1", "AML-2"] {
        assert!(unasked.contains(&id), "{id}");
    }
    assert!(!unasked.contains(&"PS-3a") && !unasked.contains(&"EN-1"));
}

#[test]
fn what_the_caller_measured_wins_over_what_is_given() {
    let mut facts = Facts::of_plan(&plan(STREET));
    facts.set("provider.split_limit", "15%").expect("a measurement");
    let judgement = judge(&cn(), &facts, day("2026-11-30")).findings;
    let denied = judgement.iter().find(|finding| finding.verdict == Verdict::Deny).expect("denied");
    assert_eq!(denied.because.en, "a take of 20%; the provider splits at most 15%");
}

#[test]
fn numbers_too_large_to_compute_with_are_denied_and_not_passed() {
    let text = profile::text("none").expect("a profile").replace("live = false", "live = true")
        + r#"
[[rule]]
id = "X-1"
verdict = "DENY"
title_zh = "大"
title_en = "large"
basis = "soundness"
checked_on = "2026-11-30"
mend_zh = "改"
mend_en = "change it"
[[rule.check]]
when = "agency.fee * agency.fee * agency.fee > 1"
because_zh = "大"
because_en = "large"
"#;
    let rules = Rules::parse(&text).unwrap_or_else(|refusals| panic!("{refusals}"));
    let mut facts = Facts::default();
    facts.set("agency.fee", "1000000000000000000").expect("a measurement");
    let judgement = judge(&rules, &facts, day("2026-11-30"));
    assert_eq!(judgement.findings[0].because.en, "the numbers are too large to decide it");
}

#[test]
fn the_readme_lists_every_measurement() {
    let readme = include_str!("../../../../rules/README.md");
    for measure in linli_guard::fact::MEASURES {
        assert!(readme.contains(&format!("| `{}` |", measure.name)), "{}", measure.name);
    }
}
