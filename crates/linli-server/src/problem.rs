//! The one funnel of errors: whatever goes wrong in the service becomes a problem, and every problem is answered in
//! the form of RFC 9457 with its code, a message in two languages and the id of the request. Must not be added here:
//! a second form.

mod code;
mod refused;
mod refused_act;
mod refused_by_provider;

pub use code::Code;

use crate::pages::{self, AsPage};
use crate::request_id::RequestId;
use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use linli_engine::Refusal;
use serde::Serialize;
use std::time::Duration;

/// The form of the answer.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The form of the answer where people look at a page.
const PAGE: &str = "text/html; charset=utf-8";

/// The scheme in which a request must be signed.
const SCHEME: &str = "LINLI-HMAC-SHA256";

/// What went wrong with a request.
#[derive(Clone, Debug)]
pub struct Problem {
    code: Code,
    detail: String,
    retry_after: Option<Duration>,
    allow: Option<String>,
    seq: Option<u64>,
}

/// A problem as it is answered.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct Answered {
    /// Where the code is explained.
    #[schema(example = "/docs#unknown_member")]
    r#type: String,
    /// The code in words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong with this request, for people.
    detail: String,
    /// The stable code.
    #[schema(example = "unknown_member")]
    code: &'static str,
    /// The id of the request.
    request_id: String,
    /// What the code means, in Chinese.
    message_zh: &'static str,
    /// What the code means, in English.
    message_en: &'static str,
    /// The seq of a command that was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
}

impl Problem {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), retry_after: None, allow: None, seq: None }
    }

    /// A command or an act that was refused.
    pub fn refused(seq: u64, refusal: &Refusal) -> Self {
        let code = match refusal {
            Refusal::Economy(refusal) => Code::Refused(refusal.code),
            Refusal::Platform(refusal) => Code::RefusedAct(refusal.code),
        };
        let problem = Self::new(code, refusal.message());
        Self { seq: Some(seq), ..problem }
    }

    /// The payment provider refuses, or its records cannot be used.
    pub fn of_provider(error: &linli_payments::Error) -> Self {
        match error {
            linli_payments::Error::Refused(refusal) => {
                Self::new(Code::RefusedByProvider(refusal.code), refusal.message.clone())
            }
            linli_payments::Error::Fault(fault) => {
                tracing::error!(%fault, "the payment provider");
                Self::new(Code::NotReady, "the payment provider cannot be reached; the cause is in the log")
            }
        }
    }

    /// A bug; the cause is in the log.
    pub fn internal() -> Self {
        Self::new(Code::Internal, "the cause is in the log under this request_id")
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.code
    }

    pub fn retry_after(self, retry_after: Duration) -> Self {
        Self { retry_after: Some(retry_after), ..self }
    }

    /// The methods that the route has.
    pub fn allow(self, methods: String) -> Self {
        Self { allow: Some(methods), ..self }
    }

    fn body(&self, id: &RequestId) -> Vec<u8> {
        let (message_en, message_zh) = self.code.messages();
        let name = self.code.name();
        let body = Answered {
            r#type: format!("/docs#{name}"),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            detail: self.detail.clone(),
            code: name,
            request_id: id.as_str().to_string(),
            message_zh,
            message_en,
            seq: self.seq,
        };
        serde_json::to_vec(&body).expect("texts and numbers are JSON")
    }
}

impl IntoResponse for Problem {
    /// Without a body: only [`complete`] knows the id of the request.
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives an answer that says what went wrong its form; others are left alone.
pub fn complete(response: &mut Response, id: &RequestId) {
    let status = response.status();
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None if status.is_client_error() || status.is_server_error() => of_status(status),
        None => return,
    };
    let (kind, body) = match response.extensions().get::<AsPage>() {
        Some(AsPage(language)) => (PAGE, pages::refused(&problem, *language, id).into_bytes()),
        None => (PROBLEM_JSON, problem.body(id)),
    };
    *response.body_mut() = Body::from(body);
    *response.status_mut() = problem.code.status();
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if problem.code.status() == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(SCHEME));
    }
    if let Some(after) = problem.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(whole_seconds_ceil(after)));
    }
    if let Some(allow) = problem.allow.and_then(|methods| HeaderValue::from_str(&methods).ok()) {
        headers.insert(ALLOW, allow);
    }
}

/// The problem of an answer that was made outside of this service.
fn of_status(status: StatusCode) -> Problem {
    let code = match status {
        StatusCode::NOT_FOUND => Code::UnknownRoute,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        status if status.is_client_error() => Code::BadParameter,
        _ => return Problem::internal(),
    };
    Problem::new(code, code.messages().0)
}

/// The header knows seconds only; nobody comes back too early.
fn whole_seconds_ceil(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
