//! Rules and announcements over HTTP: what everybody may read, what the desk makes known in time, and who has read it.

use crate::support::{NOW, TestApp, json, problem, send};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

const WEEK: i64 = 7 * 86_400;

fn says(title: &str) -> Value {
    json!({ "title_zh": title, "title_en": title, "text_zh": "正文\n第二行", "text_en": "The text" })
}

struct Hall {
    app: TestApp,
    desk: String,
}

impl Hall {
    async fn new() -> Self {
        let app = TestApp::with_desk().await;
        let (desk, _) = app.ready("ann").await;
        Self { app, desk }
    }

    async fn write(&self, token: &str, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, token, &self.app.nonce(), &body).await
    }

    async fn done(&self, target: &str, body: Value) -> String {
        let response = self.write(&self.desk, target, body).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await["id"].as_str().expect("an id").to_string()
    }

    /// A published rule on the terms, or an announcement.
    async fn published(&self, topic: Option<&str>, title: &str) -> String {
        let id = self.done("/v1/documents", json!({ "topic": topic, "says": says(title) })).await;
        self.done(&format!("/v1/documents/{id}/publish"), json!({})).await
    }

    async fn public(&self, target: &str) -> Value {
        let response = send(self.app.unsigned(Method::GET, target)).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }

    async fn terms(&self) -> Value {
        self.public("/v1/rules").await.as_array().expect("a list")[0].clone()
    }

    fn at(&self, now: i64) {
        self.app.now.store(now, Ordering::SeqCst);
    }

    async fn register(&self, phone: &str, code: &str, terms: u32) -> Response {
        let body = json!({ "phone": phone, "code": code, "register": { "terms": terms } });
        self.app.open("/v1/login", &body).await
    }
}

#[tokio::test]
async fn whoever_registers_agrees_to_the_terms_in_force_and_to_no_others() {
    let hall = Hall::new().await;
    let terms = hall.terms().await;
    assert_eq!(
        (&terms["topic"], &terms["in_force"]["version"], &terms["coming"]),
        (&json!("terms"), &json!(1), &Value::Null)
    );
    let id = terms["in_force"]["id"].as_str().expect("an id");
    let first = hall.public(&format!("/v1/documents/{id}")).await;
    assert!(first["text_zh"].as_str().is_some_and(|text| text.contains("不构成任何收益承诺")));
    let code = hall.app.code_for("13800000001").await;
    let refused = problem(hall.register("13800000001", &code, 2).await).await;
    assert_eq!(refused, (409, "terms_changed".into()));
    let registered = hall.register("13800000001", &code, 1).await;
    assert_eq!(registered.status(), 200, "the code is still good");
    hall.published(Some("terms"), "用户协议 2").await;
    let terms = hall.terms().await;
    assert_eq!((&terms["in_force"]["version"], &terms["coming"]["version"]), (&json!(1), &json!(2)));
    assert_eq!(terms["coming"]["from"], "2026-01-08T00:00:00Z");
    hall.at(NOW + WEEK);
    let code = hall.app.code_for("13800000002").await;
    assert_eq!(problem(hall.register("13800000002", &code, 1).await).await, (409, "terms_changed".into()));
    assert_eq!(hall.register("13800000002", &code, 2).await.status(), 200);
    let history = hall.public("/v1/rules/terms").await;
    let states: Vec<_> =
        history.as_array().expect("a list").iter().map(|one| (&one["version"], &one["state"])).collect();
    assert_eq!(states, [(&json!(2), &json!("in_force")), (&json!(1), &json!("past"))]);
}

