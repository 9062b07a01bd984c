//! The mall: deduction points, rebates, margins and expiry.

use serde_json::{Value, json};

use crate::world::{SEED_ONE, World};

fn order(id: &str, list_total: &str, cost: &str) -> Value {
    json!({"cmd": "settle_mall", "order": id, "member": "A", "supplier": "P", "list_total": list_total, "cost": cost})
}

#[test]
fn the_example_of_the_specification() {
    let mut world = World::new(SEED_ONE);
    world.settle("O1", "A", "1000.00");
    assert_eq!(world.balance("member:A:deduction", "DP"), "2000.00");
    world.ok(order("X", "4000.00", "400.00"));
    assert_eq!(world.balance("store:S", "CNY"), "1200.00");
    assert_eq!(world.balance("supplier:P", "CNY"), "400.00");
    assert_eq!(world.balance("member:A:deduction", "DP"), "0");
    assert_eq!(world.balance("mall:issued", "DP"), "0");
    // 2000 − 400 − 400 − 40 − 40 into the pool.
    assert_eq!(world.balance("pool:reserve", "CNY"), "1280.00");
    world.refund("X", "1000.00");
    assert_eq!(world.balance("member:A:deduction", "DP"), "1000.00");
    assert_eq!(world.balance("supplier:P", "CNY"), "200.00");
    assert_eq!(world.balance("store:S", "CNY"), "1000.00");
}

#[test]
fn a_margin_too_thin_is_above_38_percent() {
    let mut world = World::new(SEED_ONE);
    world.refused(order("X", "100.00", "38.01"), "margin_too_thin");
    world.ok(order("X", "100.00", "38.00"));
}

#[test]
fn lots_expire_to_the_instant() {
    let mut world = World::new(SEED_ONE);
    let settle = json!({"cmd": "settle", "order": "O1", "member": "A", "store": "S", "amount": "10",
        "at": "2026-01-01T00:00:00.000000001Z"});
    world.ok(settle);
    let mut early = order("X", "4.00", "0.10");
    early["at"] = json!("2027-01-01T00:00:00Z");
    world.ok(early);
    assert_eq!(world.balance("member:A:deduction", "DP"), "18.00");
    let mut late = order("Y", "4.00", "0.10");
    late["at"] = json!("2027-01-01T00:00:00.000000001Z");
    let result = world.ok(late);
    assert_eq!(world.balance("member:A:deduction", "DP"), "0");
    assert!(result["postings"].as_array().is_some_and(|postings| {
        postings.contains(&json!({"account": "external:payments", "asset": "CNY", "amount": "-4.00"}))
    }));
    // What comes back to an expired lot is lost.
    world.refund("X", "2.00");
    assert_eq!(world.balance("member:A:deduction", "DP"), "0");
    assert_eq!(world.balance("mall:issued", "DP"), "0");
}

#[test]
fn a_cancel_is_whole_or_nothing() {
    let mut world = World::new(SEED_ONE);
    world.settle("O1", "A", "10.00");
    let mut pay = order("X", "4.00", "0.10");
    pay["cmd"] = json!("pay_mall");
    world.ok(pay);
    assert_eq!(world.balance("order:X", "DP"), "2.00");
    world.refused(json!({"cmd": "cancel", "cancel": "C", "order": "X", "amount": "1"}), "over_refund");
    world.refused(json!({"cmd": "settle", "order": "X"}), "unknown_order");
    world.ok(json!({"cmd": "cancel", "cancel": "C", "order": "X", "amount": "2.00"}));
    assert_eq!(world.balance("member:A:deduction", "DP"), "20.00");
    world.refused(json!({"cmd": "settle_mall", "order": "X"}), "order_closed");
    world.refused(json!({"cmd": "refund", "refund": "R", "order": "X", "amount": "1"}), "order_not_settled");
}
