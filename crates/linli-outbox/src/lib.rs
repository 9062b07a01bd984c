//! The outbox: effects on others (payments, payouts, webhooks, messages) are rows with a key each, which are tried until
//! the other side has answered: never lost, and with a key by which a repeat is known. It keeps bytes and when to send
//! them. Must not be added here: what an effect is worth, or that one is due.

pub mod address;
pub mod client;
pub mod deliver;
mod row;
pub mod schedule;
pub mod sender;
pub mod store;
pub mod target;
pub mod webhook;
pub mod worker;

pub use address::Reach;
pub use client::{Client, ClientConfig};
pub use deliver::{Deliver, Ending, Outcome, Verdict};
pub use row::{MOST_KEY_BYTES, MOST_PAYLOAD_BYTES, NewRow, Row, RowRefusal, State};
pub use store::{Outbox, OutboxFault, PostgresOutbox, SqliteOutbox, Store};
pub use target::{Target, Unfit};
pub use worker::{Bounds, Clock, StoreThread, Worker};
