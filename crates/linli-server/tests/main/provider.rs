//! The operator's own payment system: it sees what it is asked, and reports what has happened, late, doubled and in any
//! order. Nothing of an account that it names is written anywhere.

use crate::support::bank::{Bank, NUMBER};
use crate::support::logged::log;
use crate::support::payer::{busy, in_store};
use crate::support::shop::Shop;
use crate::support::system::{event, id, system};
use crate::support::{TestApp, json, problem, send};
use linli_payments::{Account, Amount, Event, Happened, Line};
use reqwest::Method;
use serde_json::json;
use std::sync::atomic::Ordering;

const EVENTS: &str = "/v1/provider/events";
const JSON: &str = "application/json";

/// An account that is nowhere else.
const PLANTED: &str = "openid-planted-77881";

async fn shop() -> Shop {
    Shop::on(TestApp::with_payments(system, busy).await).await
}

fn fen(fen: u64) -> Amount {
    Amount::of_fen(fen).expect("an amount")
}

fn paid(name: &str, payment: &str, charge: &str, amount: u64, at: i64) -> Event {
    let payer = Some(Account::new(PLANTED).expect("an account"));
    event(name, at, Happened::Paid { payment: id(payment), charge: id(charge), amount: fen(amount), payer })
}

fn refunded(name: &str, refund: &str, payment: &str, charge: &str, amount: u64, at: i64) -> Event {
    let (refund, payment, charge) = (id(refund), id(payment), id(charge));
    event(name, at, Happened::Refunded { refund, payment, charge, amount: fen(amount) })
}

#[tokio::test]
async fn the_system_sees_what_it_is_asked_and_reports_what_happened() {
    let shop = shop().await;
    assert_eq!(shop.glance("/v1/provider").await, json!({ "provider": "external", "is_live": true }));
    let payment = shop.pays(in_store("88.00")).await;
    let asks = shop.asked_in_time(0).await;
    assert_eq!(
        (&asks[0]["ask"]["ask"], &asks[0]["ask"]["id"], &asks[0]["ask"]["amount"]),
        (&json!("payment"), &json!(payment), &json!(8_800))
    );
    assert_eq!(shop.page_of(&payment).await, format!("https://pay.example/{payment}"));
    let event = paid("E1", &payment, "C1", 8_800, shop.now());
    let mut did = Vec::new();
    for _ in 0..3 {
        did.push(shop.reports(&event).await);
    }
    assert_eq!(did, ["applied", "known", "known"], "told three times, done once");
    shop.carried_out(&payment).await;
    assert_eq!(shop.reports(&paid("E2", &payment, "C2", 8_800, shop.now())).await, "applied");
    let asks = shop.asked_in_time(1).await;
    let ask = &asks[0]["ask"];
    assert_eq!(
        (&ask["ask"], &ask["charge"], &ask["amount"]),
        (&json!("refund"), &json!("C2"), &json!(8_800))
    );
    let refund = ask["id"].as_str().expect("an id").to_string();
    assert_eq!(shop.payment(&payment).await["due_back"], "88.00");
    let back = refunded("E3", &refund, &payment, "C2", 8_800, shop.now());
    assert_eq!(shop.reports(&back).await, "applied");
    let payment = shop.payment(&payment).await;
    assert_eq!((&payment["given_back"], &payment["due_back"]), (&json!("88.00"), &json!("0.00")));
    assert!(!log().contains(PLANTED), "an account is in the log");
    let kept = shop.app.bytes();
    assert!(!String::from_utf8_lossy(&kept).contains(PLANTED), "an account is in a file");
}

#[tokio::test]
async fn reports_may_come_in_any_order() {
    let shop = shop().await;
    let payment = shop.pays(in_store("88.00")).await;
    shop.asked_in_time(0).await;
    let now = shop.now();
    let early = refunded("E9", "R9", &payment, "C1", 100, now).write();
    let called = shop.app.system_calls(EVENTS, JSON, early, now).await;
    assert_eq!(
        problem(called).await,
        (409, "event_too_early".into()),
        "its charge is not known: to be told again"
    );
    assert_eq!(shop.reports(&event("E2", now, Happened::Closed { payment: id(&payment) })).await, "applied");
    assert_eq!(shop.payment(&payment).await["state"], "closed");
    let why = Line::new("no money").expect("a line");
    let declined = event("E3", now, Happened::Declined { payment: id(&payment), why });
    assert_eq!(shop.reports(&declined).await, "known", "it waits no more");
    assert_eq!(
        shop.reports(&paid("E1", &payment, "C1", 8_800, now)).await,
        "applied",
        "money came after all"
    );
    shop.carried_out(&payment).await;
    assert_eq!(shop.reports(&event("E2", now, Happened::Closed { payment: id(&payment) })).await, "known");
    let unasked = refunded("E9", "R9", &payment, "C1", 100, now);
    assert_eq!(shop.reports(&unasked).await, "nothing", "a refund at a till is kept for reconciling");
    let other = paid("E1", &payment, "C1", 8_799, now).write();
    let called = shop.app.system_calls(EVENTS, JSON, other, now).await;
    assert_eq!(problem(called).await, (409, "event_contradicts".into()));
    let wrong = paid("E5", &payment, "C5", 1, now);
    assert_eq!(shop.reports(&wrong).await, "applied", "a second charge goes back, whatever it is");
}

