//! Notifications over HTTP: each for whom it is, once whatever ends the service, and with nothing of anybody else.

use crate::support::receiver::Receiver;
use crate::support::{TestApp, json, logged, problem, send};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use linli_outbox::Reach;
use linli_server::{Bounds, Config};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::time::Duration;

fn soon(config: &mut Config) {
    let effects = linli_outbox::Bounds { look: Duration::from_millis(5), ..linli_outbox::Bounds::default() };
    config.bounds = Bounds { effects, seen: Duration::from_secs(20), ..Bounds::default() };
    config.webhooks = Reach::public_and_named(&["127.0.0.0/8".into()]).expect("a network");
}

/// A store's owner, who has invited the buyer, and somebody who has nothing to do with them.
struct Street {
    app: TestApp,
    owner: String,
    buyer: String,
    buyer_id: String,
    other: String,
}

const BUYER: &str = "13987654321";

impl Street {
    async fn new() -> Self {
        let mut app = TestApp::with_desk().await;
        app.restart_with(soon).await;
        let (owner_id, owner) = app.register("13800000001", Value::Null).await;
        let (buyer_id, buyer) = app.register(BUYER, json!({ "member": owner_id, "consent": 1 })).await;
        let (_, other) = app.register("13800000003", Value::Null).await;
        let street = Self { app, owner, buyer, buyer_id, other };
        street
            .command(&json!({"cmd": "open_store", "store": "S9", "owner": owner_id, "district": "440106"}))
            .await;
        street
    }

