//! What people read: the numbers and places in the texts of refusals. Codes and their order are tested elsewhere.

use linli_economy::Economy;
use linli_economy::region::District;

const PLAN: &str = include_str!("../../../../plans/seed-one.toml");

/// The message of the last of these lines.
fn message(lines: &[&str]) -> String {
    let mut economy = Economy::open(PLAN).expect("a plan");
    let mut last = String::new();
    for (line, seq) in lines.iter().zip(1..) {
        last = economy.apply(line).outcome().err().map(|refusal| refusal.message.clone()).unwrap_or_default();
        assert_eq!(economy.seq(), seq, "every line has a seq");
    }
    last
}

const STORE: [&str; 3] = [
    r#"{"cmd":"open_member","member":"M"}"#,
    r#"{"cmd":"open_store","store":"S","owner":"M","district":"440106"}"#,
    r#"{"cmd":"settle","order":"O","member":"M","store":"S","amount":"100.00"}"#,
];

fn after_store(lines: &[&str]) -> String {
    message(&[&STORE, lines].concat())
}

#[test]
fn a_malformed_line_is_named_by_its_number() {
    assert_eq!(message(&["x"]), "line 1: expected value at column 1");
    assert_eq!(after_store(&["{}"]), "line 4: cmd is missing");
    assert!(after_store(&["1.5"]).contains("expected a text, a whole number, a list, an object or null"));
}

#[test]
fn a_refusal_names_the_id_that_it_is_about() {
    for (line, said) in [
        (r#"{"cmd":"open_member","member":"M"}"#, "there is a member M"),
        (r#"{"cmd":"open_store","store":"S","owner":"M","district":"440106"}"#, "there is a store S"),
        (r#"{"cmd":"close_store","store":"T"}"#, "there is no store T"),
        (
            r#"{"cmd":"settle","order":"O","store":"S","amount":"1.00"}"#,
            "O was applied before with other content",
        ),
        (r#"{"cmd":"settle_mall","order":"O"}"#, "O is an order of a store: settle carries it out"),
        (r#"{"cmd":"payout_done","id":"W"}"#, "there is no withdrawal W"),
    ] {
        assert_eq!(after_store(&[line]), said, "{line}");
    }
}

#[test]
fn a_refusal_and_its_result_line_say_code_and_message() {
    let mut economy = Economy::open(PLAN).expect("a plan");
    let answer = economy.apply(r#"{"cmd":"close_store","store":"T"}"#);
    assert_eq!(answer.outcome().expect_err("no store").to_string(), "unknown_store: there is no store T");
    let line = r#"{"seq":1,"ok":false,"error":"unknown_store","message":"there is no store T"}"#;
    assert_eq!(answer.to_json(), line);
}

#[test]
fn a_refund_says_what_is_asked_and_what_is_left() {
    let refund = |id: &str, amount: &str| {
        format!(r#"{{"cmd":"refund","refund":"{id}","order":"O","amount":"{amount}"}}"#)
    };
    let (first, second) = (refund("R1", "60.00"), refund("R2", "50.00"));
    assert_eq!(after_store(&[&first, &second]), "50.00 asked for, 40.00 left to refund");
}

#[test]
fn a_refund_that_debts_forbid_says_both_figures() {
    let deposit = r#"{"cmd":"deposit","id":"D","store":"S","amount":"100.00"}"#;
    let fee = r#"{"cmd":"fee","id":"F","member":"M","region":"440106","amount":"1.00"}"#;
    let profit = r#"{"cmd":"withdraw","id":"W1","platform":"profit","amount":"4.00"}"#;
    let redeem = r#"{"cmd":"redeem","request":"Q","member":"M","points":"11.2"}"#;
    let wallet = r#"{"cmd":"withdraw","id":"W2","member":"M","amount":"12.80"}"#;
    let refund = r#"{"cmd":"refund","refund":"R","order":"O","amount":"100.00"}"#;
    let said = after_store(&[deposit, fee, profit, redeem, wallet, refund]);
    assert_eq!(said, "debts of 12.80 would exceed the platform's own -3.00");
    let empty = r#"{"cmd":"withdraw","id":"W3","store":"S","amount":"80.00"}"#;
    let said = after_store(&[empty, refund]);
    assert_eq!(said, "the store would be left with -80.00: it must deposit first");
}

#[test]
fn a_price_that_is_too_low_is_told_the_cost_that_it_carries() {
    // 40.00, half of it in points, less 20% + 2% + 2%.
    let sale = |cost: &str| {
        format!(
            r#"{{"cmd":"pay_mall","order":"L","member":"M","supplier":"U","list_total":"40.00","cost":"{cost}"}}"#
        )
    };
    assert_eq!(after_store(&[&sale("15.21")]), "a list price of 40.00 carries a cost of at most 15.20");
    assert_eq!(after_store(&[&sale("15.20")]), "");
}

#[test]
fn a_plan_is_refused_with_line_and_column() {
    let text = PLAN.replace("direct = \"0.3%\"", "direct = \"0.3\"");
    let refusals = Economy::open(&text).expect_err("no rate").0;
    let line = 1 + text.lines().position(|line| line.contains("direct = \"0.3\"")).expect("it is there");
    assert_eq!((refusals[0].line, refusals[0].column), (line, "direct = ".len() + 1));
    assert_eq!(refusals[0].value, "\"0.3\"");
}

#[test]
fn a_rule_between_keys_names_the_value_that_breaks_it() {
    let text = PLAN.replace("min_rate = ", "min_rate = \"99%\" #");
    let refusals = Economy::open(&text).expect_err("above the rate").0;
    assert!(refusals.iter().any(|refusal| refusal.key.starts_with("take.") && !refusal.value.is_empty()));
}

#[test]
fn a_district_is_six_digits() {
    assert_eq!(District::parse("000012").expect("six digits").to_string(), "000012");
}

#[test]
fn lots_that_have_expired_are_asked_for_no_more() {
    let days = "award_days = ";
    let place = PLAN.find(days).expect("it is there") + days.len();
    let end = place + PLAN[place..].find('\n').expect("a line");
    let plan = format!("{}30{}", &PLAN[..place], &PLAN[end..]);
    let mut economy = Economy::open(&plan).expect("a plan");
    for line in STORE {
        economy.apply(line);
    }
    let order = |id: &str, at: &str| {
        format!(
            r#"{{"cmd":"settle","order":"{id}","member":"M","store":"S","amount":"1.00","at":"{at}T00:00:00Z"}}"#
        )
    };
    economy.apply(&order("O2", "1970-02-15"));
    let member = &economy.state().members()[0];
    assert_eq!(member.next_expiry, (45 + 30) * 86_400, "the lot of the first order has gone");
    let last = member.last_lot.expect("a lot");
    assert_eq!(economy.state().orders()[last.index()].previous_lot, None);
}