#[tokio::test]
async fn a_report_that_was_kept_and_not_applied_is_found_by_asking() {
    let mut shop = shop().await;
    let payment = shop.pays(in_store("88.00")).await;
    shop.asked_in_time(0).await;
    // The system's records have it; the service ends before the journal has.
    shop.app.store.fail(1);
    let body = paid("E1", &payment, "C1", 8_800, shop.now()).write();
    let answer = shop.app.system_calls(EVENTS, JSON, body, shop.now()).await;
    assert!(answer.status().is_success() || answer.status() == 503, "{}", answer.status());
    shop.restart_busy().await;
    let paid = shop.carried_out(&payment).await;
    assert_eq!(paid["arrived"], "88.00");
}

#[tokio::test]
async fn only_the_system_calls_and_only_now() {
    let shop = shop().await;
    let payment = shop.pays(in_store("88.00")).await;
    let now = shop.now();
    let body = paid("E1", &payment, "C1", 8_800, now).write();
    for (late, code) in [(-301, "signature_expired"), (301, "signature_expired")] {
        let called = shop.app.system_calls(EVENTS, JSON, body.clone(), now + late).await;
        assert_eq!(problem(called).await, (401, code.into()));
    }
    for target in [EVENTS, "/v1/provider/asks", "/v1/provider/bills"] {
        let kind = if target.ends_with("bills") { "text/csv" } else { JSON };
        let request = shop.app.unsigned(Method::POST, target).header("content-type", kind).body("{}");
        assert_eq!(problem(send(request).await).await, (401, "signature_malformed".into()), "{target}");
    }
    for body in ["", "{}", r#"{"version":1,"id":"E1","at":0,"happened":{"kind":"gift"}}"#] {
        let called = shop.app.system_calls(EVENTS, JSON, body.into(), now).await;
        assert_eq!(problem(called).await, (400, "bad_event".into()), "{body}");
    }
    let future = paid("E1", &payment, "C1", 8_800, now + 301).write();
    let called = shop.app.system_calls(EVENTS, JSON, future, now).await;
    assert_eq!(problem(called).await, (409, "event_from_future".into()));
    for target in ["/sandbox/pay/abc", "/v1/sandbox/clock"] {
        let method = if target.starts_with("/v1") { Method::POST } else { Method::GET };
        let gone = send(shop.app.unsigned(method, target)).await;
        assert_eq!(problem(gone).await, (404, "unknown_route".into()), "there is no sandbox");
    }
    assert_eq!(shop.payment(&payment).await["arrived"], "0.00");
}

#[tokio::test]
async fn a_payout_names_the_account_that_it_goes_to_until_it_is_over() {
    let app = TestApp::with_payments(system, busy).await.and_store().await.and_desk().await;
    let bank = Bank::on(app).await;
    let withdrawal = bank.approved("100.00").await;
    bank.file(&[&withdrawal]).await;
    let now = || bank.app.now.load(Ordering::SeqCst);
    let asked = async || {
        let body = br#"{"after":0}"#.to_vec();
        json(bank.app.system_calls("/v1/provider/asks", JSON, body, now()).await).await["asks"].clone()
    };
    let mut asks = asked().await;
    while asks == json!([]) {
        tokio::task::yield_now().await;
        asks = asked().await;
    }
    assert_eq!((&asks[0]["ask"]["ask"], &asks[0]["ask"]["id"]), (&json!("payout"), &json!(withdrawal)));
    assert_eq!(asks[0]["account"], json!({ "bank": "招商银行", "number": NUMBER, "name": "张三" }));
    let done = Happened::PaidOut { payout: id(&withdrawal), amount: fen(10_000) };
    let body = event("E1", now(), done).write();
    assert_eq!(bank.app.system_calls(EVENTS, JSON, body, now()).await.status(), 200);
    assert_eq!(asked().await[0]["account"], json!(null), "nothing of it is kept");
}
