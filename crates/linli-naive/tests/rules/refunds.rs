//! Cancels before settling and refunds after it.

use serde_json::json;

use crate::world::{SEED_ONE, World, plan_with};

#[test]
fn a_full_refund_of_the_last_order_undoes_it() {
    let mut world = World::new(SEED_ONE);
    world.settle("O1", "A", "1000.00");
    let before = world.naive.balances();
    world.settle("O2", "B", "1000.00");
    world.refund("O2", "400.00");
    world.refund("O2", "600.00");
    let mut after = world.naive.balances();
    let mut expected = before;
    // Burning 78.4 points at 1.68 gives 131.76 of the 160.00: the store gives the rest.
    let store =
        expected.get_mut("store:S").expect("it has sold").insert("CNY".to_owned(), "771.76".to_owned());
    assert_eq!(store.as_deref(), Some("800.00"));
    expected.remove("pool:reserve");
    after.remove("pool:reserve");
    assert_eq!(after, expected);
    assert_eq!(world.balance("pool:reserve", "CNY"), "188.24");
    world.refused(json!({"cmd": "refund", "refund": "R", "order": "O2", "amount": "0.01"}), "over_refund");
}

#[test]
fn a_refund_after_redeeming_charges_what_was_paid() {
    let mut world = World::new(SEED_ONE);
    world.settle("O1", "A", "1000.00");
    world.settle("O2", "B", "1000.00");
    let payout = world.redeem("A", "112");
    assert_eq!(payout["payout"], "150.58");
    world.refund("O1", "1000.00");
    // c = 150.58 of y = 160.00 from the wallet, where 3.00 of O2's referral stay; 9.42 from the store.
    assert_eq!(world.balance("member:A:wallet", "CNY"), "3.00");
    assert_eq!(world.balance("store:S", "CNY"), "790.58");
    assert_eq!(world.balance("pool:reserve", "CNY"), "169.42");
}

#[test]
fn a_store_that_would_owe_refuses_the_refund() {
    let mut world = World::new(SEED_ONE);
    world.settle("O1", "A", "1000.00");
    world.ok(json!({"cmd": "withdraw", "id": "W", "store": "S", "amount": "800.00"}));
    let refund = json!({"cmd": "refund", "refund": "R", "order": "O1", "amount": "10"});
    world.refused(refund.clone(), "insufficient_funds");
    world.ok(json!({"cmd": "deposit", "id": "D", "store": "S", "amount": "8.00"}));
    world.ok(refund);
    assert_eq!(world.balance("store:S", "CNY"), "0");
}

#[test]
fn legs_that_step_up_together_leave_the_pool_a_negative_part() {
    let mut world = World::new(SEED_ONE);
    world.ok(json!({"cmd": "settle", "order": "O", "store": "S", "amount": "1.00"}));
    world.refund("O", "0.04");
    assert_eq!(world.balance("store:S", "CNY"), "0.76");
    world.refund("O", "0.01");
    // Both legs give a fen back for a refund of one: the other goes into the pool.
    assert_eq!(world.balance("store:S", "CNY"), "0.75");
    assert_eq!(world.balance("platform:profit", "CNY"), "0.19");
    assert_eq!(world.balance("pool:reserve", "CNY"), "0.01");
}

#[test]
fn deduction_points_used_elsewhere_are_owed_after_a_refund() {
    let mut world = World::new(SEED_ONE);
    world.settle("O1", "A", "1000.00");
    let mall = json!({"cmd": "pay_mall", "order": "X", "member": "A", "supplier": "P", "list_total": "4000", "cost": "400"});
    world.ok(mall);
    world.refund("O1", "500.00");
    assert_eq!(world.balance("member:A:deduction", "DP"), "-1000.00");
    world.settle("O2", "A", "600.00");
    assert_eq!(world.balance("member:A:deduction", "DP"), "200.00");
    world.ok(json!({"cmd": "cancel", "cancel": "C", "order": "X", "amount": "2000.00"}));
    assert_eq!(world.balance("member:A:deduction", "DP"), "2200.00");
}

#[test]
fn the_spend_balance_gets_its_part_back() {
    let mut world = World::new(&plan_with(&[("redeem = \"money\"", "redeem = \"spend\"")]));
    world.settle("O1", "A", "1000.00");
    world.settle("O2", "B", "1000.00");
    world.redeem("A", "112");
    assert_eq!(world.balance("member:A:spend", "CNY"), "150.58");
    let pay = json!({"cmd": "pay", "order": "O3", "member": "A", "store": "S", "amount": "300", "from_spend": "100"});
    world.ok(pay.clone());
    assert_eq!(world.balance("member:A:spend", "CNY"), "50.58");
    // A third of 100.01, then of 200.00 less that: 33.33 and 33.33 go back to the spend balance.
    world.ok(json!({"cmd": "cancel", "cancel": "C1", "order": "O3", "amount": "100.01"}));
    assert_eq!(world.balance("member:A:spend", "CNY"), "83.91");
    world.ok(json!({"cmd": "cancel", "cancel": "C2", "order": "O3", "amount": "99.99"}));
    assert_eq!(world.balance("member:A:spend", "CNY"), "117.24");
    world.ok(json!({"cmd": "settle", "order": "O3"}));
    assert_eq!(world.balance("order:O3", "CNY"), "0");
    world.refund("O3", "50.00");
    world.refused(json!({"cmd": "cancel", "cancel": "C3", "order": "O3", "amount": "1"}), "order_closed");
    assert_eq!(world.naive.apply(&pay.to_string())["replayed"], true);
}
