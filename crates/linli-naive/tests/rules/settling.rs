//! Settling, redeeming and capped exits.

use serde_json::json;

use crate::world::{SEED_ONE, World, plan_with};

#[test]
fn the_worked_table() {
    let mut world = World::new(SEED_ONE);
    let table = [
        ("160.00", "112.000000", "112.000000", "1.428571"),
        ("320.00", "78.400000", "190.400000", "1.680672"),
        ("480.00", "66.640000", "257.040000", "1.867413"),
    ];
    for (pool, minted, supply, price) in table {
        let member = world.fresh();
        world.member(&member, None);
        let result = world.settle(&member, &member, "1000.00");
        assert_eq!(
            [&result["pool"], &result["minted"], &result["supply"], &result["price"]],
            [pool, minted, supply, price]
        );
    }
    assert_eq!(world.balance("store:S", "CNY"), "2400.00");
    assert_eq!(world.balance("platform:profit", "CNY"), "120.00");
}

#[test]
fn the_first_member_exits_at_order_1137() {
    let mut world = World::new(SEED_ONE);
    for order in 1..=1137 {
        let member = format!("M{order}");
        world.naive.apply(&json!({"cmd": "open_member", "member": member}).to_string());
        let settle =
            json!({"cmd": "settle", "order": member, "member": member, "store": "S", "amount": "1000"});
        let result = world.naive.apply(&settle.to_string());
        let exits = if order == 1137 {
            json!([{"member": "M1", "points": "112.000000", "payout": "960.00"}])
        } else {
            json!([])
        };
        assert_eq!(result["exits"], exits, "order {order}");
    }
    world.naive.check().expect("what always holds");
}

#[test]
fn a_redemption_leaves_the_retention_in_the_pool() {
    let mut world = World::new(SEED_ONE);
    world.settle("O1", "A", "1000.00");
    // Not to the cap of 1,200: 112 points at 10.714285… by an injection of 1,040.
    world.ok(json!({"cmd": "inject", "id": "I1", "amount": "1039.99"}));
    let result = world.redeem("A", "112");
    assert_eq!(result["payout"], "959.99");
    assert_eq!(result["pool"], "240.00");
    assert_eq!(world.balance("member:A:wallet", "CNY"), "959.99");
    // The supply is empty: the price is that of just before.
    assert_eq!(result["price"], "10.714196");
    assert_eq!(result["supply"], "0.000000");
    let again = world.settle("O2", "A", "1000.00");
    assert_eq!(again["minted"], "10.453420");
}

#[test]
fn referral_recruiter_and_agents_share_the_budget() {
    let mut world = World::new(SEED_ONE);
    world.member("C", Some("B"));
    for (region, agent) in
        [("440106", "d"), ("440100", "c"), ("440000", "p"), ("south", "m"), ("recruiter", "r")]
    {
        world.member(agent, None);
        if region != "recruiter" {
            world.ok(json!({"cmd": "appoint", "region": region, "agent": agent}));
        }
    }
    world.ok(json!({"cmd": "update_store", "store": "S", "recruiter": "r"}));
    let result = world.settle("O1", "C", "1000.00");
    let wallets = [
        ("B", "3.00"),
        ("A", "2.00"),
        ("r", "5.00"),
        ("d", "1.00"),
        ("c", "1.00"),
        ("p", "1.00"),
        ("m", "0"),
    ];
    for (member, amount) in wallets {
        assert_eq!(world.balance(&format!("member:{member}:wallet"), "CNY"), amount, "{member}");
    }
    // 20 of the platform's own, and of the budget of 20 what nobody claims.
    assert_eq!(world.balance("platform:profit", "CNY"), "27.00");
    assert_eq!(result["pool"], "160.00");
    // Without a district agent the city's is paid the whole of its rate.
    world.ok(json!({"cmd": "suspend", "member": "d"}));
    world.settle("O2", "C", "1000.00");
    assert_eq!(world.balance("member:c:wallet", "CNY"), "3.00");
    assert_eq!(world.balance("member:p:wallet", "CNY"), "2.00");
}

