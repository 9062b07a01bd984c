//! A payment provider. The trait is the specification: `tests/main/conformance.rs` holds each provider to it. Must not be
//! added here: a promise that one provider alone can keep.
//!
//! An ask is refused for the first of these that holds: its id was used for another ask; it names what there is not
//! (payment, then charge); what it names has ended; amounts do not fit. An ask with the content of an earlier one gets
//! the first receipt, even if it would be refused by now, and does nothing.

use crate::ask::Ask;
use crate::bill::Bill;
use crate::day::Day;
use crate::error::Error;
use crate::event::Event;
use crate::id::Id;
use crate::signature::SignedCall;
use crate::subject::Subject;
use serde::{Deserialize, Serialize};

/// That a provider has taken an ask. What becomes of it its events say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The provider's own id of it.
    pub reference: Id,
    /// When it was first asked, in seconds since 1970.
    pub at: i64,
    /// Where the payer of a payment goes, where the provider has a page.
    pub page: Option<String>,
}

/// A provider. `now` is in seconds since 1970. Calls wait for a disk or a network: not from an async task.
pub trait Provider: Send + Sync {
    /// What it is called in settings, in events and on bills.
    fn name(&self) -> &'static str;

    /// Whether it moves money of the world. Without one an instance is a sandbox.
    fn is_real(&self) -> bool;

    /// Asks for something. Idempotent, so that an ask whose answer was lost is asked again.
    ///
    /// # Errors
    /// [`Error::Refused`] in the order above; [`Error::Fault`].
    fn ask(&self, ask: &Ask, now: i64) -> Result<Receipt, Error>;

    /// What has happened to something, in the order in which the provider knows it: the same events with the same ids as
    /// its callbacks, for whoever missed one. Nothing for what it does not know.
    ///
    /// # Errors
    /// [`Error::Fault`].
    fn query(&self, subject: &Subject, now: i64) -> Result<Vec<Event>, Error>;

    /// What moved on a day that is over. It never changes.
    ///
    /// # Errors
    /// [`crate::Code::BillNotReady`] before the day is over, [`crate::Code::BillMissing`]; [`Error::Fault`].
    fn bill(&self, day: Day, now: i64) -> Result<Bill, Error>;

    /// Verifies and reads a callback. Nothing of it is kept yet: whoever listens may first have a payer's account known by
    /// another name.
    ///
    /// # Errors
    /// Refusals of the signature, then of the event's form; [`Error::Fault`].
    fn read_callback(&self, call: &SignedCall, now: i64) -> Result<Event, Error>;

    /// Keeps an event that was read. Only what is kept without an error may be acknowledged.
    ///
    /// # Errors
    /// Refusals of what the event says, beside those before it; [`Error::Fault`].
    fn keep(&self, event: &Event) -> Result<(), Error>;
}
