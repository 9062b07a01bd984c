//! Why a movement is not alike on all sides. Must not be added here: what to do about it.

use super::Found;
use crate::bill::Kind;
use std::fmt;

/// Why sides differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// One side has it on another day.
    OtherDay,
    /// The platform recorded it more than once.
    RecordedTwice,
    /// The bill lists it more than once.
    ListedTwice,
    /// The bill has it and the platform does not: a report was lost.
    NotRecorded,
    /// The platform recorded it and the bill does not have it.
    NotInBill,
    /// The platform and the bill have different amounts.
    AmountInBill,
    /// The platform says that the journal has it, or a part of it, and the journal has nothing.
    NotPosted,
    /// The journal posted what the platform did not record.
    PostedOnly,
    /// The journal has another amount than the platform says.
    AmountInJournal,
    /// More stands apart from the journal than there is.
    ApartTooMuch,
}

impl Cause {
    /// All causes.
    pub const ALL: [Self; 10] = [
        Self::OtherDay,
        Self::RecordedTwice,
        Self::ListedTwice,
        Self::NotRecorded,
        Self::NotInBill,
        Self::AmountInBill,
        Self::NotPosted,
        Self::PostedOnly,
        Self::AmountInJournal,
        Self::ApartTooMuch,
    ];

    /// What a difference by this cause is known by; it never changes.
    #[must_use]
    pub fn code(self, kind: Kind) -> String {
        format!("{}_{}", kind.as_str(), self.as_str())
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::OtherDay => "of_other_day",
            Self::RecordedTwice => "recorded_twice",
            Self::ListedTwice => "listed_twice",
            Self::NotRecorded => "not_recorded",
            Self::NotInBill => "not_in_bill",
            Self::AmountInBill => "amount_differs_in_bill",
            Self::NotPosted => "not_posted",
            Self::PostedOnly => "posted_only",
            Self::AmountInJournal => "amount_differs_in_journal",
            Self::ApartTooMuch => "apart_too_much",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherDay => "one side has it on another day",
            Self::RecordedTwice => "the platform recorded it more than once",
            Self::ListedTwice => "the bill lists it more than once",
            Self::NotRecorded => "in the bill, and the platform did not record it",
            Self::NotInBill => "recorded, and not in the bill",
            Self::AmountInBill => "the bill has another amount",
            Self::NotPosted => "recorded, and the journal posted nothing",
            Self::PostedOnly => "posted, and the platform did not record it",
            Self::AmountInJournal => "the journal has another amount",
            Self::ApartTooMuch => "more stands apart than there is",
        })
    }
}

impl Found {
    /// Every cause that holds.
    pub(super) fn causes(&self) -> Vec<Cause> {
        let mut causes = Vec::new();
        let mut add_if = |holds: bool, cause: Cause| {
            if holds {
                causes.push(cause);
            }
        };
        let sides = [&self.platform, &self.provider, &self.journal];
        add_if(sides.iter().any(|side| side.is_of_other_day), Cause::OtherDay);
        add_if(self.platform.sum.count > 1, Cause::RecordedTwice);
        add_if(self.provider.sum.count > 1, Cause::ListedTwice);
        match (self.platform.fen(), self.provider.fen()) {
            (None, Some(_)) => add_if(true, Cause::NotRecorded),
            (Some(_), None) => add_if(true, Cause::NotInBill),
            (Some(platform), Some(provider)) => add_if(platform != provider, Cause::AmountInBill),
            (None, None) => {}
        }
        match (self.platform.fen().map(|fen| fen.checked_sub(self.apart_fen)), self.journal.fen()) {
            (None, posted) => add_if(posted.is_some(), Cause::PostedOnly),
            (Some(None), _) => add_if(true, Cause::ApartTooMuch),
            (Some(Some(expected)), None) => add_if(expected > 0, Cause::NotPosted),
            (Some(Some(expected)), Some(posted)) => add_if(expected != posted, Cause::AmountInJournal),
        }
        causes
    }
}
