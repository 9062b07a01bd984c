//! What the platform's refusals are over HTTP. Must not be added here: what a code means; that stands beside it.

use axum::http::StatusCode;
use linli_platform::{Class, Code};

/// By what kind of refusal it is.
pub fn status(code: Code) -> StatusCode {
    match code.class() {
        Class::Unfit => StatusCode::UNPROCESSABLE_ENTITY,
        Class::Missing => StatusCode::NOT_FOUND,
        Class::Conflict => StatusCode::CONFLICT,
        Class::Forbidden => StatusCode::FORBIDDEN,
    }
}
