//! Who calls: the gate in front of every route looks up its policy, reads the body within its bounds, and verifies the
//! signature and the scope. A handler that takes a [`Caller`] gets one that has passed. Must not be added here: a way
//! around the gate.

use crate::app::App;
use crate::keys::Key;
use crate::policy::{self, Policy};
use crate::problem::{Code, Problem};
use crate::signature::{Signed, TOLERANCE_SECONDS, Unfit};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use linli_platform::Scope;
use std::sync::Arc;

/// Whoever signed the request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The id of the key.
    pub key_id: String,
    /// What the request is known by when it is sent again.
    pub nonce: String,
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Without one the route is public by its policy and its handler thinks otherwise.
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::internal)
    }
}

/// Lets a request pass if its route's policy does.
pub async fn gate(State(app): State<Arc<App>>, request: Request, next: Next) -> Result<Response, Problem> {
    let Some(path) = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_string()) else {
        // Nothing is there; the fallback says so.
        return Ok(next.run(request).await);
    };
    let request = match policy::find(request.method().as_str(), &path) {
        Some(Policy::Public) => request,
        Some(Policy::Read(scope)) => pass(&app, request, scope, Part::Nonce).await?,
        Some(Policy::Write { scope, content_type, most_bytes }) => {
            check_content_type(&request, content_type)?;
            pass(&app, request, scope, Part::IdempotencyKey { most_bytes }).await?
        }
        None => return Err(not_allowed(&path)),
    };
    Ok(next.run(request).await)
}

/// The path has no such method, or was forgotten in the catalogue and is closed.
fn not_allowed(path: &str) -> Problem {
    let methods = policy::methods(path);
    Problem::new(Code::MethodNotAllowed, format!("{path} has {methods}")).allow(methods)
}

/// What makes each request its own.
#[derive(Clone, Copy)]
enum Part {
    /// A read has no body, and a nonce that is taken once.
    Nonce,
    /// A write can be repeated.
    IdempotencyKey { most_bytes: usize },
}

async fn pass(app: &App, request: Request, scope: Scope, part: Part) -> Result<Request, Problem> {
    let claim = Claim::read(&request, part)?;
    let now = (app.clock)();
    if !(now - TOLERANCE_SECONDS..=now + TOLERANCE_SECONDS).contains(&claim.seconds) {
        return Err(expired(&claim, now));
    }
    let key = app.keys.find(&claim.key_id).ok_or_else(|| unknown_key(&claim.key_id))?;
    let (mut parts, body) = request.into_parts();
    let most_bytes = if let Part::IdempotencyKey { most_bytes } = part { most_bytes } else { 0 };
    let body = read_body(app, body, most_bytes).await?;
    claim.verify(&key, &parts, &body)?;
    check_scope(&key, scope)?;
    if matches!(part, Part::Nonce) {
        app.nonces.take(&claim.key_id, &claim.nonce, claim.seconds, now).map_err(|unfit| match unfit {
            Unfit::Expired => expired(&claim, now),
            Unfit::Taken => Problem::new(Code::SignatureReplayed, "a read needs a new Linli-Nonce each time"),
        })?;
    }
    parts.extensions.insert(Caller { key_id: claim.key_id, nonce: claim.nonce });
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// What the headers say of the signature.
struct Claim {
    key_id: String,
    time: String,
    seconds: i64,
    nonce: String,
    signature: String,
}

impl Claim {
    fn read(request: &Request, part: Part) -> Result<Self, Problem> {
        // A write without its key is told so whether it is signed or not.
        let nonce = match part {
            Part::Nonce => header(request, "linli-nonce", Code::SignatureMissing)?,
            Part::IdempotencyKey { .. } => header(request, "idempotency-key", Code::IdempotencyKeyMissing)?,
        };
        let key_id = header(request, "linli-key", Code::SignatureMissing)?;
        let time = header(request, "linli-time", Code::SignatureMissing)?;
        let signature = header(request, "linli-signature", Code::SignatureMissing)?;
        if nonce.len() > 64
            || !nonce.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        {
            let detail =
                "Idempotency-Key and Linli-Nonce have 1 to 64 letters, digits, dots, dashes and underscores";
            return Err(Problem::new(Code::BadParameter, detail));
        }
        let is_number = !time.is_empty() && time.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = time.parse().ok().filter(|_| is_number).filter(|seconds| *seconds < 1 << 40);
        let seconds = seconds.ok_or_else(|| {
            Problem::new(Code::BadParameter, "Linli-Time is the number of seconds since 1970")
        })?;
        Ok(Self { key_id, time, seconds, nonce, signature })
    }

    fn verify(&self, key: &Key, parts: &Parts, body: &[u8]) -> Result<(), Problem> {
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let (time, nonce, method) = (&*self.time, &*self.nonce, parts.method.as_str());
        let signed = Signed { time, nonce, method, target, body };
        if signed.is_signed_with(&key.secret, &self.signature) {
            return Ok(());
        }
        let detail = "sign the method, the path with its query, the time, the nonce and the body as they are sent; \
                      docs/api.md has examples to compare with";
        Err(Problem::new(Code::SignatureWrong, detail))
    }
}

/// The only value of a header; one that is there twice could mean either.
fn header(request: &Request, name: &'static str, missing: Code) -> Result<String, Problem> {
    let mut values = request.headers().get_all(name).iter();
    let value = values.next().filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| Problem::new(missing, format!("the header {name} is missing")))?;
    match (value.to_str(), values.next()) {
        (Ok(value), None) => Ok(value.to_string()),
        _ => Err(Problem::new(Code::BadParameter, format!("the header {name} is there once, in ASCII"))),
    }
}

fn expired(claim: &Claim, now: i64) -> Problem {
    let detail = format!(
        "Linli-Time is {}, and now it is {now}: at most {TOLERANCE_SECONDS} seconds are between them",
        claim.time
    );
    Problem::new(Code::SignatureExpired, detail)
}

fn unknown_key(id: &str) -> Problem {
    // Whatever was sent as an id is shown only if it looks like one.
    let is_shown =
        id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    Problem::new(
        Code::UnknownKey,
        if is_shown { format!("there is no key {id}") } else { "it is no key".into() },
    )
}

fn check_scope(key: &Key, scope: Scope) -> Result<(), Problem> {
    if key.scopes.contains(&scope) {
        return Ok(());
    }
    Err(Problem::new(Code::ScopeMissing, format!("this needs the scope {}", scope.name())))
}

fn check_content_type(request: &Request, wanted: &str) -> Result<(), Problem> {
    let sent = request.headers().get(CONTENT_TYPE).and_then(|sent| sent.to_str().ok()).unwrap_or_default();
    let kind = sent.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    Err(Problem::new(Code::UnsupportedMediaType, format!("the content type is {wanted}")))
}

/// The whole body, if it is not too long and arrives in time.
async fn read_body(app: &App, body: Body, most_bytes: usize) -> Result<Bytes, Problem> {
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
