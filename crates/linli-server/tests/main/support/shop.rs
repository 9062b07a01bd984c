//! A store whose owner can log in, and a member who buys there.

use super::{NOW, TestApp, json, send, sign, signed};
use linli_economy::time::Instant;
use linli_server::{Bounds, Config};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use std::time::Duration;

pub const DAY: i64 = 86_400;

/// The store `S9` of an owner, the store `S8` of a rival, and two members.
pub struct Shop {
    pub app: TestApp,
    pub owner: String,
    pub rival: String,
    pub member: String,
    pub member_id: String,
    pub other: String,
}

/// Looks for what is due all the time.
pub fn soon(config: &mut Config) {
    let (soon, seen) = (Duration::from_millis(10), Duration::from_secs(10));
    config.bounds = Bounds { settling: soon, chores: soon, seen, ..Bounds::default() };
}

/// What nobody but a test of prices changes: 100.00 for 3 uses, within 10 days.
pub fn form() -> Value {
    let terms = json!({
        "title": "三次洗车",
        "price": "100.00",
        "uses": 3,
        "valid": { "days": 10 },
        "text": "工作日可用。",
    });
    json!({ "terms": terms, "sale": { "from": "2026-01-01T00:00:00Z" } })
}

pub async fn id(response: Response) -> String {
    assert_eq!(response.status(), 200);
    json(response).await["id"].as_str().expect("an id").to_string()
}

impl Shop {
    pub async fn open() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::on(TestApp::with(change).await).await
    }

    /// The same on a service that runs.
    pub async fn on(app: TestApp) -> Self {
        let (owner_id, owner) = app.register("13800000001", Value::Null).await;
        let (rival_id, rival) = app.register("13800000002", Value::Null).await;
        let (member_id, member) = app.register("13800000003", Value::Null).await;
        let (_, other) = app.register("13800000004", Value::Null).await;
        let shop = Self { app, owner, rival, member, member_id, other };
        for (store, owner) in [("S9", owner_id), ("S8", rival_id)] {
            shop.command(&format!(
                r#"{{"cmd":"open_store","store":"{store}","owner":"{owner}","district":"440106"}}"#
            ))
            .await;
        }
        shop
    }

    /// Ends the service and starts another that looks for what is due all the time.
    pub async fn restart_soon(&mut self) {
        self.app.end();
        self.app.ended().await;
        self.app.begin(soon).await;
    }

    pub fn now(&self) -> i64 {
        self.app.now.load(Ordering::SeqCst)
    }

    /// Moves the clock to this many seconds after the beginning.
    pub fn at(&self, seconds: i64) {
        self.app.now.store(NOW + seconds, Ordering::SeqCst);
    }

    /// A command of the program that takes payments, which is accepted.
    pub async fn command(&self, line: &str) {
        self.app.command(line).await;
    }

    pub async fn write(&self, token: &str, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, token, &self.app.nonce(), &body).await
    }

    pub async fn read(&self, token: &str, target: &str) -> Value {
        let response = self.app.look(target, token).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }

    /// A deal on sale in `S9`.
    pub async fn deal(&self, form: &Value) -> String {
        let deal = id(self.write(&self.owner, "/v1/stores/S9/deals", form.clone()).await).await;
        let publish = format!("/v1/deals/{deal}/publish");
        assert_eq!(self.write(&self.owner, &publish, json!({})).await.status(), 200);
        deal
    }

    pub async fn try_buy(&self, token: &str, deal: &str, count: u32) -> Response {
        self.write(token, &format!("/v1/deals/{deal}/buy"), json!({ "version": 1, "count": count })).await
    }

    /// Pays what is planned for an order of the member.
    pub async fn pay(&self, order: &str) {
        let voucher = self.voucher(order).await;
        let (store, amount) = (voucher["store"].as_str(), voucher["amount"].as_str());
        let (store, amount) = (store.expect("a store"), amount.expect("an amount"));
        self.pay_in(store, order, amount).await;
    }

    pub async fn pay_in(&self, store: &str, order: &str, amount: &str) {
        let (member, at) = (&self.member_id, Instant { seconds: self.now(), nanoseconds: 0 });
        let fields = format!(r#""store":"{store}","amount":"{amount}","at":"{at}""#);
        self.command(&format!(r#"{{"cmd":"pay","order":"{order}","member":"{member}",{fields}}}"#)).await;
    }

    /// An order of the member that is paid, and the code of its voucher.
    pub async fn bought(&self, deal: &str) -> (String, String) {
        let order = id(self.try_buy(&self.member, deal, 1).await).await;
        self.pay(&order).await;
        let code = self.voucher(&order).await["code"].as_str().expect("a code").to_string();
        (order, code)
    }

    /// The member's voucher.
    pub async fn voucher(&self, order: &str) -> Value {
        self.read(&self.member, &format!("/v1/me/vouchers/{order}")).await
    }

    pub async fn verify(&self, code: &str, uses: u32) -> Response {
        let body = json!({ "code": code, "uses": uses });
        self.write(&self.owner, "/v1/stores/S9/vouchers/verify", body).await
    }

    /// Reads again after each entry of the journal until it is as it should be.
    pub async fn until(&self, target: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        self.app.until(&self.member, target, is_so).await
    }
}

impl TestApp {
    /// A command of the program that takes payments, which is accepted.
    pub async fn command(&self, line: &str) {
        let (now, key, target) = (self.now.load(Ordering::SeqCst), self.nonce(), "/v1/commands");
        let signature = sign(now, &key, "POST", target, line.as_bytes());
        let request = self.unsigned(Method::POST, target).header("content-type", "application/x-ndjson");
        let request = request.header("idempotency-key", key).body(line.to_string());
        let answer = send(signed(request, "all", now, &signature)).await.text().await.expect("a result");
        assert!(answer.contains(r#""ok":true"#), "{answer}");
    }

    /// Reads again after each entry of the journal until it is as it should be.
    pub async fn until(&self, token: &str, target: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let price = |query: String| send(self.unsigned(Method::GET, &format!("/v1/price{query}")));
        loop {
            let seq = json(price(String::new()).await).await["seq"].as_u64().expect("a seq");
            let found = json(self.look(target, token).await).await;
            if is_so(&found) {
                return found;
            }
            let moved = price(format!("?at_least_seq={}", seq + 1)).await;
            assert_eq!(moved.status(), 200, "nothing happens any more: {found}");
        }
    }
}
