//! Requests that a program has signed: the claim in the headers, and whether it holds. Must not be added here: what the
//! signature is made over (`signature.rs`).

use super::body::{self, check_nonce, header};
use super::{Caller, Who};
use crate::app::App;
use crate::keys::Key;
use crate::problem::{Code, Problem};
use crate::signature::{Signed, TOLERANCE_SECONDS, Unfit};
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::request::Parts;

/// Whoever has signed this request. A read has no body, and a nonce that is taken once; a write can be repeated.
pub async fn verify(
    app: &App,
    request: Request,
    is_write: bool,
    most_bytes: usize,
) -> Result<(Parts, Bytes, Caller), Problem> {
    let claim = Claim::read(&request, is_write)?;
    let now = (app.world_clock)();
    if !(now - TOLERANCE_SECONDS..=now + TOLERANCE_SECONDS).contains(&claim.seconds) {
        return Err(expired(&claim, now));
    }
    let key = app.keys.find(&claim.key_id).ok_or_else(|| unknown_key(&claim.key_id))?;
    let (parts, body) = request.into_parts();
    let body = body::read(app, body, most_bytes).await?;
    claim.verify(&key, &parts, &body)?;
    if !is_write {
        app.nonces.take(&claim.key_id, &claim.nonce, claim.seconds, now).map_err(|unfit| match unfit {
            Unfit::Expired => expired(&claim, now),
            Unfit::Taken => Problem::new(Code::SignatureReplayed, "a read needs a new Linli-Nonce each time"),
        })?;
    }
    let origin = body::origin(&parts, &body);
    let who = Who::Key { id: claim.key_id, scopes: key.scopes };
    Ok((parts, body, Caller { who, nonce: claim.nonce, origin }))
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
    fn read(request: &Request, is_write: bool) -> Result<Self, Problem> {
        // A write without its key is told so whether it is signed or not.
        let nonce = match is_write {
            false => header(request, "linli-nonce", Code::SignatureMissing)?,
            true => header(request, "idempotency-key", Code::IdempotencyKeyMissing)?,
        };
        let key_id = header(request, "linli-key", Code::SignatureMissing)?;
        let time = header(request, "linli-time", Code::SignatureMissing)?;
        let signature = header(request, "linli-signature", Code::SignatureMissing)?;
        check_nonce(&nonce)?;
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

fn expired(claim: &Claim, now: i64) -> Problem {
    let detail = format!(
        "Linli-Time is {}, and now it is {now}: at most {TOLERANCE_SECONDS} seconds are between them",
        claim.time
    );
    Problem::new(Code::SignatureExpired, detail)
}

fn unknown_key(id: &str) -> Problem {
    // Whatever was sent as an id is shown only if it looks like one.
    let is_shown = !id.is_empty() && check_nonce(id).is_ok();
    Problem::new(
        Code::UnknownKey,
        if is_shown { format!("there is no key {id}") } else { "it is no key".into() },
    )
}