#[test]
fn suspended_between_paying_and_settling_leaves_the_leg_unclaimed() {
    let mut world = World::new(SEED_ONE);
    world.member("d", None);
    world.member("c", None);
    world.ok(json!({"cmd": "appoint", "region": "440106", "agent": "d"}));
    world.ok(json!({"cmd": "appoint", "region": "440100", "agent": "c"}));
    world.ok(json!({"cmd": "pay", "order": "O", "member": "B", "store": "S", "amount": "1000"}));
    world.ok(json!({"cmd": "suspend", "member": "d"}));
    world.ok(json!({"cmd": "suspend", "member": "A"}));
    world.ok(json!({"cmd": "settle", "order": "O"}));
    assert_eq!(world.balance("member:d:wallet", "CNY"), "0");
    assert_eq!(world.balance("member:c:wallet", "CNY"), "1.00");
    assert_eq!(world.balance("platform:profit", "CNY"), "39.00");
}

#[test]
fn levels_pay_the_difference_and_one_peer() {
    let plan = plan_with(&[
        ("max_depth = 0", "max_depth = 5"),
        ("peer = \"0%\"", "peer = \"10%\""),
        ("ranks = []", "ranks = [{ name = \"V1\", rate = \"0.2%\" }, { name = \"V2\", rate = \"0.5%\" }]"),
    ]);
    let mut world = World::new(&plan);
    // From the buyer up: V1, V1, V1, V2, none, V2 (too deep).
    let mut above = None;
    for (member, rank) in [("f", "V2"), ("e", ""), ("d", "V2"), ("c", "V1"), ("b", "V1"), ("a", "V1")] {
        world.member(member, above);
        if !rank.is_empty() {
            world.ok(json!({"cmd": "set_rank", "member": member, "rank": rank}));
        }
        above = Some(member);
    }
    world.member("buyer", Some("a"));
    world.settle("O", "buyer", "1000.00");
    // a also gets direct 3.00, b indirect 2.00; b is the one peer of V1, c is not.
    for (member, amount) in [("a", "5.00"), ("b", "2.20"), ("c", "0"), ("d", "3.00"), ("e", "0"), ("f", "0")]
    {
        assert_eq!(world.balance(&format!("member:{member}:wallet"), "CNY"), amount, "{member}");
    }
}

#[test]
fn without_a_member_the_platform_gets_the_pools_part() {
    let mut world = World::new(SEED_ONE);
    let result = world.ok(json!({"cmd": "settle", "order": "O", "store": "S", "amount": "1000.01"}));
    assert_eq!(result.get("minted"), None);
    assert_eq!(result["pool"], "0.00");
    assert_eq!(world.balance("store:S", "CNY"), "800.00");
    assert_eq!(world.balance("platform:profit", "CNY"), "200.01");
}

#[test]
fn genesis_opens_the_pool_and_a_low_take_counts_less() {
    let mut world = World::new(&plan_with(&[("genesis = \"0.00\"", "genesis = \"1000.00\"")]));
    assert_eq!(world.balance("platform:genesis", "GP"), "1000.000000");
    world.ok(
        json!({"cmd": "open_store", "store": "low", "owner": "A", "district": "110101", "take_rate": "5%"}),
    );
    let settle = json!({"cmd": "settle", "order": "O", "member": "A", "store": "low", "amount": "1000"});
    let result = world.ok(settle);
    // The pool gets 10 of 1000; at the plan's own rate that is what 62.50 of spending feeds it.
    assert_eq!(result["pool"], "1010.00");
    assert_eq!(result["minted"], "7.000000");
    // The cap is 75.00: reached at 10.714… a point.
    world.ok(json!({"cmd": "inject", "id": "I1", "amount": "9779.28"}));
    let exit = world.ok(json!({"cmd": "inject", "id": "I2", "amount": "0.01"}));
    assert_eq!(exit["exits"], json!([{"member": "A", "points": "7.000000", "payout": "60.00"}]));
}
