//! The signature of a request: HMAC-SHA256 over everything of it that decides. `docs/api.md` has the form and
//! examples. Must not be added here: who may do what.
//!
//! A signature holds for five minutes before and after its time. Within them a write that is sent again is answered
//! with its first results, because its `Idempotency-Key` is signed and never forgotten; a read brings a nonce, which
//! is taken once (`nonces.rs`).

mod nonces;

pub(crate) use nonces::{Nonces, Unfit};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// How far the time of a signature may be from now, in seconds.
pub const TOLERANCE_SECONDS: i64 = 300;

/// What stands before a signature: the version of its form.
pub const VERSION: &str = "v1=";

/// What is signed.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// Seconds since 1970, as the header has them.
    pub time: &'a str,
    /// The `Idempotency-Key` of a write, the `Linli-Nonce` of a read.
    pub nonce: &'a str,
    /// In capitals.
    pub method: &'a str,
    /// The path with its query, as they are sent.
    pub target: &'a str,
    /// The bytes of the body; none for a read.
    pub body: &'a [u8],
}

impl Signed<'_> {
    /// The text whose code the signature is; no field can hold the end of a line.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { time, nonce, method, target, body } = self;
        format!("LINLI-HMAC-SHA256\n{time}\n{nonce}\n{method}\n{target}\n{}", hex(&Sha256::digest(body)))
    }

    /// The signature under this secret, as the header has it.
    #[must_use]
    pub fn sign(&self, secret: &[u8]) -> String {
        format!("{VERSION}{}", hex(&self.mac(secret).finalize().into_bytes()))
    }

    /// Whether this is the signature; takes the same time wherever it differs.
    #[must_use]
    pub fn is_signed_with(&self, secret: &[u8], signature: &str) -> bool {
        let bytes = signature.strip_prefix(VERSION).and_then(unhex);
        bytes.is_some_and(|bytes| self.mac(secret).verify_slice(&bytes).is_ok())
    }

    fn mac(&self, secret: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a secret of any length will do");
        mac.update(self.text().as_bytes());
        mac
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes whatever is written");
        text
    })
}

/// The bytes of 64 small hexadecimal digits.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.bytes().map(digit).collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}
