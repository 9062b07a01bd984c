//! The sandbox: a provider without money, whose payers are whoever looks at its page. Everything that a real one does to
//! those who rely on it can be had here on purpose: delays, doubled and reordered callbacks, second charges, failures,
//! payouts that come back. Must not be added here: anything that could move money.
//!
//! Its clock is the latest time that it was told and never runs back. What was due by then happens first, each at the
//! time when it was due, so that a day that is over never changes.

mod callback;
mod due;
mod happen;
mod once;
mod page;

pub use callback::{Answer, Callback, GAPS, Order};
pub use once::{DeskAct, DeskWrite, Wrote};
pub use page::{Page, PageState, PayerAct};

use crate::ask::Ask;
use crate::bill::{Bill, BillLine};
use crate::book::{Book, Taken, claim};
use crate::day::Day;
use crate::error::{Code, Error, Refusal};
use crate::event::{Event, Happened};
use crate::id::Id;
use crate::limits::SplitLimits;
use crate::progress::standing;
use crate::provider::{Provider, Receipt};
use crate::records::{Records, Space, decode};
use crate::signature::{Secret, SignedCall};
use crate::subject::Subject;
use crate::text::Line;
use happen::Step;
use std::sync::Arc;

/// What the provider is called.
const NAME: &str = "sandbox";

/// More lines than a day of a sandbox has.
const MOST_LINES: usize = 10_000_000;

/// What can be made to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// A refund.
    Refund,
    /// A payout.
    Payout,
    /// A split.
    Split,
}

/// The sandbox.
#[derive(Debug)]
pub struct Sandbox {
    records: Arc<dyn Records>,
    secret: Secret,
    page_prefix: String,
}

impl Sandbox {
    /// The sandbox with these records, whose callbacks are signed with this secret. Its pages are at `page_prefix` and
    /// the reference of a payment.
    ///
    /// # Errors
    /// [`Error::Fault`], also if the records are another provider's.
    pub fn new(records: Arc<dyn Records>, secret: Secret, page_prefix: &str) -> Result<Self, Error> {
        claim(&*records, NAME)?;
        Ok(Self { records, secret, page_prefix: page_prefix.to_owned() })
    }

    /// The page of the payment with this reference.
    ///
    /// # Errors
    /// [`Code::UnknownPayment`]; [`Error::Fault`].
    pub fn page(&self, reference: &Id, now: i64) -> Result<Page, Error> {
        self.step(now, |step| step.page(reference))
    }

    /// What the payer does on the page.
    ///
    /// # Errors
    /// [`Code::UnknownPayment`]; [`Code::PaymentEnded`] if the payment is paid, will be, or is closed; [`Error::Fault`].
    pub fn decide(&self, reference: &Id, act: PayerAct, now: i64) -> Result<(), Error> {
        self.step(now, |step| step.decide(reference, act))
    }

    /// Has the next ask of this kind fail, and one more each time.
    ///
    /// # Errors
    /// [`Error::Fault`].
    pub fn fail_next(&self, what: Failing, now: i64) -> Result<(), Error> {
        self.step(now, |step| step.fail_next(what))
    }

    /// Has a payout that was done come back.
    ///
    /// # Errors
    /// [`Code::UnknownPayout`]; [`Code::PayoutNotDone`] before it is done, and after it failed; [`Error::Fault`].
    pub fn return_payout(&self, payout: &Id, why: &Line, now: i64) -> Result<(), Error> {
        self.step(now, |step| step.return_payout(payout, why))
    }

    /// Does what a desk wants, once for each write of it.
    ///
    /// # Errors
    /// [`Code::IdReused`] if the write had other content; what [`Sandbox::return_payout`] is refused for;
    /// [`Error::Fault`].
    pub fn write(&self, write: &DeskWrite, act: &DeskAct, now: i64) -> Result<Wrote, Error> {
        self.step(now, |step| step.write(write, act))
    }

