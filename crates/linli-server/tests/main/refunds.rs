//! Refunds over HTTP: asked by who bought, answered by who sold, then by the operator; nobody else sees them.

use crate::support::{TestApp, all, json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

const DAY: i64 = 86_400;

/// A store of the first member who registers, an order of the second, and a third who has nothing to do with it.
struct Street {
    app: TestApp,
    owner: String,
    buyer: String,
    other: String,
}

impl Street {
    async fn new() -> Self {
        let app = TestApp::with_desk().await;
        let (owner_id, owner) = app.register("13800000001", Value::Null).await;
        let (buyer_id, buyer) = app.register("13800000002", Value::Null).await;
        let (_, other) = app.register("13800000003", Value::Null).await;
        let lines = format!(
            "{}\n{}\n",
            json!({"cmd": "open_store", "store": "S9", "owner": owner_id, "district": "440106"}),
            json!({"cmd": "pay", "order": "O9", "member": buyer_id, "store": "S9", "amount": "100.00"}),
        );
        assert_eq!(app.post("/v1/commands", "street", &lines).await.status(), 200);
        Self { app, owner, buyer, other }
    }

    async fn write(&self, token: &str, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, token, &self.app.nonce(), &body).await
    }

    async fn ask(&self, amount: &str) -> String {
        let asked = self.write(
            &self.buyer,
            "/v1/orders/O9/refunds",
            json!({"amount": amount, "reason": "too salty"}),
        );
        let asked = json(asked.await).await;
        asked["id"].as_str().unwrap_or_else(|| panic!("{asked}")).to_string()
    }

    async fn cancelled(&self) -> Value {
        json(self.app.look("/v1/orders/O9", &self.buyer).await).await["cancelled"].clone()
    }
}

#[tokio::test]
async fn a_store_agrees_and_the_money_goes_back_once() {
    let street = Street::new().await;
    let id = street.ask("40.00").await;
    let waiting = json(street.app.look("/v1/stores/S9/refunds", &street.owner).await).await;
    assert_eq!(
        (waiting["items"][0]["id"].as_str(), waiting["items"][0]["amount"].as_str()),
        (Some(&*id), Some("40.00"))
    );
    let one = json(street.app.look(&format!("/v1/refunds/{id}"), &street.owner).await).await;
    assert_eq!((one["reason"].as_str(), one["state"].as_str()), (Some("too salty"), Some("asked")));
    let again =
        street.write(&street.buyer, "/v1/orders/O9/refunds", json!({"amount": "1.00", "reason": "x"})).await;
    assert_eq!(problem(again).await, (409, "request_open".into()));
    let answer = format!("/v1/refunds/{id}/answer");
    let key = street.app.nonce();
    for _ in 0..2 {
        let agreed =
            street.app.with_token(Method::POST, &answer, &street.owner, &key, &json!({"agree": true})).await;
        assert_eq!(agreed.status(), 200, "a repeat is answered with the first result");
    }
    assert_eq!(street.cancelled().await, "40.00");
    let closed = street.write(&street.owner, &answer, json!({"agree": true})).await;
    assert_eq!(closed.status(), 409);
    let mine = json(street.app.look("/v1/me/refunds", &street.buyer).await).await;
    assert_eq!(mine["items"][0]["state"], "agreed");
}

#[tokio::test]
async fn a_refusal_is_appealed_and_the_operator_decides() {
    let street = Street::new().await;
    let id = street.ask("100.00").await;
    let target = |what: &str| format!("/v1/refunds/{id}/{what}");
    let refuse = json!({"agree": false, "reason": "it was fine"});
    assert_eq!(street.write(&street.owner, &target("answer"), refuse).await.status(), 200);
    let appeal = street.write(&street.buyer, &target("appeal"), json!({"reason": "it was not"})).await;
    assert_eq!(appeal.status(), 200);
    let late = street.write(&street.owner, &target("answer"), json!({"agree": true})).await;
    assert_eq!(problem(late).await, (403, "not_your_turn".into()));
    let (ann, _) = street.app.ready("ann").await;
    let waiting = json(street.app.look("/v1/refunds", &ann).await).await;
    assert_eq!(waiting["items"][0]["id"], *id);
    assert_eq!(street.write(&ann, &target("answer"), json!({"agree": true})).await.status(), 200);
    assert_eq!(street.cancelled().await, "100.00");
}

