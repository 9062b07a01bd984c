//! What callers hand to the writer, and what they get.

use crate::answered::Refusal;
use crate::entries::Group;
use linli_economy::time::Instant;
use std::fmt;
use std::time::{Duration, SystemTime};

/// Where the time of commands comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// The commands bring it, or have the time of the one before.
    AsSent,
    /// This clock, or the last command's time if that is later: time never runs back.
    At(Instant),
}

impl Stamp {
    /// The clock of the system.
    #[must_use]
    pub fn now() -> Self {
        Self::ahead(0)
    }

    /// A clock that is so many seconds ahead of the system's.
    #[must_use]
    pub fn ahead(seconds: i64) -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since.as_secs()).expect("the clock shows a year of twelve digits at most");
        Self::At(Instant { seconds: now + seconds, nanoseconds: since.subsec_nanos() })
    }
}

/// What is told of each result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Result lines in JSON, each with its newline.
    Json,
    /// Only the refusals.
    Refusals,
}

/// The results of a request; they are on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The seq of the request's first entry.
    pub first_seq: u64,
    /// The seq of its last.
    pub last_seq: u64,
    /// The result lines, if they were asked for.
    pub json: String,
    /// The refused entries with their seqs.
    pub refused: Vec<(u64, Refusal)>,
}

/// Why a request has no results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// Nothing of it was applied; it can be sent again after this time.
    NotApplied {
        /// Why.
        why: String,
        /// When to come back.
        retry_after: Duration,
    },
    /// Whether it was applied is not known yet: sent again with the same ids, it is applied once.
    InDoubt {
        /// Why.
        why: String,
        /// When to come back.
        retry_after: Duration,
    },
    /// Nothing of it was applied: its stream has brought other lines than those up to where these begin.
    OutOfTurn {
        /// Up to where it has.
        why: String,
    },
    /// Nothing of it was applied, and this writer takes nothing more.
    Stopped {
        /// Why.
        why: String,
    },
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotApplied { why, retry_after } => {
                write!(f, "not applied: {why}; try again in {} ms", retry_after.as_millis())
            }
            Self::InDoubt { why, retry_after } => {
                write!(
                    f,
                    "perhaps applied: {why}; send it again in {} ms with the same ids",
                    retry_after.as_millis()
                )
            }
            Self::OutOfTurn { why } | Self::Stopped { why } => write!(f, "not applied: {why}"),
        }
    }
}

impl std::error::Error for Unanswered {}

/// What a caller gets.
pub type Answer = Result<Answers, Unanswered>;

/// Entries that belong together: they are applied one after the other and become durable together.
pub struct Request {
    pub(super) group: Group,
    pub(super) stamp: Stamp,
    pub(super) form: Form,
    answer: Box<dyn FnOnce(Answer) + Send>,
}

impl Request {
    /// A request of at least one entry; `answer` is called once, on the writer's thread, so it must not block.
    ///
    /// # Panics
    /// Without an entry.
    #[must_use]
    pub fn new(group: Group, stamp: Stamp, form: Form, answer: impl FnOnce(Answer) + Send + 'static) -> Self {
        assert!(group.count() > 0, "a request has an entry");
        Self { group, stamp, form, answer: Box::new(answer) }
    }

    pub(super) fn answer(self, answer: Answer) {
        (self.answer)(answer);
    }

    /// Parts with the entries once they are in a batch.
    pub(super) fn into_answer(self) -> Box<dyn FnOnce(Answer) + Send> {
        self.answer
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("entries", &self.group.count()).finish_non_exhaustive()
    }
}
