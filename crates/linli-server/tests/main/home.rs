//! A member's home and what their points become: the numbers add up, follow each command, and are nobody else's.

use crate::support::shop::{DAY, Shop, id};
use crate::support::{json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json};

/// The shop, whose member was invited by nobody and has bought for 1000.00.
async fn shop() -> Shop {
    let shop = Shop::open().await;
    settle(&shop, "O1", "1000.00").await;
    shop
}

async fn settle(shop: &Shop, order: &str, amount: &str) {
    let member = &shop.member_id;
    shop.command(&format!(
        r#"{{"cmd":"settle","order":"{order}","member":"{member}","store":"S9","amount":"{amount}"}}"#
    ))
    .await;
}

async fn home(shop: &Shop) -> Value {
    shop.read(&shop.member, "/v1/me/home").await
}

async fn redeem(shop: &Shop, points: &str) -> Response {
    shop.write(&shop.member, "/v1/me/redemptions", json!({ "points": points })).await
}

#[tokio::test]
async fn a_home_has_the_four_numbers_and_what_is_behind_them() {
    let shop = shop().await;
    let found = home(&shop).await;
    let numbers = ["available", "pending", "points_worth", "owed", "spend"].map(|name| found[name].clone());
    assert_eq!(numbers, ["0.00", "0.00", "160.00", "0.00", "0.00"]);
    let points = &found["points"];
    let texts = ["held", "redeemed_now", "retention", "paid_to", "price", "pool", "supply"];
    assert_eq!(
        texts.map(|name| points[name].as_str().expect("a text")),
        ["112.000000", "128.00", "20%", "wallet", "1.4285", "160.00", "112.000000"]
    );
    assert!(points["at"].as_str().is_some_and(|at| at.starts_with("2026-01-01T")), "{points}");
    assert_eq!(found["deduction"]["usable"], "2000.00");
    assert_eq!(found["deduction"]["next_expiry"]["points"], "2000.00");
}

