//! Hostile input: whatever is sent, the service answers with a problem or closes the connection, changes nothing, and
//! goes on.

use crate::support::{NOW, SECRET, TestApp, json, problem, send, sign, signed};
use linli_server::Bounds;
use linli_server::signature::Signed;
use reqwest::Method;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a connection is answered with before it closes.
async fn raw(app: &TestApp, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(&app.address).await.expect("it listens");
    // The service may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn is_untouched(app: &TestApp) {
    let price = json(send(app.unsigned(Method::GET, "/v1/price")).await).await;
    assert_eq!((&price["seq"], &price["price"]), (&0.into(), &"1.0000".into()));
}

#[tokio::test]
async fn what_is_no_request_is_refused() {
    let app = TestApp::start().await;
    let long_header = format!("GET /v1/price HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(100_000));
    let many_headers = format!("GET /v1/price HTTP/1.1\r\nhost: a\r\n{}\r\n", "x: y\r\n".repeat(5_000));
    let long_path = format!("GET /v1/{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(100_000));
    for bytes in [
        &b"\0\0\0\0"[..],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /v1/price HTTP/9.9\r\n\r\n",
        b"GET /v1/price HTTP/1.1\r\nbad header\r\n\r\n",
        b"POST /v1/orders HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        b"POST /v1/orders HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
        b"POST /v1/orders HTTP/1.1\r\nhost: a\r\ntransfer-encoding: wrong\r\n\r\n",
        long_header.as_bytes(),
        many_headers.as_bytes(),
        long_path.as_bytes(),
    ] {
        let answer = raw(&app, bytes).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    is_untouched(&app).await;
}

#[tokio::test]
async fn headers_that_could_mean_two_things_are_refused() {
    let app = TestApp::start().await;
    let signature = sign(NOW, "N", "GET", "/v1/members/M1", b"");
    for (name, value) in
        [("linli-key", "all"), ("linli-time", "1"), ("linli-nonce", "N"), ("linli-signature", "v1=00")]
    {
        let request = app.unsigned(Method::GET, "/v1/members/M1").header("linli-nonce", "N");
        let request = signed(request, "all", NOW, &signature).header(name, value);
        assert_eq!(problem(send(request).await).await, (400, "bad_parameter".into()), "{name}");
    }
}

#[tokio::test]
async fn times_that_are_none_are_refused() {
    let app = TestApp::start().await;
    for time in
        ["-1", "+1767225600", "1767225600.0", "0x10", "99999999999999999999", "9223372036854775807", "now"]
    {
        let signature =
            Signed { time, nonce: "N", method: "GET", target: "/v1/members/M1", body: b"" }.sign(SECRET);
        let request = app.unsigned(Method::GET, "/v1/members/M1").header("linli-nonce", "N");
        let request = request.header("linli-key", "all").header("linli-time", time);
        let refused = problem(send(request.header("linli-signature", signature)).await).await;
        assert_eq!(refused, (400, "bad_parameter".into()), "{time}");
    }
}

#[tokio::test]
async fn ids_that_nothing_can_have_are_refused_or_not_there() {
    let app = TestApp::start().await;
    for id in [
        "%00",
        "%ff%fe",
        "%0d%0aset-cookie:a",
        "..%2f..%2fetc%2fpasswd",
        "'%20or%201=1--",
        "%3Cscript%3E",
        "%F0%9F%92%A5",
        "M1:wallet",
        "%E2%80%AE",
        &"x".repeat(65),
    ] {
        let (status, code) = problem(app.get(&format!("/v1/members/{id}")).await).await;
        assert!(
            matches!((status, &*code), (400, "bad_parameter") | (404, "unknown_member")),
            "{id} {status} {code}"
        );
    }
}

#[tokio::test]
async fn commands_that_are_none_become_refused_results() {
    let app = TestApp::start().await;
    let deep = "[".repeat(50_000);
    let lines = [
        "{",
        "null",
        "\"\\ud800\"",
        &deep,
        r#"{"cmd":"open_member","member":""}"#,
        r#"{"cmd":"open_member","member":"M1","member":"M1"}"#,
        r#"{"cmd":"__proto__"}"#,
        r#"{"cmd":"settle","order":"O","store":"S","amount":1e400}"#,
        r#"{"cmd":"settle","order":"O","store":"S","amount":"-1"}"#,
        "\u{feff}{}",
        "\u{0}",
    ];
    let results = app.post("/v1/commands", "K1", &lines.join("\n")).await.text().await.expect("a body");
    assert_eq!(results.matches("\"ok\":false").count(), lines.len(), "{results}");
    assert!(results.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

#[tokio::test]
async fn bytes_that_are_no_text_become_a_refused_result() {
    let app = TestApp::start().await;
    let body = b"\xff\xfe\n".to_vec();
    let signature = sign(NOW, "K1", "POST", "/v1/commands", &body);
    let request = app.unsigned(Method::POST, "/v1/commands").header("content-type", "application/x-ndjson");
    let request = signed(request.header("idempotency-key", "K1").body(body), "all", NOW, &signature);
    let result = json(send(request).await).await;
    assert_eq!((&result["ok"], &result["error"]), (&false.into(), &"malformed".into()));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let short = Bounds { body: Duration::from_millis(20), ..Bounds::default() };
    let app = TestApp::with(|config| config.bounds = short).await;
    let head =
        "POST /v1/orders HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nidempotency-key: K1\r\n";
    let signing =
        format!("linli-key: all\r\nlinli-time: {NOW}\r\nlinli-signature: v1=00\r\ncontent-length: 9\r\n\r\n");
    let mut stream = TcpStream::connect(&app.address).await.expect("it listens");
    stream.write_all(format!("{head}{signing}").as_bytes()).await.expect("written");
    let mut answer = vec![0; 12];
    stream.read_exact(&mut answer).await.expect("answered");
    assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 408");
    is_untouched(&app).await;
}

#[tokio::test]
async fn a_head_that_does_not_come_is_given_up() {
    let short = Bounds { head: Duration::from_millis(20), ..Bounds::default() };
    let app = TestApp::with(|config| config.bounds = short).await;
    for bytes in [&b""[..], b"GET /v1/pri"] {
        let mut stream = TcpStream::connect(&app.address).await.expect("it listens");
        stream.write_all(bytes).await.expect("written");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("closed");
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 408"), "{answer:?}");
    }
    is_untouched(&app).await;
}
