//! An appointment and its term. Must not be added here: who may change it.

use crate::calendar::DAY;
use crate::division;
use linli_economy::region::MACRO_REGIONS;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// How long before its end a term is announced to end: thirty days.
pub const ANNOUNCED_SECONDS: i64 = 30 * DAY;

/// How far from now a term may begin, and how far from its beginning it may end: ten years.
pub const LONGEST_SECONDS: i64 = 3_653 * DAY;

/// An agent's appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The region.
    pub region: String,
    /// The member.
    pub agent: String,
    /// When the term begins.
    pub from: Instant,
    /// When it ends.
    pub until: Instant,
    /// The fees that were agreed on, in fen: for the appointment and for each renewal.
    pub fees_fen: Vec<u64>,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Instant,
    /// The end that was announced.
    pub announced: Option<Instant>,
    /// Why it was ended earlier.
    pub reason: Option<String>,
}

/// Where an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// Its term has not begun.
    Waiting,
    /// The agent holds the region.
    Serving,
    /// Its term has ended.
    Ended,
    /// It was ended earlier.
    Dismissed,
}

impl Appointment {
    /// Whether it holds the region, or will.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Serving)
    }

    /// Whether it would hold the region at a time of this term.
    pub(super) fn meets(&self, from: Instant, until: Instant) -> bool {
        self.is_open() && self.from < until && from < self.until
    }
}

/// Whether a text is a region of the published list, or a macro-region.
#[must_use]
pub fn is_region(text: &str) -> bool {
    if MACRO_REGIONS.iter().any(|(name, ..)| *name == text) {
        return true;
    }
    let Some(code) = text.strip_suffix("0000").or_else(|| text.strip_suffix("00")) else {
        return division::find(text).is_some_and(|division| division.code.len() == 6);
    };
    text.len() == 6 && (division::find(code).is_some() || division::find(text).is_some())
}
