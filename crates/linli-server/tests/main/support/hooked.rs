//! A service that may call this machine, with somebody at a desk who manages where webhooks go.

use super::{TestApp, json, send, sign, signed};
use linli_economy::time::Instant;
use linli_outbox::Reach;
use linli_server::{Bounds, Config};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A service that may call this machine, with an operator who manages keys.
pub struct Hooked {
    pub app: TestApp,
    pub desk: String,
}

/// Webhooks may go to this machine, and are sent at once.
pub fn to_this_machine(config: &mut Config) {
    let effects = linli_outbox::Bounds { look: Duration::from_millis(5), ..linli_outbox::Bounds::default() };
    config.bounds = Bounds { effects, seen: Duration::from_secs(10), ..Bounds::default() };
    config.webhooks = Reach::public_and_named(&["127.0.0.0/8".into()]).expect("a network");
}

impl Hooked {
    pub async fn new() -> Self {
        let mut app = TestApp::with_desk().await;
        app.restart_with(to_this_machine).await;
        let (desk, _) = app.ready("ann").await;
        Self { app, desk }
    }

    pub async fn write(&self, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, &self.desk, &self.app.nonce(), &body).await
    }

    pub async fn done(&self, target: &str, body: Value) -> Value {
        let response = self.write(target, body).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }

    pub async fn read(&self, target: &str) -> Value {
        let response = self.app.look(target, &self.desk).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }

    /// The id and the secret of a new endpoint.
    pub async fn endpoint(&self, url: &str, events: &[&str]) -> (String, String) {
        let form = json!({ "name": "Shop", "url": url, "events": events });
        let added = self.done("/v1/webhooks", form).await;
        let text = |name: &str| added[name].as_str().expect("a text").to_string();
        (text("id"), text("secret"))
    }

    pub async fn pay(&self, order: &str) {
        let at = Instant { seconds: self.now(), nanoseconds: 0 }.to_string();
        let pay = json!({"cmd": "pay", "order": order, "member": "M2", "store": "S1", "amount": "100.00", "at": at});
        let (line, key, target) = (pay.to_string(), self.app.nonce(), "/v1/commands");
        let signature = sign(self.now(), &key, "POST", target, line.as_bytes());
        let request = self.app.unsigned(Method::POST, target).header("content-type", "application/x-ndjson");
        let request = request.header("idempotency-key", key).body(line);
        let answer = send(signed(request, "all", self.now(), &signature)).await;
        assert_eq!(answer.status(), 200);
        let answer = answer.text().await.expect("a line");
        assert!(answer.contains(r#""ok":true"#), "{answer}");
    }

    pub fn now(&self) -> i64 {
        self.app.now.load(Ordering::SeqCst)
    }

    pub fn at(&self, now: i64) {
        self.app.now.store(now, Ordering::SeqCst);
    }

    /// Looks again after each entry of the journal until it is so.
    pub async fn until(&self, target: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        loop {
            let price = json(self.app.look("/v1/price", &self.desk).await).await;
            let found = self.read(target).await;
            if is_so(&found) {
                return found;
            }
            let next = price["seq"].as_u64().expect("a seq") + 1;
            let moved = self.app.look(&format!("/v1/price?at_least_seq={next}"), &self.desk).await;
            assert_eq!(moved.status(), 200, "nothing happens any more: {found}");
        }
    }
}
