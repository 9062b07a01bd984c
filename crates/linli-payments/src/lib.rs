//! Payment providers behind one trait: the sandbox, and `external`, in which the operator's own payment system reports
//! by signed calls. Their bills, and reconciliation: orders = provider's bill = journal. Time comes in with each call.
//! Must not be added here: who is owed what, a client of HTTP, or a page.

pub mod amount;
pub mod ask;
pub mod bill;
mod book;
pub mod day;
pub mod error;
pub mod event;
pub mod external;
pub mod id;
pub mod limits;
pub mod progress;
pub mod provider;
pub mod reconcile;
pub mod records;
pub mod sandbox;
pub mod signature;
pub mod subject;
pub mod text;

pub use amount::Amount;
pub use ask::{Ask, Hold, Receiver, Share};
pub use bill::{Bill, BillLine, Kind};
pub use day::Day;
pub use error::{Code, Error, Fault, Refusal};
pub use event::{Event, Happened};
pub use external::{Asked, External, ExternalConfig};
pub use id::Id;
pub use limits::{SplitLimits, Splittable};
pub use progress::{Judgement, judge, standing};
pub use provider::{Provider, Receipt};
pub use reconcile::{Cause, Difference, Entry, Reconciliation, Recorded, Sides, Totals, reconcile};
pub use records::{PostgresRecords, Records, SqliteRecords};
pub use sandbox::Sandbox;
pub use signature::{Secret, SignedCall};
pub use subject::Subject;
pub use text::{Account, Line};
