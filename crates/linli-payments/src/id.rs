//! What something is called between two systems: 1 to 64 of `[A-Za-z0-9._-]`, so that it fits into a path, a header and
//! a column as it is. Must not be added here: an id by chance.

use crate::error::{Code, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

const MOST_LETTERS: usize = 64;

/// Digits of an id that is derived: 160 bits, so that two never meet.
const DERIVED_DIGITS: usize = 40;

/// An id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

impl Id {
    /// An id that somebody gave.
    ///
    /// # Errors
    /// [`Code::BadId`] for another form; it is not repeated.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if (1..=MOST_LETTERS).contains(&text.len()) && text.bytes().all(is_letter) {
            return Ok(Self(text.to_owned()));
        }
        let message = format!("an id has 1 to {MOST_LETTERS} of A-Z, a-z, 0-9, full stop, _ and -");
        Err(Refusal::new(Code::BadId, message))
    }

    /// The id that follows from these parts, the same each time. Parts that are divided otherwise give another one.
    #[must_use]
    pub fn derived(parts: &[&str]) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(u64::try_from(part.len()).expect("64 bits").to_be_bytes());
            digest.update(part);
        }
        Self::of_digest(&digest.finalize())
    }

    /// The first 160 bits of a digest.
    pub(crate) fn of_digest(digest: &[u8]) -> Self {
        let mut text = base16ct::lower::encode_string(digest);
        text.truncate(DERIVED_DIGITS);
        Self(text)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Id {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::new(&text)
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_fits_everywhere() {
        for text in ["a", "A.b_c-9", &"x".repeat(64)] {
            assert_eq!(Id::new(text).expect(text).as_str(), text);
        }
        for text in ["", &"x".repeat(65), "a b", "a/b", "a\n", "邻", "a:b"] {
            assert_eq!(Id::new(text).expect_err(text).code, Code::BadId);
        }
    }

    /// SHA-256 over two lengths of 8 bytes and two parts, computed by another program.
    #[test]
    fn a_derived_id_is_the_same_each_time_and_depends_on_how_parts_are_divided() {
        let id = Id::derived(&["paid", "P1"]);
        assert_eq!(id.as_str(), "c2864eb5def8571a7cbcc58cbbc4fd90673488f2");
        assert!(Id::new(id.as_str()).is_ok());
        assert_ne!(Id::derived(&["ab", "c"]), Id::derived(&["a", "bc"]));
    }
}
