//! The desk over HTTP: passwords and codes, roles, what needs two people, members who have lost their phone.

use crate::support::person::totp as code;
use crate::support::{NOW, PASSWORD, TestApp, json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

impl TestApp {
    fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    async fn write_as(&self, token: &str, target: &str, body: Value) -> Response {
        self.with_token(Method::POST, target, token, &self.nonce(), &body).await
    }

    async fn log_in_desk(&self, id: &str, password: &str, code: Option<&str>) -> Response {
        self.open("/v1/staff/login", &json!({ "id": id, "password": password, "code": code })).await
    }

    /// The token of an account whose password is changed and whose codes are set up; and the secret of the codes.
    pub async fn ready(&self, id: &str) -> (String, String) {
        let token = token(self.log_in_desk(id, PASSWORD, None).await).await;
        let secret = json(self.write_as(&token, "/v1/staff/me/totp", json!({})).await).await;
        let secret = secret["secret"].as_str().expect("a secret").to_string();
        let confirm = json!({ "code": code(&secret, self.now()) });
        assert_eq!(self.write_as(&token, "/v1/staff/me/totp/confirm", confirm).await.status(), 200);
        let password = json!({ "password": format!("another long one of {}", id.len()) });
        assert_eq!(self.write_as(&token, "/v1/staff/me/password", password).await.status(), 200);
        (token, secret)
    }

    /// A new token of an account that was made ready.
    pub async fn log_in_again(&self, id: &str, secret: &str) -> String {
        let password = format!("another long one of {}", id.len());
        token(self.log_in_desk(id, &password, Some(&code(secret, self.now()))).await).await
    }
}

async fn token(response: Response) -> String {
    assert_eq!(response.status(), 200);
    json(response).await["token"].as_str().expect("a token").to_string()
}

#[tokio::test]
async fn an_account_does_nothing_until_it_is_ready() {
    let app = TestApp::with_desk().await;
    let first = token(app.log_in_desk("ann", PASSWORD, None).await).await;
    assert_eq!(problem(app.look("/v1/staff", &first).await).await, (403, "account_not_ready".into()));
    let weak = app.write_as(&first, "/v1/staff/me/password", json!({ "password": "ann" })).await;
    assert_eq!(problem(weak).await, (422, "bad_text".into()));
    let (ready, _) = app.ready("ann").await;
    let staff = json(app.look("/v1/staff", &ready).await).await;
    let roles: Vec<_> =
        staff.as_array().expect("a list").iter().map(|one| one["roles"][0].as_str()).collect();
    assert_eq!(roles, [Some("operator"), Some("operator"), Some("finance")]);
}

#[tokio::test]
async fn a_log_in_needs_the_password_and_a_code_that_was_not_used() {
    let app = TestApp::with_desk().await;
    let (_, secret) = app.ready("ann").await;
    let password = "another long one of 3";
    for (id, password, code) in [
        ("ann", PASSWORD, Some(code(&secret, NOW))),
        ("ann", password, None),
        ("ann", password, Some(code(&secret, NOW + 120))),
        ("nobody", password, None),
    ] {
        let refused = app.log_in_desk(id, password, code.as_deref()).await;
        assert_eq!(problem(refused).await, (401, "log_in_wrong".into()), "{id}");
    }
    let right = code(&secret, NOW);
    assert_eq!(app.log_in_desk("ann", password, Some(&right)).await.status(), 200);
    let again = app.log_in_desk("ann", password, Some(&right)).await;
    assert_eq!(problem(again).await, (409, "code_used".into()));
    for _ in 0..10 {
        app.log_in_desk("ann", "wrong", None).await;
    }
    let often = app.log_in_desk("ann", password, Some(&code(&secret, NOW + 30))).await;
    assert_eq!(problem(often).await, (429, "too_many_requests".into()));
}

#[tokio::test]
async fn roles_are_changed_by_others_and_end_the_sessions() {
    let app = TestApp::with_desk().await;
    let ((ann, _), (chen, _)) = (app.ready("ann").await, app.ready("chen").await);
    let finance = app.look("/v1/staff", &chen).await;
    let refused = json(finance).await;
    assert!(
        refused["detail"].as_str().is_some_and(|detail| detail.contains("which operator has")),
        "{refused}"
    );
    let own = app.write_as(&ann, "/v1/staff/ann/roles", json!({ "roles": ["finance"] })).await;
    assert_eq!(problem(own).await, (403, "second_person_needed".into()));
    let unknown = app.write_as(&ann, "/v1/staff/chen/roles", json!({ "roles": ["king"] })).await;
    assert_eq!(problem(unknown).await, (400, "bad_parameter".into()));
    let changed = app.write_as(&ann, "/v1/staff/chen/roles", json!({ "roles": ["auditor"] })).await;
    assert_eq!(changed.status(), 200);
    assert_eq!(problem(app.look("/v1/staff/me", &chen).await).await, (401, "not_logged_in".into()));
}

#[tokio::test]
async fn lost_codes_are_confirmed_by_a_second_colleague() {
    let app = TestApp::with_desk().await;
    let ((ann, _), (bo, _)) = (app.ready("ann").await, app.ready("bo").await);
    let (chen, _) = app.ready("chen").await;
    assert_eq!(app.write_as(&ann, "/v1/staff/chen/totp/lost", json!({})).await.status(), 200);
    let same = app.write_as(&ann, "/v1/staff/chen/totp/lost/confirm", json!({})).await;
    assert_eq!(problem(same).await, (403, "second_person_needed".into()));
    assert_eq!(app.write_as(&bo, "/v1/staff/chen/totp/lost/confirm", json!({})).await.status(), 200);
    assert_eq!(problem(app.look("/v1/staff/me", &chen).await).await, (401, "not_logged_in".into()));
    let again = app.log_in_desk("chen", "another long one of 4", None).await;
    assert_eq!(again.status(), 200, "codes are set up anew");
}

#[tokio::test]
async fn a_lost_phone_is_changed_by_two_people_and_looks_at_numbers_are_recorded() {
    let app = TestApp::with_desk().await;
    let (member, member_token) = app.register("13800000000", Value::Null).await;
    let ((ann, _), (bo, _)) = (app.ready("ann").await, app.ready("bo").await);
    let person = json(app.look(&format!("/v1/members/{member}/person"), &ann).await).await;
    assert_eq!(person["phone"], "+8613800000000");
    let codes = format!("/v1/members/{member}/lost-phone/codes");
    assert_eq!(app.write_as(&ann, &codes, json!({ "phone": "13900000000" })).await.status(), 202);
    let report = json!({ "phone": "13900000000", "code": app.last_code().await });
    let report = app.write_as(&ann, &format!("/v1/members/{member}/lost-phone"), report).await;
    let report = json(report).await["id"].as_str().expect("an id").to_string();
    let waiting = json(app.look("/v1/lost-phones", &bo).await).await;
    assert_eq!((waiting[0]["id"].as_str(), waiting[0]["by"].as_str()), (Some(&*report), Some("staff:ann")));
    let confirm = format!("/v1/lost-phones/{report}/confirm");
    assert_eq!(
        problem(app.write_as(&ann, &confirm, json!({})).await).await,
        (403, "second_person_needed".into())
    );
    assert_eq!(app.write_as(&bo, &confirm, json!({})).await.status(), 200);
    assert_eq!(problem(app.look("/v1/me", &member_token).await).await, (401, "not_logged_in".into()));
    let code = app.code_for("13900000000").await;
    let logged_in = app.open("/v1/login", &json!({ "phone": "13900000000", "code": code })).await;
    assert_eq!(json(logged_in).await["account"], *member);
}
