//! The operator's own payment system as a provider, a real one. It fetches what it is asked, and reports payments,
//! refunds, payouts, splits and bills by signed calls. What it may not report: money that goes to others without an ask,
//! and what contradicts what it reported before. Must not be added here: a call to it.

use crate::ask::Ask;
use crate::bill::Bill;
pub use crate::book::Asked;
use crate::book::{Book, claim};
use crate::day::Day;
use crate::error::{Code, Error, Fault, Refusal};
use crate::event::Event;
use crate::id::Id;
use crate::limits::SplitLimits;
use crate::provider::{Provider, Receipt};
use crate::records::{Records, Space};
use crate::sandbox::check_over;
use crate::signature::{Secret, SignedCall, TOLERANCE_SECONDS};
use crate::subject::Subject;
use std::sync::Arc;

/// What the provider is called.
const NAME: &str = "external";

/// What the operator says of the system.
#[derive(Clone, Debug)]
pub struct ExternalConfig {
    /// What its calls are signed with; two while one is being replaced.
    pub secrets: Vec<Secret>,
    /// Where a payer goes, before the id of the payment; none where the system has no page.
    pub page_prefix: Option<String>,
    /// How much may be split.
    pub limits: SplitLimits,
}

/// The operator's own payment system.
#[derive(Debug)]
pub struct External {
    records: Arc<dyn Records>,
    config: ExternalConfig,
}

impl External {
    /// The system of these records.
    ///
    /// # Errors
    /// [`Code::BadSecret`] without a secret; [`Error::Fault`], also if the records are another provider's.
    pub fn new(records: Arc<dyn Records>, config: ExternalConfig) -> Result<Self, Error> {
        if config.secrets.is_empty() {
            return Err(Refusal::new(Code::BadSecret, "the external provider has no secret").into());
        }
        claim(&*records, NAME)?;
        Ok(Self { records, config })
    }

    /// What was asked after this number, in order, for the operator's system; the caller verifies who fetches it.
    ///
    /// # Errors
    /// [`Error::Fault`].
    pub fn asked(&self, after: u64, most: usize) -> Result<Vec<Asked>, Error> {
        self.book(|book| Ok(book.asked_after(after, most)?))
    }

    /// Takes the bill of a day; gives which one.
    ///
    /// # Errors
    /// Refusals of the signature and of the bill's form; [`Code::BillNotReady`] before the day is over,
    /// [`Code::BillDiffers`] if the day has another bill; [`Error::Fault`].
    pub fn take_bill(&self, call: &SignedCall, now: i64) -> Result<Day, Error> {
        let bill = Bill::read(call.verify(&self.config.secrets, now)?)?;
        check_over(bill.day, now)?;
        let (key, text) = (bill.day.to_string(), bill.write());
        self.book(|book| match book.tx.get(Space::Bill, &key)? {
            None => Ok(book.tx.put(Space::Bill, &key, text.as_bytes())?),
            Some(known) if known == text.as_bytes() => Ok(()),
            Some(_) => {
                let message = format!("{key} has a bill, with other content: a bill never changes");
                Err(Refusal::new(Code::BillDiffers, message).into())
            }
        })?;
        Ok(bill.day)
    }

    fn book<T>(&self, mut work: impl FnMut(&mut Book<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.records.run(|tx| work(&mut Book { tx, limits: &self.config.limits }))
    }
}

impl Provider for External {
    fn name(&self) -> &'static str {
        NAME
    }

    fn is_real(&self) -> bool {
        true
    }

    fn ask(&self, ask: &Ask, now: i64) -> Result<Receipt, Error> {
        let prefix = self.config.page_prefix.as_ref().filter(|_| matches!(ask, Ask::Payment { .. }));
        let receipt = Receipt {
            reference: Id::derived(&[NAME, ask.kind(), ask.id().as_str()]),
            at: now,
            page: prefix.map(|prefix| format!("{prefix}{}", ask.id())),
        };
        self.book(|book| book.take(ask, &receipt).map(|(_, receipt)| receipt))
    }

    fn query(&self, subject: &Subject, _: i64) -> Result<Vec<Event>, Error> {
        self.book(|book| Ok(book.events(subject)?))
    }

    fn bill(&self, day: Day, now: i64) -> Result<Bill, Error> {
        check_over(day, now)?;
        let bytes = self.book(|book| Ok(book.tx.get(Space::Bill, &day.to_string())?))?;
        let bytes = bytes.ok_or_else(|| {
            Refusal::new(Code::BillMissing, format!("the operator's system has handed in no bill of {day}"))
        })?;
        Bill::read(&bytes)
            .map_err(|refusal| Fault::Damaged { what: format!("the bill of {day}: {refusal}") }.into())
    }

    fn read_callback(&self, call: &SignedCall, now: i64) -> Result<Event, Error> {
        let event = Event::read(call.verify(&self.config.secrets, now)?)?;
        if event.at > now.saturating_add(TOLERANCE_SECONDS) {
            let message = format!(
                "the event {} is of {}, and now it is {now}: at most {TOLERANCE_SECONDS} seconds ahead",
                event.id, event.at
            );
            return Err(Refusal::new(Code::EventFromFuture, message).into());
        }
        Ok(event)
    }

    fn keep(&self, event: &Event) -> Result<(), Error> {
        self.book(|book| book.record(event).map(drop))
    }
}
