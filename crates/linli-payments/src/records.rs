//! Where a provider keeps what it knows: values by key, in transactions of which one runs at a time, on SQLite or
//! PostgreSQL. The traits are the specification: `tests/main/records.rs` holds each store to them. Must not be added
//! here: what a value means.

mod postgres;
mod space;
mod sqlite;

pub use self::postgres::PostgresRecords;
pub use self::sqlite::SqliteRecords;
pub use space::Space;

use crate::error::{Error, Fault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// The newest format that is known here.
const FORMAT: i64 = 1;

/// What is done in a transaction.
pub type Work<'a> = dyn FnMut(&mut dyn Transaction) -> Result<(), Error> + 'a;

/// Where records are.
pub trait Records: Debug + Send + Sync {
    /// Does this work, while nobody else does any on these records, here or in another process. If it succeeds, what it
    /// has put is on disk; if it is refused or fails, nothing was put.
    ///
    /// # Errors
    /// The work's own, and [`Error::Fault`]. After [`Fault::Unavailable`] it is not known whether it was put, and the next
    /// transaction connects again.
    fn transact(&self, work: &mut Work<'_>) -> Result<(), Error>;

    /// Where they are, for messages; without a secret.
    fn place(&self) -> String;
}

/// Work on records. Keys are ASCII, and their order is that of their bytes.
pub trait Transaction {
    /// The value of a key.
    ///
    /// # Errors
    /// [`Fault`].
    fn get(&mut self, space: Space, key: &str) -> Result<Option<Vec<u8>>, Fault>;

    /// Puts a value, in place of the one that was there.
    ///
    /// # Errors
    /// [`Fault`].
    fn put(&mut self, space: Space, key: &str, value: &[u8]) -> Result<(), Fault>;

    /// Removes a key; one that is not there is no fault.
    ///
    /// # Errors
    /// [`Fault`].
    fn remove(&mut self, space: Space, key: &str) -> Result<(), Fault>;

    /// At most so many keys from this one up to and without that one, with their values, in order.
    ///
    /// # Errors
    /// [`Fault`].
    fn range(
        &mut self,
        space: Space,
        from: &str,
        to: &str,
        most: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, Fault>;
}

impl dyn Records + '_ {
    /// [`Records::transact`] for work that gives something.
    ///
    /// # Errors
    /// The same.
    pub fn run<T>(&self, mut work: impl FnMut(&mut dyn Transaction) -> Result<T, Error>) -> Result<T, Error> {
        let mut given = None;
        self.transact(&mut |transaction| {
            given = Some(work(transaction)?);
            Ok(())
        })?;
        Ok(given.expect("a transaction succeeds only if its work did"))
    }
}

impl dyn Transaction + '_ {
    /// The value of a key, as what was saved there.
    ///
    /// # Errors
    /// [`Fault`], also if something else was saved.
    pub fn load<T: DeserializeOwned>(&mut self, space: Space, key: &str) -> Result<Option<T>, Fault> {
        let value = self.get(space, key)?;
        value.map(|value| decode(space, key, &value)).transpose()
    }

    /// Saves a value.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn save<T: Serialize>(&mut self, space: Space, key: &str, value: &T) -> Result<(), Fault> {
        let value = serde_json::to_vec(value).expect("records are texts, numbers and lists of them");
        self.put(space, key, &value)
    }

    /// The values whose keys are `prefix`, a stroke and something, in order.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn under(
        &mut self,
        space: Space,
        prefix: &str,
        most: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, Fault> {
        // What comes after a stroke is a nought.
        self.range(space, &format!("{prefix}/"), &format!("{prefix}0"), most)
    }
}

/// A value as what was saved.
///
/// # Errors
/// [`Fault::Damaged`].
pub fn decode<T: DeserializeOwned>(space: Space, key: &str, value: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(value).map_err(|error| {
        let what = format!("{} {key} was never written so, at column {}", space.as_str(), error.column());
        Fault::Damaged { what }
    })
}

/// Limits that no store exceeds.
fn most(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
