//! A charge: money that was taken for a payment, and what became of it. Must not be added here: why.

use super::Book;
use crate::amount::Amount;
use crate::error::{Code, Error, Fault, Refusal};
use crate::event::Happened;
use crate::id::Id;
use crate::limits::Splittable;
use crate::records::Space;
use crate::subject::Subject;
use serde::{Deserialize, Serialize};

/// A charge as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Charge {
    pub payment: Id,
    pub amount: Amount,
    pub held: Held,
    /// In fen: what is being given back, and what was.
    pub refunding: u64,
    pub refunded: u64,
    /// In fen: what is being split off, and what was.
    pub splitting: u64,
    pub split: u64,
    /// How many splits were asked for.
    pub requests: u32,
}

/// Whether a charge is held for splits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Held {
    /// It never was.
    Never,
    /// Since this time.
    Since(i64),
    /// No more.
    Ended,
}

impl Charge {
    /// What the limits of splits look at, while it is held.
    pub fn splittable(&self) -> Option<Splittable> {
        let Held::Since(held_since) = self.held else { return None };
        let refunded_fen = self.refunded.saturating_add(self.refunding);
        let split_fen = self.split.saturating_add(self.splitting);
        Some(Splittable {
            charged: self.amount,
            refunded_fen,
            split_fen,
            requests: self.requests,
            held_since,
        })
    }
}

impl Book<'_> {
    /// A charge of this payment.
    pub fn charge_of(&mut self, payment: &Id, charge: &Id) -> Result<Charge, Error> {
        if let Some(found) = self.charge(charge)?.filter(|found| found.payment == *payment) {
            return Ok(found);
        }
        let is_known = self.asked("payment", payment)?.is_some() || self.is_paid(payment)?;
        Err(if is_known {
            let message = format!("the payment {payment} has no charge {charge}");
            Refusal::new(Code::UnknownCharge, message).into()
        } else {
            unknown_payment(payment).into()
        })
    }

    /// A charge, of whatever payment.
    pub fn charge(&mut self, charge: &Id) -> Result<Option<Charge>, Fault> {
        self.tx.load(Space::Charge, charge.as_str())
    }

    /// Keeps what has become of a charge.
    pub fn keep_charge(&mut self, id: &Id, charge: &Charge) -> Result<(), Fault> {
        self.tx.save(Space::Charge, id.as_str(), charge)
    }

    /// Whether money was taken for a payment.
    pub fn is_paid(&mut self, payment: &Id) -> Result<bool, Fault> {
        let events = self.events(&Subject::Payment(payment.clone()))?;
        Ok(events.iter().any(|event| matches!(event.happened, Happened::Paid { .. })))
    }
}

/// There is no such payment.
pub(crate) fn unknown_payment(payment: &Id) -> Refusal {
    Refusal::new(Code::UnknownPayment, format!("there is no payment {payment}"))
}
