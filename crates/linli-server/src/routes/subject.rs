//! The id in a path: what a route is about. Must not be added here: whether there is such a thing.

use crate::problem::{Code, Problem};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

/// An id of the economy's form, or one that nothing has.
pub struct Subject(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Subject {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let id = Path::<String>::from_request_parts(parts, state).await;
        match id {
            Ok(Path(id)) if id.chars().count() <= 64 && !id.chars().any(char::is_control) => Ok(Self(id)),
            _ => Err(Problem::new(Code::BadParameter, "an id has 1 to 64 characters of UTF-8")),
        }
    }
}

/// What follows in a list on the item of this cursor; all of it without one.
pub fn after<'t, T>(
    all: impl Iterator<Item = T>,
    cursor: Option<&str>,
    id: impl Fn(&T) -> &'t str,
) -> impl Iterator<Item = T> {
    let mut all = all.peekable();
    if let Some(cursor) = cursor {
        while all.next_if(|item| id(item) != cursor).is_some() {}
        all.next();
    }
    all
}
