//! What a webhook is signed with: 24 to 64 bytes, written as `whsec_` and Base64. Must not be added here: a way to show
//! one by accident.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// What stands before the Base64.
const PREFIX: &str = "whsec_";

const FEWEST_BYTES: usize = 24;
const MOST_BYTES: usize = 64;

/// Bytes of a new secret.
const NEW_BYTES: usize = 32;

/// A text that is no secret; it is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret is {PREFIX} and the Base64 of {FEWEST_BYTES} to {MOST_BYTES} bytes")]
pub struct SecretRefusal;

impl SecretRefusal {
    /// What the refusal is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "webhook_secret_malformed"
    }
}

/// A secret of an endpoint.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Reads `whsec_…`.
    ///
    /// # Errors
    /// Another form or length.
    pub fn parse(text: &str) -> Result<Self, SecretRefusal> {
        let encoded = text.strip_prefix(PREFIX).ok_or(SecretRefusal)?;
        Self::of(STANDARD.decode(encoded).map_err(|_| SecretRefusal)?)
    }

    /// A secret of these bytes.
    ///
    /// # Errors
    /// Too few or too many.
    pub fn of(bytes: Vec<u8>) -> Result<Self, SecretRefusal> {
        (FEWEST_BYTES..=MOST_BYTES).contains(&bytes.len()).then_some(Self(bytes)).ok_or(SecretRefusal)
    }

    /// A new random secret.
    ///
    /// # Errors
    /// The system has no randomness.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = vec![0; NEW_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The text, to be shown once to whom it belongs.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// What is computed with.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_is_written_and_never_shown() {
        let secret = Secret::generate().expect("random");
        let text = secret.reveal();
        assert_eq!(Secret::parse(&text).expect("its own text").bytes(), secret.bytes());
        assert_eq!(format!("{secret:?}"), "Secret");
        assert_ne!(text, Secret::generate().expect("random").reveal());
    }

    #[test]
    fn another_form_or_length_is_refused() {
        let of = |bytes: usize| Secret::parse(&format!("whsec_{}", STANDARD.encode(vec![7; bytes])));
        assert!(of(24).is_ok() && of(64).is_ok());
        for refused in [of(0), of(23), of(65)] {
            assert_eq!(refused.expect_err("its length").code(), "webhook_secret_malformed");
        }
        for text in [
            "",
            "whsec_",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_!!!!",
            "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ] {
            Secret::parse(text).expect_err(text);
        }
    }
}
