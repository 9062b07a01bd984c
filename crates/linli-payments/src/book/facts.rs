//! Whether what is said to have happened fits what was asked and what happened before, and what it changes. Payments and
//! refunds may happen without an ask, at a till; money that goes to others may not. Must not be added here: a fact that
//! is refused because it is unwelcome.

use super::Book;
use super::charge::{Charge, Held, unknown_payment};
use crate::amount::{Amount, yuan};
use crate::ask::{Ask, Hold, sum_of};
use crate::error::{Code, Error, Refusal};
use crate::event::Happened;
use crate::id::Id;

impl Book<'_> {
    /// Believes something that [`crate::judge`] lets pass.
    pub(super) fn believe(&mut self, happened: &Happened, at: i64) -> Result<(), Error> {
        match happened {
            Happened::Paid { payment, charge, amount, .. } => self.paid(payment, charge, *amount, at),
            Happened::Declined { payment, .. } | Happened::Closed { payment } => {
                match self.asked("payment", payment)? {
                    Some(_) => Ok(()),
                    None => Err(unknown_payment(payment).into()),
                }
            }
            Happened::Refunded { refund, payment, charge, amount } => {
                self.refunded(refund, payment, charge, *amount)
            }
            Happened::RefundFailed { refund, .. } => self.refund_failed(refund),
            Happened::PaidOut { payout, amount } | Happened::PayoutFailed { payout, amount, .. } => {
                self.check_payout(payout, *amount)
            }
            Happened::Split { split, charge, amount } => self.split(split, charge, *amount),
            Happened::SplitFailed { split, .. } => self.split_failed(split),
            Happened::Released { payment, charge } => self.released(payment, charge),
        }
    }

    fn paid(&mut self, payment: &Id, charge: &Id, amount: Amount, at: i64) -> Result<(), Error> {
        if let Some(known) = self.charge(charge)? {
            let message = format!("the charge {charge} is of the payment {}, not {payment}", known.payment);
            return Err(contradicts(message));
        }
        let held = match self.hold_of(payment)? {
            Hold::Nothing => Held::Never,
            Hold::ForSplits => Held::Since(at),
        };
        let payment = payment.clone();
        let new =
            Charge { payment, amount, held, refunding: 0, refunded: 0, splitting: 0, split: 0, requests: 0 };
        Ok(self.keep_charge(charge, &new)?)
    }

    fn refunded(&mut self, refund: &Id, payment: &Id, charge: &Id, amount: Amount) -> Result<(), Error> {
        let mut of = self.known_charge(payment, charge)?;
        let asked = match self.asked("refund", refund)? {
            None => 0,
            Some(Ask::Refund { payment: p, charge: c, amount: a, .. })
                if (&p, &c, a) == (payment, charge, amount) =>
            {
                amount.fen()
            }
            Some(_) => {
                return Err(contradicts(format!("the refund {refund} was asked for with other content")));
            }
        };
        let refunded = of.refunded.saturating_add(amount.fen());
        if refunded > of.amount.fen() {
            let message = format!(
                "of the charge {charge} of {} {} was given back: {amount} is too much",
                of.amount,
                yuan(of.refunded)
            );
            return Err(Refusal::new(Code::OverRefund, message).into());
        }
        (of.refunded, of.refunding) = (refunded, of.refunding.saturating_sub(asked));
        Ok(self.keep_charge(charge, &of)?)
    }

    fn refund_failed(&mut self, refund: &Id) -> Result<(), Error> {
        let Some(Ask::Refund { payment, charge, amount, .. }) = self.asked("refund", refund)? else {
            return Err(unknown(Code::UnknownRefund, "refund", refund));
        };
        self.change(&payment, &charge, |of| of.refunding = of.refunding.saturating_sub(amount.fen()))
    }

    fn check_payout(&mut self, payout: &Id, amount: Amount) -> Result<(), Error> {
        let Some(Ask::Payout { amount: asked, .. }) = self.asked("payout", payout)? else {
            return Err(unknown(Code::UnknownPayout, "payout", payout));
        };
        if asked != amount {
            return Err(contradicts(format!("the payout {payout} was asked for {asked}, not {amount}")));
        }
        Ok(())
    }

    fn split(&mut self, split: &Id, charge: &Id, amount: Amount) -> Result<(), Error> {
        let (payment, asked_of, sum) = self.asked_split(split)?;
        if (&asked_of, sum) != (charge, amount) {
            let message =
                format!("the split {split} was asked for {sum} of {asked_of}, not {amount} of {charge}");
            return Err(contradicts(message));
        }
        self.change(&payment, charge, |of| {
            of.splitting = of.splitting.saturating_sub(amount.fen());
            of.split = of.split.saturating_add(amount.fen());
        })
    }

    fn split_failed(&mut self, split: &Id) -> Result<(), Error> {
        let (payment, charge, sum) = self.asked_split(split)?;
        self.change(&payment, &charge, |of| of.splitting = of.splitting.saturating_sub(sum.fen()))
    }

    fn asked_split(&mut self, split: &Id) -> Result<(Id, Id, Amount), Error> {
        let Some(Ask::Split { payment, charge, shares, .. }) = self.asked("split", split)? else {
            return Err(unknown(Code::UnknownSplit, "split", split));
        };
        Ok((payment, charge, sum_of(&shares)?))
    }

    fn released(&mut self, payment: &Id, charge: &Id) -> Result<(), Error> {
        let mut of = self.known_charge(payment, charge)?;
        if of.held == Held::Never {
            return Err(contradicts(format!("the charge {charge} was never held")));
        }
        of.held = Held::Ended;
        Ok(self.keep_charge(charge, &of)?)
    }

    /// The charge that an event builds on. One that is not known may be reported yet.
    fn known_charge(&mut self, payment: &Id, charge: &Id) -> Result<Charge, Error> {
        match self.charge(charge)? {
            None => {
                let message = format!("the charge {charge} of {payment} was not reported yet");
                Err(Refusal::new(Code::EventTooEarly, message).into())
            }
            Some(of) if of.payment != *payment => {
                let message = format!("the charge {charge} is of the payment {}, not {payment}", of.payment);
                Err(contradicts(message))
            }
            Some(of) => Ok(of),
        }
    }
}

fn contradicts(message: String) -> Error {
    Refusal::new(Code::EventContradicts, message).into()
}

fn unknown(code: Code, what: &str, id: &Id) -> Error {
    Refusal::new(code, format!("no {what} {id} was asked for")).into()
}
