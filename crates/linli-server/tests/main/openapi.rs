//! The document of the interface: it is what the service does, and every route in it has a policy.

use crate::support::{TestApp, header, json, problem, send};
use linli_server::policy::{self, Policy, ROUTES};
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
        let told = &operation["security"][0]["hmac"][0];
        match policy {
            Policy::Public => assert_eq!(told, &Value::Null, "{method} {path}"),
            Policy::Read(scope) => assert_eq!(told, scope.name(), "{method} {path}"),
            Policy::Write { scope, content_type, .. } => {
                assert_eq!(told, scope.name(), "{method} {path}");
                assert!(operation["requestBody"]["content"][content_type].is_object(), "{method} {path}");
            }
        }
    }
}

#[test]
fn every_route_under_v1_is_in_the_document() {
    let operations = operations(&document());
    for route in
        ROUTES.iter().filter(|route| route.path.starts_with("/v1") || route.path.starts_with("/health"))
    {
        let is_there =
            operations.iter().any(|(method, path, _)| method == route.method && path == route.path);
        assert!(is_there, "{route:?}");
    }
}

#[tokio::test]
async fn no_route_with_a_scope_answers_without_a_signature() {
    let app = TestApp::start().await;
    for route in ROUTES {
        let method: Method = route.method.parse().expect("a method");
        let target = route.path.replace("{id}", "M1");
        let request = app.unsigned(method, &target);
        match route.policy {
            Policy::Public => assert!(send(request).await.status().as_u16() < 400, "{route:?}"),
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
