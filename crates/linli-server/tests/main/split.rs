//! Where an order's money went, as each of those who got a part of it sees it.

use crate::support::problem;
use crate::support::shop::Shop;
use serde_json::{Value, json};

/// An order of 1000.00 by somebody whom the member invited, in the store S9, which the rival recruited.
async fn shop() -> (Shop, String) {
    let shop = Shop::open().await;
    let invitation = json!({"member": shop.member_id, "consent": 1});
    let (buyer_id, buyer) = shop.app.register("13800000011", invitation).await;
    for line in [
        json!({"cmd": "update_store", "store": "S9", "recruiter": "RECRUITER"}),
        json!({"cmd": "pay", "order": "O1", "member": buyer_id, "store": "S9", "amount": "1000.00"}),
    ] {
        if line["cmd"] == "update_store" {
            shop.command(r#"{"cmd":"open_member","member":"RECRUITER"}"#).await;
        }
        shop.command(&line.to_string()).await;
    }
    (shop, buyer)
}

async fn split(shop: &Shop, token: &str) -> Value {
    shop.read(token, "/v1/orders/O1/split").await
}

fn leg<'s>(split: &'s Value, to: &str) -> &'s Value {
    let legs = split["legs"].as_array().expect("legs");
    legs.iter().find(|leg| leg["to"] == to).unwrap_or_else(|| panic!("no {to} in {split}"))
}

fn fen(text: &Value) -> i64 {
    text.as_str().expect("a text").replace('.', "").parse().expect("digits")
}

#[tokio::test]
async fn each_leg_has_its_rule_rate_and_rounding_and_all_sum_to_the_amount() {
    let (shop, buyer) = shop().await;
    let before = split(&shop, &buyer).await;
    assert_eq!((&before["phase"], &before["you_are"]), (&json!("paid"), &json!(["buyer"])));
    assert_eq!(leg(&before, "inviter")["amount"], "3.00", "what it would be");
    shop.command(r#"{"cmd":"settle","order":"O1"}"#).await;
    let found = split(&shop, &buyer).await;
    assert_eq!(found["plan"], json!({"version": 1, "name": "seed-one"}));
    let inviter = leg(&found, "inviter");
    assert_eq!(
        [&inviter["rule"], &inviter["rate"], &inviter["how"], &inviter["amount"], &inviter["is_yours"]],
        [
            &json!("referral.direct"),
            &json!("0.30%"),
            &json!("⌊1000.00 × 0.3%⌋"),
            &json!("3.00"),
            &json!(false)
        ]
    );
    assert_eq!(leg(&found, "store")["how"], "1000.00 − ⌈1000.00 × 20%⌉");
    assert_eq!(leg(&found, "recruiter")["amount"], "5.00");
    let legs: i64 = found["legs"].as_array().expect("legs").iter().map(|leg| fen(&leg["amount"])).sum();
    assert_eq!(legs + fen(&found["pool"]["amount"]), 100_000);
    let pool = &found["pool"];
    assert_eq!(
        [&pool["amount"], &pool["minted"], &pool["reserve_before"], &pool["supply_before"], &pool["how"]],
        ["160.00", "112.000000", "0.00", "0.000000", "⌊⌊160.00 × 70%⌋ × S / P⌋"]
    );
    for event in found["events"].as_array().expect("events") {
        let cash =
            event["postings"].as_array().expect("postings").iter().filter(|line| line["asset"] == "CNY");
        assert_eq!(cash.map(|line| fen(&line["amount"])).sum::<i64>(), 0, "{event}");
    }
    assert_eq!(found["events"][1]["command"], "settle");
}

#[tokio::test]
async fn everybody_who_got_a_part_sees_the_legs_and_nobody_elses_name() {
    let (shop, buyer) = shop().await;
    shop.command(r#"{"cmd":"settle","order":"O1"}"#).await;
    let buyer_id = split(&shop, &buyer).await["member"].as_str().expect("the buyer").to_string();
    for (token, you_are) in [(&shop.member, "inviter"), (&shop.owner, "store"), (&buyer, "buyer")] {
        let found = split(&shop, token).await;
        assert_eq!(found["you_are"], json!([you_are]));
        let text = found.to_string();
        assert!(!text.contains("RECRUITER"), "{text}");
        assert_eq!(text.contains(&buyer_id), you_are != "inviter", "{you_are}: {text}");
        assert_eq!(text.contains(&shop.member_id), you_are == "inviter", "{you_are}: {text}");
        assert!(text.contains("recruiter:wallet"), "{text}");
    }
    let own = split(&shop, &shop.member).await;
    assert_eq!(leg(&own, "inviter")["is_yours"], true);
}

#[tokio::test]
async fn whoever_has_nothing_to_do_with_an_order_is_told_that_there_is_none() {
    let (shop, _) = shop().await;
    for token in [&shop.other, &shop.rival] {
        for order in ["O1", "O7", "%00"] {
            let found = problem(shop.app.look(&format!("/v1/orders/{order}/split"), token).await).await;
            assert!(
                found == (404, "unknown_order".into()) || order == "%00" && found.0 == 400,
                "{order} {found:?}"
            );
        }
    }
    assert_eq!(shop.app.get("/v1/orders/O1/split").await.status(), 200, "programs read orders");
}

#[tokio::test]
async fn what_refunds_take_back_stands_beside_each_leg() {
    let (shop, buyer) = shop().await;
    shop.command(r#"{"cmd":"settle","order":"O1"}"#).await;
    shop.command(r#"{"cmd":"refund","refund":"F1","order":"O1","amount":"333.33"}"#).await;
    let found = split(&shop, &buyer).await;
    assert_eq!(
        (leg(&found, "inviter")["given_back"].as_str(), &found["refunded"]),
        (Some("0.99"), &json!("333.33"))
    );
    let refund = &found["events"][2];
    assert_eq!((&refund["command"], &refund["id"]), (&json!("refund"), &json!("F1")));
    let taken = refund["postings"].as_array().expect("postings").iter();
    let taken: Vec<_> = taken.filter(|line| line["account"] == "inviter:wallet").collect();
    assert_eq!(taken[0]["amount"], "-0.99");
}

#[tokio::test]
async fn an_order_keeps_the_plan_that_it_was_paid_under() {
    let (shop, buyer) = shop().await;
    let plan =
        crate::support::PLAN.replace("direct = \"0.3%\"", "direct = \"0.4%\"").replace("seed-one", "next");
    shop.command(&json!({"cmd": "change_plan", "id": "P1", "plan": plan}).to_string()).await;
    shop.command(r#"{"cmd":"settle","order":"O1"}"#).await;
    let found = split(&shop, &buyer).await;
    assert_eq!(
        (&found["plan"]["name"], &leg(&found, "inviter")["amount"]),
        (&json!("seed-one"), &json!("3.00"))
    );
}
