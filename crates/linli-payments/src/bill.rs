//! A provider's bill of a day: every movement of money, a line each, as CSV with a last line that counts and sums them, so
//! that a bill that was cut off is noticed. A bad row is named by line, column and reason. Must not be added here: what a
//! bill should say.

mod read;

use crate::amount::{Amount, yuan};
use crate::day::Day;
use crate::event::{Event, Happened};
use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// The columns, as the first row names them.
const COLUMNS: [&str; 6] = ["kind", "id", "payment", "charge", "amount", "at"];

/// What the last row begins with. It has the number of lines, their sum, and the day.
const TOTAL: &str = "total";

/// The longest bill, in bytes.
pub const MOST_BILL_BYTES: usize = 64 * 1_024 * 1_024;

/// What moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Money that arrived.
    Payment,
    /// Money that went back.
    Refund,
    /// Money that was paid out.
    Payout,
    /// A payout that came back.
    PayoutReturned,
    /// A part of a charge that went to others.
    Split,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Payment, Self::Refund, Self::Payout, Self::PayoutReturned, Self::Split];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Payout => "payout",
            Self::PayoutReturned => "payout_returned",
            Self::Split => "split",
        }
    }

    /// Which of the columns for payment and charge its lines have.
    fn has(self) -> (bool, bool) {
        match self {
            Self::Payment => (false, true),
            Self::Refund => (true, true),
            Self::Payout | Self::PayoutReturned => (false, false),
            Self::Split => (false, true),
        }
    }
}

/// A movement of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    /// What moved.
    pub kind: Kind,
    /// The payment, the refund, the payout or the split.
    pub id: Id,
    /// The payment that a refund is of.
    pub payment: Option<Id>,
    /// The charge of a payment, of a refund or of a split.
    pub charge: Option<Id>,
    /// How much.
    pub amount: Amount,
    /// When, in seconds since 1970.
    pub at: i64,
}

impl BillLine {
    /// The line of an event that moves money. A payout that failed has moved some only if it had been done.
    pub(crate) fn of(event: &Event, payout_was_done: bool) -> Option<Self> {
        let (kind, id, payment, charge, amount) = match &event.happened {
            Happened::Paid { payment, charge, amount, .. } => {
                (Kind::Payment, payment, None, Some(charge), amount)
            }
            Happened::Refunded { refund, payment, charge, amount } => {
                (Kind::Refund, refund, Some(payment), Some(charge), amount)
            }
            Happened::PaidOut { payout, amount } => (Kind::Payout, payout, None, None, amount),
            Happened::PayoutFailed { payout, amount, .. } if payout_was_done => {
                (Kind::PayoutReturned, payout, None, None, amount)
            }
            Happened::Split { split, charge, amount } => (Kind::Split, split, None, Some(charge), amount),
            _ => return None,
        };
        let (id, payment, charge) = (id.clone(), payment.cloned(), charge.cloned());
        Some(Self { kind, id, payment, charge, amount: *amount, at: event.at })
    }
}

/// A bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Of which day.
    pub day: Day,
    /// What moved, in the provider's order.
    pub lines: Vec<BillLine>,
}

impl Bill {
    /// The CSV. Ids and numbers need no quotes.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!("{}\n", COLUMNS.join(","));
        for BillLine { kind, id, payment, charge, amount, at } in &self.lines {
            let or_none = |id: &Option<Id>| id.as_ref().map_or(String::new(), ToString::to_string);
            let (kind, payment, charge) = (kind.as_str(), or_none(payment), or_none(charge));
            writeln!(text, "{kind},{id},{payment},{charge},{amount},{at}").expect("a text takes it");
        }
        let (count, day) = (self.lines.len(), self.day);
        writeln!(text, "{TOTAL},{count},,,{},{day}", yuan(self.sum_fen())).expect("a text takes it");
        text
    }

    /// All amounts together, whichever way they moved.
    fn sum_fen(&self) -> i128 {
        self.lines.iter().map(|line| i128::from(line.amount.fen())).sum()
    }
}

#[cfg(test)]
mod tests;
