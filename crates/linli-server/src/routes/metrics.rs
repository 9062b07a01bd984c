//! The figures for Prometheus, at an address of their own, or where only this machine can call.

use crate::app::App;
use crate::headers;
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;

/// The form of the text.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    ([(CONTENT_TYPE, OPEN_METRICS)], app.metrics.text(&app))
}

/// What listens at an address of its own.
pub fn router(app: &Arc<App>) -> Router {
    let hardened = async |mut response: Response| {
        headers::harden(response.headers_mut(), false);
        response
    };
    Router::new().route("/metrics", get(metrics)).with_state(app.clone()).layer(map_response(hardened))
}
