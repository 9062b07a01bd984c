//! The body of a write as what it says. What is not that is told with line and column. Must not be added here: whether
//! what it says is allowed.

use crate::problem::{Code, Problem};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

/// What the body says.
pub struct Input<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|_| Problem::new(Code::BadBody, "the body could not be read"))?;
        // A write that needs nothing said may say nothing.
        let body: &[u8] = if body.is_empty() { b"{}" } else { &body };
        let input = serde_json::from_slice(body);
        input.map(Self).map_err(|error| Problem::new(Code::BadBody, error.to_string()))
    }
}