    async fn command(&self, command: &Value) {
        let answer = self.app.post("/v1/commands", &self.app.nonce(), &command.to_string()).await;
        let answer = answer.text().await.expect("a line");
        assert!(answer.contains(r#""ok":true"#), "{answer}");
    }

    async fn pay(&self, order: &str) {
        let member = &self.buyer_id;
        self.command(
            &json!({"cmd": "pay", "order": order, "member": member, "store": "S9", "amount": "100.00"}),
        )
        .await;
    }

    async fn write(&self, token: &str, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, token, &self.app.nonce(), &body).await
    }

    /// The page of notifications that includes all that has happened.
    async fn told(&self, token: &str, query: &str) -> Value {
        let price = json(send(self.app.unsigned(Method::GET, "/v1/price")).await).await;
        let target = format!("/v1/notifications?at_least_seq={}{query}", price["seq"]);
        let response = self.app.look(&target, token).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }
}

fn templates(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("items").iter();
    items.map(|item| item["template"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn each_hears_of_their_own_part_of_an_order_and_of_nobody_else() {
    let street = Street::new().await;
    street.pay("O1").await;
    street.command(&json!({"cmd": "settle", "order": "O1"})).await;
    let buyer = street.told(&street.buyer, "").await;
    assert_eq!(templates(&buyer), ["order_settled", "order_paid", "bound"]);
    assert_eq!((&buyer["unread"], &buyer["items"][1]["params"]["amount"]), (&json!(3), &json!("100.00")));
    assert_eq!(buyer["items"][1]["text_zh"], "您已支付 100.00 元（订单 O1）。");
    let owner = street.told(&street.owner, "").await;
    assert_eq!(templates(&owner), ["commission_direct", "sold", "invited"]);
    let text = owner.to_string();
    for of_the_buyer in [street.buyer_id.as_str(), BUYER, "139****4321"] {
        assert!(!text.contains(of_the_buyer), "{text}");
    }
    let commission = street.told(&street.owner, "&kind=commission").await;
    let amount = commission["items"][0]["params"]["amount"].as_str().expect("a text");
    assert!(amount.parse::<f64>().is_ok_and(|amount| amount > 0.0), "{amount}");
    assert_eq!(street.told(&street.other, "").await["items"], json!([]));
    assert!(!logged::log().contains(BUYER));
}

#[tokio::test]
async fn what_was_read_is_read_and_somebody_elses_is_not_there() {
    let street = Street::new().await;
    street.pay("O1").await;
    street.pay("O2").await;
    let page = street.told(&street.buyer, "&limit=1").await;
    let (id, next) = (page["items"][0]["id"].as_str().expect("an id"), page["next"].as_str().expect("more"));
    let read = format!("/v1/notifications/{id}/read");
    for token in [&street.other, &street.owner] {
        assert_eq!(
            problem(street.write(token, &read, json!({})).await).await,
            (404, "unknown_notification".into())
        );
    }
    assert_eq!(street.told(&street.buyer, "").await["unread"], 3);
    assert_eq!(street.write(&street.buyer, &read, json!({})).await.status(), 200);
    let unread = street.told(&street.buyer, "&unread=true").await;
    assert_eq!((&unread["unread"], templates(&unread).len()), (&json!(2), 2));
    let rest = street.told(&street.buyer, &format!("&after={next}")).await;
    assert_eq!(templates(&rest), ["order_paid", "bound"]);
    let seq = rest["items"][0]["seq"].as_u64().expect("a seq");
    street.pay("O3").await;
    let all = street.write(&street.buyer, "/v1/notifications/read", json!({ "up_to": seq })).await;
    assert_eq!(all.status(), 200);
    assert_eq!(street.told(&street.buyer, "").await["unread"], 1, "what came later was not seen");
    let none = problem(street.write(&street.buyer, "/v1/notifications/99-9/read", json!({})).await).await;
    assert_eq!(none, (404, "unknown_notification".into()));
}

#[tokio::test]
async fn each_comes_once_whatever_ends_the_service_in_between() {
    let mut street = Street::new().await;
    for number in 1..=5 {
        street.pay(&format!("O{number}")).await;
        street.app.restart_with(soon).await;
    }
    let page = street.told(&street.buyer, "&kind=order").await;
    let orders: Vec<_> =
        page["items"].as_array().expect("items").iter().map(|item| &item["params"]["order"]).collect();
    assert_eq!(orders, ["O5", "O4", "O3", "O2", "O1"]);
    // An outbox that was lost is followed again to the same, read ones too.
    let id = page["items"][0]["id"].as_str().expect("an id").to_string();
    let read = street.write(&street.buyer, &format!("/v1/notifications/{id}/read"), json!({})).await;
    assert_eq!(read.status(), 200);
    let before = street.told(&street.buyer, "").await;
    street.app.end();
    street.app.ended().await;
    street.app.forget_outbox();
    street.app.begin(soon).await;
    let after = street.told(&street.buyer, "").await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn people_are_told_what_they_want_and_what_they_want_on_their_phone_is_sent_once() {
    let mut street = Street::new().await;
    let settings = "/v1/notifications/settings";
    let usual = json(street.app.look(settings, &street.buyer).await).await;
    assert_eq!(
        (&usual[0]["kind"], &usual[0]["is_shown"], &usual[0]["is_sent"]),
        (&json!("order"), &json!(true), &json!(false))
    );
    for (wish, refused) in [
        (json!({ "shown": ["order"], "sent": [] }), (422, "bad_list")),
        (json!({ "shown": ["rule"], "sent": ["order"] }), (422, "bad_list")),
        (json!({ "shown": ["rule", "weather"], "sent": [] }), (400, "bad_parameter")),
    ] {
        let found = problem(street.write(&street.buyer, settings, wish).await).await;
        assert_eq!(found, (refused.0, refused.1.to_string()));
    }
    let wish = json!({ "shown": ["order", "rule"], "sent": ["order"] });
    assert_eq!(street.write(&street.buyer, settings, wish).await.status(), 200);
    let wish = json!({ "shown": ["rule"], "sent": [] });
    assert_eq!(street.write(&street.owner, settings, wish).await.status(), 200);
    street.pay("O1").await;
    assert_eq!(templates(&street.told(&street.owner, "").await), ["invited"], "what happened before stays");
    assert_eq!(templates(&street.told(&street.buyer, "").await), ["order_paid", "bound"]);
    let messages =
        async |app: &TestApp| json(send(app.unsigned(Method::GET, "/v1/sandbox/messages")).await).await;
    let sent = loop {
        let found = messages(&street.app).await;
        let of_order =
            found.as_array().expect("a list").iter().filter(|one| one.to_string().contains("O1")).cloned();
        let of_order: Vec<Value> = of_order.collect();
        if !of_order.is_empty() {
            break of_order;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(sent.len(), 1);
    assert!(sent[0].to_string().contains("您已支付 100.00 元"), "{}", sent[0]);
    street.app.restart_with(soon).await;
    street.pay("O2").await;
    street.told(&street.buyer, "").await;
    let again = messages(&street.app).await;
    assert!(!again.to_string().contains("O1"), "it is not sent again: {again}");
}

#[tokio::test]
async fn everybody_hears_of_a_rule_and_the_desk_of_what_has_stopped() {
    let street = Street::new().await;
    let (desk, _) = street.app.ready("ann").await;
    let says = json!({ "title_zh": "积分规则", "title_en": "Points", "text_zh": "正文", "text_en": "Text" });
    let drafted = street.write(&desk, "/v1/documents", json!({ "topic": "points", "says": says })).await;
    let id = json(drafted).await["id"].as_str().expect("an id").to_string();
    let published = street.write(&desk, &format!("/v1/documents/{id}/publish"), json!({})).await;
    assert_eq!(published.status(), 200);
    for token in [&street.owner, &street.buyer, &street.other, &desk] {
        let told = street.told(token, "&kind=rule").await;
        assert_eq!(told["items"][0]["text_zh"], "规则更新：积分规则，自 2026-01-08T00:00:00Z 起生效。");
    }
    let mut gone = Receiver::answering(|_| StatusCode::GONE.into_response()).await;
    let form = json!({ "name": "Mall", "url": gone.url, "events": ["order.paid"] });
    assert_eq!(street.write(&desk, "/v1/webhooks", form).await.status(), 200);
    street.pay("O1").await;
    gone.next().await;
    loop {
        let told = street.told(&desk, "&kind=webhook").await;
        if let Some(told) = told["items"].as_array().and_then(|items| items.first()) {
            assert_eq!(told["text_zh"], "回调地址「Mall」已停止推送（gone）。");
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(street.told(&street.owner, "&kind=webhook").await["items"], json!([]));
}
