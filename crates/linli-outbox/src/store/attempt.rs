//! An attempt to deliver a row: what was claimed, how it went, and what follows. Must not be added here: whether an
//! attempt was good enough.

use crate::row::Row;
use std::fmt;

/// The longest part of an answer that is kept, in bytes.
pub const MOST_ANSWER_BYTES: usize = 1_024;

/// A row that one worker has for itself, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The row as it was claimed.
    pub row: Row,
    /// Which claim of this row it is.
    pub(crate) number: i64,
}

/// How an attempt went.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// When it began, in seconds since 1970.
    pub at: i64,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// Why it did not succeed: a code, and words where there are any.
    pub error: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: u32,
    /// What the other side answered, as far as it may be kept; at most [`MOST_ANSWER_BYTES`].
    pub answer: String,
}

impl fmt::Debug for Attempt {
    /// Without the answer, in which the other side may repeat what it was sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, status, error, duration_ms, answer: _ } = self;
        let mut shown = f.debug_struct("Attempt");
        shown.field("at", at).field("status", status).field("error", error).field("duration_ms", duration_ms);
        shown.finish_non_exhaustive()
    }
}

/// What follows from an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It was delivered.
    Done {
        /// When.
        at: i64,
    },
    /// It is tried again.
    Again {
        /// When.
        due_at: i64,
        /// The attempts that count so far.
        attempts: u32,
    },
    /// It is given up.
    Dead {
        /// When.
        at: i64,
    },
}

/// An attempt of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Its number, in the order of keeping.
    pub id: u64,
    /// The row's key.
    pub key: String,
    /// To whom the row goes.
    pub target: String,
    /// How it went.
    pub attempt: Attempt,
}

/// The beginning of an answer as text that fits: what is no UTF-8 and what would move a cursor is replaced.
#[must_use]
pub fn answer_excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(MOST_ANSWER_BYTES)]);
    let mut excerpt = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = if letter.is_control() && !"\n\t".contains(letter) { '\u{fffd}' } else { letter };
        if excerpt.len() + letter.len_utf8() > MOST_ANSWER_BYTES {
            break;
        }
        excerpt.push(letter);
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_fits_and_is_text() {
        for (body, excerpt) in [
            (b"ok\n".to_vec(), "ok\n".to_owned()),
            (b"a\0b\x1b[2Jc\r".to_vec(), "a\u{fffd}b\u{fffd}[2Jc\u{fffd}".to_owned()),
            (b"a\xff".to_vec(), "a\u{fffd}".to_owned()),
            (vec![b'a'; 5_000], "a".repeat(1_024)),
            // Each takes three bytes afterwards.
            (vec![0xff; 5_000], "\u{fffd}".repeat(341)),
            (
                "\u{90bb}".repeat(400).into_bytes(),
                format!("{}\u{fffd}", "\u{90bb}".repeat(341)).chars().take(341).collect(),
            ),
        ] {
            assert_eq!(answer_excerpt(&body), excerpt);
            assert!(excerpt.len() <= MOST_ANSWER_BYTES);
        }
    }

    #[test]
    fn an_answer_is_not_shown() {
        let answer = "secret".to_owned();
        let attempt = Attempt { at: 1, status: Some(200), error: None, duration_ms: 3, answer };
        assert!(!format!("{attempt:?}").contains("secret"));
    }
}
