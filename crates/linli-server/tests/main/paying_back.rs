//! Money that goes back: paid twice, too late, for what cannot be carried out, and refunds of orders that were paid here.

use crate::support::payer::{in_store, uuid};
use crate::support::shop::{Shop, form, id};
use crate::support::{TestApp, json, problem};
use linli_payments::{Id, Secret, SignedCall};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Whether all that is due of an amount is back.
fn is_back(payment: &Value, amount: &str) -> bool {
    payment["given_back"] == amount && payment["due_back"] == "0.00"
}

#[tokio::test]
async fn what_is_paid_twice_goes_back_once() {
    let shop = Shop::paying().await;
    let payment = shop.pays(in_store("88.00")).await;
    shop.decides(&payment, "pay-twice").await;
    let back = shop.payment_in_time(&payment, |payment| is_back(payment, "88.00")).await;
    assert_eq!((&back["arrived"], &back["state"]), (&json!("176.00"), &json!("carried_out")));
}

#[tokio::test]
async fn two_tabs_that_pay_one_order_pay_it_once() {
    let shop = Shop::paying().await;
    let deal = shop.deal(&form()).await;
    let order = id(shop.try_buy(&shop.member, &deal, 1).await).await;
    let wish = json!({ "orders": [{ "order": order }] });
    let first = shop.pays(wish.clone()).await;
    let page = shop.page_of(&first).await;
    // The first tab gives up, its payer pays all the same while the second tab pays, too.
    assert_eq!(
        shop.write(&shop.member, &format!("/v1/payments/{first}/close"), json!({})).await.status(),
        200
    );
    let second = shop.pays(wish).await;
    shop.press(&page, "approve").await;
    shop.decides(&second, "approve").await;
    let is_carried_out = |payment: &Value| payment["state"] == "carried_out";
    let has_cost_nothing = |payment: &Value| {
        (payment["state"] == "closed" && payment["arrived"] == "0.00") || is_back(payment, "100.00")
    };
    let is_over = |payment: &Value| is_carried_out(payment) || is_back(payment, "100.00");
    let second = shop.payment_in_time(&second, is_over).await;
    // The first may look closed until its money is reported.
    match is_carried_out(&second) {
        true => shop.payment_in_time(&first, has_cost_nothing).await,
        false => shop.payment_in_time(&first, is_carried_out).await,
    };
    let order = shop.read(&shop.member, &format!("/v1/orders/{order}")).await;
    assert_eq!((&order["paid"], &order["phase"]), (&json!("100.00"), &json!("paid")));
}

