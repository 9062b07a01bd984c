//! The figures that the model's own tables imply: equal orders of 1000 yuan by one-time members.

use linli_economy::Economy;

const SEED_ONE: &str = include_str!("../../../../plans/seed-one.toml");

/// Orders of 1000 yuan, each by a new member without inviter; gives the number of each order that set off an
/// exit, with the member's number.
fn exits_of_equal_orders(plan: &str, orders: u32) -> Vec<(u32, String)> {
    let mut economy = Economy::open(plan).expect("a shipped plan");
    let mut open = |line: &str| assert!(economy.apply(line).outcome().is_ok(), "{line}");
    open(r#"{"cmd":"open_member","member":"owner"}"#);
    open(r#"{"cmd":"open_store","store":"S","owner":"owner","district":"000000"}"#);
    let mut exits = Vec::new();
    for number in 1..=orders {
        open_member(&mut economy, number);
        let line = format!(
            r#"{{"cmd":"settle","order":"O{number}","member":"M{number}","store":"S","amount":"1000.00"}}"#
        );
        let answer = economy.apply(&line);
        let outcome = answer.outcome().expect("a plain order").clone();
        for exit in outcome.exits {
            exits.push((number, economy.member_name(exit.member).to_string()));
        }
    }
    economy.state().check().expect("what always holds");
    exits
}

fn open_member(economy: &mut Economy, number: u32) {
    let answer = economy.apply(&format!(r#"{{"cmd":"open_member","member":"M{number}"}}"#));
    assert!(answer.outcome().is_ok());
}

#[test]
fn the_first_exits_come_at_orders_1137_3702_and_6346_and_38_in_100_000() {
    let exits = exits_of_equal_orders(SEED_ONE, 100_000);
    let first: Vec<_> = exits.iter().take(3).map(|(order, member)| (*order, member.as_str())).collect();
    assert_eq!(first, [(1_137, "M1"), (3_702, "M2"), (6_346, "M3")]);
    assert_eq!(exits.len(), 38);
}

#[test]
fn with_a_cap_of_2_seven_of_100_000_exit() {
    let plan = SEED_ONE.replace(r#"cap = "1.2""#, r#"cap = "2""#);
    assert_eq!(exits_of_equal_orders(&plan, 100_000).len(), 7);
}
