//! The operator's own payment system, as it calls a service of its own.

use super::shop::Shop;
use super::{SECRET, TestApp, json, send};
use linli_payments::external::ExternalConfig;
use linli_payments::{Event, External, Happened, Id, Secret, SignedCall, SplitLimits, SqliteRecords};
use linli_server::{PaymentProvider, Payments};
use reqwest::{Method, Response};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

fn secret() -> Secret {
    Secret::new(SECRET).expect("32 bytes")
}

/// The system as the service knows it, with its records in this folder.
pub fn system(folder: &Path) -> Payments {
    let records = Arc::new(SqliteRecords::open(&folder.join("payments.db")).expect("opened"));
    let page_prefix = Some("https://pay.example/".to_string());
    let config = ExternalConfig { secrets: vec![secret()], page_prefix, limits: SplitLimits::USUAL };
    let system = Arc::new(External::new(records, config).expect("a system"));
    Payments { provider: PaymentProvider::External { system, secrets: vec![secret()] }, pays_out: true }
}

pub fn id(text: &str) -> Id {
    Id::new(text).expect("an id")
}

/// An event of this name at this time.
pub fn event(name: &str, at: i64, happened: Happened) -> Event {
    Event { id: id(name), at, happened }
}

impl TestApp {
    /// A call of the system, signed now.
    pub async fn system_calls(&self, target: &str, kind: &str, body: Vec<u8>, now: i64) -> Response {
        let call = SignedCall::sign(&secret(), id(&self.nonce()), now, body);
        self.call(target, kind, &call).await
    }

    pub async fn call(&self, target: &str, kind: &str, call: &SignedCall) -> Response {
        let request = self.unsigned(Method::POST, target).header("content-type", kind);
        let headers = call.headers().into_iter();
        let request = headers.fold(request, |request, (name, value)| request.header(name, value));
        send(request.body(call.body().to_vec())).await
    }
}

impl Shop {
    /// What a report of the system did.
    pub async fn reports(&self, event: &Event) -> Value {
        let now = self.now();
        let response =
            self.app.system_calls("/v1/provider/events", "application/json", event.write(), now).await;
        assert_eq!(response.status(), 200, "{event:?}");
        json(response).await["did"].clone()
    }

    /// What the system is asked after this number.
    pub async fn asks(&self, after: u64) -> Vec<Value> {
        let body = format!("{{\"after\":{after}}}").into_bytes();
        let response = self.app.system_calls("/v1/provider/asks", "application/json", body, self.now()).await;
        assert_eq!(response.status(), 200);
        json(response).await["asks"].as_array().expect("a list").clone()
    }

    /// What the system is asked after this number, once there is something.
    pub async fn asked_in_time(&self, after: u64) -> Vec<Value> {
        loop {
            let asks = self.asks(after).await;
            if !asks.is_empty() {
                return asks;
            }
            self.something().await;
        }
    }
}
