//! What the world of the matrix has of people, and every secret that was told in it, is in no line of the log, in no file,
//! in no copy of the journal, and in no error. Must not be added here: who may see it.

use super::people::OPERATOR;
use super::who::Who;
use super::world::World;
use super::{Expected, Row, bodies, examples, rows};
use crate::support::bank::NUMBER;
use crate::support::logged::log;
use crate::support::person::totp;
use crate::support::{SECRET, TestApp, json, send};
use linli_server::policy::Policy;
use linli_server::signature::Signed;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Of people, as they say it and as it is kept.
const PEOPLE: &[&str] = &[
    "138000000",
    "138 0000 0003",
    "13800009999",
    "13900000001",
    "陈小姐",
    "北京路 1 号",
    "陈东",
    "020 8888 0000",
    "张三",
    NUMBER,
];

const PASSWORDS: [&str; 3] =
    ["planted battery staple", "planted longer battery staple", "planted wrong staple"];

/// What somebody at the desk writes; gives the answer.
async fn writes(app: &TestApp, token: &str, target: &str, body: Value) -> Value {
    json(app.with_token(Method::POST, target, token, &app.nonce(), &body).await).await
}

fn text(answer: &Value, name: &str) -> String {
    answer[name].as_str().unwrap_or_else(|| panic!("{name}: {answer}")).into()
}

/// A key that signs.
async fn key(app: &TestApp, token: &str) -> String {
    let key = json!({ "id": "till-1", "name": "Till 1", "scopes": ["read"] });
    let secret = text(&writes(app, token, "/v1/keys", key).await, "secret");
    let (time, nonce, target) = (app.now.load(Ordering::SeqCst).to_string(), app.nonce(), "/v1/stores/S9");
    let signed = Signed { time: &time, nonce: &nonce, method: "GET", target, body: b"" };
    let request =
        app.unsigned(Method::GET, target).header("linli-nonce", &nonce).header("linli-key", "till-1");
    let signature = signed.sign(secret.as_bytes());
    let read = request.header("linli-time", time).header("linli-signature", signature);
    assert_eq!(send(read).await.status(), 200);
    secret
}

/// Somebody new at the desk, who logs in for the first time; gives their token and the secret of their codes.
async fn colleague(app: &TestApp, token: &str) -> [String; 2] {
    let [first, second, wrong] = PASSWORDS;
    let add = json!({ "id": "eve", "name": "eve", "roles": ["auditor"], "password": first });
    writes(app, token, "/v1/staff", add).await;
    let log_in = |password: &str| json!({ "id": "eve", "password": password });
    assert_eq!(app.open("/v1/staff/login", &log_in(wrong)).await.status(), 401);
    let token = text(&json(app.open("/v1/staff/login", &log_in(first)).await).await, "token");
    let secret = text(&writes(app, &token, "/v1/staff/me/totp", json!({})).await, "secret");
    let code = totp(&secret, app.now.load(Ordering::SeqCst));
    writes(app, &token, "/v1/staff/me/totp/confirm", json!({ "code": code })).await;
    writes(app, &token, "/v1/staff/me/password", json!({ "password": second })).await;
    [token, secret]
}

/// Everything that somebody could use who reads it.
async fn secrets(world: &World, app: &TestApp) -> Vec<String> {
    let operator = world.token_of(OPERATOR);
    let hook = json!({ "name": "ERP", "url": "http://127.0.0.1:1024/", "events": ["order.paid"] });
    let hook = text(&writes(app, operator, "/v1/webhooks", hook).await, "secret");
    let rotated =
        writes(app, operator, &format!("/v1/webhooks/{}/rotate", world.id("webhook")), json!({})).await;
    let members = Who::members().map(|who| world.token(who).to_string());
    let told = [key(app, operator).await, hook, text(&rotated, "secret"), world.id("code").into()];
    let desk = colleague(app, operator).await;
    let fixed = PASSWORDS.iter().map(ToString::to_string);
    let provider = String::from_utf8(SECRET.to_vec()).expect("text");
    members.chain(told).chain(desk).chain(fixed).chain([provider]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_person_and_no_secret_is_in_a_file_a_copy_or_the_log() {
    let world = World::make().await;
    let mut app = world.open().await;
    let secrets = secrets(&world, &app).await;
    assert!(secrets.iter().all(|secret| secret.len() >= 12), "none is found by chance");
    app.back_up();
    app.restart().await;
    app.end();
    app.ended().await;
    let (kept, log) = (app.bytes(), log());
    let kept = String::from_utf8_lossy(&kept);
    assert!(kept.contains("东记面馆") && kept.contains("O-settled-order"), "what is no secret is found");
    for planted in secrets.iter().map(String::as_str).chain(PEOPLE.iter().copied()) {
        let found = (kept.contains(planted), log.contains(planted));
        assert_eq!(found, (false, false), "{planted} is in a file or in the log");
    }
}

/// A number of a phone, to be looked for in answers.
const PLANTED: u64 = 13_855_551_234;

/// Bodies that are wrong, each with the number somewhere.
fn wrong(body: &[u8]) -> Vec<String> {
    let mut all =
        vec![PLANTED.to_string(), format!("[{PLANTED}]"), json!({ (PLANTED.to_string()): 1 }).to_string()];
    let Ok(Value::Object(form)) = serde_json::from_slice(body) else { return all };
    for (name, value) in &form {
        let mut changed = form.clone();
        let is_text = value.is_string();
        changed[name] = if is_text { json!(PLANTED) } else { json!(PLANTED.to_string()) };
        all.push(Value::Object(changed.clone()).to_string());
        if ["phone", "password", "number", "contact", "street", "name"].contains(&name.as_str()) {
            changed[name] = json!(format!("{PLANTED}\u{7}"));
            all.push(Value::Object(changed).to_string());
        }
    }
    all
}

/// Whoever comes as far as the body of a row; nobody if it has none of JSON.
fn who_may(row: &Row) -> Option<Who> {
    match row.policy {
        Policy::Open => Some(Who::Nobody),
        Policy::Write { content_type: "application/json", .. } => {
            let may = |(who, expected): &(Who, Expected)| {
                (!matches!(who, Who::Nobody) && *expected == Expected::Passes).then_some(*who)
            };
            row.everybody().iter().find_map(may)
        }
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_error_repeats_what_was_sent() {
    let world = World::make().await;
    let app = world.open().await;
    let (mut errors, mut faults) = (0, Vec::new());
    for row in rows() {
        let Some(who) = who_may(&row) else { continue };
        let target = examples::target(&world, row.operation, row.example);
        for body in wrong(&bodies::of(&world, row.operation)) {
            let kind = Some("application/json");
            let answer = who.ask(&world, &app, Method::POST, &target, kind, body.clone().into_bytes()).await;
            errors += i32::from(answer.status().is_client_error());
            let answer = answer.text().await.expect("a body");
            if answer.contains(&PLANTED.to_string()) {
                faults.push(format!("{target} {body}: {answer}"));
            }
        }
    }
    assert!(errors > 300, "{errors}: most are wrong");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
