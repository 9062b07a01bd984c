//! Signatures: what is accepted, what is refused and why, and that a repeat does nothing twice.

use crate::support::{NOW, SECRET, TestApp, header, json, problem, send, sign, signed};
use linli_server::signature::Signed;
use reqwest::Method;
use std::sync::atomic::Ordering;

const ORDER: &str = r#"{"cmd":"pay","order":"O1","member":"M2","store":"S1","amount":"1000.00"}"#;
const MEMBER: &str = "{\"cmd\":\"open_member\",\"member\":\"会员1\"}\n";

#[test]
fn signatures_are_those_of_the_document() {
    let vectors = [
        (
            "read-0001",
            "GET",
            "/v1/members/M1?at_least_seq=7",
            "",
            "v1=b47a23714289e3bacf6d8d14e7b4b3de5769c878b01f683d23051d12cfd5e6fa",
        ),
        (
            "order-0001",
            "POST",
            "/v1/orders",
            ORDER,
            "v1=f5d4155c0177d28f7bff5853942b46651931c1940d6caa0147be9284131fda2b",
        ),
        (
            "call-0001",
            "POST",
            "/v1/commands",
            MEMBER,
            "v1=d100cccf4e89fc7524ab1ef6ecbd287726314c882887918659f328996e77610e",
        ),
    ];
    let document = include_str!("../../../../docs/api.md");
    for (nonce, method, target, body, signature) in vectors {
        let signed = Signed { time: "1767225600", nonce, method, target, body: body.as_bytes() };
        assert_eq!(signed.sign(SECRET), signature, "{}", signed.text());
        assert!(signed.is_signed_with(SECRET, signature));
        assert!(document.contains(signature), "{target} is not in the document");
    }
}

#[tokio::test]
async fn what_is_signed_is_accepted() {
    let app = TestApp::with_store().await;
    assert_eq!(app.get("/v1/members/M2?at_least_seq=2").await.status(), 200);
    assert_eq!(app.post("/v1/orders", "order-0001", ORDER).await.status(), 200);
}

#[tokio::test]
async fn whatever_is_changed_is_refused() {
    let app = TestApp::with_store().await;
    let good = sign(NOW, "N", "GET", "/v1/members/M1", b"");
    let other_time = sign(NOW + 1, "N", "GET", "/v1/members/M1", b"");
    let other_nonce = sign(NOW, "O", "GET", "/v1/members/M1", b"");
    let other_method = sign(NOW, "N", "HEAD", "/v1/members/M1", b"");
    let other_path = sign(NOW, "N", "GET", "/v1/members/M2", b"");
    let other_query = sign(NOW, "N", "GET", "/v1/members/M1?at_least_seq=1", b"");
    let other_body = sign(NOW, "N", "GET", "/v1/members/M1", b" ");
    let other_secret =
        Signed { time: &NOW.to_string(), nonce: "N", method: "GET", target: "/v1/members/M1", body: b"" }
            .sign(b"another secret");
    let capitals = good.to_uppercase();
    let cut = good[..good.len() - 2].to_string();
    let bare = good.trim_start_matches("v1=").to_string();
    for signature in [
        other_time,
        other_nonce,
        other_method,
        other_path,
        other_query,
        other_body,
        other_secret,
        capitals,
        cut,
        bare,
    ] {
        let request = app.unsigned(Method::GET, "/v1/members/M1").header("linli-nonce", "N");
        let refused = problem(send(signed(request, "all", NOW, &signature)).await).await;
        assert_eq!(refused, (401, "signature_wrong".into()), "{signature}");
    }
    let request = app.unsigned(Method::GET, "/v1/members/M1").header("linli-nonce", "N");
    assert_eq!(send(signed(request, "all", NOW, &good)).await.status(), 200);
}

#[tokio::test]
async fn a_changed_body_or_key_of_a_write_is_refused() {
    let app = TestApp::with_store().await;
    let signature = sign(NOW, "K1", "POST", "/v1/orders", ORDER.as_bytes());
    for (key, body) in [("K2", ORDER.to_string()), ("K1", ORDER.replace("1000.00", "1000.01"))] {
        let request = app.unsigned(Method::POST, "/v1/orders").header("content-type", "application/json");
        let request = signed(request.header("idempotency-key", key).body(body), "all", NOW, &signature);
        assert_eq!(problem(send(request).await).await, (401, "signature_wrong".into()));
    }
    assert_eq!(problem(app.get("/v1/orders/O1").await).await, (404, "unknown_order".into()));
}

