//! Where the rows are kept. The trait is the specification: `tests/main/conformance.rs` holds each store to every
//! sentence of it. Must not be added here: who delivers a row, or when it is tried again.

mod attempt;
mod changes;
mod database;
mod fault;
mod kept;
mod note;
mod postgres;
mod rows;
mod sql;
mod sqlite;

pub use attempt::{Attempt, Claim, Logged, MOST_ANSWER_BYTES, Next, answer_excerpt};
pub use changes::{Again, Changes};
pub use fault::OutboxFault;
pub use note::{NewNote, Note, NoteFilter, Read, Which};
pub use postgres::PostgresOutbox;
pub use sqlite::SqliteOutbox;

use crate::row::{NewRow, Row, State};
use std::fmt::Debug;

/// Where an outbox is. Opening can be repeated; each call gives a connection of its own.
pub trait Store: Debug + Send + Sync {
    /// Opens the outbox, which is made if there is none.
    ///
    /// # Errors
    /// [`OutboxFault::Format`], [`OutboxFault::Damaged`], [`OutboxFault::Unavailable`], [`OutboxFault::Unsafe`].
    fn open(&self) -> Result<Box<dyn Outbox>, OutboxFault>;

    /// Where it is, for messages; without a secret.
    fn place(&self) -> String;
}

/// Which rows are claimed.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    /// Those of these kinds.
    pub kinds: &'a [&'a str],
    /// None that go to these.
    pub but_targets: &'a [&'a str],
    /// Those that are due now.
    pub now: i64,
    /// Until when nobody else gets them, in seconds since 1970.
    pub until: i64,
    /// At most so many.
    pub most: usize,
}

/// Which rows or attempts are listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// The row of this key.
    pub key: Option<&'a str>,
    /// Those that go to this.
    pub target: Option<&'a str>,
    /// Rows of this state; for the log, attempts for rows that stand so now.
    pub state: Option<State>,
    /// Those with a smaller number: the last one of the page before.
    pub before: Option<u64>,
}

/// A connection to an outbox. What returns without an error is on disk.
///
/// An outbox is never made again from the journal's first entry: it alone knows what was delivered.
pub trait Outbox: Send {
    /// The seq up to which rows were derived from the journal; 0 in a new outbox.
    ///
    /// # Errors
    /// [`OutboxFault::Unavailable`], [`OutboxFault::Damaged`].
    fn checkpoint(&mut self) -> Result<u64, OutboxFault>;

    /// Adds what follows from the entries after `from` up to `to` and moves the checkpoint there, all or nothing. A
    /// row that is there already, the same in all but the time when it is due, is left as it is.
    ///
    /// # Errors
    /// [`OutboxFault::Fenced`] unless the checkpoint is at `from`, and `from` at most `to`. [`OutboxFault::Differs`]
    /// if a row with one of the keys is there with other content. Then nothing was added.
    fn follow(&mut self, from: u64, to: u64, rows: &[NewRow]) -> Result<(), OutboxFault> {
        self.follow_all(from, to, &rows.into())
    }

    /// The same with everything that can follow from an entry.
    ///
    /// # Errors
    /// As [`Outbox::follow`].
    fn follow_all(&mut self, from: u64, to: u64, changes: &Changes) -> Result<(), OutboxFault>;

    /// Adds rows that follow from no entry, all or nothing; otherwise as [`Outbox::follow`].
    ///
    /// # Errors
    /// [`OutboxFault::Differs`], and those of every call.
    fn add(&mut self, rows: &[NewRow]) -> Result<(), OutboxFault>;

    /// Gives rows that are due, of many those that are due longest, in no order, and keeps them from everybody else until
    /// `due.until`. A row whose worker is never heard of again is due then.
    ///
    /// # Errors
    /// Those of every call.
    fn claim(&mut self, due: &Due<'_>) -> Result<Vec<Claim>, OutboxFault>;

    /// Gives rows back that were not tried: they are due at `due_at`. One that somebody else has claimed since, or
    /// that has ended, is left as it is.
    ///
    /// # Errors
    /// Those of every call.
    fn release(&mut self, claims: &[Claim], due_at: i64) -> Result<(), OutboxFault>;

    /// Keeps an attempt in the log and what follows from it, in one transaction. That it was delivered always holds.
    /// Anything else holds only while nobody else has claimed the row, who may be about to deliver it; then only the
    /// attempt is kept. Gives whether the row now stands as `next` says.
    ///
    /// # Errors
    /// Those of every call; whether it was kept is then not known, and it may be tried again: the log has one attempt a
    /// claim.
    fn record(&mut self, claim: &Claim, attempt: &Attempt, next: Next) -> Result<bool, OutboxFault>;

    /// When the next row is due, whatever its kind; none if no row is pending.
    ///
    /// # Errors
    /// Those of every call.
    fn next_due(&mut self) -> Result<Option<i64>, OutboxFault>;

    /// Rows, the newest first.
    ///
    /// # Errors
    /// Those of every call.
    fn rows(&mut self, filter: &Filter<'_>, most: usize) -> Result<Vec<Row>, OutboxFault>;

    /// The log of attempts, the newest first.
    ///
    /// # Errors
    /// Those of every call.
    fn log(&mut self, filter: &Filter<'_>, most: usize) -> Result<Vec<Logged>, OutboxFault>;

    /// Has the row of this key delivered again, from its first attempt on, with the same key; gives whether it did.
    /// One that is pending is due now instead, unless it is being delivered.
    ///
    /// # Errors
    /// Those of every call.
    fn replay(&mut self, key: &str, now: i64) -> Result<bool, OutboxFault>;

    /// The same for all rows to `target` that have ended and follow from the entries `first` to `last`; gives how
    /// many. Called again it begins again: who replays a range twice has it delivered twice.
    ///
    /// # Errors
    /// Those of every call.
    fn replay_range(&mut self, target: &str, first: u64, last: u64, now: i64) -> Result<u64, OutboxFault>;

    /// Notes of an account, the newest first.
    ///
    /// # Errors
    /// Those of every call.
    fn notes(&mut self, filter: &NoteFilter<'_>, most: usize) -> Result<Vec<Note>, OutboxFault>;

    /// How many notes an account has not read.
    ///
    /// # Errors
    /// Those of every call.
    fn unread(&mut self, account: &str) -> Result<u64, OutboxFault>;

    /// Forgets rows that were done before this time with their attempts, at most so many, the oldest first; gives how
    /// many. Dead rows stay until somebody replays them.
    ///
    /// # Errors
    /// Those of every call.
    fn prune(&mut self, done_before: i64, most: usize) -> Result<usize, OutboxFault>;
}
