//! The hold of store orders: due to the second by the plan that each was paid under, and not when given back.

use crate::support::PLAN;
use linli_economy::Economy;
use linli_economy::time::Instant;
use linli_engine::Holds;

fn at(text: &str) -> Instant {
    Instant::parse(text).expect("a time")
}

fn apply(economy: &mut Economy, line: &str) {
    let answer = economy.apply(line).to_json();
    assert!(answer.contains(r#""ok":true"#), "{line}: {answer}");
}

fn pay(economy: &mut Economy, order: &str, time: &str) {
    let fields = r#""member":"M1","store":"S1","amount":"10.00""#;
    apply(economy, &format!(r#"{{"cmd":"pay","order":"{order}",{fields},"at":"{time}"}}"#));
}

fn economy() -> Economy {
    let mut economy = Economy::open(PLAN).expect("a plan");
    apply(&mut economy, r#"{"cmd":"open_member","member":"M1"}"#);
    apply(&mut economy, r#"{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}"#);
    economy
}

#[test]
fn orders_are_due_when_their_days_have_passed() {
    let mut economy = economy();
    pay(&mut economy, "O1", "2026-01-01T08:00:00Z");
    pay(&mut economy, "O2", "2026-01-01T08:00:01Z");
    pay(&mut economy, "O3", "2026-01-01T08:00:02Z");
    let mut holds = Holds::default();
    let mut due = |economy: &Economy, time: &str| holds.due(economy, at(time), 10);
    assert_eq!(due(&economy, "2026-01-08T07:59:59Z"), [""; 0]);
    assert_eq!(due(&economy, "2026-01-08T08:00:00Z"), ["O1"]);
    apply(&mut economy, r#"{"cmd":"cancel","cancel":"C1","order":"O2","amount":"10.00"}"#);
    apply(&mut economy, r#"{"cmd":"settle","order":"O1"}"#);
    assert_eq!(due(&economy, "2026-02-01T00:00:00Z"), ["O3"]);
    apply(&mut economy, r#"{"cmd":"settle","order":"O3"}"#);
    assert_eq!(due(&economy, "2027-02-01T00:00:00Z"), [""; 0]);
    pay(&mut economy, "O4", "2026-03-01T00:00:00Z");
    assert_eq!(due(&economy, "2026-03-08T00:00:00Z"), ["O4"]);
    let found_anew = Holds::default().due(&economy, at("2026-03-08T00:00:00Z"), 10);
    assert_eq!(found_anew, ["O4"], "whoever starts again finds the same");
}

#[test]
fn each_order_is_held_by_the_plan_that_it_was_paid_under() {
    let mut economy = economy();
    pay(&mut economy, "O1", "2026-01-01T00:00:00Z");
    let text = serde_json::to_string(&PLAN.replace("hold_days = 7", "hold_days = 0")).expect("JSON");
    apply(&mut economy, &format!(r#"{{"cmd":"change_plan","id":"P2","plan":{text}}}"#));
    pay(&mut economy, "O2", "2026-01-02T00:00:00Z");
    pay(&mut economy, "O3", "2026-01-02T00:00:00Z");
    let mut holds = Holds::default();
    assert_eq!(holds.due(&economy, at("2026-01-02T00:00:00Z"), 10), ["O2", "O3"]);
    assert_eq!(holds.due(&economy, at("2026-01-02T00:00:00Z"), 1), ["O2"], "as many as were asked for");
    assert_eq!(holds.due(&economy, at("2026-01-08T00:00:00Z"), 10), ["O1", "O2", "O3"]);
}