    /// At most so many callbacks that are to be sent now. Each is put off until its next attempt, so that one that is
    /// never heard of again is sent again; after 16 attempts within 24 hours it is given up.
    ///
    /// # Errors
    /// [`Error::Fault`].
    pub fn due_callbacks(&self, order: Order, most: usize, now: i64) -> Result<Vec<Callback>, Error> {
        self.step(now, |step| step.due_callbacks(&self.secret, order, most))
    }

    /// What became of an attempt.
    ///
    /// # Errors
    /// [`Code::UnknownCallback`]; [`Error::Fault`].
    pub fn callback_answered(&self, id: &Id, answer: Answer, now: i64) -> Result<(), Error> {
        self.step(now, |step| step.callback_answered(id, answer))
    }

    /// Lets everything happen that is due by now, then does this.
    fn step<T>(&self, now: i64, mut work: impl FnMut(&mut Step<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.records.run(|tx| {
            let mut step = Step::begin(Book { tx, limits: &SplitLimits::USUAL }, now)?;
            work(&mut step)
        })
    }
}

impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        NAME
    }

    fn is_real(&self) -> bool {
        false
    }

    fn ask(&self, ask: &Ask, now: i64) -> Result<Receipt, Error> {
        self.step(now, |step| {
            let reference = self.secret.token(ask.kind(), ask.id());
            let is_payment = matches!(ask, Ask::Payment { .. });
            let page = is_payment.then(|| format!("{}{reference}", self.page_prefix));
            let receipt = Receipt { reference, at: step.now, page };
            let (taken, receipt) = step.book.take(ask, &receipt)?;
            if taken == Taken::New {
                step.carry_out(ask, &receipt.reference)?;
            }
            Ok(receipt)
        })
    }

    fn query(&self, subject: &Subject, now: i64) -> Result<Vec<Event>, Error> {
        self.step(now, |step| Ok(step.book.events(subject)?))
    }

    fn bill(&self, day: Day, now: i64) -> Result<Bill, Error> {
        self.step(now, |step| {
            check_over(day, step.now)?;
            let rows = step.book.tx.under(Space::Movement, &day.to_string(), MOST_LINES)?;
            let lines: Result<Vec<BillLine>, _> =
                rows.iter().map(|(key, value)| decode(Space::Movement, key, value)).collect();
            Ok(Bill { day, lines: lines? })
        })
    }

    fn read_callback(&self, call: &SignedCall, now: i64) -> Result<Event, Error> {
        let told = Event::read(call.verify(std::slice::from_ref(&self.secret), now)?)?;
        let known = self.step(now, |step| Ok(step.book.event(&told.id)?))?;
        match known {
            Some(known) if known == told => Ok(told),
            _ => {
                let message = format!("the event {} never happened so in the sandbox", told.id);
                Err(Refusal::new(Code::UnknownEvent, message).into())
            }
        }
    }

    /// What the sandbox tells, it has kept before.
    fn keep(&self, _: &Event) -> Result<(), Error> {
        Ok(())
    }
}

/// A bill is there when its day is over.
pub(crate) fn check_over(day: Day, now: i64) -> Result<(), Refusal> {
    if now >= day.ends() {
        return Ok(());
    }
    let message = format!("{day} is over at {}, and now it is {now}", day.ends());
    Err(Refusal::new(Code::BillNotReady, message))
}

impl Step<'_> {
    fn return_payout(&mut self, payout: &Id, why: &Line) -> Result<(), Error> {
        if self.book.asked("payout", payout)?.is_none() {
            let message = format!("no payout {payout} was asked for");
            return Err(Refusal::new(Code::UnknownPayout, message).into());
        }
        let events = self.book.events(&Subject::Payout(payout.clone()))?;
        let Some(Happened::PaidOut { amount, .. }) = standing(&events).map(|event| &event.happened) else {
            let message = format!("the payout {payout} is not done, or came back before");
            return Err(Refusal::new(Code::PayoutNotDone, message).into());
        };
        let happened = Happened::PayoutFailed { payout: payout.clone(), amount: *amount, why: why.clone() };
        self.tell(happened, self.now)
    }
}
