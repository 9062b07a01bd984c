//! The durable engine: it ties the economy to the journal. The writer applies commands and acknowledges them once
//! they are on disk; a replica follows the journal and comes to the same state; a snapshot spares it the way.
//!
//! No rule of money is here: what a command does is the economy's, what is on disk is the journal's.

pub mod answered;
pub mod audit;
pub mod books;
pub mod chronicle;
pub mod copy;
pub mod entries;
pub mod explain;
pub mod fault;
pub mod holds;
pub mod read;
pub mod replica;
pub mod resume;
pub mod snapshots;
pub mod statement;
pub mod view;
pub mod walk;
pub mod writer;

pub use answered::{Answered, Refusal};
pub use books::Books;
pub use chronicle::Chronicle;
pub use entries::{Body, Entry, Group, Origin};
pub use fault::EngineFault;
pub use holds::Holds;
pub use replica::Replica;
pub use snapshots::{Keeper, SnapshotFolder, Snapshots};
pub use view::View;
pub use writer::{Answer, Answers, Busy, Form, Limits, Pending, Place, Request, Stamp, Unanswered, Writer};
