//! One plan on its way into force: its text, where it stands, and who did what.

use crate::act::Actor;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// Where a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// Somebody works on it.
    Draft,
    /// It waits for a second person.
    Submitted,
    /// It waits for its day.
    Approved,
    /// It came into force; a later one may have taken its place.
    Active,
    /// It will not come into force.
    Withdrawn,
    /// The economy refused it on its day.
    Failed,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Instant,
}

/// A plan on its way into force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChange {
    /// Its id, and that of the command that puts it in force.
    pub id: String,
    /// The plan file as it was last edited; empty once it is withdrawn or has failed, when only the journal has it.
    pub text: String,
    /// What it is to change, for colleagues.
    pub note: String,
    /// How often the text was written, from 1.
    pub version: u32,
    /// Where it stands.
    pub state: State,
    /// Who began it.
    pub drafted: Mark,
    /// Who wrote the text as it is now.
    pub written: Mark,
    /// Who submitted that text.
    pub submitted: Option<Mark>,
    /// Who approved it.
    pub approved: Option<Mark>,
    /// Who put it in force or ended it otherwise.
    pub ended: Option<Mark>,
    /// From when on it is to hold, as submitted.
    pub active_from: Option<Instant>,
    /// Why it was withdrawn or failed.
    pub why: Option<String>,
    /// Which one it took the place of when it came into force; none for the plan that the economy opened with.
    pub before: Option<String>,
}

impl State {
    /// Every state there is.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Submitted, Self::Approved, Self::Active, Self::Withdrawn, Self::Failed];

    /// The name in messages and interfaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Active => "active",
            Self::Withdrawn => "withdrawn",
            Self::Failed => "failed",
        }
    }

    /// Whether it may still come into force.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted | Self::Approved)
    }

    /// Whether a plan in this state may enter that one.
    #[must_use]
    pub fn may_become(self, other: Self) -> bool {
        match other {
            Self::Draft | Self::Submitted => matches!(self, Self::Draft | Self::Submitted),
            Self::Approved => self == Self::Submitted,
            Self::Active | Self::Failed => self == Self::Approved,
            Self::Withdrawn => self.is_open(),
        }
    }
}
