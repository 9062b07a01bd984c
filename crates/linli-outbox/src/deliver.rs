//! Delivering a row: what the worker asks of whoever knows a kind. Must not be added here: when a row is tried again.
//!
//! A row is delivered at least once: a worker that ends between the other side's answer and its record leaves a row
//! that is delivered again, with the same key. Whoever delivers therefore sends the key along, and the other side knows
//! a repeat by it. Rows are delivered in no order, those to one target neither.

use crate::row::Row;
use crate::store::answer_excerpt;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// A delivery that runs.
pub type Delivering<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// Somebody who is being told.
pub type Telling<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// What follows from an attempt, as far as whoever made it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The other side has it.
    Done,
    /// It is tried again after the next gap, or after so many seconds if they are more.
    Retry {
        /// What the other side asks for.
        after: Option<i64>,
    },
    /// It was not tried, because nothing may be sent there now: it is due again in so many seconds. It is no attempt, and
    /// the log has nothing of it.
    Hold {
        /// How many.
        seconds: i64,
    },
    /// Trying again cannot help.
    Dead,
    /// The other side wants nothing more of this kind.
    Gone,
}

/// How an attempt went.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What follows.
    pub verdict: Verdict,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// Why it did not succeed: a code, and words where there are any. Nothing secret, and nothing of a person.
    pub error: Option<String>,
    /// What was answered, as far as it may be kept.
    pub answer: String,
}

impl Outcome {
    /// An attempt that came to this, with nothing to say about it.
    #[must_use]
    pub fn new(verdict: Verdict) -> Self {
        Self { verdict, status: None, error: None, answer: String::new() }
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(self, error: impl Into<String>) -> Self {
        Self { error: Some(answer_excerpt(error.into().as_bytes())), ..self }
    }

    /// The same with the status of an answer and the beginning of its body.
    #[must_use]
    pub fn answered(self, status: u16, body: &[u8]) -> Self {
        Self { status: Some(status), answer: answer_excerpt(body), ..self }
    }
}

impl fmt::Debug for Outcome {
    /// Without the answer, in which the other side may repeat what it was sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { verdict, status, error, answer: _ } = self;
        let mut shown = f.debug_struct("Outcome");
        shown.field("verdict", verdict).field("status", status).field("error", error).finish_non_exhaustive()
    }
}

/// How a row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was delivered.
    Done,
    /// It was given up.
    Dead,
    /// It was given up because the other side wants nothing more.
    Gone,
}

/// Whoever delivers the rows of a kind.
pub trait Deliver: Send + Sync {
    /// Tries once; `now` is in seconds since 1970. It may be dropped in between. Where the answer is to become a command,
    /// that is submitted before [`Verdict::Done`] is given: a row that is done is not looked at again.
    fn deliver<'a>(&'a self, row: &'a Row, now: i64) -> Delivering<'a>;

    /// Hears how a row ends before that is recorded, so that it can become a command. It is told at least once: with
    /// an error, or if the worker ends here, the row is tried and told again.
    fn ending<'a>(&'a self, row: &'a Row, ending: Ending) -> Telling<'a> {
        let _ = (row, ending);
        Box::pin(async { Ok(()) })
    }
}
