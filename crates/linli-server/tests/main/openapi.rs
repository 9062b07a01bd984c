//! The document of the interface: it is what the service does, and every route in it has a policy.

use crate::support::{TestApp, header, json, problem, send};
use linli_server::policy::{self, Desk, Policy, ROUTES};
use reqwest::Method;
use serde_json::Value;

fn document() -> Value {
    serde_json::to_value(linli_server::document()).expect("JSON")
}

/// Method, path and operation of everything that the document has.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let of_path = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().expect("methods").clone();
        let path = path.clone();
        methods.into_iter().map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn every_route_of_the_document_has_a_policy_that_it_tells() {
    for (method, path, operation) in operations(&document()) {
        let policy = policy::find(&method, &path).unwrap_or_else(|| panic!("{method} {path} has no policy"));
        let told = operation["security"].as_array().into_iter().flatten();
        let told: Vec<_> = told.map(ToString::to_string).collect();
        let (Policy::Read(access) | Policy::Write { access, .. }) = policy else {
            assert!(told.is_empty(), "{method} {path}");
            continue;
        };
        let key = access.key.map(|scope| format!(r#"{{"hmac":["{}"]}}"#, scope.name()));
        assert!(key.is_none_or(|key| told.contains(&key)), "{method} {path}");
        let member = told.contains(&r#"{"session":["member"]}"#.to_string());
        assert_eq!(member, access.member, "{method} {path}");
        let desk = access.desk.map(|desk| match desk {
            Desk::Own => "desk",
            Desk::With(permission) => permission.name(),
        });
        let desk = desk.map(|desk| format!(r#"{{"session":["{desk}"]}}"#));
        assert!(desk.is_none_or(|desk| told.contains(&desk)), "{method} {path}");
        if let (Policy::Write { content_type, .. }, Some(body)) = (policy, operation.get("requestBody")) {
            assert!(body["content"][content_type].is_object(), "{method} {path}");
        }
    }
}

#[test]
fn every_route_under_v1_is_in_the_document() {
    let operations = operations(&document());
    for route in
        ROUTES.iter().filter(|route| route.path.starts_with("/v1") || route.path.starts_with("/health"))
    {
        if route.path.starts_with("/v1/sandbox") {
            continue;
        }
        let is_there =
            operations.iter().any(|(method, path, _)| method == route.method && path == route.path);
        assert!(is_there, "{route:?}");
    }
}

#[tokio::test]
async fn only_public_routes_answer_whoever_does_not_say_who_they_are() {
    let app = TestApp::start().await;
    for route in ROUTES {
        let method: Method = route.method.parse().expect("a method");
        let target = route.path.replace("{id}", "M1");
        let request = app.unsigned(method, &target);
        match route.policy {
            Policy::Public => {
                // There is nothing of this id.
                let most = if route.path.contains("{id}") { 404 } else { 399 };
                assert!(send(request).await.status().as_u16() <= most, "{route:?}");
            }
            Policy::Open => {
                let request = request.header("content-type", "application/json").body("[]");
                assert_eq!(problem(send(request).await).await.0, 400, "{route:?}");
            }
            Policy::Read(_) => assert_eq!(problem(send(request).await).await.0, 401, "{route:?}"),
            Policy::Write { content_type, .. } => {
                let request = request.header("content-type", content_type).header("idempotency-key", "K1");
                assert_eq!(problem(send(request).await).await.0, 401, "{route:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_document_is_served_as_openapi_3_1() {
    let app = TestApp::start().await;
    let served = json(send(app.unsigned(Method::GET, "/openapi.json")).await).await;
    assert_eq!(served, document());
    assert!(
        served["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")),
        "{}",
        served["openapi"]
    );
}

#[tokio::test]
async fn the_page_needs_nothing_from_elsewhere_and_has_every_route() {
    let app = TestApp::start().await;
    let response = send(app.unsigned(Method::GET, "/docs")).await;
    assert!(header(&response, "content-type").starts_with("text/html"));
    let page = response.text().await.expect("a page");
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    for (_, path, _) in operations(&document()) {
        assert!(page.contains(&format!("<code>{path}</code>")), "{path}");
    }
    let codes = linli_economy::refusal::Code::ALL.iter().map(|code| code.name()).chain(["signature_wrong"]);
    for code in codes {
        assert!(page.contains(&format!("<tr id={code}>")), "{code}");
    }
    assert_eq!(send(app.unsigned(Method::GET, "/docs/style.css")).await.status(), 200);
}
