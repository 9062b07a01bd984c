//! Whether an ask may be taken, and what it reserves. Must not be added here: a change before every check has passed.

use super::charge::{Charge, unknown_payment};
use super::{Book, Held};
use crate::amount::{Amount, yuan};
use crate::ask::{Ask, Hold, sum_of};
use crate::error::{Code, Error, Refusal};
use crate::id::Id;

impl Book<'_> {
    pub(super) fn check(&mut self, ask: &Ask, now: i64) -> Result<(), Error> {
        match ask {
            Ask::Payment { id, expires, .. } => self.check_payment(id, *expires, now),
            Ask::Close { payment } => self.check_close(payment),
            Ask::Refund { payment, charge, amount, .. } => {
                let of = self.charge_of(payment, charge)?;
                Ok(check_refund(&of, charge, *amount)?)
            }
            Ask::Payout { .. } => Ok(()),
            Ask::Split { payment, charge, shares, .. } => {
                let of = self.charge_of(payment, charge)?;
                let splittable = of.splittable().ok_or_else(|| not_held(charge))?;
                splittable.check(self.limits, shares, now)?;
                Ok(())
            }
            Ask::Finish { payment, charge } => match self.charge_of(payment, charge)?.held {
                Held::Since(_) => Ok(()),
                Held::Never | Held::Ended => Err(not_held(charge).into()),
            },
        }
    }

    /// Sets aside what the ask will take, so that two together never take more than there is.
    pub(super) fn reserve(&mut self, ask: &Ask) -> Result<(), Error> {
        match ask {
            Ask::Payment { .. } | Ask::Close { .. } | Ask::Payout { .. } => Ok(()),
            Ask::Refund { payment, charge, amount, .. } => {
                self.change(payment, charge, |of| of.refunding = of.refunding.saturating_add(amount.fen()))
            }
            Ask::Split { payment, charge, shares, .. } => {
                let sum = sum_of(shares)?.fen();
                self.change(payment, charge, |of| {
                    of.splitting = of.splitting.saturating_add(sum);
                    of.requests = of.requests.saturating_add(1);
                })
            }
            Ask::Finish { payment, charge } => self.change(payment, charge, |of| of.held = Held::Ended),
        }
    }

    /// Changes a charge that is there.
    pub(super) fn change(
        &mut self,
        payment: &Id,
        charge: &Id,
        change: impl FnOnce(&mut Charge),
    ) -> Result<(), Error> {
        let mut of = self.charge_of(payment, charge)?;
        change(&mut of);
        Ok(self.keep_charge(charge, &of)?)
    }

    fn check_payment(&mut self, id: &Id, expires: i64, now: i64) -> Result<(), Error> {
        if expires <= now {
            let message = format!("the payment {id} is to close at {expires}, and now it is {now}");
            return Err(Refusal::new(Code::AlreadyExpired, message).into());
        }
        self.check_unpaid(id)
    }

    fn check_close(&mut self, payment: &Id) -> Result<(), Error> {
        let is_asked = self.asked("payment", payment)?.is_some();
        if !is_asked && !self.is_paid(payment)? {
            return Err(unknown_payment(payment).into());
        }
        self.check_unpaid(payment)
    }

    /// Money may have come without an ask, by a till.
    fn check_unpaid(&mut self, payment: &Id) -> Result<(), Error> {
        if self.is_paid(payment)? {
            let message = format!("the payment {payment} is paid: give it back instead");
            return Err(Refusal::new(Code::PaymentEnded, message).into());
        }
        Ok(())
    }

    /// How what arrives for a payment is held.
    pub(super) fn hold_of(&mut self, payment: &Id) -> Result<Hold, Error> {
        Ok(match self.asked("payment", payment)? {
            Some(Ask::Payment { hold, .. }) => hold,
            _ => Hold::Nothing,
        })
    }
}

fn check_refund(of: &Charge, charge: &Id, amount: Amount) -> Result<(), Refusal> {
    let back = of.refunded.saturating_add(of.refunding);
    if back.saturating_add(amount.fen()) <= of.amount.fen() {
        return Ok(());
    }
    let message = format!(
        "of the charge {charge} of {} {} was given back or is being given back: {amount} is too much",
        of.amount,
        yuan(back)
    );
    Err(Refusal::new(Code::OverRefund, message))
}

fn not_held(charge: &Id) -> Refusal {
    Refusal::new(Code::NotHeld, format!("the charge {charge} is not held for splits, or no more"))
}