#[tokio::test]
async fn what_a_paid_order_will_bring_is_pending_until_it_is_settled_or_given_back() {
    let shop = Shop::open().await;
    let (inviter, invited) = (&shop.member_id, "INVITED");
    shop.command(&format!(r#"{{"cmd":"open_member","member":"{invited}","inviter":"{inviter}"}}"#)).await;
    let pay = |order: &str, amount: &str| {
        format!(r#"{{"cmd":"pay","order":"{order}","member":"{invited}","store":"S9","amount":"{amount}"}}"#)
    };
    for line in [pay("P1", "1000.00"), pay("P2", "500.00")] {
        shop.command(&line).await;
    }
    let numbers = async || {
        let found = home(&shop).await;
        (found["available"].clone(), found["pending"].clone())
    };
    assert_eq!(numbers().await, ("0.00".into(), "4.50".into()), "0.3 % of both");
    shop.command(r#"{"cmd":"cancel","cancel":"C1","order":"P2","amount":"250.00"}"#).await;
    assert_eq!(numbers().await, ("0.00".into(), "3.75".into()));
    shop.command(r#"{"cmd":"settle","order":"P1"}"#).await;
    assert_eq!(numbers().await, ("3.00".into(), "0.75".into()));
    shop.command(r#"{"cmd":"cancel","cancel":"C2","order":"P2","amount":"250.00"}"#).await;
    assert_eq!(numbers().await, ("3.00".into(), "0.00".into()));
}

#[tokio::test]
async fn what_is_owed_is_told_apart_from_what_is_available() {
    let shop = shop().await;
    assert_eq!(redeem(&shop, "112").await.status(), 200);
    shop.command(r#"{"cmd":"deposit","id":"D1","platform":"profit","amount":"1000.00"}"#).await;
    shop.command(r#"{"cmd":"deposit","id":"D2","store":"S9","amount":"1000.00"}"#).await;
    let member = &shop.member_id;
    shop.command(&format!(r#"{{"cmd":"withdraw","id":"W1","member":"{member}","amount":"128.00"}}"#)).await;
    shop.command(r#"{"cmd":"refund","refund":"R1","order":"O1","amount":"1000.00"}"#).await;
    let found = home(&shop).await;
    assert_eq!((found["available"].as_str(), found["owed"].as_str()), (Some("0.00"), Some("128.00")));
    assert_eq!(found["deduction"]["usable"], "0.00");
}

#[tokio::test]
async fn a_quote_is_what_the_redemption_pays() {
    let shop = shop().await;
    let quote = shop.read(&shop.member, "/v1/me/redemptions/quote?points=12.5").await;
    let texts = ["points", "gross", "retained", "payout", "left", "price"];
    assert_eq!(
        texts.map(|name| quote[name].as_str().expect("a text")),
        ["12.500000", "17.85", "3.57", "14.28", "99.500000", "1.4285"]
    );
    let key = shop.app.nonce();
    for _ in 0..2 {
        let body = json!({ "points": "12.5" });
        let redeemed =
            shop.app.with_token(Method::POST, "/v1/me/redemptions", &shop.member, &key, &body).await;
        assert_eq!(json(redeemed).await["payout"], "14.28", "a repeat is answered with the first result");
    }
    let found = home(&shop).await;
    assert_eq!((&found["available"], &found["points"]["held"]), (&json!("14.28"), &json!("99.500000")));
}

#[tokio::test]
async fn eight_at_once_redeem_points_once() {
    let shop = shop().await;
    let tries = (0..8).map(|_| redeem(&shop, "100"));
    let mut statuses: Vec<_> =
        crate::support::all(tries).await.iter().map(|answer| answer.status().as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(home(&shop).await["points"]["held"], "12.000000");
}

#[tokio::test]
async fn what_cannot_be_redeemed_is_refused_and_changes_nothing() {
    let shop = shop().await;
    let seq = home(&shop).await["seq"].clone();
    for (points, status) in [("0", 422), ("-1", 422), ("1.2345678", 422), ("", 422), ("1e3", 422), ("x", 422)]
    {
        assert_eq!(problem(redeem(&shop, points).await).await, (status, "bad_amount".into()), "{points}");
    }
    for body in [json!({}), json!({"points": 5}), json!({"points": "1", "member": "M1"}), json!([])] {
        let refused = shop.write(&shop.member, "/v1/me/redemptions", body.clone()).await;
        assert_eq!(problem(refused).await, (400, "bad_body".into()), "{body}");
    }
    assert_eq!(home(&shop).await["seq"], seq, "nothing was written");
    assert_eq!(problem(redeem(&shop, "112.000001").await).await, (409, "insufficient_points".into()));
    for query in ["", "?points=", "?points=0", "?points=5&member=M1"] {
        let target = format!("/v1/me/redemptions/quote{query}");
        assert!(shop.app.look(&target, &shop.member).await.status().is_client_error(), "{query}");
    }
    let more = shop.app.look("/v1/me/redemptions/quote?points=113", &shop.member).await;
    assert_eq!(problem(more).await, (409, "insufficient_points".into()));
}

#[tokio::test]
async fn deduction_points_are_listed_by_order_until_they_expire() {
    let shop = shop().await;
    shop.at(10 * DAY);
    shop.command(&format!(
        r#"{{"cmd":"settle","order":"O2","member":"{}","store":"S9","amount":"10.00","at":"2026-01-11T00:00:00Z"}}"#,
        shop.member_id
    ))
    .await;
    let first = shop.read(&shop.member, "/v1/me/deduction-points?limit=1").await;
    assert_eq!((&first["items"][0]["order"], &first["items"][0]["points"]), (&json!("O2"), &json!("20.00")));
    let next = first["next"].as_str().expect("there is more");
    let second = shop.read(&shop.member, &format!("/v1/me/deduction-points?limit=1&after={next}")).await;
    assert_eq!((&second["items"][0]["order"], &second["next"]), (&json!("O1"), &Value::Null));
    assert_eq!(home(&shop).await["deduction"]["next_expiry"]["order"], "O1");
    assert_eq!(shop.read(&shop.other, "/v1/me/deduction-points").await["items"], json!([]));
    // A session lasts thirty days.
    shop.at(365 * DAY + 10);
    let code = shop.app.code_for("13800000003").await;
    let again = shop.app.open("/v1/login", &json!({ "phone": "13800000003", "code": code })).await;
    let token = json(again).await["token"].as_str().expect("a token").to_string();
    let left = shop.read(&token, "/v1/me/deduction-points").await;
    assert_eq!(left["items"].as_array().map(Vec::len), Some(1));
    let found = shop.read(&token, "/v1/me/home").await;
    assert_eq!(found["deduction"]["usable"], "20.00");
    assert_eq!(found["deduction"]["next_expiry"]["order"], "O2");
}

#[tokio::test]
async fn a_home_is_the_members_alone() {
    let shop = shop().await;
    for target in ["/v1/me/home", "/v1/me/deduction-points", "/v1/me/redemptions/quote?points=1"] {
        let signed = problem(shop.app.get(target).await).await;
        assert_eq!(signed, (403, "forbidden".into()), "{target} is for people");
    }
    let others = shop.read(&shop.other, "/v1/me/home").await;
    assert_eq!(others["points"]["held"], "0.000000");
    let id = id(redeem(&shop, "1").await).await;
    assert!(id.starts_with('P'), "{id}");
}
