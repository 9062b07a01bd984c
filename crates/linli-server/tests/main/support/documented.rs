//! Every answer that a test sees is as the document of the interface says: a status that it has, of its content type, in
//! its form. What a form does not name may not be there. Must not be added here: an exception for a route.

use super::schema;
use axum::http;
use reqwest::{Method, Response};
use serde_json::Value;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(linli_server::document()).expect("JSON"));

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let of_path = |(path, methods): (&'static String, &'static Value)| {
        let methods = methods.as_object().expect("methods").iter();
        methods.map(|(method, content)| Operation { method: method.to_uppercase(), path, content })
    };
    paths.iter().flat_map(of_path).collect()
});

/// What the document has of a route.
pub struct Operation {
    pub method: String,
    pub path: &'static str,
    pub content: &'static Value,
}

/// The document of the interface.
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// Everything that it has.
pub fn operations() -> &'static [Operation] {
    &OPERATIONS
}

impl Operation {
    /// Whether a request to this path is one to this operation.
    fn fits(&self, path: &str) -> bool {
        let mut given = path.split('/');
        let fits = |part: &str| given.next().is_some_and(|given| part.starts_with('{') || part == given);
        self.path.split('/').all(fits) && given.next().is_none()
    }

    /// How many parts of the path stand for something else.
    fn parameters(&self) -> usize {
        self.path.matches('{').count()
    }
}

/// The operation that a request is to; a path that is written out comes before one that it also fits.
fn find(method: &Method, path: &str) -> Option<&'static Operation> {
    let fitting = OPERATIONS.iter().filter(|operation| operation.method == method.as_str());
    fitting.filter(|operation| operation.fits(path)).min_by_key(|operation| operation.parameters())
}

/// The same answer, once it is known to be as documented.
pub async fn checked(method: &Method, path: &str, response: Response) -> Response {
    let mut copy = http::Response::builder().status(response.status()).version(response.version());
    *copy.headers_mut().expect("nothing is wrong with it") = response.headers().clone();
    let body = response.bytes().await.expect("a whole body");
    let response = copy.body(body).expect("it was one before");
    if let Some(operation) = find(method, path) {
        check(operation, &response);
    }
    response.into()
}

fn check(operation: &Operation, response: &http::Response<axum::body::Bytes>) {
    let status = response.status();
    let place = format!("{} {} {status}", operation.method, operation.path);
    let responses = &operation.content["responses"];
    let documented = responses.get(status.as_str());
    let documented = documented.or_else(|| responses.get("default").filter(|_| status.as_u16() >= 400));
    let documented = documented.unwrap_or_else(|| panic!("{place} is not documented"));
    let kind = response.headers().get("content-type").map_or("", |kind| kind.to_str().expect("ASCII"));
    let Some(content) = documented.get("content") else {
        assert!(response.body().is_empty(), "{place} has a body, and none is documented");
        return;
    };
    let form = content.get(kind).unwrap_or_else(|| panic!("{place} is {kind:?}, which is not documented"));
    if kind.ends_with("json") && !kind.ends_with("ndjson") {
        let body = serde_json::from_slice(response.body()).unwrap_or_else(|error| panic!("{place}: {error}"));
        if let Err(fault) = schema::check(&DOCUMENT, &form["schema"], &body) {
            panic!("{place} is not as documented: {fault}\n{body}");
        }
    }
}
