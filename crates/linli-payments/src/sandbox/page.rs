//! The page on which a payer decides: what it shows, and what can be done on it. Must not be added here: HTML.

use super::due::Due;
use super::happen::Step;
use crate::amount::Amount;
use crate::ask::Ask;
use crate::error::{Code, Error, Fault, Refusal};
use crate::event::Happened;
use crate::id::Id;
use crate::progress::standing;
use crate::records::Space;
use crate::subject::Subject;
use crate::text::{Account, Line};

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The payment.
    pub payment: Id,
    /// How much.
    pub amount: Amount,
    /// What for.
    pub title: Line,
    /// Until when it waits, in seconds since 1970.
    pub expires: i64,
    /// Where it stands.
    pub state: PageState,
}

/// Where a payment stands for its payer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// It waits for the payer.
    Waiting,
    /// The payer declined, and may decide again.
    Declined,
    /// It will be paid at this time.
    Delayed(i64),
    /// It is paid.
    Paid,
    /// It can't be paid any more.
    Closed,
}

/// What a payer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayerAct {
    /// Pays.
    Approve,
    /// Pays, and the callback is sent twice.
    ApproveTwice,
    /// Pays twice: two charges.
    PayTwice,
    /// Declines.
    Decline,
    /// Pays, so many seconds later, even if the payment has closed by then.
    Delay {
        /// How much later.
        seconds: u32,
    },
}

impl Step<'_> {
    pub(super) fn page(&mut self, reference: &Id) -> Result<Page, Error> {
        let payment: Option<Id> = self.book.tx.load(Space::Page, reference.as_str())?;
        let payment = payment.ok_or_else(|| {
            Refusal::new(Code::UnknownPayment, format!("there is no payment with the reference {reference}"))
        })?;
        let Some(Ask::Payment { amount, title, expires, .. }) = self.book.asked("payment", &payment)? else {
            let what = format!("the payment {payment} has a page and was not asked for");
            return Err(Fault::Damaged { what }.into());
        };
        let state = self.state(&payment)?;
        Ok(Page { payment, amount, title, expires, state })
    }

    /// Money that was taken or will be stands above all, so that nobody decides twice.
    fn state(&mut self, payment: &Id) -> Result<PageState, Error> {
        let events = self.book.events(&Subject::Payment(payment.clone()))?;
        let delayed: Option<i64> = self.book.tx.load(Space::Delayed, payment.as_str())?;
        Ok(match (standing(&events).map(|event| &event.happened), delayed) {
            (Some(Happened::Paid { .. }), _) => PageState::Paid,
            (Some(Happened::Closed { .. }), _) => PageState::Closed,
            (_, Some(at)) => PageState::Delayed(at),
            (Some(_), None) => PageState::Declined,
            (None, None) => PageState::Waiting,
        })
    }

    pub(super) fn decide(&mut self, reference: &Id, act: PayerAct) -> Result<(), Error> {
        let page = self.page(reference)?;
        if !matches!(page.state, PageState::Waiting | PageState::Declined) {
            let message = format!("the payment {} waits for nobody: {:?}", page.payment, page.state);
            return Err(Refusal::new(Code::PaymentEnded, message).into());
        }
        match act {
            PayerAct::Approve => self.tell(charge(&page, 1)?, self.now),
            PayerAct::ApproveTwice => {
                let paid = charge(&page, 1)?;
                self.tell(paid, self.now)?;
                let events = self.book.events(&Subject::Payment(page.payment))?;
                let event = events.last().expect("it was told above");
                self.call_back(event, 1)
            }
            PayerAct::PayTwice => {
                self.tell(charge(&page, 1)?, self.now)?;
                self.tell(charge(&page, 2)?, self.now)
            }
            PayerAct::Decline => {
                let why = Line::new("the payer declined")?;
                self.tell(Happened::Declined { payment: page.payment, why }, self.now)
            }
            PayerAct::Delay { seconds } => {
                let at = self.now.saturating_add(i64::from(seconds));
                self.book.tx.save(Space::Delayed, page.payment.as_str(), &at)?;
                self.at(at, &Due::Tell(charge(&page, 1)?))
            }
        }
    }
}

/// A charge from an account that is the payment's own: in a sandbox nobody has one.
fn charge(page: &Page, count: u8) -> Result<Happened, Refusal> {
    let payment = page.payment.clone();
    let charge = Id::derived(&[super::NAME, "charge", payment.as_str(), &count.to_string()]);
    let payer = Some(Account::new(&format!("sandbox payer of {payment}"))?);
    Ok(Happened::Paid { payment, charge, amount: page.amount, payer })
}
