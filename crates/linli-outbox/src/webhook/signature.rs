//! The signature of a webhook: HMAC-SHA256 over its id, the time of the attempt and the body, with dots between them.
//! While a secret is being replaced there are several signatures, and one that matches is enough. Must not be added
//! here: a comparison that ends at the first difference.

use super::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How far the time of an attempt may be from now, in seconds.
pub const TOLERANCE_SECONDS: i64 = 300;

/// What stands before a signature: the version of its form.
const VERSION: &str = "v1,";

/// The longest list of signatures that is looked at, in bytes.
const MOST_SIGNATURE_BYTES: usize = 4_096;

/// The longest id.
const MOST_ID_BYTES: usize = 256;

/// Why nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsignable {
    /// Whoever reads the id could take a part of it for the time.
    #[error("the id of a webhook has 1 to {MOST_ID_BYTES} visible letters of ASCII, and no dot")]
    Id,
    /// There is no secret to sign with.
    #[error("there is no secret to sign with")]
    NoSecret,
}

/// Why a webhook is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// The id is none.
    #[error("webhook-id is missing or has another form")]
    Id,
    /// The time is none.
    #[error("webhook-timestamp is not a number of seconds since 1970")]
    Time,
    /// The time is too far from now.
    #[error(
        "webhook-timestamp is {sent}, and now it is {now}: at most {TOLERANCE_SECONDS} seconds are between them"
    )]
    Expired {
        /// What was sent.
        sent: i64,
        /// The receiver's time.
        now: i64,
    },
    /// No signature is right.
    #[error("webhook-signature holds no signature that is right")]
    Signature,
}

impl Unverified {
    /// What the refusal is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Id => "webhook_id_malformed",
            Self::Time => "webhook_timestamp_malformed",
            Self::Expired { .. } => "webhook_expired",
            Self::Signature => "webhook_signature_wrong",
        }
    }
}

/// The three headers of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers {
    /// `webhook-id`: the same for each attempt.
    pub id: String,
    /// `webhook-timestamp`: when this attempt is made.
    pub timestamp: String,
    /// `webhook-signature`: one signature a secret.
    pub signature: String,
}

impl Headers {
    /// Signs a body with each of these secrets; `now` is in seconds since 1970.
    ///
    /// # Errors
    /// [`Unsignable`].
    pub fn sign(id: &str, now: i64, body: &[u8], secrets: &[Secret]) -> Result<Self, Unsignable> {
        if !is_id(id) {
            return Err(Unsignable::Id);
        }
        if secrets.is_empty() {
            return Err(Unsignable::NoSecret);
        }
        let timestamp = now.to_string();
        let sign = |secret| STANDARD.encode(mac(secret, id, &timestamp, body).finalize().into_bytes());
        let signatures: Vec<String> =
            secrets.iter().map(|secret| format!("{VERSION}{}", sign(secret))).collect();
        Ok(Self { id: id.into(), signature: signatures.join(" "), timestamp })
    }

    /// Names and values as they are sent.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 3] {
        [
            ("webhook-id", &self.id),
            ("webhook-timestamp", &self.timestamp),
            ("webhook-signature", &self.signature),
        ]
    }
}

/// A webhook as it came in.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// `webhook-id`.
    pub id: &'a str,
    /// `webhook-timestamp`.
    pub timestamp: &'a str,
    /// `webhook-signature`.
    pub signature: &'a str,
    /// The bytes of the body, as they came.
    pub body: &'a [u8],
}

impl Received<'_> {
    /// Whether one of these secrets has signed it, and lately.
    ///
    /// # Errors
    /// [`Unverified`].
    pub fn verify(&self, secrets: &[Secret], now: i64) -> Result<(), Unverified> {
        if !is_id(self.id) {
            return Err(Unverified::Id);
        }
        let is_number =
            !self.timestamp.is_empty() && self.timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let sent: i64 = self.timestamp.parse().ok().filter(|_| is_number).ok_or(Unverified::Time)?;
        if sent.abs_diff(now) > TOLERANCE_SECONDS.unsigned_abs() {
            return Err(Unverified::Expired { sent, now });
        }
        if self.signature.len() > MOST_SIGNATURE_BYTES {
            return Err(Unverified::Signature);
        }
        let signatures = self.signature.split(' ').filter_map(|signature| signature.strip_prefix(VERSION));
        let mut decoded = signatures.filter_map(|signature| STANDARD.decode(signature).ok());
        let is_signed = decoded.any(|signature| secrets.iter().any(|secret| self.has(secret, &signature)));
        is_signed.then_some(()).ok_or(Unverified::Signature)
    }

    fn has(&self, secret: &Secret, signature: &[u8]) -> bool {
        mac(secret, self.id, self.timestamp, self.body).verify_slice(signature).is_ok()
    }
}

fn is_id(id: &str) -> bool {
    (1..=MOST_ID_BYTES).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'.')
}

fn mac(secret: &Secret, id: &str, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.bytes()).expect("HMAC takes a key of any length");
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        mac.update(part);
    }
    mac
}
