//! The rules of the economy as tables of given, when, then: `rules/*.rules`, one test a file, carried out on
//! the real engine. `rules/README.md` says how to read and write one. Must not be added here: a rule in Rust
//! that could be a table.

mod expect;
mod plans;
mod run;
mod text;
mod words;

pub use plans::text as plan_text;
pub use run::{World, balances, postings, unchanged};
pub use text::items;
pub use words::lines as lines_of;

use text::Rule;

use linli_economy::refusal::Code;
use std::collections::BTreeSet;

macro_rules! files {
    ($($topic:ident),+ $(,)?) => {
        const FILES: &[(&str, &str)] =
            &[$((stringify!($topic), include_str!(concat!("rules/", stringify!($topic), ".rules")))),+];

        $(#[test]
        fn $topic() {
            hold(stringify!($topic));
        })+
    };
}

files! {
    cancel,
    debts,
    deduction_points,
    dividend,
    exits,
    genesis,
    ids,
    levels,
    mall,
    malformed,
    mint_and_price,
    plan_change,
    redeem,
    referral,
    refund,
    refund_of_spent_points,
    regions,
    regressions,
    relations,
    settle,
    spend_balance,
    stores,
    time,
    treasury,
    withdraw,
    without_member,
}

/// The rules of a file.
pub fn rules_of(topic: &str) -> Vec<Rule> {
    let (_, text) = FILES.iter().find(|(known, _)| *known == topic).expect("a file of rules");
    text::rules(text).unwrap_or_else(|what| panic!("{topic}.rules:{what}"))
}

/// Asserts that every rule of a file holds.
fn hold(topic: &str) {
    report(topic, &rules_of(topic));
}

/// Asserts that one rule of a file holds.
pub fn hold_one(topic: &str, name: &str) {
    let rule = rules_of(topic).into_iter().find(|rule| rule.name == name);
    report(topic, &[rule.unwrap_or_else(|| panic!("{topic}.rules has no rule {name}"))]);
}

fn report(topic: &str, rules: &[Rule]) {
    let failures: Vec<String> = rules
        .iter()
        .flat_map(|rule| run::run(rule).into_iter().map(move |failure| (rule, failure)))
        .map(|(rule, failure)| {
            format!("rules/{topic}.rules:{}: {}: {}", failure.line, rule.name, failure.what)
        })
        .collect();
    assert!(failures.is_empty(), "{} do not hold:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_file_of_rules_is_a_test_and_every_rule_has_a_name_of_its_own() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/main/rules");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the folder of rules") {
        let name = entry.expect("an entry").file_name().into_string().expect("a plain name");
        found.extend(name.strip_suffix(".rules").map(str::to_string));
    }
    let listed: BTreeSet<String> = FILES.iter().map(|(topic, _)| (*topic).to_string()).collect();
    assert_eq!(found, listed);
    let mut names = BTreeSet::new();
    for (topic, _) in FILES {
        for rule in rules_of(topic) {
            assert!(names.insert(rule.name.clone()), "{topic}.rules:{}: a second {}", rule.line, rule.name);
        }
    }
}

#[test]
fn every_code_of_a_refusal_stands_in_a_table() {
    let mut named = BTreeSet::new();
    for rule in FILES.iter().flat_map(|(topic, _)| rules_of(topic)) {
        for step in &rule.steps {
            let text::Step::When { then, .. } = step else { continue };
            named.extend(
                then.iter().filter_map(|item| item.text.strip_prefix("refused ").map(str::to_string)),
            );
        }
    }
    // Overflow needs more money than there are commands: see limits.rs.
    let codes = Code::ALL.iter().filter(|code| **code != Code::Overflow);
    let all: BTreeSet<String> = codes.map(|code| code.name().to_string()).collect();
    assert_eq!(named, all);
}

#[test]
fn a_rule_that_does_not_hold_says_where_and_what() {
    let rule = "rule a_store_gets_all\n  given member A; store S owner A district 440106\n  \
                when settle O A S 10.00\n  then store:S 10.00; minted 1.12";
    let rules = text::rules(rule).expect("a rule");
    let failures = run::run(&rules[0]);
    let [failure] = &failures[..] else { panic!("one expectation is wrong: {failures:?}") };
    assert_eq!(failure.line, 4);
    assert_eq!(failure.what, "after `settle O A S 10.00`: store:S is 8.00, not 10.00");
}

#[test]
fn unknown_words_are_refused() {
    for rule in [
        "rule a when settle O A S 10.00 then accepted",
        "rule Ab\n when member A\n then accepted",
        "rule a\n when member A",
        "rule a\n given member A",
        "rule a\n then accepted",
        "rule a\n when member A then accepted\nrule a\n when member A then accepted",
        "rule a\n in nowhere\n when member A then accepted",
        "member A",
    ] {
        assert!(text::rules(rule).is_err(), "{rule}");
    }
    for words in [
        "when member A of B then accepted",
        "when members A B then accepted",
        "when fly A then accepted",
        "when member A then expected",
        "when member A then member:B:wallet 0",
        "when member A then member:A:wallet 0.001",
        "given fly A; when member A then accepted",
        "plan seed-nine\n when member A then accepted",
    ] {
        let rules = text::rules(&format!("rule a\n {words}"));
        let refused = rules.map_or(true, |rules| !run::run(&rules[0]).is_empty());
        assert!(refused, "{words}");
    }
}
