//! Refusals of acts: expected, part of the contract, with a stable code and what it means in two languages. A refused
//! act changes nothing.

mod codes;

pub use codes::Code;

use std::fmt;

/// What kind of refusal a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It could not be done whatever there is.
    Unfit,
    /// What it is about is not there.
    Missing,
    /// What there is speaks against it.
    Conflict,
    /// Whoever asks may not.
    Forbidden,
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_code_has_a_name_of_its_own() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
