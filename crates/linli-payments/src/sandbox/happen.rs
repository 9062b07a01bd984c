//! A step of the sandbox: what was due by now, and what an ask leads to. Must not be added here: what a payer does.

use super::Failing;
use super::due::Due;
use crate::ask::{Ask, Hold, sum_of};
use crate::bill::BillLine;
use crate::book::{Book, number};
use crate::day::Day;
use crate::error::Error;
use crate::event::{Event, Happened};
use crate::id::Id;
use crate::progress::Judgement;
use crate::records::Space;
use crate::subject::Subject;
use crate::text::Line;

/// How long refunds, payouts and splits take, in seconds.
const WORK_SECONDS: i64 = 3;

/// What the sandbox says of what was made to fail.
const MADE_TO_FAIL: &str = "the sandbox was told to let this fail";

const CLOCK: &str = "clock";

/// The sandbox within a transaction, at a time.
pub(super) struct Step<'t> {
    pub book: Book<'t>,
    pub now: i64,
}

impl<'t> Step<'t> {
    /// Moves the clock to now, unless it is later, and lets happen what is due.
    pub fn begin(book: Book<'t>, now: i64) -> Result<Self, Error> {
        let clock = book.tx.load(Space::Setting, CLOCK)?.unwrap_or(0);
        let mut step = Self { book, now: now.max(clock) };
        step.let_happen()?;
        if step.now > clock {
            step.book.tx.save(Space::Setting, CLOCK, &step.now)?;
        }
        Ok(step)
    }

    /// What follows from an ask that is new.
    pub fn carry_out(&mut self, ask: &Ask, reference: &Id) -> Result<(), Error> {
        let done_at = self.now.saturating_add(WORK_SECONDS);
        match ask {
            Ask::Payment { id, expires, .. } => {
                self.book.tx.save(Space::Page, reference.as_str(), id)?;
                self.at(*expires, &Due::Expire(id.clone()))
            }
            Ask::Close { payment } => self.tell(Happened::Closed { payment: payment.clone() }, self.now),
            Ask::Refund { id, payment, charge, amount, .. } => {
                let (refund, payment, charge) = (id.clone(), payment.clone(), charge.clone());
                let happened = match self.failure(Failing::Refund)? {
                    Some(why) => Happened::RefundFailed { refund, why },
                    None => Happened::Refunded { refund, payment, charge, amount: *amount },
                };
                self.at(done_at, &Due::Tell(happened))
            }
            Ask::Payout { id, amount, .. } => {
                let (payout, amount) = (id.clone(), *amount);
                let happened = match self.failure(Failing::Payout)? {
                    Some(why) => Happened::PayoutFailed { payout, amount, why },
                    None => Happened::PaidOut { payout, amount },
                };
                self.at(done_at, &Due::Tell(happened))
            }
            Ask::Split { id, charge, shares, .. } => {
                let (split, charge, amount) = (id.clone(), charge.clone(), sum_of(shares)?);
                let happened = match self.failure(Failing::Split)? {
                    Some(why) => Happened::SplitFailed { split, why },
                    None => Happened::Split { split, charge, amount },
                };
                self.at(done_at, &Due::Tell(happened))
            }
            Ask::Finish { payment, charge } => {
                let (payment, charge) = (payment.clone(), charge.clone());
                self.tell(Happened::Released { payment, charge }, self.now)
            }
        }
    }

    /// Something happens at this time: it goes into the book, on the bill, and out to whoever listens. What is known is
    /// not told again.
    pub fn tell(&mut self, happened: Happened, at: i64) -> Result<(), Error> {
        let content = serde_json::to_string(&happened).expect("an event is made of texts and numbers");
        let event = Event { id: Id::derived(&[super::NAME, &at.to_string(), &content]), at, happened };
        let came_before = self.book.events(&event.happened.subject())?;
        if self.book.record(&event)? == Judgement::Repeated {
            return Ok(());
        }
        let was_done = came_before.iter().any(|known| matches!(known.happened, Happened::PaidOut { .. }));
        if let Some(line) = BillLine::of(&event, was_done) {
            let key = format!("{}/{}", Day::of(at)?, number(self.book.next("movement")?));
            self.book.tx.save(Space::Movement, &key, &line)?;
        }
        self.hold(&event)?;
        self.call_back(&event, 0)
    }

    /// A charge that is held is released by itself in the end.
    fn hold(&mut self, event: &Event) -> Result<(), Error> {
        let Happened::Paid { payment, charge, .. } = &event.happened else { return Ok(()) };
        if let Some(Ask::Payment { hold: Hold::ForSplits, .. }) = self.book.asked("payment", payment)? {
            let ends = self.book.limits.hold_ends(event.at);
            self.at(ends, &Due::Release { payment: payment.clone(), charge: charge.clone() })?;
        }
        Ok(())
    }

    /// Has the next ask of this kind fail.
    pub fn fail_next(&mut self, what: Failing) -> Result<(), Error> {
        let count = self.failures_left(what)?;
        Ok(self.book.tx.save(Space::Setting, setting(what), &count.saturating_add(1))?)
    }

    /// Why this one fails, if it is to.
    fn failure(&mut self, what: Failing) -> Result<Option<Line>, Error> {
        let Some(left) = self.failures_left(what)?.checked_sub(1) else { return Ok(None) };
        self.book.tx.save(Space::Setting, setting(what), &left)?;
        Ok(Some(Line::new(MADE_TO_FAIL)?))
    }

    fn failures_left(&mut self, what: Failing) -> Result<u32, Error> {
        Ok(self.book.tx.load(Space::Setting, setting(what))?.unwrap_or(0))
    }

    /// Whether something has happened to a subject.
    pub fn has(&mut self, subject: &Subject, is_it: fn(&Happened) -> bool) -> Result<bool, Error> {
        Ok(self.book.events(subject)?.iter().any(|event| is_it(&event.happened)))
    }
}

fn setting(what: Failing) -> &'static str {
    match what {
        Failing::Refund => "fail_refund",
        Failing::Payout => "fail_payout",
        Failing::Split => "fail_split",
    }
}