#[tokio::test]
async fn an_answer_to_what_is_not_signed_names_the_scheme() {
    let app = TestApp::start().await;
    for missing in ["linli-key", "linli-time", "linli-nonce", "linli-signature"] {
        let mut request = app.unsigned(Method::GET, "/v1/members/M1");
        for name in ["linli-key", "linli-time", "linli-nonce", "linli-signature"] {
            request = if name == missing { request } else { request.header(name, "1") };
        }
        let response = send(request).await;
        assert_eq!(header(&response, "www-authenticate"), "LINLI-HMAC-SHA256");
        assert_eq!(problem(response).await, (401, "signature_missing".into()), "{missing}");
    }
}

#[tokio::test]
async fn a_signature_holds_for_five_minutes_before_and_after_its_time() {
    let app = TestApp::start().await;
    for (time, holds) in [(-301, false), (-300, true), (300, true), (301, false)] {
        let nonce = app.nonce();
        let signature = sign(NOW + time, &nonce, "GET", "/v1/stores/S1", b"");
        let request = app.unsigned(Method::GET, "/v1/stores/S1").header("linli-nonce", nonce);
        let refused = problem(send(signed(request, "all", NOW + time, &signature)).await).await;
        let expected = if holds { (404, "unknown_store".into()) } else { (401, "signature_expired".into()) };
        assert_eq!(refused, expected, "{time}");
    }
}

#[tokio::test]
async fn a_read_that_is_sent_again_is_refused() {
    let app = TestApp::with_store().await;
    let signature = sign(NOW, "N", "GET", "/v1/members/M1", b"");
    let request = || {
        let request = app.unsigned(Method::GET, "/v1/members/M1").header("linli-nonce", "N");
        send(signed(request, "all", NOW, &signature))
    };
    assert_eq!(request().await.status(), 200);
    assert_eq!(problem(request().await).await, (401, "signature_replayed".into()));
    app.now.store(NOW + 301, Ordering::SeqCst);
    assert_eq!(problem(request().await).await, (401, "signature_expired".into()));
}

#[tokio::test]
async fn a_write_that_is_sent_again_is_answered_and_does_nothing() {
    let app = TestApp::with_store().await;
    let first = json(app.post("/v1/orders", "K1", ORDER).await).await;
    let again = app.post("/v1/orders", "K1", ORDER).await;
    assert_eq!(
        (header(&again, "idempotent-replayed"), header(&again, "linli-seq")),
        ("true".into(), "4".into())
    );
    assert_eq!(json(again).await, first);
    assert_eq!(json(app.get("/v1/price?at_least_seq=4").await).await["seq"], 4);
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say_and_no_more() {
    let app = TestApp::with_store().await;
    for key in ["read", "orders", "commands"] {
        let nonce = app.nonce();
        let request = app.unsigned(Method::GET, "/v1/members/M1").header("linli-nonce", &nonce);
        let read =
            send(signed(request, key, NOW, &sign(NOW, &nonce, "GET", "/v1/members/M1", b""))).await.status();
        let mut statuses = vec![read.as_u16()];
        for (target, kind) in [("/v1/orders", "application/json"), ("/v1/commands", "application/x-ndjson")] {
            let request = app.unsigned(Method::POST, target).header("content-type", kind).body(ORDER);
            let signature = sign(NOW, "K", "POST", target, ORDER.as_bytes());
            let response = send(signed(request.header("idempotency-key", "K"), key, NOW, &signature)).await;
            statuses.push(response.status().as_u16());
            if response.status() == 403 {
                assert_eq!(problem(response).await.1, "scope_missing");
            }
        }
        let expected = ["read", "orders", "commands"].map(|scope| if scope == key { 200 } else { 403 });
        assert_eq!(statuses, expected, "{key}");
    }
}

#[tokio::test]
async fn an_unknown_key_is_told() {
    let app = TestApp::start().await;
    let signature = sign(NOW, "N", "GET", "/v1/members/M1", b"");
    let request = app.unsigned(Method::GET, "/v1/members/M1").header("linli-nonce", "N");
    let refused = problem(send(signed(request, "nobody", NOW, &signature)).await).await;
    assert_eq!(refused, (401, "unknown_key".into()));
}
