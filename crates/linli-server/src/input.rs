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
        input.map(Self).map_err(|error| bad_body(&error))
    }
}

/// What is wrong with a body, and where, without what it held: that may be somebody's number.
pub fn bad_body(error: &serde_json::Error) -> Problem {
    Problem::new(Code::BadBody, without_values(&error.to_string()))
}

/// A message of the reader without what it quotes of the body: all but the plain name of a field that is not known.
fn without_values(message: &str) -> String {
    const QUOTING: [&str; 4] = ["invalid type: ", "invalid value: ", "unknown variant ", "unknown field "];
    let is_quoting = QUOTING.iter().any(|start| message.starts_with(start));
    let Some((found, rest)) = message.rsplit_once(", expected ").filter(|_| is_quoting) else {
        return match message.split_once(" `").filter(|_| is_quoting) {
            Some((what, _)) => what.into(),
            None => message.into(),
        };
    };
    let quote = found.find(['`', '"']).unwrap_or(found.len());
    let (what, quoted) = found.split_at(quote);
    let is_name =
        |quoted: &str| quoted.len() <= 40 && quoted.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'));
    let name = quoted.trim_matches('`');
    match what == "unknown field " && is_name(name) {
        true => message.into(),
        false => format!("{}, expected {rest}", what.trim_end()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(rename = "phone")]
        _phone: Option<String>,
        #[serde(rename = "kind")]
        _kind: Option<Kind>,
        #[serde(rename = "count")]
        _count: Option<u8>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Known,
    }

    #[test]
    fn what_is_wrong_is_told_without_what_was_sent() {
        for (body, message) in [
            (r#"{"phone":13800000001}"#, "invalid type: integer, expected a string at line 1 column 20"),
            (r#"{"count":"13800000001"}"#, "invalid type: string, expected u8 at line 1 column 22"),
            (r#"{"count":"a, expected b"}"#, "invalid type: string, expected u8 at line 1 column 24"),
            (r#"{"count":1380}"#, "invalid value: integer, expected u8 at line 1 column 13"),
            (r#"{"kind":"13800000001"}"#, "unknown variant, expected `known` at line 1 column 21"),
            (
                r#"{"13800000001":1}"#,
                "unknown field, expected one of `phone`, `kind`, `count` at line 1 column 14",
            ),
            (
                r#"{"pone":1}"#,
                "unknown field `pone`, expected one of `phone`, `kind`, `count` at line 1 column 7",
            ),
            (r#"{"phone":"1"} 2"#, "trailing characters at line 1 column 15"),
            ("[", "EOF while parsing a list at line 1 column 1"),
        ] {
            let error = serde_json::from_str::<Form>(body).expect_err(body);
            assert_eq!(without_values(&error.to_string()), message, "{body}");
        }
    }
}
