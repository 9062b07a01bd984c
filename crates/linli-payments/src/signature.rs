//! The signature of a call between the platform and a provider: HMAC-SHA256 over its time, its id and its body. Must not
//! be added here: a comparison that ends at the first difference, or a way to show a secret.

use crate::error::{Code, Refusal};
use crate::id::Id;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// How far the time of a call may be from now, in seconds.
pub const TOLERANCE_SECONDS: i64 = 300;

/// The header with the time of a call, in seconds since 1970.
pub const TIME_HEADER: &str = "linli-payment-time";
/// The header with the id of a call, which names one attempt.
pub const ID_HEADER: &str = "linli-payment-id";
/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "linli-payment-signature";

/// What stands before a signature: the version of its form.
const VERSION: &str = "v1=";

const FEWEST_BYTES: usize = 32;
const MOST_BYTES: usize = 256;

/// What both sides know and nobody else.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A secret of these bytes.
    ///
    /// # Errors
    /// [`Code::BadSecret`] unless there are 32 to 256.
    pub fn new(bytes: &[u8]) -> Result<Self, Refusal> {
        if (FEWEST_BYTES..=MOST_BYTES).contains(&bytes.len()) {
            return Ok(Self(bytes.to_vec()));
        }
        let message = format!("a secret has {FEWEST_BYTES} to {MOST_BYTES} bytes, not {}", bytes.len());
        Err(Refusal::new(Code::BadSecret, message))
    }

    /// An id that follows from the secret and this id, and that nobody else can find.
    pub(crate) fn token(&self, what: &str, id: &Id) -> Id {
        let digest = self.mac(&[b"LINLI-PAYMENT-TOKEN\n", what.as_bytes(), b"\n", id.as_str().as_bytes()]);
        Id::of_digest(&digest.finalize().into_bytes())
    }

    fn mac(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        parts.iter().for_each(|part| mac.update(part));
        mac
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// A call as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedCall {
    time: i64,
    id: Id,
    code: Vec<u8>,
    body: Vec<u8>,
}

impl SignedCall {
    /// Signs a body; `time` is now, in seconds since 1970.
    #[must_use]
    pub fn sign(secret: &Secret, id: Id, time: i64, body: Vec<u8>) -> Self {
        let code = code(secret, time, &id, &body).finalize().into_bytes().to_vec();
        Self { time, id, code, body }
    }

    /// Reads a call from its headers, which are found by their names in small letters, and its body.
    ///
    /// # Errors
    /// [`Code::SignatureMalformed`].
    pub fn from_headers<'a>(
        header: impl Fn(&str) -> Option<&'a str>,
        body: Vec<u8>,
    ) -> Result<Self, Refusal> {
        let time = header(TIME_HEADER).and_then(time_of);
        let time = time.ok_or_else(|| malformed(TIME_HEADER, "a number of seconds since 1970"))?;
        let id = header(ID_HEADER).and_then(|text| Id::new(text).ok());
        let id = id.ok_or_else(|| malformed(ID_HEADER, "an id"))?;
        let code = header(SIGNATURE_HEADER).and_then(|text| text.strip_prefix(VERSION));
        let code = code.filter(|code| code.len() == 64);
        let code = code.and_then(|code| base16ct::lower::decode_vec(code).ok());
        let code = code.ok_or_else(|| malformed(SIGNATURE_HEADER, "v1= and 64 small hexadecimal digits"))?;
        Ok(Self { time, id, code, body })
    }

    /// Names and values of its headers.
    #[must_use]
    pub fn headers(&self) -> [(&'static str, String); 3] {
        let code = format!("{VERSION}{}", base16ct::lower::encode_string(&self.code));
        [
            (TIME_HEADER, self.time.to_string()),
            (ID_HEADER, self.id.as_str().to_owned()),
            (SIGNATURE_HEADER, code),
        ]
    }

    /// Its body, which nobody has verified yet.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Its body, if one of these secrets has signed it, and lately. While a secret is being replaced there are two.
    ///
    /// # Errors
    /// [`Code::SignatureWrong`], then [`Code::SignatureExpired`], so that nobody without a secret learns what time it is.
    pub fn verify(&self, secrets: &[Secret], now: i64) -> Result<&[u8], Refusal> {
        // Every secret is tried, so that the time taken says nothing.
        let signed = secrets
            .iter()
            .filter(|secret| code(secret, self.time, &self.id, &self.body).verify_slice(&self.code).is_ok());
        if signed.count() == 0 {
            return Err(Refusal::new(
                Code::SignatureWrong,
                "the call is not signed with a secret known here",
            ));
        }
        if self.time.abs_diff(now) > TOLERANCE_SECONDS.unsigned_abs() {
            let message = format!(
                "the call is of {}, and now it is {now}: at most {TOLERANCE_SECONDS} seconds may lie between",
                self.time
            );
            return Err(Refusal::new(Code::SignatureExpired, message));
        }
        Ok(&self.body)
    }
}

impl fmt::Debug for SignedCall {
    /// Without the body, which may name a person's account.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedCall").field("time", &self.time).field("id", &self.id).finish_non_exhaustive()
    }
}

/// No id can hold the end of a line, so that every text is of one call.
fn code(secret: &Secret, time: i64, id: &Id, body: &[u8]) -> Hmac<Sha256> {
    let head = format!("LINLI-PAYMENT-V1\n{time}\n{id}\n");
    secret.mac(&[head.as_bytes(), body])
}

/// One text a number, so that a call can't be written in two ways.
fn time_of(text: &str) -> Option<i64> {
    text.parse().ok().filter(|time: &i64| *time >= 0 && time.to_string() == text)
}

fn malformed(header: &str, form: &str) -> Refusal {
    Refusal::new(Code::SignatureMalformed, format!("{header} must be {form}"))
}
