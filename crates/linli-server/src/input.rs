//! The body of a write as what it says, and the query of a read. What is not that is told with line and column. Must not be
//! added here: whether what is said is allowed.

use crate::problem::{Code, Problem};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
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

/// What the query asks for; what a route does not know in it is left alone.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let bad = |_| Problem::new(Code::BadParameter, "a part of the query is not of the form that it has");
        Query::<T>::try_from_uri(&parts.uri).map(|Query(asked)| Self(asked)).map_err(bad)
    }
}
