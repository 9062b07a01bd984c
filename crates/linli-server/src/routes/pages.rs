//! The public pages that the server makes, without a script: a store's pay page, that of a code with an amount, and the
//! receipt. Must not be added here: what a page is about.

mod html;
mod pay;
mod receipt;
mod receipt_html;

use crate::app::App;
use crate::links;
use crate::pages;
use crate::routes::subject::Subject;
use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, SET_COOKIE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/s/{id}", get(pay::store))
        .route("/s/{id}/pay", post(pay::pay_store))
        .route("/s/{id}/agree", post(pay::agree))
        .route("/c/{id}", get(pay::code))
        .route("/c/{id}/pay", post(pay::pay_code))
        .route("/m/{id}", get(invitation))
        .route("/p/{id}", get(receipt::page))
        .route("/pages/style.css", get(style))
}

/// The link that stands on a member's poster: what it means is shown, and asked, by the pages of the browser.
async fn invitation(Subject(member): Subject) -> Redirect {
    Redirect::to(&format!("/app/invitation/member/{}", links::escaped(&member)))
}

async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, "public, max-age=600")], pages::STYLE).into_response()
}

/// A page as it is answered, with the language that was asked for.
fn answer(html: String, kept: Option<String>) -> Response {
    let mut response = ([(CONTENT_SECURITY_POLICY, pages::POLICY)], Html(html)).into_response();
    if let Some(kept) = kept.and_then(|kept| kept.parse().ok()) {
        response.headers_mut().insert(SET_COOKIE, kept);
    }
    response
}
