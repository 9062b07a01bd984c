//! The journal: an append-only chain of batches, on SQLite or PostgreSQL. It keeps bytes and knows who may add to
//! them; what the bytes mean is the engine's.
//!
//! Acknowledged means on disk. What was appended is read back as it was, or named as damaged.

pub mod batch;
pub mod fault;
pub mod files;
pub mod header;
pub mod journal;
pub mod postgres;
pub mod sqlite;
mod stored;
pub mod vault;

pub use batch::{Batch, Content, Hash, Tip};
pub use fault::Fault;
pub use header::Header;
pub use journal::{Journal, Store};
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;
