//! A member and a store with money that they can have paid out, and a desk with two people of finance.

use super::person::totp;
use super::{TestApp, json};
use linli_platform::Role;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// The number of an account, to be looked for where it must not be.
pub const NUMBER: &str = "6225881234567890";

/// `owner` has 30,000.00 in the wallet and owns the store `S9` with 8,000,000.00; agents' fees are 500,000.00.
pub struct Bank {
    pub app: TestApp,
    pub owner: String,
    pub owner_id: String,
    pub other: String,
    pub ann: String,
    ann_secret: String,
    pub bo: String,
    pub chen: String,
    chen_secret: String,
    pub dai: String,
}

impl Bank {
    pub async fn open() -> Self {
        Self::on(TestApp::with_desk().await).await
    }

    /// The same on a service with a store and a desk.
    pub async fn on(mut app: TestApp) -> Self {
        app.hire([("dai", Role::Finance)]).await;
        let (owner_id, owner) = app.register("13800000001", Value::Null).await;
        let (_, other) = app.register("13800000002", Value::Null).await;
        let lines = [
            json!({"cmd": "open_member", "member": "B1", "inviter": owner_id}),
            json!({"cmd": "open_store", "store": "S9", "owner": owner_id, "district": "440106"}),
            json!({"cmd": "settle", "order": "O1", "member": "B1", "store": "S9", "amount": "10000000.00"}),
            json!({"cmd": "settle_mall", "order": "O2", "member": "M1", "supplier": "U1", "list_total": "90.00", "cost": "9.00"}),
            json!({"cmd": "fee", "id": "F1", "member": owner_id, "region": "440106", "amount": "500000.00"}),
        ];
        let lines = lines.map(|line| line.to_string()).join("\n");
        let answer = app.post("/v1/commands", "the-bank", &lines).await.text().await.expect("results");
        assert!(!answer.contains(r#""ok":false"#), "{answer}");
        let ((ann, ann_secret), (bo, _)) = (app.ready("ann").await, app.ready("bo").await);
        let ((chen, chen_secret), (dai, _)) = (app.ready("chen").await, app.ready("dai").await);
        Self { app, owner, owner_id, other, ann, ann_secret, bo, chen, chen_secret, dai }
    }

    pub async fn write(&self, token: &str, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, token, &self.app.nonce(), &body).await
    }

    /// A write that is done; gives the id of what it made.
    pub async fn done(&self, token: &str, target: &str, body: Value) -> String {
        let response = self.write(token, target, body).await;
        let status = response.status();
        let answer = json(response).await;
        assert_eq!(status, 200, "{target}: {answer}");
        answer["id"].as_str().expect("an id").to_string()
    }

    pub async fn read(&self, token: &str, target: &str) -> Value {
        let response = self.app.look(target, token).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }

    /// Sets the account of a kind of owner, such as `/v1/me`.
    pub async fn set_account(&self, token: &str, whose: &str) {
        let account = json!({ "bank": "招商银行", "number": NUMBER, "name": "张三" });
        self.done(token, &format!("{whose}/payout-account"), account).await;
    }

    /// A withdrawal of the owner's wallet, submitted.
    pub async fn submitted(&self, amount: &str) -> String {
        self.set_account(&self.owner, "/v1/me").await;
        self.done(&self.owner, "/v1/me/withdrawals", json!({ "amount": amount })).await
    }

    /// A withdrawal of the owner's wallet, approved by one person.
    pub async fn approved(&self, amount: &str) -> String {
        let id = self.submitted(amount).await;
        for what in ["take-up", "approve"] {
            self.done(&self.chen, &format!("/v1/withdrawals/{id}/{what}"), json!({})).await;
        }
        id
    }

    /// A file with these withdrawals.
    pub async fn file(&self, withdrawals: &[&str]) -> String {
        self.done(&self.chen, "/v1/payout-files", json!({ "withdrawals": withdrawals })).await
    }

    /// What is said to a bank's table.
    pub async fn report(&self, file: &str, table: &str) -> Response {
        let request = self.app.unsigned(Method::POST, &format!("/v1/payout-files/{file}/results"));
        let request = request.header("authorization", format!("Bearer {}", self.chen));
        let request = request.header("content-type", "text/csv").header("idempotency-key", self.app.nonce());
        super::send(request.body(table.to_string())).await
    }

    /// Another session of chen.
    pub async fn second_session(&self) -> String {
        // The codes of one time step are good once.
        self.app.now.fetch_add(60, Ordering::SeqCst);
        self.session("chen", &self.chen_secret).await
    }

    /// So much later; ann and chen, whose sessions do not last as long, log in again.
    pub async fn later(&mut self, seconds: i64) {
        self.app.now.fetch_add(seconds, Ordering::SeqCst);
        self.ann = self.session("ann", &self.ann_secret).await;
        self.chen = self.session("chen", &self.chen_secret).await;
    }

    async fn session(&self, id: &str, secret: &str) -> String {
        let password = format!("another long one of {}", id.len());
        let code = totp(secret, self.app.now.load(Ordering::SeqCst));
        let body = json!({ "id": id, "password": password, "code": code });
        let session = json(self.app.open("/v1/staff/login", &body).await).await;
        session["token"].as_str().unwrap_or_else(|| panic!("{session}")).to_string()
    }

    pub async fn wallet(&self) -> Value {
        self.read(&self.owner, "/v1/me").await["available"].clone()
    }
}
