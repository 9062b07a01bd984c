//! The journal as its users see it. The trait is the specification: `tests/main/conformance.rs` holds each store
//! to every sentence of it.

use crate::batch::{Batch, Tip};
use crate::fault::Fault;
use crate::header::Header;
use std::fmt::Debug;
use std::time::Duration;

/// Where a journal is. Opening is cheap and can be repeated; each call gives a connection of its own.
pub trait Store: Debug + Send + Sync {
    /// Creates the journal, unless there is one; either way its header is the answer.
    ///
    /// # Errors
    /// What hinders it.
    fn create(&self, header: &Header) -> Result<Header, Fault>;

    /// Opens the journal to read.
    ///
    /// # Errors
    /// [`Fault::Missing`] if there is none, [`Fault::Format`], [`Fault::Damaged`], [`Fault::Unavailable`].
    fn read(&self) -> Result<Box<dyn Journal>, Fault>;

    /// Opens the journal to append, which one process at a time can. An earlier holder's appends have happened
    /// or will never happen once this returns.
    ///
    /// # Errors
    /// As [`Store::read`], and [`Fault::Taken`] while another writer has it.
    fn write(&self) -> Result<Box<dyn Journal>, Fault>;

    /// Opens the journal to append without being its one writer: for tests of the fence, which must hold against
    /// whoever got around the lock.
    ///
    /// # Errors
    /// As [`Store::read`].
    fn rival(&self) -> Result<Box<dyn Journal>, Fault>;

    /// Where it is, for messages; without a secret.
    fn place(&self) -> String;
}

/// A connection to a journal.
pub trait Journal: Send {
    /// What the journal says of itself.
    fn header(&self) -> &Header;

    /// Where the chain ends.
    ///
    /// # Errors
    /// [`Fault::Unavailable`], [`Fault::Damaged`].
    fn tip(&mut self) -> Result<Tip, Fault>;

    /// Appends batches, all or none. When it returns they are on disk and every reader sees them.
    ///
    /// The first must follow on the tip, each other on the one before. Who appends through a connection that
    /// was opened to read gets [`Fault::Unsafe`].
    ///
    /// # Errors
    /// [`Fault::Fenced`] if the first does not follow on the tip: nothing was appended.
    /// [`Fault::Unavailable`]: whether it was appended shows the tip of a connection opened to write afterwards.
    fn append(&mut self, batches: &[Batch]) -> Result<(), Fault>;

    /// The batches with entries after this seq, in order, without a gap: as many as fit `most_bytes` of entries,
    /// but at least one where there is one. Each has the hash of its fields and follows on the one before.
    ///
    /// # Errors
    /// [`Fault::Unavailable`], [`Fault::Damaged`] with the first batch that is not as it was written.
    fn read(&mut self, after: u64, most_bytes: usize) -> Result<Vec<Batch>, Fault>;

    /// Waits until there is an entry after this seq, or for so long; gives whether there is one.
    ///
    /// # Errors
    /// As [`Journal::tip`].
    fn wait(&mut self, after: u64, timeout: Duration) -> Result<bool, Fault>;
}
