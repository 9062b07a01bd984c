//! Many commands in one call: each is answered as the economy answers it, and the refused ones stop nothing.

use crate::support::{PLAN, STORE, TestApp, header, problem};
use linli_economy::Economy;

#[tokio::test]
async fn a_call_with_refusals_is_answered_as_the_economy_answers_its_lines() {
    let app = TestApp::start().await;
    let mut body = STORE.to_string();
    body.push_str("\n  \nno command\n{\"cmd\":\"open_member\",\"member\":\"M1\"}\r\n");
    body.push_str(r#"{"cmd":"settle","order":"O1","member":"M2","store":"S1","amount":"1000.00"}"#);
    let response = app.post("/v1/commands", "K1", &body).await;
    assert_eq!((response.status().as_u16(), header(&response, "linli-seq")), (200, "6".into()));
    assert_eq!(header(&response, "content-type"), "application/x-ndjson");
    let mut economy = Economy::open(PLAN).expect("a plan");
    let lines = body.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let expected: String = lines
        .map(|(line, number)| {
            let received = linli_economy::command::Line::read(number, line.as_bytes());
            economy.receive(&received).to_json() + "\n"
        })
        .collect();
    assert_eq!(response.text().await.expect("a body"), expected);
    assert_eq!(expected.matches("\"ok\":false").count(), 2);
}

#[tokio::test]
async fn results_are_those_of_the_document() {
    let app = TestApp::with_store().await;
    let order = r#"{"cmd":"settle","order":"O1","member":"M2","store":"S1","amount":"1000.00"}"#;
    let answer = app.post("/v1/commands", "K1", order).await.text().await.expect("a body");
    insta::assert_snapshot!(answer, @r#"{"seq":4,"ok":true,"postings":[{"account":"external:payments","asset":"CNY","amount":"-1000.00"},{"account":"store:S1","asset":"CNY","amount":"800.00"},{"account":"member:M1:wallet","asset":"CNY","amount":"3.00"},{"account":"member:M2:points","asset":"GP","amount":"112.000000"},{"account":"member:M2:deduction","asset":"DP","amount":"2000.00"},{"account":"platform:profit","asset":"CNY","amount":"37.00"},{"account":"pool:reserve","asset":"CNY","amount":"160.00"},{"account":"pool:issued","asset":"GP","amount":"-112.000000"},{"account":"mall:issued","asset":"DP","amount":"-2000.00"}],"minted":"112.000000","exits":[],"pool":"160.00","supply":"112.000000","price":"1.428571"}"#);
}

#[tokio::test]
async fn ten_thousand_commands_are_taken_and_no_more() {
    let app = TestApp::start().await;
    let lines = |count: u32| -> String {
        (0..count).map(|number| format!("{{\"cmd\":\"open_member\",\"member\":\"M{number}\"}}\n")).collect()
    };
    let response = app.post("/v1/commands", "K1", &lines(10_001)).await;
    assert_eq!(problem(response).await, (413, "too_many_commands".into()));
    let response = app.post("/v1/commands", "K2", &lines(10_000)).await;
    assert_eq!((response.status().as_u16(), header(&response, "linli-seq")), (200, "10000".into()));
    let results = response.text().await.expect("a body");
    assert_eq!((results.lines().count(), results.matches("\"ok\":true").count()), (10_000, 10_000));
}

#[tokio::test]
async fn eight_megabytes_are_taken_and_no_more() {
    let app = TestApp::start().await;
    let line = "{\"cmd\":\"open_member\",\"member\":\"M1\"}";
    let body = |bytes: usize| format!("{line}{}", " ".repeat(bytes - line.len()));
    assert_eq!(app.post("/v1/commands", "K1", &body(8 << 20)).await.status(), 200);
    let response = app.post("/v1/commands", "K2", &body((8 << 20) + 1)).await;
    assert_eq!(problem(response).await, (413, "body_too_large".into()));
}

#[tokio::test]
async fn a_call_without_a_command_is_refused() {
    let app = TestApp::start().await;
    for body in ["", "\n", " \r\n\t\n"] {
        assert_eq!(problem(app.post("/v1/commands", "K1", body).await).await, (400, "bad_body".into()));
    }
}
