//! What if: the same history under the same plan changes nothing; under another plan everybody's difference is shown, and
//! together the money is the same.

use crate::support::{LIVELY, input, scenario};
use linli_economy::command::Line;
use linli_economy::plan::Plan;
use linli_economy::units::Fen;
use linli_lab::scenario::changed_plan;
use linli_lab::whatif::{Compared, Holder, WhatIf};
use linli_lab::{Watch, run};

/// The lively scenario without its own change of plan.
fn one_plan() -> String {
    let from = LIVELY.find("[[plan_change]]").expect("it has one");
    let to = LIVELY.find("[refunds]").expect("it has some");
    format!("{}{}", &LIVELY[..from], &LIVELY[to..])
}

fn history(text: &str) -> String {
    let mut commands = Vec::new();
    run(&scenario(text), &input(text), 7, &Watch::default(), Some(&mut commands)).expect("it ends");
    let mut text = String::from_utf8(commands).expect("lines of text");
    text += "{\"cmd\":\"withdraw\",\"id\":\"W1\",\"store\":\"S1\",\"amount\":\"5.00\"}\n";
    text += "{\"cmd\":\"payout_failed\",\"id\":\"W1\"}\n";
    text += "{\"cmd\":\"withdraw\",\"id\":\"W2\",\"store\":\"S1\",\"amount\":\"7.00\"}\n";
    text += "{\"cmd\":\"payout_done\",\"id\":\"W2\"}\n";
    text
}

fn compare(text: &str, other: &[(&str, &str)]) -> Compared {
    let plan = input(LIVELY).plan;
    let other = changed_plan(&plan.text, other.iter().copied()).expect("a plan").plan;
    let mut what_if = WhatIf::new(Plan::parse(&plan.text).expect("a plan"), other);
    for (number, line) in history(text).lines().enumerate() {
        let line = Line::read(number as u64 + 1, line.as_bytes()).expect("a command");
        what_if.apply(&line.command, line.at);
        // A command that is sent again is answered with its first result and changes neither economy.
        if number % 100 == 0 {
            what_if.apply(&line.command, line.at);
        }
    }
    what_if.compare()
}

#[test]
fn under_the_same_plan_nothing_changes() {
    let compared = compare(&one_plan(), &[]);
    assert_eq!((compared.refused.len(), compared.adapted.len()), (0, 0), "{:?}", compared.refused);
    assert!(compared.changes.iter().all(|change| change.real == change.other));
    assert!(
        compared.totals(Holder::Pool).real > Fen::ZERO && compared.totals(Holder::Agent).real > Fen::ZERO
    );
}

#[test]
fn the_historys_own_changes_of_plan_are_left_out() {
    let compared = compare(LIVELY, &[]);
    assert_eq!(compared.adapted.get("change_plan"), Some(&1));
    assert!(compared.totals(Holder::Member).more > 0);
}

#[test]
fn under_another_plan_the_difference_is_in_its_column() {
    let compared =
        compare(LIVELY, &[("points.mint", "40%"), ("referral.direct", "0%"), ("take.max_rate", "22%")]);
    assert!(
        compared.adapted.contains_key("take_rate") && compared.adapted.contains_key("redeem"),
        "{:?}",
        compared.adapted
    );
    // Stores pay 22% instead of 25%.
    let stores = compared.totals(Holder::Store);
    assert!(stores.less == 0 && stores.more > 0 && stores.other > stores.real);
    assert!(compared.totals(Holder::Member).less > 0);
    let csv = compared.csv();
    assert!(csv.starts_with("kind,id,real,other,difference\n") && csv.contains("\nstore,S1,"), "{csv}");
    assert_eq!(csv.lines().count(), compared.changes.len() + 1);
}
