//! The read model: tables for statements, consoles, exports and people who use SQL, in a database of their own. A
//! follower of the journal writes them; nothing is decided by them, and they can be made again from the first entry.
//! `docs/read-model.md` has every table. Must not be added here: a figure that the journal does not give.

mod changes;
mod checkpoint;
mod database;
mod fault;
mod follower;
mod following;
mod gather;
mod moment;
mod postgres;
mod rows;
pub mod schema;
mod sqlite;
mod verify;

pub use changes::Changes;
pub use checkpoint::Checkpoint;
pub use database::{Database, Tables};
pub use fault::ReadFault;
pub use follower::Follower;
pub use following::Following;
pub use postgres::PostgresTables;
pub use rows::{Row, Rows, Value};
pub use sqlite::SqliteTables;
pub use verify::{Difference, What, verify};

use crate::writer::Place;
use std::sync::Arc;

/// Where a read model is, and what it is made from.
#[derive(Clone)]
pub struct ReadPlace {
    /// The journal, and the snapshots that spare replaying it.
    pub engine: Place,
    /// The tables.
    pub tables: Arc<dyn Tables>,
}

/// Makes the read model anew from the journal's first entry; `progress` is told the seq after each transaction. A
/// follower that runs meanwhile goes on by itself afterwards.
///
/// # Errors
/// The journal's and the database's.
pub fn rebuild(place: &ReadPlace, mut progress: impl FnMut(u64)) -> Result<(), ReadFault> {
    match place.tables.write().and_then(|mut database| database.drop_tables()) {
        Err(ReadFault::Damaged { .. }) => place.tables.discard()?,
        dropped => dropped?,
    }
    loop {
        match Follower::open(place)?.catch_up(&mut progress) {
            // Another follower has begun with the new tables: both come to the same rows.
            Err(ReadFault::Overtaken { .. }) => {}
            caught_up => return caught_up,
        }
    }
}
