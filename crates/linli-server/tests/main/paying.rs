//! Paying over HTTP in the sandbox: in stores, by codes, for deals; once, however often anybody clicks.

use crate::support::payer::{in_store, uuid};
use crate::support::shop::{Shop, form, id};
use crate::support::{header, json, problem, send};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_member_pays_in_a_store_and_the_store_is_paid_once() {
    let shop = Shop::paying().await;
    assert_eq!(shop.glance("/v1/pay/stores/S9").await["takes_orders"], true);
    assert_eq!(shop.glance("/v1/provider").await, json!({ "provider": "sandbox", "is_live": false }));
    let key = shop.app.nonce();
    let mut ids = Vec::new();
    for _ in 0..3 {
        let pay =
            shop.app.with_token(Method::POST, "/v1/payments", &shop.member, &key, &in_store("88.00")).await;
        ids.push(id(pay).await);
    }
    assert!(ids.iter().all(|id| *id == ids[0]), "a double click is one payment");
    let waiting = shop.payment(&ids[0]).await;
    assert_eq!((&waiting["state"], &waiting["amount"]), (&json!("open"), &json!("88.00")));
    assert_eq!(waiting["orders"][0]["charged"], "88.00");
    shop.decides(&ids[0], "approve").await;
    let paid = shop.carried_out(&ids[0]).await;
    assert_eq!(
        (&paid["arrived"], &paid["due_back"], &paid["page"]),
        (&json!("88.00"), &json!("0.00"), &Value::Null)
    );
    let order = paid["orders"][0]["order"].as_str().expect("an order");
    let order = shop.read(&shop.member, &format!("/v1/orders/{order}")).await;
    assert_eq!(
        (&order["paid"], &order["store"], &order["member"]),
        (&json!("88.00"), &json!("S9"), &json!(shop.member_id))
    );
    let mine = shop.read(&shop.member, "/v1/me/payments").await;
    assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
    let pay = shop.app.with_token(Method::POST, "/v1/payments", &shop.member, &key, &in_store("88.00")).await;
    assert_eq!(header(&pay, "idempotent-replayed"), "true");
    assert_eq!(id(pay).await, ids[0], "also after it was paid");
}

#[tokio::test]
async fn the_page_shows_what_is_paid_without_a_script_and_lets_a_form_come_back_here() {
    let shop = Shop::paying().await;
    let payment = shop.pays(in_store("88.00")).await;
    let page = shop.page_of(&payment).await;
    let response = send(shop.app.unsigned(Method::GET, &page)).await;
    let policy = header(&response, "content-security-policy");
    assert!(policy.contains("form-action 'self'") && policy.contains("default-src 'none'"), "{policy}");
    let html = response.text().await.expect("a page");
    for text in ["¥88.00", "Linli S9", &payment, "支付", "Pay twice"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("<script"));
    shop.press(&page, "approve").await;
    shop.press(&page, "pay-twice").await;
    let html = send(shop.app.unsigned(Method::GET, &page)).await.text().await.expect("a page");
    assert!(html.contains("已支付") && !html.contains("<form"), "{html}");
    let paid = shop.carried_out(&payment).await;
    assert_eq!(paid["arrived"], "88.00", "a second click pays nothing");
    let unknown = send(shop.app.unsigned(Method::GET, &format!("/sandbox/pay/{payment}"))).await;
    assert_eq!(problem(unknown).await, (404, "unknown_payment".into()), "an id is no reference");
}

#[tokio::test]
async fn a_visitor_pays_a_code_and_the_store_sees_it() {
    let shop = Shop::paying().await;
    let collect = json!({ "amount": "12.50", "minutes": 10 });
    let code = id(shop.write(&shop.owner, "/v1/stores/S9/codes", collect.clone()).await).await;
    let refused = shop.write(&shop.rival, "/v1/stores/S9/codes", collect).await;
    assert_eq!(problem(refused).await, (403, "forbidden".into()));
    let public = shop.glance(&format!("/v1/pay/codes/{code}")).await;
    assert_eq!(
        (&public["store"], &public["amount"], &public["state"]),
        (&json!("S9"), &json!("12.50"), &json!("offered"))
    );
    let form = json!({ "orders": [{ "code": code }] });
    let short = shop.visit("/v1/payments", "K1", &form).await;
    assert_eq!(problem(short).await, (400, "bad_parameter".into()));
    let payment = id(shop.visit("/v1/payments", &uuid(1), &form).await).await;
    assert_eq!(id(shop.visit("/v1/payments", &uuid(1), &form).await).await, payment, "a double click");
    let other = shop.visit("/v1/payments", &uuid(2), &form).await;
    assert_eq!(problem(other).await, (409, "code_used".into()), "somebody else is paying it");
    let held = shop.read(&shop.owner, &format!("/v1/codes/{code}")).await;
    assert_eq!((&held["state"], &held["payment"]), (&json!("held"), &json!(payment)));
    assert_eq!(shop.glance(&format!("/v1/pay/codes/{code}")).await["payment"], Value::Null);
    let page =
        shop.glance(&format!("/v1/payments/{payment}")).await["page"].as_str().expect("a page").to_string();
    shop.press(&page, "answer-twice").await;
    let used = shop.in_time(&shop.owner, &format!("/v1/codes/{code}"), |code| code["state"] == "used").await;
    assert_eq!(used["payment"], json!(payment));
    let paid = shop.glance(&format!("/v1/payments/{payment}")).await;
    assert_eq!((&paid["arrived"], &paid["state"]), (&json!("12.50"), &json!("carried_out")));
    assert_eq!(shop.read(&shop.owner, "/v1/stores/S9/codes").await["items"], json!([]));
    let again = shop.visit("/v1/payments", &uuid(3), &form).await;
    assert_eq!(problem(again).await, (409, "code_used".into()));
}