#[tokio::test]
async fn a_rule_is_made_known_a_week_before_it_holds_and_can_be_taken_back_until_then() {
    let hall = Hall::new().await;
    let draft = json!({ "topic": "refunds", "says": says("退款规则") });
    let id = hall.done("/v1/documents", draft).await;
    let hidden = send(hall.app.unsigned(Method::GET, &format!("/v1/documents/{id}"))).await;
    assert_eq!(problem(hidden).await, (404, "unknown_document".into()), "a draft is the desk's");
    hall.done(&format!("/v1/documents/{id}/edit"), says("退款规则（新）")).await;
    let publish = format!("/v1/documents/{id}/publish");
    let soon = hall.write(&hall.desk, &publish, json!({ "from": "2026-01-07T23:59:59Z" })).await;
    assert_eq!(problem(soon).await, (422, "date_too_soon".into()));
    let none = hall.write(&hall.desk, &publish, json!({ "from": "tomorrow" })).await;
    assert_eq!(problem(none).await, (400, "bad_parameter".into()));
    hall.done(&publish, json!({ "from": "2026-01-08T08:00:00+08:00" })).await;
    let shown = hall.public(&format!("/v1/documents/{id}")).await;
    assert_eq!(
        (&shown["title_zh"], &shown["state"], &shown["version"]),
        (&json!("退款规则（新）"), &json!("coming"), &json!(1))
    );
    let again = hall.write(&hall.desk, &format!("/v1/documents/{id}/edit"), says("x")).await;
    assert_eq!(problem(again).await, (409, "document_state".into()), "what was made known stays as it is");
    hall.done(&format!("/v1/documents/{id}/withdraw"), json!({ "reason": "a mistake" })).await;
    assert_eq!(hall.public("/v1/rules/refunds").await, json!([]));
    let unknown = send(hall.app.unsigned(Method::GET, "/v1/rules/weather")).await;
    assert_eq!(problem(unknown).await, (404, "unknown_document".into()));
    let kept = json(hall.app.look("/v1/documents", &hall.desk).await).await;
    let kept = &kept["items"][0];
    assert_eq!(
        (&kept["state"], &kept["withdrawn_by"], &kept["why"]),
        (&json!("withdrawn"), &json!("staff:ann"), &json!("a mistake"))
    );
}

#[tokio::test]
async fn announcements_are_listed_page_by_page_and_who_has_read_one_is_kept() {
    let hall = Hall::new().await;
    for title in ["一", "二", "三"] {
        hall.published(None, title).await;
    }
    let first = hall.public("/v1/announcements?limit=2").await;
    let next = first["next"].as_str().expect("there is more");
    let second = hall.public(&format!("/v1/announcements?limit=2&after={next}")).await;
    let titles = |page: &Value| -> Vec<Value> {
        page["items"].as_array().expect("items").iter().map(|one| one["title_zh"].clone()).collect()
    };
    assert_eq!((titles(&first), titles(&second)), (vec![json!("三"), json!("二")], vec![json!("一")]));
    let id = first["items"][0]["id"].as_str().expect("an id").to_string();
    let (member_id, member) = hall.app.register("13800000001", Value::Null).await;
    let own = json(hall.app.look("/v1/me/documents", &member).await).await;
    assert_eq!((own["items"].as_array().map(Vec::len), &own["items"][0]["read_at"]), (Some(3), &Value::Null));
    for _ in 0..2 {
        assert_eq!(hall.write(&member, &format!("/v1/documents/{id}/read"), json!({})).await.status(), 200);
        hall.at(NOW + 60);
    }
    let own = json(hall.app.look("/v1/me/documents", &member).await).await;
    assert_eq!(own["items"][0]["read_at"], "2026-01-01T00:00:00Z", "the first time counts");
    let receipts = json(hall.app.look(&format!("/v1/documents/{id}/receipts"), &hall.desk).await).await;
    assert_eq!(
        receipts["items"],
        json!([{ "account_kind": "member", "account": member_id, "at": "2026-01-01T00:00:00Z" }])
    );
    let others = hall.app.look(&format!("/v1/documents/{id}/receipts"), &member).await;
    assert_eq!(problem(others).await, (403, "forbidden".into()));
    let drafted = hall.write(&member, "/v1/documents", json!({ "says": says("mine") })).await;
    assert_eq!(problem(drafted).await, (403, "forbidden".into()));
    let none = hall.write(&member, "/v1/documents/D0/read", json!({})).await;
    assert_eq!(problem(none).await, (404, "unknown_document".into()));
}
