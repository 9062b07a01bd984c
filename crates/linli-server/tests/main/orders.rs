//! Paying and settling one order, and what has become of it.

use crate::support::{NOW, STORE, TestApp, header, json, problem, sign};
use linli_server::Bounds;
use reqwest::Method;
use std::sync::atomic::Ordering;
use std::time::Duration;

const PAY: &str =
    r#"{"cmd":"pay","order":"O1","member":"M2","store":"S1","amount":"1000.00","at":"2026-01-01T00:00:00Z"}"#;

#[tokio::test]
async fn an_order_is_paid_and_settled() {
    let app = TestApp::with_store().await;
    let response = app.post("/v1/orders", "pay-O1", PAY).await;
    assert_eq!((response.status().as_u16(), header(&response, "linli-seq")), (200, "4".into()));
    let paid = response.text().await.expect("a body");
    insta::assert_snapshot!(paid, @r#"{"seq":4,"ok":true,"postings":[{"account":"external:payments","asset":"CNY","amount":"-1000.00"},{"account":"order:O1","asset":"CNY","amount":"1000.00"}],"exits":[],"pool":"0.00","supply":"0.000000","price":"1.000000"}"#);
    let order = app.get("/v1/orders/O1?at_least_seq=4").await.text().await.expect("a body");
    insta::assert_snapshot!(order, @r#"{"order":"O1","phase":"paid","member":"M2","store":"S1","supplier":null,"paid":"1000.00","from_spend":"0.00","cancelled":"0.00","refunded":"0.00","minted":"0.000000","settled_at":null,"seq":4}"#);
    let settle = "{\n  \"cmd\": \"settle\",\n  \"order\": \"O1\",\n  \"at\": \"2026-01-08T00:00:00Z\"\n}\n";
    assert_eq!(app.post("/v1/orders", "settle-O1", settle).await.status(), 200);
    let order = app.get("/v1/orders/O1?at_least_seq=5").await.text().await.expect("a body");
    insta::assert_snapshot!(order, @r#"{"order":"O1","phase":"settled","member":"M2","store":"S1","supplier":null,"paid":"1000.00","from_spend":"0.00","cancelled":"0.00","refunded":"0.00","minted":"112.000000","settled_at":"2026-01-08T00:00:00Z","seq":5}"#);
}

#[tokio::test]
async fn an_order_without_a_time_gets_that_of_the_service() {
    let app = TestApp::with_store().await;
    let settle = r#"{"cmd":"settle","order":"O1","member":"M2","store":"S1","amount":"1.00"}"#;
    assert_eq!(app.post("/v1/orders", "K1", settle).await.status(), 200);
    let order = json(app.get("/v1/orders/O1?at_least_seq=4").await).await;
    let year: u32 = order["settled_at"].as_str().expect("a time")[..4].parse().expect("a year");
    assert!(year >= 2026, "{order}");
}

#[tokio::test]
async fn a_refused_order_is_a_problem_with_its_code_and_seq() {
    let app = TestApp::with_store().await;
    let unknown = PAY.replace("S1", "S9");
    let first = json(app.post("/v1/orders", "K1", &unknown).await).await;
    assert_eq!(
        (&first["code"], &first["seq"], &first["status"]),
        (&"unknown_store".into(), &4.into(), &404.into())
    );
    let again = app.post("/v1/orders", "K1", &unknown).await;
    assert_eq!(header(&again, "idempotent-replayed"), "true");
    assert_eq!(json(again).await["seq"], 4);
}

#[tokio::test]
async fn what_is_no_order_is_refused_before_it_is_written() {
    let app = TestApp::with_store().await;
    for (body, status, code) in [
        (r#"{"cmd":"open_member","member":"M9"}"#, 400, "wrong_command"),
        (r#"{"cmd":"refund","refund":"R","order":"O1","amount":"1.00"}"#, 400, "wrong_command"),
        (r#"{"cmd":"pay"}"#, 400, "malformed"),
        ("[]", 400, "malformed"),
        ("", 400, "malformed"),
        ("{\"cmd\":\"settle\",\"order\":\"O1\"}\n{\"cmd\":\"settle\",\"order\":\"O2\"}", 400, "malformed"),
    ] {
        assert_eq!(problem(app.post("/v1/orders", "K1", body).await).await, (status, code.into()), "{body}");
    }
    assert_eq!(json(app.get("/v1/price").await).await["seq"], 3);
}

#[tokio::test]
async fn a_key_is_bound_to_the_caller_that_used_it() {
    let app = TestApp::with_store().await;
    assert_eq!(app.post("/v1/orders", "K1", PAY).await.status(), 200);
    let other = PAY.replace("O1", "O2");
    let signature = sign(NOW, "K1", "POST", "/v1/orders", other.as_bytes());
    let request = app.write("/v1/orders", "K1", &other).build().expect("a request");
    let mut headers = request.headers().clone();
    headers.insert("linli-key", "orders".parse().expect("a header"));
    headers.insert("linli-signature", signature.parse().expect("a header"));
    let request = app.unsigned(Method::POST, "/v1/orders").headers(headers).body(other);
    assert_eq!(crate::support::send(request).await.status(), 200);
}

#[tokio::test]
async fn an_order_is_settled_by_itself_when_it_is_final() {
    let soon =
        Bounds { settling: Duration::from_millis(10), seen: Duration::from_secs(10), ..Bounds::default() };
    let app = TestApp::with(|config| config.bounds = soon).await;
    app.post("/v1/commands", "the-store", STORE).await;
    assert_eq!(app.post("/v1/orders", "pay-O1", PAY).await.status(), 200);
    assert_eq!(json(app.get("/v1/orders/O1").await).await["phase"], "paid");
    app.now.store(NOW + 7 * 86_400, Ordering::SeqCst);
    let settled = crate::support::send(app.unsigned(Method::GET, "/v1/price?at_least_seq=5")).await;
    assert_eq!(settled.status(), 200, "nobody settled it");
    app.now.store(NOW, Ordering::SeqCst);
    let order = json(app.get("/v1/orders/O1").await).await;
    assert_eq!((&order["phase"], &order["seq"]), (&"settled".into(), &5.into()));
}
