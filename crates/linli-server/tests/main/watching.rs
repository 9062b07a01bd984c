//! What is told to whoever watches over the service: figures and logs, and nothing about anybody.

use crate::support::logged::log;
use crate::support::{NOW, STORE, TestApp, header, send, sign, signed};
use reqwest::Method;

#[tokio::test]
async fn figures_count_requests_by_route_and_status() {
    let app = TestApp::with_store().await;
    app.get("/v1/members/M1?at_least_seq=3").await;
    app.get("/v1/members/M9").await;
    app.get("/v1/guess/M9").await;
    let response = send(app.unsigned(Method::GET, "/metrics")).await;
    assert!(header(&response, "content-type").starts_with("application/openmetrics-text"));
    let text = response.text().await.expect("a text");
    for line in [
        r#"linli_requests_total{method="GET",route="/v1/members/{id}",status="200"} 1"#,
        r#"linli_requests_total{method="GET",route="/v1/members/{id}",status="404"} 1"#,
        r#"linli_requests_total{method="GET",route="unmatched",status="404"} 1"#,
        r#"linli_requests_total{method="POST",route="/v1/commands",status="200"} 1"#,
        r#"linli_request_seconds_count{route="/v1/members/{id}"} 2"#,
        "linli_journal_seq 3",
        "linli_waiting_commands 0",
        "linli_writer_open 1",
    ] {
        assert!(text.lines().any(|there| there == line), "{line}\n{text}");
    }
    assert!(!text.contains("M1") && !text.contains("M9"));
}

#[tokio::test]
async fn figures_at_an_address_of_their_own_are_nowhere_else() {
    let app = TestApp::with(|config| config.metrics = Some("127.0.0.1:0".parse().expect("an address"))).await;
    assert_eq!(send(app.unsigned(Method::GET, "/metrics")).await.status(), 404);
    let address = app.metrics_address.expect("an address of its own");
    // Another server than the one that the document is of.
    let ask =
        async |path| app.client.get(format!("http://{address}{path}")).send().await.expect("it answers");
    let text = ask("/metrics").await.text().await.expect("a text");
    assert!(text.contains("linli_journal_seq 0"), "{text}");
    assert_eq!(ask("/v1/price").await.status(), 404);
}

#[tokio::test]
async fn the_log_has_a_line_for_each_request_and_nothing_about_anybody() {
    let app = TestApp::start().await;
    let body = STORE.replace("M1", "13800138000");
    let signature = sign(NOW, "K1", "POST", "/v1/commands", body.as_bytes());
    let request = app.unsigned(Method::POST, "/v1/commands").header("content-type", "application/x-ndjson");
    let request = request.header("idempotency-key", "K1").header("x-request-id", "logged-0001").body(body);
    assert_eq!(send(signed(request, "all", NOW, &signature)).await.status(), 200);
    app.get("/v1/members/13800138000?at_least_seq=3").await;
    for target in ["/v1/price?phone=13800138000", "/13800138000"] {
        send(app.unsigned(Method::GET, target).header("x-request-id", "logged-0002")).await;
    }
    let log = log();
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("logged-000")).collect();
    let first: serde_json::Value = serde_json::from_str(lines[0]).expect("JSON");
    assert_eq!(
        (&first["request_id"], &first["route"], &first["method"], &first["status"]),
        (&"logged-0001".into(), &"/v1/commands".into(), &"POST".into(), &200.into())
    );
    assert_eq!(lines.len(), 3, "{log}");
    // The log is that of all tests until now.
    for secret in ["13800138000", "0123456789abcdef", &signature] {
        assert!(!log.contains(secret), "{log}");
    }
}
