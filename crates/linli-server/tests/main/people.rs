//! People over HTTP: registering, logging in, sessions, the desk with passwords and codes, and what is refused.

use crate::support::{TestApp, header, json, problem, send};
use reqwest::Method;
use serde_json::{Value, json};

const PHONE: &str = "13800000000";

#[tokio::test]
async fn whoever_is_new_registers_bound_to_the_owner_of_the_store_and_logs_in_again() {
    let app = TestApp::with_store().await;
    let code = app.code_for(PHONE).await;
    let only = json!({ "phone": PHONE, "code": code });
    assert_eq!(problem(app.open("/v1/login", &only).await).await, (409, "not_registered".into()));
    let invitation = json!({ "store": "S1", "consent": 1 });
    let body = json!({ "phone": "+86 138-0000-0000", "code": code, "register": { "terms": 1, "invitation": invitation } });
    let response = app.open("/v1/login", &body).await;
    let cookie = header(&response, "set-cookie");
    assert!(cookie.starts_with("linli_session=") && cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let (member, token) = {
        let body = json(response).await;
        (
            body["account"].as_str().expect("an id").to_string(),
            body["token"].as_str().expect("a token").to_string(),
        )
    };
    let me = json(app.look("/v1/me", &token).await).await;
    assert_eq!((me["member"].as_str(), me["inviter"].as_str()), (Some(&*member), Some("M1")));
    assert_eq!(problem(app.open("/v1/login", &body).await).await, (422, "code_expired".into()));
    assert_eq!(app.open("/v1/login/codes", &json!({ "phone": PHONE })).await.status(), 202);
    let again = app.open("/v1/login/codes", &json!({ "phone": PHONE })).await;
    assert!(!header(&again, "retry-after").is_empty());
    assert_eq!(problem(again).await, (429, "too_many_requests".into()));
}

#[tokio::test]
async fn a_session_lasts_until_it_is_ended_and_outlives_the_service() {
    let mut app = TestApp::start().await;
    let (_, token) = app.register(PHONE, Value::Null).await;
    app.restart().await;
    let sessions = json(app.look("/v1/sessions", &token).await).await;
    assert_eq!(sessions.as_array().map(Vec::len), Some(1));
    assert_eq!(sessions[0]["is_this"], true);
    let out = app.with_token(Method::POST, "/v1/logout", &token, "K1", &json!({})).await;
    assert!(header(&out, "set-cookie").starts_with("linli_session=; Path=/; Max-Age=0"));
    assert_eq!(problem(app.look("/v1/me", &token).await).await, (401, "not_logged_in".into()));
    assert_eq!(problem(app.look("/v1/me", "no token").await).await, (401, "not_logged_in".into()));
}

#[tokio::test]
async fn a_cookie_writes_only_from_our_own_pages() {
    let app = TestApp::start().await;
    let (_, token) = app.register(PHONE, Value::Null).await;
    let write = |key: &str| {
        let request = app.form("/v1/sessions/end-others", &json!({}));
        request.header("cookie", format!("a=b; linli_session={token}")).header("idempotency-key", key)
    };
    for (header, value) in
        [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example"), ("x", "y")]
    {
        let refused = send(write("K1").header(header, value)).await;
        assert_eq!(problem(refused).await, (403, "cross_site".into()), "{header}");
    }
    assert_eq!(send(write("K2").header("sec-fetch-site", "same-origin")).await.status(), 200);
    assert_eq!(send(write("K3").header("origin", format!("http://{}", app.address))).await.status(), 200);
    let read = app.unsigned(Method::GET, "/v1/me").header("cookie", format!("linli_session={token}"));
    assert_eq!(
        send(read.header("sec-fetch-site", "cross-site")).await.status(),
        200,
        "looking changes nothing"
    );
}

#[tokio::test]
async fn a_phone_is_changed_with_codes_of_both_numbers() {
    let app = TestApp::start().await;
    let (_, token) = app.register(PHONE, Value::Null).await;
    let code = |key: &'static str, body: Value| {
        let (app, token) = (&app, token.clone());
        async move {
            let sent = app.with_token(Method::POST, "/v1/me/phone/codes", &token, key, &body).await;
            assert_eq!(sent.status(), 202);
            app.last_code().await
        }
    };
    let new = code("K1", json!({ "phone": "13900000000" })).await;
    let wrong = json!({ "phone": "13900000000", "code": new, "old_code": "000000" });
    let refused = app.with_token(Method::POST, "/v1/me/phone", &token, "K2", &wrong).await;
    assert_eq!(problem(refused).await, (422, "code_expired".into()), "none was sent to the old number");
    let messages = json(send(app.unsigned(Method::GET, "/v1/sandbox/messages")).await).await;
    assert_eq!(messages[0]["phone"], "+8613900000000");
}

#[tokio::test]
async fn wrong_codes_run_out_of_tries() {
    let app = TestApp::start().await;
    let code = app.code_for(PHONE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let body = json!({ "phone": PHONE, "code": wrong, "register": { "terms": 1 } });
        assert_eq!(problem(app.open("/v1/login", &body).await).await, (422, "code_wrong".into()));
    }
    let body = json!({ "phone": PHONE, "code": code, "register": { "terms": 1 } });
    assert_eq!(problem(app.open("/v1/login", &body).await).await, (422, "code_expired".into()));
}

#[tokio::test]
async fn bodies_that_say_something_else_are_told_where() {
    let app = TestApp::start().await;
    for body in ["", "[]", "{", r#"{"phone":1}"#, r#"{"phone":"13800000000","more":1}"#, "\u{feff}{}"] {
        let request =
            app.unsigned(Method::POST, "/v1/login/codes").header("content-type", "application/json");
        assert_eq!(problem(send(request.body(body)).await).await, (400, "bad_body".into()), "{body}");
    }
    for phone in ["", "123", "+0", "１３８００００００００", "13800000000'; --"] {
        let refused = app.open("/v1/login/codes", &json!({ "phone": phone })).await;
        assert_eq!(problem(refused).await, (400, "bad_parameter".into()), "{phone}");
    }
}

#[tokio::test]
async fn members_and_programs_are_told_what_is_not_theirs() {
    let app = TestApp::with_store().await;
    let (_, token) = app.register(PHONE, Value::Null).await;
    let refused = app.look("/v1/staff", &token).await;
    let refused = json(refused).await;
    assert_eq!(refused["code"], "forbidden");
    assert!(refused["detail"].as_str().is_some_and(|detail| detail.contains("staff.manage")), "{refused}");
    assert_eq!(problem(app.get("/v1/me").await).await, (403, "forbidden".into()));
    assert_eq!(problem(app.look("/v1/members/M1", &token).await).await, (403, "forbidden".into()));
}
