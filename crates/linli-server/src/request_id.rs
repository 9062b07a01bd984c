//! The id of a request: the caller's, if it is well-formed, else one made here. It stands in the answer and in the log.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt::Write;

/// The header that brings and returns it.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request.
#[derive(Clone, Debug)]
pub struct RequestId(String);

impl RequestId {
    /// The id that the headers bring, or a new one.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut brought = headers.get_all(REQUEST_ID).iter();
        match (brought.next().and_then(|id| id.to_str().ok()), brought.next()) {
            (Some(id), None) if is_well_formed(id) => Self(id.to_string()),
            _ => Self::new(),
        }
    }

    fn new() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the system has random bytes");
        Self(bytes.iter().fold(String::with_capacity(32), |mut id, byte| {
            write!(id, "{byte:02x}").expect("a text takes whatever is written");
            id
        }))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn to_header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).expect("letters, digits, dots and dashes")
    }
}

/// Nothing that could be mistaken for something else in a log or a page.
fn is_well_formed(id: &str) -> bool {
    (8..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
