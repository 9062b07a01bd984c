//! What becomes of a voucher's money while the clock goes on: nothing is settled that was not verified, what was is settled
//! when its hold has passed, and what was not goes back by itself when the voucher expires.

use crate::support::json;
use crate::support::shop::{DAY, Shop, form, id, soon};
use serde_json::{Value, json};

impl Shop {
    async fn order(&self, order: &str) -> Value {
        self.read(&self.member, &format!("/v1/orders/{order}")).await
    }

    /// Moves the clock, and waits until a plain order that is final then has been settled: so the service has looked.
    async fn pass(&self, seconds: i64, plain: &str) {
        self.at(seconds);
        self.until(&format!("/v1/orders/{plain}"), |order| order["phase"] == "settled").await;
    }
}

#[tokio::test]
async fn a_voucher_that_nobody_verified_is_never_settled_but_given_back() {
    let shop = Shop::with(soon).await;
    let deal = shop.deal(&form()).await;
    let (order, _) = shop.bought(&deal).await;
    shop.pay_in("S9", "O1", "10.00").await;
    shop.at(DAY);
    shop.pay_in("S9", "O2", "10.00").await;
    shop.pass(7 * DAY, "O1").await;
    shop.pass(8 * DAY, "O2").await;
    assert_eq!(shop.order(&order).await["phase"], "paid", "the days of plain orders have passed");
    shop.at(10 * DAY - 1);
    assert_eq!(shop.voucher(&order).await["state"], "valid");
    shop.at(10 * DAY);
    let one = format!("/v1/me/vouchers/{order}");
    let expired = shop.until(&one, |voucher| voucher["state"] == "expired").await;
    assert_eq!((&expired["given_back"], &expired["code"]), (&json!("100.00"), &Value::Null));
    let order = shop.order(&order).await;
    assert_eq!((&order["phase"], &order["cancelled"]), (&json!("given_back"), &json!("100.00")));
    assert_eq!(order["settled_at"], Value::Null);
}

#[tokio::test]
async fn a_voucher_that_was_used_up_is_settled_when_its_hold_has_passed() {
    let shop = Shop::with(soon).await;
    let deal = shop.deal(&form()).await;
    let (order, code) = shop.bought(&deal).await;
    assert_eq!(shop.verify(&code, 2).await.status(), 200);
    shop.at(2 * DAY);
    shop.pay_in("S9", "O1", "10.00").await;
    shop.at(2 * DAY + 1);
    assert_eq!(shop.verify(&code, 1).await.status(), 200);
    assert_eq!(shop.voucher(&order).await["state"], "used");
    shop.pass(9 * DAY, "O1").await;
    assert_eq!(shop.order(&order).await["phase"], "paid", "a second is missing");
    shop.at(9 * DAY + 1);
    let settled = shop.until(&format!("/v1/orders/{order}"), |order| order["phase"] == "settled").await;
    assert_eq!(
        (&settled["cancelled"], &settled["settled_at"]),
        (&json!("0.00"), &json!("2026-01-10T00:00:01Z"))
    );
    assert_eq!(shop.voucher(&order).await["state"], "used");
}

#[tokio::test]
async fn what_was_verified_of_an_expired_voucher_is_settled_after_the_rest_went_back() {
    let shop = Shop::with(soon).await;
    let deal = shop.deal(&form()).await;
    let (order, code) = shop.bought(&deal).await;
    assert_eq!(shop.verify(&code, 1).await.status(), 200);
    shop.at(10 * DAY);
    let one = format!("/v1/me/vouchers/{order}");
    let expired = shop.until(&one, |voucher| voucher["state"] == "expired").await;
    assert_eq!(expired["given_back"], "66.67");
    shop.pay_in("S9", "O1", "10.00").await;
    shop.pass(17 * DAY, "O1").await;
    let settled = shop.until(&format!("/v1/orders/{order}"), |order| order["phase"] == "settled").await;
    assert_eq!((&settled["paid"], &settled["cancelled"]), (&json!("100.00"), &json!("66.67")));
    assert_eq!(settled["settled_at"], "2026-01-18T00:00:00Z");
}

#[tokio::test]
async fn what_became_due_while_the_service_was_down_is_done_when_it_is_back() {
    let mut shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let (order, _) = shop.bought(&deal).await;
    let (used, code) = shop.bought(&deal).await;
    assert_eq!(shop.verify(&code, 3).await.status(), 200);
    shop.at(10 * DAY);
    assert_eq!(shop.voucher(&order).await["state"], "expiring", "it looks once a minute");
    shop.restart_soon().await;
    shop.until(&format!("/v1/me/vouchers/{order}"), |voucher| voucher["state"] == "expired").await;
    shop.until(&format!("/v1/orders/{used}"), |order| order["phase"] == "settled").await;
}

#[tokio::test]
async fn pieces_that_nobody_pays_for_are_sold_to_others() {
    let shop = Shop::with(soon).await;
    let mut last = form();
    last["sale"]["stock"] = json!(1);
    let deal = shop.deal(&last).await;
    let order = id(shop.try_buy(&shop.member, &deal, 1).await).await;
    shop.at(899);
    assert_eq!(json(shop.try_buy(&shop.other, &deal, 1).await).await["code"], "sold_out");
    assert_eq!(shop.voucher(&order).await["state"], "reserved");
    shop.at(900);
    shop.until("/v1/me/vouchers", |vouchers| vouchers["items"] == json!([])).await;
    assert_eq!(shop.try_buy(&shop.other, &deal, 1).await.status(), 200);
    let gone = shop.app.look(&format!("/v1/me/vouchers/{order}"), &shop.member).await;
    assert_eq!(gone.status(), 404);
}