#[tokio::test]
async fn money_that_comes_too_late_is_taken_if_it_still_can_be() {
    let shop = Shop::paying().await;
    let late = shop.pays(in_store("88.00")).await;
    let for_nothing = shop.pays(json!({ "orders": [{ "store": "S8", "amount": "5.00" }] })).await;
    for payment in [&late, &for_nothing] {
        shop.decides(payment, "delay-late").await;
    }
    shop.at(16 * 60);
    for payment in [&late, &for_nothing] {
        shop.payment_in_time(payment, |payment| payment["state"] == "expired").await;
    }
    shop.command(r#"{"cmd":"close_store","store":"S8"}"#).await;
    shop.app.now.fetch_add(20 * 60, Ordering::SeqCst);
    let paid = shop.carried_out(&late).await;
    assert_eq!(paid["orders"][0]["state"], "paid");
    let back = shop.payment_in_time(&for_nothing, |payment| is_back(payment, "5.00")).await;
    assert_eq!((&back["state"], &back["orders"][0]["why"]), (&json!("giving_back"), &json!("store_closed")));
}

#[tokio::test]
async fn who_declines_pays_nothing_and_may_try_again() {
    let shop = Shop::paying().await;
    let code = id(shop.write(&shop.owner, "/v1/stores/S9/codes", json!({ "amount": "3.00" })).await).await;
    let wish = json!({ "orders": [{ "code": code }] });
    let first = shop.pays(wish.clone()).await;
    shop.decides(&first, "decline").await;
    let declined = shop.payment_in_time(&first, |payment| payment["state"] == "declined").await;
    assert_eq!(declined["arrived"], "0.00");
    let second = shop.pays(wish).await;
    shop.decides(&second, "approve").await;
    shop.carried_out(&second).await;
}

#[tokio::test]
async fn a_refund_of_an_order_that_was_paid_here_reaches_its_payer_in_parts() {
    let shop = Shop::paying().await;
    let payment = shop.pays(in_store("88.00")).await;
    shop.decides(&payment, "approve").await;
    let paid = shop.carried_out(&payment).await;
    let order = paid["orders"][0]["order"].as_str().expect("an order").to_string();
    for (amount, back) in [("30.00", "30.00"), ("8.00", "38.00")] {
        let offer = json!({ "amount": amount, "reason": "sorry" });
        let target = format!("/v1/orders/{order}/refunds/offer");
        assert_eq!(shop.write(&shop.owner, &target, offer).await.status(), 200);
        shop.payment_in_time(&payment, |payment| is_back(payment, back)).await;
    }
    // A till's refund, which no part of the platform has seen.
    shop.command(&format!(r#"{{"cmd":"cancel","cancel":"K1","order":"{order}","amount":"50.00"}}"#)).await;
    shop.payment_in_time(&payment, |payment| is_back(payment, "88.00")).await;
}

#[tokio::test]
async fn a_refund_that_fails_is_tried_again_until_the_money_is_back() {
    let app = TestApp::with_desk().await;
    let mut shop = Shop::on(app).await;
    shop.restart_busy().await;
    let (ann, _) = shop.app.ready("ann").await;
    let fail = shop.write(&ann, "/v1/sandbox/failures", json!({ "next": "refund" })).await;
    assert_eq!(fail.status(), 200);
    let payment = shop.pays(in_store("88.00")).await;
    shop.decides(&payment, "pay-twice").await;
    shop.payment_in_time(&payment, |payment| is_back(payment, "88.00")).await;
    let other = shop.write(&shop.member, "/v1/sandbox/failures", json!({ "next": "refund" })).await;
    assert_eq!(problem(other).await, (403, "forbidden".into()));
}

#[tokio::test]
async fn a_service_that_ends_between_any_two_steps_goes_on_where_it_was() {
    let mut shop = Shop::with(|_| ()).await;
    // Nothing is done by itself but what is asked for: each step waits for a service that looks.
    let payment = shop.pays(in_store("88.00")).await;
    shop.decides(&payment, "pay-twice").await;
    shop.app.restart().await;
    assert_eq!(shop.payment(&payment).await["payment"], json!(payment));
    for _ in 0..3 {
        shop.restart_busy().await;
        shop.something().await;
        shop.app.now.fetch_add(2, Ordering::SeqCst);
    }
    let back = shop.payment_in_time(&payment, |payment| is_back(payment, "88.00")).await;
    assert_eq!((&back["arrived"], &back["state"]), (&json!("176.00"), &json!("carried_out")));
    shop.restart_busy().await;
    shop.something().await;
    assert!(is_back(&shop.payment(&payment).await, "88.00"), "once");
}

#[tokio::test]
async fn a_callback_that_comes_again_changes_nothing_and_one_that_never_happened_is_not_believed() {
    let shop = Shop::paying().await;
    let payment = shop.pays(in_store("88.00")).await;
    shop.decides(&payment, "approve").await;
    let paid = shop.carried_out(&payment).await;
    let seq = shop.glance("/v1/price").await["seq"].clone();
    let forged = format!(
        r#"{{"version":1,"id":"E1","at":{},"happened":{{"kind":"paid","payment":"{payment}","charge":"C9","amount":8800}}}}"#,
        shop.now()
    );
    let target = "/v1/provider/events";
    let called =
        shop.app.system_calls(target, "application/json", forged.clone().into_bytes(), shop.now()).await;
    assert_eq!(problem(called).await, (404, "unknown_event".into()), "signed, and never told by the sandbox");
    let other = Secret::new(b"another secret of thirty-two bytes").expect("a secret");
    let call = SignedCall::sign(&other, Id::new("X1").expect("an id"), shop.now(), forged.into_bytes());
    let called = shop.app.call(target, "application/json", &call).await;
    assert_eq!(problem(called).await, (401, "signature_wrong".into()));
    assert_eq!(shop.payment(&payment).await, paid);
    assert_eq!(shop.glance("/v1/price").await["seq"], seq, "the journal has nothing of it");
    assert_eq!(
        json(shop.visit("/v1/payments", &uuid(1), &json!({ "orders": [] })).await).await["code"],
        "bad_list"
    );
}
