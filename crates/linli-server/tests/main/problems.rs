//! The one form of errors: whatever is wrong, the answer has its code, its messages and the id of the request.

use crate::support::{STORE, TestApp, header, json, problem, send};
use linli_server::Bounds;
use reqwest::Method;

#[tokio::test]
async fn a_problem_has_its_whole_form() {
    let app = TestApp::start().await;
    let request = app.unsigned(Method::GET, "/v1/nothing").header("x-request-id", "test-0001");
    let response = send(request).await;
    assert_eq!(header(&response, "x-request-id"), "test-0001");
    insta::assert_snapshot!(response.text().await.expect("a body"), @r#"{"type":"/docs#unknown_route","title":"Unknown route","status":404,"detail":"the paths that there are stand in /openapi.json","code":"unknown_route","request_id":"test-0001","message_zh":"没有这个路径。","message_en":"There is nothing at this path."}"#);
}

#[tokio::test]
async fn each_wrong_request_is_told_what_is_wrong() {
    let app = TestApp::start().await;
    for (method, target, status, code) in [
        (Method::GET, "/v1", 404, "unknown_route"),
        (Method::GET, "/v1/price/", 404, "unknown_route"),
        (Method::DELETE, "/nothing", 404, "unknown_route"),
        (Method::POST, "/v1/price", 405, "method_not_allowed"),
        (Method::GET, "/v1/commands", 405, "method_not_allowed"),
        (Method::PUT, "/v1/orders/O1", 405, "method_not_allowed"),
        (Method::OPTIONS, "/v1/price", 405, "method_not_allowed"),
        (Method::POST, "/v1/orders", 400, "idempotency_key_missing"),
    ] {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let url = format!("http://{}{target}", app.address);
        let response = send(client.build().expect("a client").request(method.clone(), url)).await;
        match response.status().as_u16() {
            307 => assert_eq!(status, 307),
            _ => assert_eq!(problem(response).await, (status, code.into()), "{method} {target}"),
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::start().await;
    let response = send(app.unsigned(Method::DELETE, "/v1/orders/O1")).await;
    assert_eq!(header(&response, "allow"), "GET, HEAD");
    let response = send(app.unsigned(Method::DELETE, "/v1/orders")).await;
    assert_eq!(header(&response, "allow"), "POST");
}

#[tokio::test]
async fn a_head_is_a_get_without_its_body() {
    let app = TestApp::start().await;
    let response = send(app.unsigned(Method::HEAD, "/v1/price")).await;
    assert_eq!((response.status().as_u16(), response.text().await.expect("none")), (200, String::new()));
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let app = TestApp::start().await;
    for kind in ["text/plain", "application/json", "application/x-ndjsonx", ""] {
        let request = app.write("/v1/commands", "K1", STORE).build().expect("a request");
        let mut headers = request.headers().clone();
        headers.insert("content-type", kind.parse().expect("a header"));
        let request = app.unsigned(Method::POST, "/v1/commands").headers(headers).body(STORE);
        assert_eq!(problem(send(request).await).await, (415, "unsupported_media_type".into()), "{kind}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_before_it_is_read() {
    let app = TestApp::start().await;
    let response = app.post("/v1/orders", "K1", &" ".repeat((64 << 10) + 1)).await;
    assert_eq!(problem(response).await, (413, "body_too_large".into()));
}

#[tokio::test]
async fn an_id_of_a_request_is_kept_if_it_is_well_formed() {
    let app = TestApp::start().await;
    for (id, is_kept) in
        [("abcdefgh", true), ("A-b_c.9-0123", true), ("short", false), ("with spaces in it", false)]
    {
        let response = send(app.unsigned(Method::GET, "/health/live").header("x-request-id", id)).await;
        let answered = header(&response, "x-request-id");
        assert_eq!(answered == id, is_kept, "{id} {answered}");
        assert!(answered.len() >= 8);
    }
}

#[tokio::test]
async fn a_commit_that_fails_is_told_and_the_next_one_happens() {
    let app = TestApp::start().await;
    app.store.fail(1);
    let response = app.post("/v1/commands", "K1", STORE).await;
    assert!(!header(&response, "retry-after").is_empty());
    assert_eq!(problem(response).await, (503, "busy".into()));
    loop {
        let response = app.post("/v1/commands", "K1", STORE).await;
        if response.status() == 200 {
            assert_eq!(header(&response, "idempotent-replayed"), "");
            break;
        }
        assert_eq!(problem(response).await, (503, "busy".into()));
    }
    assert_eq!(json(app.get("/v1/members/M2?at_least_seq=3").await).await["inviter"], "M1");
}

#[tokio::test]
async fn a_commit_that_takes_too_long_is_told_as_in_doubt() {
    let short = Bounds { commit: std::time::Duration::from_millis(20), ..Bounds::default() };
    let app = TestApp::with(|config| config.bounds = short).await;
    app.store.hold();
    assert_eq!(problem(app.post("/v1/commands", "K1", STORE).await).await, (503, "in_doubt".into()));
    app.store.let_go();
    assert_eq!(app.get("/v1/price?at_least_seq=3").await.status(), 200);
    let again = app.post("/v1/commands", "K1", STORE).await;
    assert_eq!((again.status().as_u16(), header(&again, "idempotent-replayed")), (200, "true".into()));
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_security() {
    let app = TestApp::start().await;
    for target in ["/v1/price", "/docs", "/openapi.json", "/nothing"] {
        let response = send(app.unsigned(Method::GET, target)).await;
        let policy = header(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script"), "{policy}");
        assert_eq!(policy.contains("style-src 'self'"), target == "/docs");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
        assert_eq!(header(&response, "strict-transport-security"), "");
    }
}

#[tokio::test]
async fn a_write_that_says_nothing_need_not_say_of_which_type() {
    let app = TestApp::start().await;
    let (_, token) = app.register("13800000001", serde_json::Value::Null).await;
    let bare = app.unsigned(Method::POST, "/v1/sessions/end-others").header("idempotency-key", "K1");
    assert_eq!(problem(send(bare.try_clone().expect("no body")).await).await.0, 401);
    let response = send(bare.header("authorization", format!("Bearer {token}"))).await;
    assert_eq!(response.status(), 200);
}
