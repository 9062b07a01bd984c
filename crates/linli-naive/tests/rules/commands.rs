//! Form, ids, time, and the refusals of the commands without arithmetic.

use serde_json::json;

use crate::world::{SEED_ONE, World};

#[test]
fn another_form_is_malformed() {
    let mut world = World::new(SEED_ONE);
    let long = format!(r#"{{"cmd":"suspend","member":"{}"}}"#, "邻".repeat(65));
    for line in [
        "not json",
        "[]",
        "{}",
        r#"{"cmd":"fly"}"#,
        r#"{"cmd":"suspend"}"#,
        r#"{"cmd":"suspend","member":null}"#,
        r#"{"cmd":"suspend","member":1}"#,
        r#"{"cmd":"suspend","member":""}"#,
        r#"{"cmd":"suspend","member":"a:b"}"#,
        &long,
        r#"{"cmd":"suspend","member":"A","member":"A"}"#,
        r#"{"cmd":"suspend","member":"A","why":"x"}"#,
        r#"{"cmd":"suspend","member":"A","at":"yesterday"}"#,
        r#"{"cmd":"set_rank","member":"A"}"#,
        r#"{"cmd":"inject","id":"I","amount":5}"#,
        r#"{"cmd":"inject","id":"I","amount":".5"}"#,
        r#"{"cmd":"inject","id":"I","amount":"5."}"#,
        r#"{"cmd":"inject","id":"I","amount":"+5"}"#,
        r#"{"cmd":"pay","order":"O","store":"S","amount":"5","from_spend":"1"}"#,
        r#"{"cmd":"settle","order":"O","store":"S"}"#,
        r#"{"cmd":"settle","order":"O","member":"A"}"#,
        r#"{"cmd":"settle","order":"O","member":"A","store":"S","amount":"5","from_spend":"1"}"#,
        r#"{"cmd":"deposit","id":"D","amount":"5"}"#,
        r#"{"cmd":"deposit","id":"D","platform":"fees","amount":"5"}"#,
        r#"{"cmd":"deposit","id":"D","store":"S","member":"A","amount":"5"}"#,
        r#"{"cmd":"distribute","id":"D","weights":[{"member":"A","weight":1,"weight":1}]}"#,
        r#"{"cmd":"distribute","id":"D","weights":[{"member":"A","weight":1.0}]}"#,
        r#"{"cmd":"distribute","id":"D","weights":[{"member":"A","weight":1000000000001}]}"#,
        r#"{"cmd":"rebind","case":"C","to":"A"}"#,
    ] {
        world.malformed(line);
    }
}

#[test]
fn refusals_come_in_the_listed_order() {
    let mut world = World::new(SEED_ONE);
    world.refused(json!({"cmd": "open_member", "member": "A", "inviter": "A"}), "already_exists");
    world.refused(json!({"cmd": "open_member", "member": "X", "inviter": "X"}), "self_invite");
    world.refused(json!({"cmd": "bind", "member": "B", "inviter": "B"}), "self_invite");
    world.refused(json!({"cmd": "bind", "member": "B", "inviter": "owner"}), "already_bound");
    world.refused(json!({"cmd": "bind", "member": "A", "inviter": "B"}), "invite_cycle");
    world.refused(json!({"cmd": "release", "member": "A"}), "not_bound");
    let mut store = json!({"cmd": "open_store", "store": "T", "owner": "Z", "recruiter": "A", "district": "1",
        "take_rate": "3"});
    world.refused(store.clone(), "unknown_member");
    store["owner"] = json!("A");
    world.refused(store.clone(), "unknown_region");
    store["district"] = json!("110101");
    world.refused(store.clone(), "bad_rate");
    store["take_rate"] = json!("50.0001%");
    world.refused(store.clone(), "rate_out_of_range");
    world.refused(json!({"cmd": "appoint", "region": "nowhere", "agent": "Z"}), "unknown_region");
    world.ok(json!({"cmd": "appoint", "region": "east", "agent": "A"}));
    world.refused(json!({"cmd": "appoint", "region": "east", "agent": "A"}), "region_taken");
    world.refused(json!({"cmd": "dismiss", "region": "440000"}), "unknown_region");
    world.refused(json!({"cmd": "set_rank", "member": "A", "rank": "V1"}), "unknown_rank");
    world.ok(json!({"cmd": "set_rank", "member": "A", "rank": null}));
    for amount in ["0", "-1", "1.001", "10000000000000.01", "100000000000.01"] {
        world.refused(json!({"cmd": "inject", "id": "I", "amount": amount}), "bad_amount");
    }
    let pay =
        json!({"cmd": "pay", "order": "O", "member": "A", "store": "S", "amount": "5", "from_spend": "5.01"});
    world.refused(pay, "bad_amount");
    let pay =
        json!({"cmd": "pay", "order": "O", "member": "A", "store": "S", "amount": "5", "from_spend": "5"});
    world.refused(pay, "insufficient_funds");
    world.refused(
        json!({"cmd": "redeem", "request": "R", "member": "A", "points": "1"}),
        "insufficient_points",
    );
    world.refused(json!({"cmd": "deposit", "id": "D", "supplier": "P", "amount": "x1"}), "malformed");
    world.refused(json!({"cmd": "deposit", "id": "D", "supplier": "P", "amount": "0"}), "unknown_supplier");
    world.refused(json!({"cmd": "deposit", "id": "D", "member": "A", "amount": "1"}), "bad_amount");
    world.refused(
        json!({"cmd": "write_off", "id": "W", "account": "member:A:spend", "amount": "1"}),
        "unknown_account",
    );
    world.refused(json!({"cmd": "distribute", "id": "D", "weights": []}), "nothing_to_pay");
    world.refused(json!({"cmd": "payout_done", "id": "W"}), "unknown_payout");
    world.refused(json!({"cmd": "change_plan", "id": "P", "plan": ""}), "bad_plan");
}

#[test]
fn a_replay_answers_the_first_result_whatever_the_time() {
    let mut world = World::new(SEED_ONE);
    let settle = json!({"cmd": "settle", "order": "O", "member": "A", "store": "S", "amount": "1000.00",
        "at": "2026-01-01T08:00:00Z"});
    let mut first = world.ok(settle.clone());
    world.settle("O2", "B", "1000.00");
    let mut again = settle.clone();
    again["at"] = json!("2025-01-01T08:00:00Z");
    let replay = world.ok(again);
    first["seq"] = replay["seq"].clone();
    first["replayed"] = json!(true);
    assert_eq!(replay, first);
    let mut other = settle;
    other["amount"] = json!("1000.0");
    world.refused(other.clone(), "id_reused");
    other["cmd"] = json!("pay");
    other["amount"] = json!("1000.00");
    world.refused(other.clone(), "id_reused");
    other["order"] = json!("O3");
    other["at"] = json!("2026-01-01T07:59:59.999Z");
    world.refused(other.clone(), "time_reversed");
    world.refused(json!({"cmd": "settle", "order": "O"}), "order_closed");
    other["at"] = json!(null);
    world.ok(other);
    world.ok(json!({"cmd": "settle", "order": "O3"}));
    assert_eq!(world.ok(json!({"cmd": "settle", "order": "O3", "member": null}))["replayed"], true);
}

#[test]
fn a_payout_is_closed_once() {
    let mut world = World::new(SEED_ONE);
    world.settle("O", "B", "1000.00");
    world.ok(json!({"cmd": "withdraw", "id": "W", "member": "A", "amount": "3.00"}));
    assert_eq!(world.balance("payout:W", "CNY"), "3.00");
    world.ok(json!({"cmd": "payout_failed", "id": "W"}));
    assert_eq!(world.balance("member:A:wallet", "CNY"), "3.00");
    world.refused(json!({"cmd": "payout_done", "id": "W"}), "payout_closed");
    world.ok(json!({"cmd": "suspend", "member": "A"}));
    world
        .refused(json!({"cmd": "withdraw", "id": "V", "member": "A", "amount": "3.01"}), "account_suspended");
}

#[test]
fn rebinding_skips_whoever_would_close_a_circle() {
    let mut world = World::new(SEED_ONE);
    world.member("C", Some("B"));
    world.ok(json!({"cmd": "rebind", "case": "1", "members": ["A", "C", "owner"], "to": "B"}));
    // A stays unbound (B is below it), so it can still be bound elsewhere; the others are bound now.
    world.refused(json!({"cmd": "bind", "member": "owner", "inviter": "A"}), "already_bound");
    world.ok(json!({"cmd": "rebind", "case": "2", "all_of": "B", "to": "C"}));
    world.settle("O", "owner", "1000.00");
    assert_eq!(world.balance("member:C:wallet", "CNY"), "3.00");
    assert_eq!(world.balance("member:B:wallet", "CNY"), "2.00");
}
