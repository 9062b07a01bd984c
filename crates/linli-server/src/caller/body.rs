//! What every request that writes brings: a body within its bounds, of the right type, under an `Idempotency-Key`.

use crate::app::App;
use crate::problem::{Code, Problem};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use linli_engine::Origin;

/// The shortest key of somebody who does not say who they are.
const VISITOR_KEY: usize = 20;

/// The only value of a header; one that is there twice could mean either.
pub fn header(request: &Request, name: &'static str, missing: Code) -> Result<String, Problem> {
    let mut values = request.headers().get_all(name).iter();
    let value = values.next().filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| Problem::new(missing, format!("the header {name} is missing")))?;
    match (value.to_str(), values.next()) {
        (Ok(value), None) => Ok(value.to_string()),
        _ => Err(Problem::new(Code::BadParameter, format!("the header {name} is there once, in ASCII"))),
    }
}

/// By what a write is known when it is sent again.
pub fn idempotency_key(request: &Request) -> Result<String, Problem> {
    let key = header(request, "idempotency-key", Code::IdempotencyKeyMissing)?;
    check_nonce(&key)?;
    Ok(key)
}

/// The key of somebody who does not say who they are: long enough that nobody else has it.
pub fn visitor_key(request: &Request) -> Result<String, Problem> {
    let key = idempotency_key(request)?;
    check_visitor_key(&key)?;
    Ok(key)
}

pub fn check_visitor_key(key: &str) -> Result<(), Problem> {
    if key.len() < VISITOR_KEY {
        let detail =
            format!("without an account an Idempotency-Key has {VISITOR_KEY} to 64 characters: take a UUID");
        return Err(Problem::new(Code::BadParameter, detail));
    }
    check_nonce(key)
}

pub fn check_nonce(nonce: &str) -> Result<(), Problem> {
    if nonce.len() <= 64 && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) {
        return Ok(());
    }
    let detail = "Idempotency-Key and Linli-Nonce have 1 to 64 letters, digits, dots, dashes and underscores";
    Err(Problem::new(Code::BadParameter, detail))
}

/// What is sent is of the right type; whoever sends nothing need not say of which.
pub fn check_content_type(request: &Request, wanted: &str) -> Result<(), Problem> {
    if request.body().is_end_stream() && !request.headers().contains_key(CONTENT_TYPE) {
        return Ok(());
    }
    let sent = request.headers().get(CONTENT_TYPE).and_then(|sent| sent.to_str().ok()).unwrap_or_default();
    let kind = sent.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    Err(Problem::new(Code::UnsupportedMediaType, format!("the content type is {wanted}")))
}

/// The whole body, if it is not too long and arrives in time.
pub async fn read(app: &App, body: Body, most_bytes: usize) -> Result<Bytes, Problem> {
    let too_large = || Problem::new(Code::BodyTooLarge, format!("{most_bytes} bytes are the most"));
    if body.size_hint().lower() > u64::try_from(most_bytes).expect("64 bits") {
        return Err(too_large());
    }
    let read = tokio::time::timeout(app.bounds.body, Limited::new(body, most_bytes).collect()).await;
    let seconds = app.bounds.body.as_secs();
    match read.map_err(|_| Problem::new(Code::BodyTimeout, format!("{seconds} seconds are the most")))? {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Problem::new(Code::BadBody, "the connection broke in the body")),
    }
}

/// What makes another request under the same key another one: where it goes, and what it says.
pub fn origin(parts: &Parts, body: &[u8]) -> Origin {
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    Origin::of(1, &[parts.method.as_str().as_bytes(), b" ", target.as_bytes(), b"\n", body].concat())
}
