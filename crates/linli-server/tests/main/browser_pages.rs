//! The pages for browsers: one document wherever they begin, files by their names alone; and a build without them says so.

use crate::support::{TestApp, header, problem, send};
use reqwest::Method;

#[tokio::test]
async fn every_address_beneath_app_has_the_one_document() {
    let app = TestApp::start().await;
    let mut documents = Vec::new();
    for target in ["/", "/app/wallet", "/app/orders/O1/refund"] {
        let response = send(app.unsigned(Method::GET, target)).await;
        assert_eq!(response.status(), 200, "{target}");
        assert!(header(&response, "content-type").starts_with("text/html"), "{target}");
        let policy = header(&response, "content-security-policy").to_string();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        documents.push(response.text().await.expect("a document"));
    }
    assert!(documents.iter().all(|document| *document == documents[0]));
    // Whoever builds without Node reads what to do instead.
    let is_made = documents[0].contains("<div id=\"app\">");
    assert!(is_made || documents[0].contains("cargo xtask run"), "{}", documents[0]);
    if let Some(script) = documents[0].split("src=\"").nth(1).and_then(|rest| rest.split('"').next()) {
        let request = app.unsigned(Method::GET, script).header("accept-encoding", "gzip");
        let response = send(request).await;
        assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
        assert_eq!(header(&response, "content-encoding"), "gzip");
        assert!(header(&response, "cache-control").contains("immutable"));
    }
}

#[tokio::test]
async fn no_file_is_reached_by_anything_but_its_name() {
    let app = TestApp::start().await;
    for target in
        ["/assets/nothing.js", "/assets/..%2Findex.html", "/assets/%2e%2e%2fCargo.toml", "/assets/.hidden"]
    {
        let response = send(app.unsigned(Method::GET, target)).await;
        assert_eq!(problem(response).await, (404, "unknown_route".into()), "{target}");
    }
}

#[tokio::test]
async fn a_poster_leads_to_the_invitation() {
    let app = TestApp::start().await;
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
    let target = format!("http://{}/m/M%201", app.address);
    let response = send(client.expect("a client").get(target)).await;
    assert_eq!(
        (response.status().as_u16(), header(&response, "location")),
        (303, "/app/invitation/member/M%201".to_string())
    );
}
