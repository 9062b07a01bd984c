//! What follows from entries of the journal: rows and notes that are added, rows that are sent
//! again, and notes that were read. Must not be added here:
//! why.

use super::note::{NewNote, Read};
use crate::row::NewRow;

/// What follows from some entries.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Rows that are added.
    pub rows: Vec<NewRow>,
    /// Rows that are sent again, in this order, once those are added.
    pub again: Vec<Again>,
    /// Notes that are added; one that is there already is left as it is.
    pub notes: Vec<NewNote>,
    /// Notes that were read, once those are added.
    pub reads: Vec<Read>,
}

/// Rows that are sent again or sooner, at a time in seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// The row of this key, as [`super::Outbox::replay`] does it.
    One {
        /// The key.
        key: String,
        /// When.
        at: i64,
    },
    /// Those to a target that follow from the entries `first` to `last`, as [`super::Outbox::replay_range`] does it.
    Range {
        /// The target.
        target: String,
        /// The first entry.
        first: u64,
        /// The last.
        last: u64,
        /// When.
        at: i64,
    },
    /// Those to a target that are pending and that nobody has claimed are due at once.
    Held {
        /// The target.
        target: String,
        /// When.
        at: i64,
    },
}

impl Changes {
    /// Whether nothing follows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.again.is_empty() && self.notes.is_empty() && self.reads.is_empty()
    }
}

impl From<&[NewRow]> for Changes {
    fn from(rows: &[NewRow]) -> Self {
        Self { rows: rows.to_vec(), ..Self::default() }
    }
}
