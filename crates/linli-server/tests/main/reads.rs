//! What can be read, and reading one's own writes.

use crate::support::{TestApp, header, json, problem, send};
use reqwest::Method;

const SETTLE: &str = r#"{"cmd":"settle","order":"O1","member":"M2","store":"S1","amount":"1000.00","at":"2026-01-01T08:00:00Z"}"#;

async fn settled() -> TestApp {
    let app = TestApp::with_store().await;
    assert_eq!(app.post("/v1/commands", "K1", SETTLE).await.status(), 200);
    app
}

async fn text(app: &TestApp, target: &str) -> String {
    let response = app.get(target).await;
    assert_eq!(
        (response.status().as_u16(), header(&response, "content-type")),
        (200, "application/json".into())
    );
    response.text().await.expect("a body")
}

#[tokio::test]
async fn everybody_can_see_the_price() {
    let app = settled().await;
    let response = send(app.unsigned(Method::GET, "/v1/price?at_least_seq=4")).await;
    insta::assert_snapshot!(response.text().await.expect("a body"), @r#"{"price":"1.4285","pool":"160.00","supply":"112.000000","at":"2026-01-01T08:00:00Z","seq":4}"#);
}

#[tokio::test]
async fn a_member_s_balances_can_be_read() {
    let app = settled().await;
    insta::assert_snapshot!(text(&app, "/v1/members/M2?at_least_seq=4").await, @r#"{"member":"M2","available":"0.00","spend":"0.00","points":"112.000000","points_worth":"160.00","price":"1.4285","deduction_points":"2000.00","inviter":"M1","rank":null,"is_suspended":false,"exits":0,"seq":4}"#);
}

#[tokio::test]
async fn a_store_can_be_read() {
    let app = settled().await;
    insta::assert_snapshot!(text(&app, "/v1/stores/S1?at_least_seq=4").await, @r#"{"store":"S1","balance":"800.00","owner":"M1","recruiter":null,"district":"440106","own_rate_ppm":null,"is_closed":false,"seq":4}"#);
}

#[tokio::test]
async fn a_mall_order_can_be_read_before_and_after_it_is_settled() {
    let app = settled().await;
    let pay =
        r#"{"cmd":"pay_mall","order":"O2","member":"M2","supplier":"U1","list_total":"90.00","cost":"9.00"}"#;
    assert_eq!(app.post("/v1/commands", "K2", pay).await.status(), 200);
    insta::assert_snapshot!(text(&app, "/v1/orders/O2?at_least_seq=5").await, @r#"{"order":"O2","phase":"paid","member":"M2","store":null,"supplier":"U1","paid":"45.00","from_spend":"0.00","cancelled":"0.00","refunded":"0.00","minted":"0.000000","settled_at":null,"seq":5}"#);
    let settle = r#"{"cmd":"settle_mall","order":"O2"}"#;
    assert_eq!(app.post("/v1/commands", "K3", settle).await.status(), 200);
    let order = json(app.get("/v1/orders/O2?at_least_seq=6").await).await;
    assert_eq!((&order["phase"], &order["supplier"]), (&"settled".into(), &"U1".into()));
}

#[tokio::test]
async fn ids_are_read_as_they_are_whatever_letters_they_have() {
    let app = TestApp::start().await;
    let member = "{\"cmd\":\"open_member\",\"member\":\"会员 1/2\"}";
    assert_eq!(app.post("/v1/commands", "K1", member).await.status(), 200);
    let target = "/v1/members/%E4%BC%9A%E5%91%98%201%2F2?at_least_seq=1";
    assert_eq!(json(app.get(target).await).await["member"], "会员 1/2");
}

#[tokio::test]
async fn what_is_not_there_is_told_with_its_code() {
    let app = TestApp::start().await;
    for (target, code) in [
        ("/v1/members/M9", "unknown_member"),
        ("/v1/stores/S9", "unknown_store"),
        ("/v1/orders/O9", "unknown_order"),
    ] {
        assert_eq!(problem(app.get(target).await).await, (404, code.into()));
    }
}

#[tokio::test]
async fn a_read_waits_for_the_seq_that_it_asks_for() {
    let app = TestApp::start().await;
    for number in 1..=50 {
        let member = format!("{{\"cmd\":\"open_member\",\"member\":\"M{number}\"}}");
        let seq = header(&app.post("/v1/commands", &format!("K{number}"), &member).await, "linli-seq");
        let read = json(app.get(&format!("/v1/members/M{number}?at_least_seq={seq}")).await).await;
        assert_eq!(read["member"], format!("M{number}"));
    }
}

#[tokio::test]
async fn a_seq_that_does_not_come_is_told() {
    let app = TestApp::start().await;
    let response = app.get("/v1/price?at_least_seq=1").await;
    assert_eq!(header(&response, "retry-after"), "1");
    assert_eq!(problem(response).await, (412, "not_yet_seen".into()));
    let by_header = app.unsigned(Method::GET, "/v1/price").header("linli-at-least-seq", "1");
    assert_eq!(problem(send(by_header).await).await, (412, "not_yet_seen".into()));
}

#[tokio::test]
async fn a_seq_that_is_none_is_refused() {
    let app = TestApp::start().await;
    for query in [
        "at_least_seq=",
        "at_least_seq=-1",
        "at_least_seq=1.5",
        "at_least_seq=1&at_least_seq=1",
        "at_least_seq=99999999999999999999",
        "at_least_seq=%31x",
        "at_least_seq=+1",
    ] {
        let response = send(app.unsigned(Method::GET, &format!("/v1/price?{query}"))).await;
        assert_eq!(problem(response).await, (400, "bad_parameter".into()), "{query}");
    }
}
