//! The pages for browsers, which `web/` has and `npm run build` makes: their one document at `/` and beneath `/app`, and their
//! files by names that say what is in them. A build without them says so. Must not be added here: what a page shows.

use crate::app::App;
use crate::problem::{Code, Problem};
use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use rust_embed::{Embed, EmbeddedFile};
use std::sync::Arc;

/// What `npm run build` has made; a build for tests reads it when it is asked for.
#[derive(Embed)]
#[folder = "../../web/h5/dist"]
#[allow_missing = true]
struct Made;

/// The scripts and styles are the service's own; what they ask for is too.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'",
);

/// A file's name has the digest of what is in it.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// What is there instead where nobody has made them.
const MISSING: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Linli</title>\
    <h1>邻里 Linli</h1><p>This build has no pages: it was made without Node. `cargo xtask run` makes them.\
    <p lang=zh-CN>此程序在没有 Node 的环境中构建，不含网页。运行 cargo xtask run 可生成。\
    <p><a href=/docs>The interface 接口文档</a>";

/// The files as they may be asked for, the smallest first: the encoding and what the name then ends with.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(document))
        .route("/app/{*page}", get(document))
        .route("/assets/{file}", get(file))
}

async fn document() -> Response {
    let Some(made) = Made::get("index.html") else { return Html(MISSING).into_response() };
    let headers = [(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    (headers, Html(made.data.into_owned())).into_response()
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |encoding: &str| accepted.split(',').any(|one| one.trim() == encoding);
    let packed = ENCODINGS.iter().filter(|(encoding, _)| accepts(encoding));
    let mut packed =
        packed.filter_map(|(encoding, end)| Some((*encoding, of_name(&format!("{name}{end}"))?)));
    let kind =
        [(CONTENT_TYPE, content_type(&name)), (CACHE_CONTROL, FOR_A_YEAR), (VARY, ACCEPT_ENCODING.into())];
    if let Some((encoding, made)) = packed.next() {
        return Ok((kind, [(CONTENT_ENCODING, encoding)], made.data.into_owned()).into_response());
    }
    let made = of_name(&name).ok_or_else(|| Problem::new(Code::UnknownRoute, "there is no such file"))?;
    Ok((kind, made.data.into_owned()).into_response())
}

/// A name is one part of a path.
fn of_name(name: &str) -> Option<EmbeddedFile> {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    (is_plain && !name.starts_with('.')).then(|| Made::get(&format!("assets/{name}"))).flatten()
}

fn content_type(name: &str) -> HeaderValue {
    HeaderValue::from_static(match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    })
}
