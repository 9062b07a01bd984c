//! A shop in which people pay, and a clock that goes on while they wait.

use super::shop::{Shop, soon};
use super::{json, send};
use linli_server::{Config, RateOf};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Somebody looks all the time.
pub fn busy(config: &mut Config) {
    soon(config);
    let often = RateOf { burst: 100_000, every: Duration::from_millis(1) };
    (config.rates.account, config.rates.visitor) = (often, often);
}

pub fn in_store(amount: &str) -> Value {
    json!({ "orders": [{ "store": "S9", "amount": amount }] })
}

/// A key as a browser of a visitor makes one.
pub fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

impl Shop {
    pub async fn paying() -> Self {
        Self::with(busy).await
    }

    /// Ends the service and starts another in which somebody looks all the time.
    pub async fn restart_busy(&mut self) {
        self.app.end();
        self.app.ended().await;
        self.app.begin(busy).await;
    }

    /// A payment of the member, and its id.
    pub async fn pays(&self, form: Value) -> String {
        super::shop::id(self.write(&self.member, "/v1/payments", form).await).await
    }

    /// A visitor asks.
    pub async fn visit(&self, target: &str, key: &str, body: &Value) -> Response {
        let request = self.app.form(target, body).header("idempotency-key", key);
        send(request).await
    }

    /// Looks without saying who it is.
    pub async fn glance(&self, target: &str) -> Value {
        let response = send(self.app.unsigned(Method::GET, target)).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }

    pub async fn payment(&self, id: &str) -> Value {
        self.read(&self.member, &format!("/v1/payments/{id}")).await
    }

    /// The page of a payment that is open.
    pub async fn page_of(&self, id: &str) -> String {
        let payment = self.payment(id).await;
        payment["page"].as_str().unwrap_or_else(|| panic!("no page: {payment}")).to_string()
    }

    /// Presses a button of the sandbox's page.
    pub async fn press(&self, page: &str, act: &str) {
        let client =
            reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
        let target = format!("http://{}{page}/{act}", self.app.address);
        let response = send(client.expect("a client").post(target)).await;
        assert_eq!(
            (response.status().as_u16(), super::header(&response, "location")),
            (303, page.to_string())
        );
    }

    /// The payer of a payment does this on its page.
    pub async fn decides(&self, id: &str, act: &str) {
        let page = self.page_of(id).await;
        self.press(&page, act).await;
    }

    /// Reads again, and lets a second pass each time, until it is as it should be.
    pub async fn in_time(&self, token: &str, target: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..3_000 {
            let found = self.read(token, target).await;
            if is_so(&found) {
                return found;
            }
            self.app.now.fetch_add(1, Ordering::SeqCst);
            self.something().await;
        }
        panic!("it never is: {}", self.read(token, target).await);
    }

    /// Waits for the next entry of the journal, for a moment.
    pub async fn something(&self) {
        let seq = self.glance("/v1/price").await["seq"].as_u64().expect("a seq");
        let next = send(self.app.unsigned(Method::GET, &format!("/v1/price?at_least_seq={}", seq + 1)));
        // Whether it comes is not the point.
        let _ = tokio::time::timeout(Duration::from_millis(20), next).await;
    }

    /// A payment of the member, once it is so.
    pub async fn payment_in_time(&self, id: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        self.in_time(&self.member, &format!("/v1/payments/{id}"), is_so).await
    }

    pub async fn carried_out(&self, id: &str) -> Value {
        self.payment_in_time(id, |payment| payment["state"] == "carried_out").await
    }
}
