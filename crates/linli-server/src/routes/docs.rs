//! The document of the interface, and the page that shows it.

use crate::app::App;
use crate::docs_page;
use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::response::Html;
use axum::routing::get;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// Both are made once.
pub fn router(document: &OpenApi) -> Router<Arc<App>> {
    let json = Bytes::from(document.to_json().expect("a document is JSON"));
    let page = Bytes::from(docs_page::page(document));
    Router::new()
        .route("/openapi.json", get(async || ([(CONTENT_TYPE, "application/json")], json)))
        .route("/docs", get(async || Html(page)))
        .route("/docs/style.css", get(async || ([(CONTENT_TYPE, "text/css")], docs_page::STYLE)))
}
