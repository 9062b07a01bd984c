//! Keys over HTTP, while the service runs: the secret is told once, a key for any command takes two people, and one that
//! has ended signs nothing more.

use crate::support::{NOW, TestApp, json, problem, send};
use linli_server::signature::Signed;
use reqwest::{Method, Response};
use serde_json::{Value, json};

async fn signed_read(app: &TestApp, key: &str, secret: &str) -> Response {
    let (time, nonce, target) = (NOW.to_string(), app.nonce(), "/v1/members/M1");
    let signature =
        Signed { time: &time, nonce: &nonce, method: "GET", target, body: b"" }.sign(secret.as_bytes());
    let request = app.unsigned(Method::GET, target).header("linli-nonce", nonce).header("linli-key", key);
    send(request.header("linli-time", time).header("linli-signature", signature)).await
}

async fn write(app: &TestApp, token: &str, target: &str, key: &str, body: Value) -> Response {
    app.with_token(Method::POST, target, token, key, &body).await
}

#[tokio::test]
async fn a_key_signs_at_once_its_secret_is_told_once_and_it_ends() {
    let app = TestApp::with_desk().await;
    let (ann, _) = app.ready("ann").await;
    let till = json!({ "id": "till-1", "name": "Till 1", "scopes": ["orders", "read", "read"] });
    let added = json(write(&app, &ann, "/v1/keys", "K1", till.clone()).await).await;
    let secret = added["secret"].as_str().expect("a secret").to_string();
    assert_eq!((secret.len(), added["id"].as_str()), (64, Some("till-1")));
    assert_eq!(signed_read(&app, "till-1", &secret).await.status(), 200);
    let repeated = write(&app, &ann, "/v1/keys", "K1", till.clone()).await;
    assert_eq!(
        repeated.headers().get("idempotent-replayed").map(reqwest::header::HeaderValue::as_bytes),
        Some(&b"true"[..])
    );
    let repeated = json(repeated).await;
    assert_eq!((&repeated["seq"], &repeated["secret"]), (&added["seq"], &Value::Null));
    let again = write(&app, &ann, "/v1/keys", "K2", till).await;
    assert_eq!(problem(again).await, (409, "key_exists".into()));
    assert_eq!(signed_read(&app, "till-1", &secret).await.status(), 200, "the first secret stays");
    let listed = json(app.look("/v1/keys", &ann).await).await;
    assert!(!listed.to_string().contains(&secret));
    assert_eq!((&listed[0]["state"], &listed[0]["scopes"]), (&"in_force".into(), &json!(["read", "orders"])));
    assert_eq!(write(&app, &ann, "/v1/keys/till-1/end", "K3", json!({})).await.status(), 200);
    let ended = signed_read(&app, "till-1", &secret).await;
    assert_eq!(problem(ended).await, (401, "unknown_key".into()));
    let unknown = write(&app, &ann, "/v1/keys/till-9/end", "K4", json!({})).await;
    assert_eq!(problem(unknown).await, (404, "unknown_key".into()));
}

#[tokio::test]
async fn a_key_for_any_command_takes_two_people() {
    let app = TestApp::with_desk().await;
    let ((ann, _), (bo, _)) = (app.ready("ann").await, app.ready("bo").await);
    let erp = json!({ "id": "erp", "name": "ERP", "scopes": ["read", "commands"] });
    let added = json(write(&app, &ann, "/v1/keys", "K1", erp).await).await;
    let secret = added["secret"].as_str().expect("a secret").to_string();
    assert_eq!(problem(signed_read(&app, "erp", &secret).await).await, (401, "unknown_key".into()));
    let own = write(&app, &ann, "/v1/keys/erp/confirm", "K2", json!({})).await;
    assert_eq!(problem(own).await, (403, "second_person_needed".into()));
    let listed = json(app.look("/v1/keys", &bo).await).await;
    assert_eq!((&listed[0]["state"], &listed[0]["added_by"]), (&"waits".into(), &"staff:ann".into()));
    assert_eq!(write(&app, &bo, "/v1/keys/erp/confirm", "K2", json!({})).await.status(), 200);
    assert_eq!(signed_read(&app, "erp", &secret).await.status(), 200);
}

#[tokio::test]
async fn what_is_no_key_is_refused_and_not_everybody_makes_one() {
    let app = TestApp::with_desk().await;
    let ((ann, _), (chen, _)) = (app.ready("ann").await, app.ready("chen").await);
    for (number, (body, expected)) in [
        (json!({ "id": "a b", "name": "n", "scopes": ["read"] }), (422, "bad_text")),
        (json!({ "id": "a", "name": "n\n", "scopes": ["read"] }), (422, "bad_text")),
        (json!({ "id": "a", "name": "n", "scopes": [] }), (422, "bad_text")),
        (json!({ "id": "a", "name": "n", "scopes": ["all"] }), (400, "bad_parameter")),
        (json!({ "id": "a", "name": "n", "scopes": "read" }), (400, "bad_body")),
        (json!({ "id": "a", "name": "n", "scopes": ["read"], "secret": "x" }), (400, "bad_body")),
    ]
    .into_iter()
    .enumerate()
    {
        let (status, code) = problem(write(&app, &ann, "/v1/keys", &format!("K{number}"), body).await).await;
        assert_eq!((status, &*code), expected);
    }
    assert_eq!(problem(app.look("/v1/keys", &chen).await).await, (403, "forbidden".into()));
    assert_eq!(json(app.look("/v1/keys", &ann).await).await, json!([]));
}
