//! The database of a read model as its users see it. Both kinds hold the same tables, rows and order; what differs
//! between them stays behind these traits. Must not be added: a query of the tables; people write those in SQL.

use super::changes::Changes;
use super::checkpoint::Checkpoint;
use super::fault::ReadFault;
use super::rows::{Row, Rows};
use super::schema::TableId;
use std::fmt::Debug;

/// Where the tables of a read model are. Opening is cheap; each call gives a connection of its own.
pub trait Tables: Debug + Send + Sync {
    /// Opens the database to look at it: nothing is made.
    ///
    /// # Errors
    /// [`ReadFault::Missing`], [`ReadFault::Unavailable`], [`ReadFault::Damaged`].
    fn read(&self) -> Result<Box<dyn Database>, ReadFault>;

    /// Opens the database to write, whether there are tables in it or not; a file is made if there is none.
    ///
    /// # Errors
    /// [`ReadFault::Unavailable`], [`ReadFault::Damaged`].
    fn write(&self) -> Result<Box<dyn Database>, ReadFault>;

    /// Removes what cannot even be opened, as far as that is ours to do.
    ///
    /// # Errors
    /// [`ReadFault::Unavailable`].
    fn discard(&self) -> Result<(), ReadFault>;

    /// Where it is, for messages; without a secret.
    fn place(&self) -> String;
}

/// A connection to the database of a read model.
pub trait Database: Send {
    /// The version of the tables, if there are any.
    ///
    /// # Errors
    /// [`ReadFault::Unavailable`], [`ReadFault::Damaged`]; so for all that follow.
    fn version(&mut self) -> Result<Option<i64>, ReadFault>;

    /// Drops the tables, of whichever version they are.
    ///
    /// # Errors
    /// As above.
    fn drop_tables(&mut self) -> Result<(), ReadFault>;

    /// Makes the tables, with these rows and this checkpoint, but without indexes.
    ///
    /// # Errors
    /// As above.
    fn create(&mut self, changes: &Changes, checkpoint: &Checkpoint) -> Result<(), ReadFault>;

    /// Makes the indexes that are missing. Until then a long way along the journal is faster.
    ///
    /// # Errors
    /// As above.
    fn create_indexes(&mut self) -> Result<(), ReadFault>;

    /// Up to where the journal has been followed.
    ///
    /// # Errors
    /// As above.
    fn checkpoint(&mut self) -> Result<Checkpoint, ReadFault>;

    /// Writes changes and moves the checkpoint, in one transaction: all or nothing.
    ///
    /// # Errors
    /// As above, and [`ReadFault::Overtaken`] if the checkpoint is not at `from`: then nothing is written.
    fn write(&mut self, changes: &Changes, from: &Checkpoint, to: &Checkpoint) -> Result<(), ReadFault>;

    /// From now on everything is read as it is now, and nothing can be written.
    ///
    /// # Errors
    /// As above.
    fn freeze(&mut self) -> Result<(), ReadFault>;

    /// Appends rows in the order of their keys, after the row with this key or from the first on, at most so many.
    ///
    /// # Errors
    /// As above.
    fn read(
        &mut self,
        table: TableId,
        after: Option<Row<'_>>,
        most: usize,
        into: &mut Rows,
    ) -> Result<(), ReadFault>;
}
