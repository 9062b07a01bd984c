//! What an entry was answered: by the economy, or by the platform that refused an act before it came there. Both have
//! one form in results and digests. Must not be added here: why something is refused.

use linli_economy::outcome::Outcome;
use linli_economy::{Answer, Economy, refusal};
use std::fmt;

/// Why an entry was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// By a rule of money.
    Economy(refusal::Refusal),
    /// By a rule of who may do what.
    Platform(linli_platform::Refusal),
}

impl Refusal {
    /// The name of its code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Economy(refusal) => refusal.code.name(),
            Self::Platform(refusal) => refusal.code.name(),
        }
    }

    /// For people; not stable.
    #[must_use]
    pub fn message(&self) -> &str {
        match self {
            Self::Economy(refusal) => &refusal.message,
            Self::Platform(refusal) => &refusal.message,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.message())
    }
}

/// The answer to one entry.
#[derive(Debug)]
pub enum Answered<'e> {
    /// A command's, or that of an act that the platform has let through.
    Economy(Answer<'e>),
    /// That of an act that the platform refuses.
    Refused {
        /// The entry's number.
        seq: u64,
        /// Why.
        refusal: linli_platform::Refusal,
        /// The economy, which has not changed.
        economy: &'e Economy,
    },
}

impl<'e> Answered<'e> {
    /// The entry's number.
    #[must_use]
    pub fn seq(&self) -> u64 {
        match self {
            Self::Economy(answer) => answer.seq,
            Self::Refused { seq, .. } => *seq,
        }
    }

    /// Whether a command was applied before and this is its first result.
    #[must_use]
    pub fn replayed(&self) -> bool {
        matches!(self, Self::Economy(answer) if answer.replayed)
    }

    /// The economy right after the entry.
    #[must_use]
    pub fn economy(&self) -> &'e Economy {
        match self {
            Self::Economy(answer) => answer.economy(),
            Self::Refused { economy, .. } => economy,
        }
    }

    /// What it did.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn outcome(&self) -> Result<&Outcome, Refusal> {
        match self {
            Self::Economy(answer) => answer.outcome().map_err(|refusal| Refusal::Economy(refusal.clone())),
            Self::Refused { refusal, .. } => Err(Refusal::Platform(refusal.clone())),
        }
    }

    /// Appends the result line, without a newline.
    pub fn write_json(&self, out: &mut String) {
        match self {
            Self::Economy(answer) => answer.write_json(out),
            Self::Refused { seq, refusal, .. } => {
                Answer::write_refusal(out, *seq, refusal.code.name(), &refusal.message);
            }
        }
    }

    /// Appends the result in binary: what digests of results are taken over.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Economy(answer) => answer.encode(out),
            Self::Refused { refusal, .. } => Answer::encode_refusal(out, refusal.code.name()),
        }
    }
}