#[tokio::test]
async fn what_a_store_does_not_answer_goes_to_the_operator() {
    let street = Street::new().await;
    let id = street.ask("10.00").await;
    street.app.now.fetch_add(3 * DAY + 1, Ordering::SeqCst);
    let (ann, _) = street.app.ready("ann").await;
    let answer = street.write(&ann, &format!("/v1/refunds/{id}/answer"), json!({"agree": true})).await;
    assert_eq!(answer.status(), 200, "its time is over whether the service has noted it or not");
    assert_eq!(street.cancelled().await, "10.00");
}

#[tokio::test]
async fn nobody_else_sees_or_does_anything() {
    let street = Street::new().await;
    let id = street.ask("40.00").await;
    for target in [format!("/v1/refunds/{id}"), "/v1/orders/O9".into()] {
        assert_eq!(street.app.look(&target, &street.other).await.status(), 404, "{target}");
        assert_eq!(street.app.look(&target, &street.buyer).await.status(), 200, "{target}");
        assert_eq!(street.app.look(&target, &street.owner).await.status(), 200, "{target}");
    }
    assert_eq!(street.app.look("/v1/stores/S9/refunds", &street.other).await.status(), 403);
    for (what, body) in
        [("answer", json!({"agree": true})), ("appeal", json!({"reason": "x"})), ("withdraw", json!({}))]
    {
        let refused = street.write(&street.other, &format!("/v1/refunds/{id}/{what}"), body).await;
        assert_eq!(problem(refused).await, (404, "unknown_request".into()), "{what}");
    }
    let own = street.write(&street.buyer, &format!("/v1/refunds/{id}/answer"), json!({"agree": true})).await;
    assert_eq!(problem(own).await, (403, "forbidden".into()), "nobody answers what they ask");
    let asked =
        street.write(&street.other, "/v1/orders/O9/refunds", json!({"amount": "1.00", "reason": "x"})).await;
    assert_eq!(problem(asked).await, (404, "unknown_order".into()));
    assert_eq!(
        street.write(&street.buyer, &format!("/v1/refunds/{id}/withdraw"), json!({})).await.status(),
        200
    );
    assert_eq!(street.cancelled().await, "0.00");
}

#[tokio::test]
async fn eight_at_once_give_the_money_back_once() {
    let street = Street::new().await;
    let offer = json!({"amount": "60.00", "reason": "sorry"});
    let offers = (0..8).map(|_| street.write(&street.owner, "/v1/orders/O9/refunds/offer", offer.clone()));
    let mut statuses = Vec::new();
    for answer in all(offers).await {
        statuses.push(answer.status().as_u16());
    }
    statuses.sort_unstable();
    assert_eq!(
        (statuses[0], statuses.iter().filter(|status| **status == 200).count()),
        (200, 1),
        "{statuses:?}"
    );
    assert_eq!(street.cancelled().await, "60.00");
}

#[tokio::test]
async fn amounts_and_reasons_that_are_none_are_refused() {
    let street = Street::new().await;
    for (amount, reason, status) in [
        ("0.00", "x", 422),
        ("1.001", "x", 422),
        ("-1", "x", 422),
        ("100.01", "x", 422),
        ("1.00", "", 400),
        ("1.00", &"x".repeat(201), 400),
    ] {
        let refused =
            street.write(&street.buyer, "/v1/orders/O9/refunds", json!({"amount": amount, "reason": reason}));
        let (found, code) = problem(refused.await).await;
        assert!(found == status || found == 409, "{amount} {reason:.9}: {found} {code}");
    }
    assert_eq!(street.cancelled().await, "0.00");
}
