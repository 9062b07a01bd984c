//! Reconciling a day over HTTP, and the clock of the sandbox, which makes a day pass.

use crate::support::payer::{busy, in_store};
use crate::support::shop::{DAY, Shop};
use crate::support::system::{event, id, system};
use crate::support::{TestApp, header, json, problem, send};
use linli_payments::{Amount, Happened};
use linli_platform::Role;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// The day of the tests' clock in Shanghai.
const TODAY: &str = "2026-01-01";

/// A shop with a desk, in which somebody looks all the time.
async fn shop() -> (Shop, String) {
    let mut shop = Shop::on(TestApp::with_desk().await).await;
    shop.restart_busy().await;
    let (ann, _) = shop.app.ready("ann").await;
    (shop, ann)
}

#[tokio::test]
async fn a_day_of_the_sandbox_is_even_with_refunds_and_what_was_paid_twice() {
    let (shop, ann) = shop().await;
    let early = shop.app.look(&format!("/v1/reconciliations/{TODAY}"), &ann).await;
    assert_eq!(problem(early).await, (409, "bill_not_ready".into()));
    let payment = shop.pays(in_store("88.00")).await;
    shop.decides(&payment, "pay-twice").await;
    let paid = shop.payment_in_time(&payment, |payment| payment["given_back"] == "88.00").await;
    let order = paid["orders"][0]["order"].as_str().expect("an order").to_string();
    let offer = json!({ "amount": "8.00", "reason": "sorry" });
    assert_eq!(
        shop.write(&shop.owner, &format!("/v1/orders/{order}/refunds/offer"), offer).await.status(),
        200
    );
    shop.payment_in_time(&payment, |payment| payment["given_back"] == "96.00").await;
    let moved = shop.write(&ann, "/v1/sandbox/clock", json!({ "seconds": DAY })).await;
    assert_eq!(moved.status(), 200);
    // Half a day ends a session of the desk.
    let (chen, _) = shop.app.ready("chen").await;
    let compared = shop.read(&chen, &format!("/v1/reconciliations/{TODAY}")).await;
    assert_eq!((&compared["is_even"], &compared["differences"]), (&json!(true), &json!([])));
    let totals = compared["totals"].as_array().expect("a list");
    assert_eq!(totals[0]["platform"], json!({ "count": 2, "amount": "176.00" }));
    assert_eq!((&totals[0]["apart"], &totals[0]["journal"]["amount"]), (&json!("88.00"), &json!("88.00")));
    assert_eq!(totals[1]["bill"], json!({ "count": 2, "amount": "96.00" }));
    assert_eq!((&totals[1]["apart"], &totals[1]["journal"]["amount"]), (&json!("88.00"), &json!("8.00")));
    let bill = shop.app.look(&format!("/v1/bills/{TODAY}"), &chen).await.text().await.expect("a bill");
    assert!(bill.starts_with("kind,id,") && bill.contains("total,4,"), "{bill}");
    for target in [format!("/v1/bills/{TODAY}"), format!("/v1/reconciliations/{TODAY}")] {
        assert_eq!(shop.app.look(&target, &shop.owner).await.status(), 403, "members do not see it");
    }
}

#[tokio::test]
async fn the_clock_of_the_sandbox_goes_forward_and_stays_there() {
    let (mut shop, ann) = shop().await;
    let payment = shop.pays(in_store("88.00")).await;
    let before = shop.now();
    for seconds in [json!(0), json!(-1), json!(400 * DAY + 1)] {
        let refused = shop.write(&ann, "/v1/sandbox/clock", json!({ "seconds": seconds })).await;
        assert!(matches!(refused.status().as_u16(), 400 | 422), "{seconds}");
    }
    let refused = shop.write(&shop.owner, "/v1/sandbox/clock", json!({ "seconds": 1 })).await;
    assert_eq!(problem(refused).await, (403, "forbidden".into()));
    let key = shop.app.nonce();
    for _ in 0..2 {
        let body = json!({ "seconds": 16 * 60 });
        let moved = shop.app.with_token(Method::POST, "/v1/sandbox/clock", &ann, &key, &body).await;
        assert_eq!(moved.status(), 200, "once, however often it is sent");
    }
    shop.payment_in_time(&payment, |payment| payment["state"] == "expired").await;
    assert!(shop.now() < before + 60, "the world's clock has not moved");
    shop.restart_busy().await;
    let later = shop.pays(in_store("1.00")).await;
    let expires = shop.payment(&later).await["expires"].as_str().expect("a time").to_string();
    assert!(expires.starts_with("2026-01-01T00:3"), "{expires}: sixteen minutes and fifteen");
}