#[tokio::test]
async fn a_code_that_was_called_off_or_has_expired_is_not_paid() {
    let shop = Shop::paying().await;
    let code =
        async || id(shop.write(&shop.owner, "/v1/stores/S9/codes", json!({ "amount": "1.00" })).await).await;
    let (cancelled, expired) = (code().await, code().await);
    let cancel = format!("/v1/codes/{cancelled}/cancel");
    assert_eq!(
        problem(shop.write(&shop.rival, &cancel, json!({})).await).await,
        (404, "unknown_code".into())
    );
    assert_eq!(shop.write(&shop.owner, &cancel, json!({})).await.status(), 200);
    shop.at(301);
    for (code, refusal) in [(cancelled, "code_cancelled"), (expired, "code_expired")] {
        let form = json!({ "orders": [{ "code": code }] });
        assert_eq!(
            problem(shop.write(&shop.member, "/v1/payments", form).await).await,
            (409, refusal.into())
        );
    }
}

#[tokio::test]
async fn a_deal_and_a_store_are_paid_together_and_the_voucher_is_there() {
    let shop = Shop::paying().await;
    let deal = shop.deal(&form()).await;
    let order = id(shop.try_buy(&shop.member, &deal, 1).await).await;
    let form = json!({ "orders": [{ "order": order }, { "store": "S8", "amount": "0.01" }] });
    let stolen = shop.write(&shop.other, "/v1/payments", form.clone()).await;
    assert_eq!(problem(stolen).await, (404, "order_not_listed".into()), "to others it is not there");
    let payment = shop.pays(form.clone()).await;
    assert_eq!(shop.payment(&payment).await["amount"], "100.01");
    let other_tab = shop.write(&shop.member, "/v1/payments", form).await;
    assert_eq!(problem(other_tab).await, (409, "order_taken".into()));
    shop.decides(&payment, "approve").await;
    shop.carried_out(&payment).await;
    assert!(shop.voucher(&order).await["code"].is_string());
}

#[tokio::test]
async fn payments_are_seen_and_called_off_by_who_pays() {
    let shop = Shop::paying().await;
    let payment = shop.pays(in_store("5.00")).await;
    let target = format!("/v1/payments/{payment}");
    assert_eq!(problem(shop.app.look(&target, &shop.other).await).await, (404, "unknown_payment".into()));
    let visitor = send(shop.app.unsigned(Method::GET, &target)).await;
    assert_eq!(problem(visitor).await, (404, "unknown_payment".into()));
    let close = format!("{target}/close");
    assert_eq!(
        problem(shop.write(&shop.other, &close, json!({})).await).await,
        (404, "unknown_payment".into())
    );
    let visitor = shop.visit(&close, &uuid(1), &json!({})).await;
    assert_eq!(problem(visitor).await, (404, "unknown_payment".into()));
    let page = shop.page_of(&payment).await;
    assert_eq!(shop.write(&shop.member, &close, json!({})).await.status(), 200);
    assert_eq!(shop.payment(&payment).await["state"], "closed");
    // The sandbox hears of it.
    loop {
        let html = send(shop.app.unsigned(Method::GET, &page)).await.text().await.expect("a page");
        if html.contains("已关闭") {
            break;
        }
        shop.something().await;
    }
    assert_eq!(json(shop.write(&shop.member, &close, json!({})).await).await["code"], "payment_ended");
}

#[tokio::test]
async fn what_is_no_payment_is_refused() {
    let shop = Shop::paying().await;
    for (orders, status, code) in [
        (json!([]), 422, "bad_list"),
        (json!([{}]), 400, "bad_parameter"),
        (json!([{ "store": "S9" }]), 400, "bad_parameter"),
        (json!([{ "store": "S9", "amount": "1.00", "code": "C" }]), 400, "bad_parameter"),
        (json!([{ "order": "D1", "from_spend": "1.00" }]), 400, "bad_parameter"),
        (json!([{ "store": "S9", "amount": 1 }]), 400, "bad_body"),
        (json!([{ "store": "S9", "amount": "0.00" }]), 422, "bad_amount"),
        (json!([{ "store": "S9", "amount": "1.001" }]), 422, "bad_amount"),
        (json!([{ "store": "S9", "amount": "100000000000.01" }]), 422, "bad_amount"),
        (json!([{ "store": "S7", "amount": "1.00" }]), 404, "unknown_store"),
        (json!([{ "code": "C7" }]), 404, "unknown_code"),
        (json!([{ "order": "D7" }]), 404, "order_not_listed"),
        (json!([{ "store": "S9", "amount": "1.00", "from_spend": "0.50" }]), 409, "insufficient_funds"),
        (json!([{ "store": "S9", "amount": "1.00", "from_spend": "1.01" }]), 422, "bad_amount"),
    ] {
        let refused = shop.write(&shop.member, "/v1/payments", json!({ "orders": orders })).await;
        assert_eq!(problem(refused).await, (status, code.into()), "{orders}");
    }
    let spend = json!({ "orders": [{ "store": "S9", "amount": "1.00", "from_spend": "0.50" }] });
    let refused = shop.visit("/v1/payments", &uuid(1), &spend).await;
    assert_eq!(problem(refused).await, (403, "not_yours".into()));
    let listed = json!({ "orders": [{ "order": "D7" }] });
    assert_eq!(
        problem(shop.visit("/v1/payments", &uuid(2), &listed).await).await,
        (404, "order_not_listed".into())
    );
}
