//! The document of the interface: it is what the service does, and every route in it has a policy.

use crate::support::documented::{Operation, document, operations};
use crate::support::{TestApp, header, json, problem, send};
use linli_server::policy::{self, Desk, Policy, ROUTES};
use reqwest::Method;
use std::fs;
use std::path::Path;

#[test]
fn every_route_of_the_document_has_a_policy_that_it_tells() {
    for Operation { method, path, content: operation } in operations() {
        let policy = policy::find(method, path).unwrap_or_else(|| panic!("{method} {path} has no policy"));
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
        let supplier = told.contains(&r#"{"session":["supplier"]}"#.to_string());
        assert_eq!(supplier, access.supplier, "{method} {path}");
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
    for route in
        ROUTES.iter().filter(|route| route.path.starts_with("/v1") || route.path.starts_with("/health"))
    {
        if route.path.starts_with("/v1/sandbox") {
            continue;
        }
        let is_there =
            operations().iter().any(|there| there.method == route.method && there.path == route.path);
        assert!(is_there, "{route:?}");
    }
}

#[test]
fn a_body_that_needs_nothing_said_may_be_left_out() {
    let required = |path: &str| {
        let body = &document()["paths"][path]["post"]["requestBody"];
        body["required"].as_bool().expect("it says so")
    };
    assert!(!required("/v1/payout-files"));
    assert!(required("/v1/payments"));
}

#[test]
fn every_operation_has_an_id_of_its_own() {
    let ids = operations().iter().map(|operation| operation.content["operationId"].as_str().expect("an id"));
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(ids.contains(&"post_v1_deals_id_buy"), "{ids:?}");
}

/// The names by which the document knows the types of this file.
fn schema_names(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut lines = source.lines();
    while lines.by_ref().any(|line| line.starts_with("#[derive(") && line.contains("ToSchema")) {
        let attributes = lines.clone().take_while(|line| line.starts_with("#["));
        let renamed = attributes.filter_map(|line| line.split("as = ").nth(1)).next();
        let declared = lines.by_ref().find(|line| line.contains("struct ") || line.contains("enum "));
        let declared = declared.and_then(|line| line.split_once("struct ").or(line.split_once("enum ")));
        let name = renamed.or(declared.map(|(_, name)| name));
        let of_letters = |name: &str| name.chars().take_while(|letter| letter.is_alphanumeric()).collect();
        names.extend(name.map(of_letters));
    }
    names
}

/// Two types of one name are one in the document, and half of the routes are described wrongly.
#[test]
fn no_two_types_of_the_document_have_one_name() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut names = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => names.extend(schema_names(&fs::read_to_string(path).expect("a text"))),
            }
        }
    }
    names.sort();
    assert!(names.contains(&"Problem".into()) && names.contains(&"Order".into()), "{names:?}");
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "give one of each pair another name: {twice:?}");
}

#[tokio::test]
async fn only_public_routes_answer_whoever_does_not_say_who_they_are() {
    let app = TestApp::start().await;
    for route in ROUTES {
        let method: Method = route.method.parse().expect("a method");
        let target =
            route.path.replace("{id}", "M1").replace("{topic}", "weather").replace("{act}", "approve");
        let request = app.unsigned(method, &target);
        match route.policy {
            Policy::Public => {
                // There is nothing of this id.
                let most = if route.path.contains('{') { 404 } else { 399 };
                assert!(send(request).await.status().as_u16() <= most, "{route:?}");
            }
            // There is nothing of this id, and what is wrong with a page is one.
            Policy::Page => assert_eq!(send(request).await.status(), 404, "{route:?}"),
            Policy::Form => assert_eq!(send(request).await.status(), 400, "{route:?}"),
            Policy::Open => {
                let request = request.header("content-type", "application/json").body("[]");
                assert_eq!(problem(send(request).await).await.0, 400, "{route:?}");
            }
            Policy::Button => assert_eq!(problem(send(request).await).await.0, 404, "{route:?}"),
            Policy::Provider { content_type, .. } => {
                let request = request.header("content-type", content_type);
                assert_eq!(problem(send(request).await).await.0, 401, "{route:?}");
            }
            // There is nothing of this id for anybody.
            Policy::Read(access) if access.visitor => {
                assert_eq!(problem(send(request).await).await.0, 404, "{route:?}");
            }
            // The key is one that somebody else may have, too.
            Policy::Write { access, content_type, .. } if access.visitor => {
                let request = request.header("content-type", content_type).header("idempotency-key", "K1");
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
    assert_eq!(served, *document());
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
    for Operation { path, .. } in operations() {
        assert!(page.contains(&format!("<code>{path}</code>")), "{path}");
    }
    let codes = linli_economy::refusal::Code::ALL.iter().map(|code| code.name()).chain(["signature_wrong"]);
    for code in codes {
        assert!(page.contains(&format!("<tr id={code}>")), "{code}");
    }
    assert_eq!(send(app.unsigned(Method::GET, "/docs/style.css")).await.status(), 200);
}
