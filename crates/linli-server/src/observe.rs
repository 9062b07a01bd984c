//! What happens around every request: it gets its id, is counted and logged, and its answer gets its final form. The log
//! has the template of the route and never a path, a query, a header or a body. Must not be added here: a decision.

use crate::app::App;
use crate::headers;
use crate::metrics::{Answered, Metrics};
use crate::problem;
use crate::request_id::{REQUEST_ID, RequestId};
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

/// What a path without a route is counted as.
const UNMATCHED: &str = "unmatched";

pub async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::of(request.headers());
    let method = name(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or(UNMATCHED, |path| path.as_str()).to_string();
    let in_flight = InFlight::begin(&app.metrics);
    let mut response = next.run(request).await;
    drop(in_flight);
    problem::complete(&mut response, &id);
    headers::harden(response.headers_mut(), app.speaks_tls);
    response.headers_mut().insert(REQUEST_ID, id.to_header());
    let (status, took) = (response.status().as_u16(), started.elapsed());
    let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(request_id = id.as_str(), method, route, status, microseconds, "answered");
    app.metrics.count(&Answered { method, route, status }, took);
    response
}

/// A method is a label: whatever callers make up is one.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// A request is no more in flight when it is answered, and also when it is given up.
struct InFlight<'m>(&'m Metrics);

impl<'m> InFlight<'m> {
    fn begin(metrics: &'m Metrics) -> Self {
        metrics.begin();
        Self(metrics)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}
