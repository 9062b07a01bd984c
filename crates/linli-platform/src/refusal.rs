//! Refusals of acts: expected, part of the contract, with a stable code. A refused act changes nothing.

use std::fmt;

/// The stable code of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A name, an id or a list that is empty, too long, or has what it must not have.
    BadText,
    /// The key exists.
    KeyExists,
    /// No such key.
    UnknownKey,
    /// The key has ended.
    KeyEnded,
}

impl Code {
    /// Every code there is.
    pub const ALL: [Self; 4] = [Self::BadText, Self::KeyExists, Self::UnknownKey, Self::KeyEnded];

    /// The name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BadText => "bad_text",
            Self::KeyExists => "key_exists",
            Self::UnknownKey => "unknown_key",
            Self::KeyEnded => "key_ended",
        }
    }
}

/// A refused act: the code, and a sentence with the rule and the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// For people; not stable.
    pub message: String,
}

impl Refusal {
    /// A refusal with its sentence.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.message)
    }
}

impl std::error::Error for Refusal {}
