//! Returns over HTTP: asked, answered, sent back, refunded; refused and appealed; and what nobody answers in time.

use crate::support::market::{Market, rice};
use crate::support::person::picture;
use crate::support::shop::DAY;
use crate::support::{problem, send};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Three of 100.00 each.
async fn received(market: &Market) -> String {
    let rice = market.rice(5).await;
    market.received(&rice, 3).await
}

async fn ask(market: &Market, order: &str, count: u32) -> String {
    let form = json!({ "items": [{ "item": 0, "count": count }], "reason": "faulty", "text": "有虫", "pictures": ["picture-3"] });
    market.does(&market.member, &format!("/v1/mall/orders/{order}/returns"), form).await
}

fn to(back: &str, what: &str) -> String {
    format!("/v1/mall/returns/{back}/{what}")
}

#[tokio::test]
async fn a_part_that_goes_back_is_refunded_once_the_order_is_settled() {
    let mut market = Market::open().await;
    let order = received(&market).await;
    let back = ask(&market, &order, 1).await;
    let asked = market.read(&market.li, "/v1/mall/suppliers/U1/returns?state=asked").await;
    assert_eq!(asked["items"][0]["id"], *back);
    let seen = market.read(&market.li, &format!("/v1/mall/returns/{back}")).await;
    assert_eq!(
        (&seen["text"], &seen["reason"], &seen["member"]),
        (&json!("有虫"), &json!("faulty"), &Value::Null)
    );
    market
        .does(&market.li, &to(&back, "answer"), json!({ "agree": true, "send_to": "仓库：白云大道 2 号" }))
        .await;
    assert_eq!(
        market.read(&market.member, &format!("/v1/mall/returns/{back}")).await["answer"],
        "仓库：白云大道 2 号"
    );
    market.days_later(7).await;
    market
        .does(
            &market.member,
            &to(&back, "send-back"),
            json!({ "carrier": "邮政", "number": "EE987654321CN" }),
        )
        .await;
    assert_eq!(
        market.read(&market.member, &format!("/v1/mall/orders/{order}")).await["state"],
        "received",
        "not settled while goods are on their way"
    );
    market.does(&market.li, &to(&back, "arrived"), json!({ "restock": true })).await;
    market.return_comes_to(&back, "refunded").await;
    let settled = market.comes_to(&order, "settled").await;
    assert_eq!(settled["money"]["given_back"], "100.00");
    let mine = market.read(&market.member, "/v1/me/mall/returns?state=refunded").await;
    assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_whole_order_that_goes_back_is_given_back_at_once() {
    let market = Market::open().await;
    let order = received(&market).await;
    let back = ask(&market, &order, 3).await;
    market.does(&market.li, &to(&back, "answer"), json!({ "agree": true })).await;
    market.return_comes_to(&back, "refunded").await;
    let cancelled = market.comes_to(&order, "cancelled").await;
    assert_eq!(
        (&cancelled["money"]["phase"], &cancelled["money"]["given_back"]),
        (&json!("given_back"), &json!("300.00"))
    );
}

#[tokio::test]
async fn a_refusal_is_appealed_and_the_desk_decides_for_good() {
    let mut market = Market::open().await;
    let order = received(&market).await;
    let back = ask(&market, &order, 1).await;
    market.does(&market.li, &to(&back, "answer"), json!({ "agree": false, "reason": "发货时完好" })).await;
    market.does(&market.member, &to(&back, "appeal"), json!({})).await;
    let late = market.write(&market.li, &to(&back, "answer"), json!({ "agree": true })).await;
    assert_eq!(problem(late).await, (409, "return_state".into()));
    let waiting = market.read(&market.ann, "/v1/mall/returns?state=escalated").await;
    assert_eq!(waiting["items"][0]["id"], *back);
    market.does(&market.ann, &to(&back, "answer"), json!({ "agree": false, "reason": "照片不符" })).await;
    let again = market.write(&market.member, &to(&back, "appeal"), json!({})).await;
    assert_eq!(problem(again).await, (409, "return_decided".into()));
    market.days_later(7).await;
    market.comes_to(&order, "settled").await;
}

#[tokio::test]
async fn what_a_supplier_does_not_answer_comes_to_the_desk() {
    let mut market = Market::open().await;
    let order = received(&market).await;
    let back = ask(&market, &order, 1).await;
    market.days_later(3).await;
    market.return_comes_to(&back, "escalated").await;
    market.does(&market.ann, &to(&back, "answer"), json!({ "agree": true, "send_to": "仓库" })).await;
    market.days_later(10).await;
    market.return_comes_to(&back, "withdrawn").await;
    market.comes_to(&order, "settled").await;
}

#[tokio::test]
async fn a_return_is_withdrawn_and_asked_for_again() {
    let market = Market::open().await;
    let order = received(&market).await;
    let back = ask(&market, &order, 3).await;
    let asked = json!({ "items": [{ "item": 0, "count": 1 }], "reason": "changed_mind" });
    let target = format!("/v1/mall/orders/{order}/returns");
    assert_eq!(
        problem(market.write(&market.member, &target, asked.clone()).await).await,
        (409, "return_too_much".into())
    );
    market.does(&market.member, &to(&back, "withdraw"), json!({})).await;
    market.does(&market.member, &target, asked.clone()).await;
    market.later(7 * DAY + 1);
    assert_eq!(
        problem(market.write(&market.member, &target, asked).await).await,
        (409, "mall_too_late".into())
    );
}

#[tokio::test]
async fn what_is_no_return_is_refused() {
    let market = Market::open().await;
    let order = received(&market).await;
    let target = format!("/v1/mall/orders/{order}/returns");
    for (items, reason, code) in [
        (json!([]), "faulty", "bad_return"),
        (json!([{ "item": 1, "count": 1 }]), "faulty", "bad_return"),
        (json!([{ "item": 0, "count": 0 }]), "faulty", "bad_return"),
        (json!([{ "item": 0, "count": 1 }, { "item": 0, "count": 1 }]), "faulty", "bad_return"),
        (json!([{ "item": 0, "count": 4 }]), "faulty", "return_too_much"),
        (json!([{ "item": -1, "count": 1 }]), "faulty", "bad_body"),
        (json!([{ "item": 0, "count": 4_294_967_296_u64 }]), "faulty", "bad_body"),
        (json!([{ "item": 0, "count": 1 }]), "whatever", "bad_body"),
    ] {
        let refused =
            market.write(&market.member, &target, json!({ "items": items, "reason": reason })).await;
        assert_eq!(problem(refused).await.1, code, "{items} {reason}");
    }
    let back = ask(&market, &order, 1).await;
    for answer in [
        json!({ "agree": true, "reason": "x" }),
        json!({ "agree": false }),
        json!({ "agree": false, "send_to": "x", "reason": "y" }),
        json!({ "agree": false, "reason": "" }),
        json!({ "agree": true, "send_to": "x".repeat(501) }),
    ] {
        let refused = market.write(&market.li, &to(&back, "answer"), answer.clone()).await;
        assert_eq!(problem(refused).await, (400, "bad_parameter".into()), "{answer}");
    }
    assert_eq!(market.read(&market.member, &format!("/v1/mall/returns/{back}")).await["state"], "asked");
}

#[tokio::test]
async fn pictures_of_products_proofs_and_returns_stay_however_long() {
    let mut market = Market::open().await;
    let photo = async |token: &str, shade| market.app.uploaded(token, "/v1/photos", picture(shade)).await;
    let (shown, proof) = (photo(&market.li, 40).await, photo(&market.li, 90).await);
    let (faulty, unused) = (photo(&market.member, 140).await, photo(&market.member, 190).await);
    let mut content = rice();
    content["pictures"] = json!([shown]);
    content["variants"][0]["compared"] =
        json!({ "price": "120.00", "source": "超市", "seen_at": "2025-12-31T00:00:00Z", "picture": proof });
    let rice = market.on_sale(("U1", &market.li), content, 5).await;
    let order = market.received(&rice, 1).await;
    let wish = json!({ "items": [{ "item": 0, "count": 1 }], "reason": "faulty", "pictures": [faulty] });
    market.does(&market.member, &format!("/v1/mall/orders/{order}/returns"), wish).await;
    market.app.now.fetch_add(8 * DAY, Ordering::SeqCst);
    // The service looks when it starts.
    market.app.restart().await;
    let is_there = async |photo: &str| {
        send(market.app.unsigned(Method::GET, &format!("/v1/photos/{photo}"))).await.status() == 200
    };
    while is_there(&unused).await {
        tokio::task::yield_now().await;
    }
    for used in [&shown, &proof, &faulty] {
        assert!(is_there(used).await, "{used}");
    }
}