#[tokio::test]
async fn what_a_desk_has_the_sandbox_do_is_done_once() {
    let (mut shop, ann) = shop().await;
    let (failures, refund) = ("/v1/sandbox/failures", json!({ "next": "refund" }));
    let send =
        async |shop: &Shop, body: &Value| shop.app.with_token(Method::POST, failures, &ann, "F1", body).await;
    assert_eq!(header(&send(&shop, &refund).await, "idempotent-replayed"), "");
    shop.restart_busy().await;
    let again = send(&shop, &refund).await;
    assert_eq!((again.status().as_u16(), header(&again, "idempotent-replayed")), (200, "true".into()));
    let other = send(&shop, &json!({ "next": "payout" })).await;
    assert_eq!(problem(other).await.1, "id_reused");
    let back = "/v1/sandbox/payouts/W1/return";
    let unknown = shop.app.with_token(Method::POST, back, &ann, "F2", &json!({ "why": "closed" })).await;
    assert_eq!(problem(unknown).await, (404, "unknown_payout".into()));
}

#[tokio::test]
async fn every_difference_of_a_bill_has_its_cause() {
    let mut shop = Shop::on(TestApp::with_payments(system, busy).await).await;
    shop.app.hire([("chen", Role::Finance)]).await;
    shop.restart_busy().await;
    let payment = shop.pays(in_store("88.00")).await;
    shop.asked_in_time(0).await;
    let (at, fen) = (shop.now(), |fen| Amount::of_fen(fen).expect("an amount"));
    let paid = |charge: &str, amount| Happened::Paid {
        payment: id(&payment),
        charge: id(charge),
        amount: fen(amount),
        payer: None,
    };
    assert_eq!(shop.reports(&event("E1", at, paid("C1", 8_800))).await, "applied");
    shop.carried_out(&payment).await;
    let at_till = Happened::Paid { payment: id("T1"), charge: id("C7"), amount: fen(500), payer: None };
    assert_eq!(shop.reports(&event("E7", at, at_till)).await, "nothing");
    let bill = format!(
        "kind,id,payment,charge,amount,at\npayment,{payment},,C1,88.01,{at}\npayment,T1,,C7,5.00,{at}\ntotal,2,,,93.01,{TODAY}\n"
    );
    let hand_in = async |shop: &Shop, bill: &str| {
        shop.app.system_calls("/v1/provider/bills", "text/csv", bill.into(), shop.now()).await
    };
    assert_eq!(problem(hand_in(&shop, &bill).await).await, (409, "bill_not_ready".into()));
    shop.app.now.fetch_add(DAY, Ordering::SeqCst);
    let (chen, _) = shop.app.ready("chen").await;
    let missing = shop.app.look(&format!("/v1/reconciliations/{TODAY}"), &chen).await;
    assert_eq!(problem(missing).await, (404, "bill_missing".into()));
    assert_eq!(problem(hand_in(&shop, "kind,id\n").await).await, (400, "bad_bill".into()));
    for _ in 0..2 {
        assert_eq!(json(hand_in(&shop, &bill).await).await, json!({ "day": TODAY }), "the same again");
    }
    let other = bill.replace("88.01", "88.00").replace("93.01", "93.00");
    assert_eq!(problem(hand_in(&shop, &other).await).await, (409, "bill_differs".into()));
    let compared = shop.read(&chen, &format!("/v1/reconciliations/{TODAY}")).await;
    let causes: Vec<(&Value, &Value)> = compared["differences"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|difference| (&difference["key"], &difference["cause"]))
        .collect();
    assert_eq!(
        causes,
        [
            (&json!("C1"), &json!("payment_amount_differs_in_bill")),
            (&json!("C7"), &json!("payment_not_recorded"))
        ]
    );
    assert_eq!(compared["is_even"], false);
    let asked = shop.write(&chen, &format!("/v1/reconciliations/{TODAY}/ask"), json!({})).await;
    assert_eq!(json(asked).await, json!({ "applied": 0, "not_recorded": 1 }));
    let auditor = send(shop.app.unsigned(Method::GET, &format!("/v1/bills/{TODAY}"))).await;
    assert_eq!(auditor.status(), 401);
}
