//! What a store puts into a deal: what is sold, frozen for every purchase, and how it is sold, which can change. Must not
//! be added here: a default that a store did not choose.

use super::purchase::days_later;
use crate::refusal::{Code, Refusal};
use crate::text::{Length, id, lines, plain};
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::time::Instant;
use linli_economy::units::Fen;
use serde::{Deserialize, Serialize};

const TITLE: Length = Length { what: "a deal's title", least: 1, most: 60 };
const TEXT: Length = Length { what: "a deal's terms", least: 1, most: 2_000 };
const SOURCE: Length = Length { what: "a compared price's source", least: 1, most: 120 };
/// Uses that one voucher may have.
const MOST_USES: u32 = 100;
/// Days that a voucher may be valid after it was paid: ten years.
const MOST_DAYS: u32 = 3_650;

/// What is sold. Every purchase keeps the terms that it was bought under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealTerms {
    /// What people read first.
    pub title: String,
    /// Fen for one piece; at least a fen a use.
    pub price_fen: u64,
    /// A higher price that it is compared with, with its proof.
    pub compared: Option<Compared>,
    /// Uses of one piece: 1 to 100.
    pub uses: u32,
    /// How long what was bought can be used.
    pub valid: Validity,
    /// The rest in plain text: what is in it, when it can be used, what it excludes.
    pub text: String,
}

/// A price that a deal's is compared with. Without all of this it is not shown (PR-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Fen; above the deal's price.
    pub price_fen: u64,
    /// Where it was asked.
    pub source: String,
    /// When it was.
    pub seen_at: Instant,
    /// The picture that shows it.
    pub picture: String,
}

/// How long a voucher can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Validity {
    /// This many days of 24 hours from the payment.
    Days(u32),
    /// Before this instant.
    Until(Instant),
}

/// How a deal is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealSale {
    /// Pieces in all, if they are limited.
    pub stock: Option<u32>,
    /// Pieces that one member may have, if they are limited.
    pub per_member: Option<u32>,
    /// From when on.
    pub from: Instant,
    /// Before when, if it ends.
    pub until: Option<Instant>,
}

impl Validity {
    /// When what was paid then expires.
    #[must_use]
    pub fn expires_at(self, paid_at: Instant) -> Instant {
        match self {
            Self::Days(days) => days_later(paid_at, days),
            Self::Until(until) => until,
        }
    }
}

impl DealTerms {
    /// # Errors
    /// The first of its rules that they break.
    pub(super) fn check(&self, now: Instant) -> Result<(), Refusal> {
        plain(&TITLE, &self.title)?;
        lines(&TEXT, &self.text)?;
        if !(1..=MOST_USES).contains(&self.uses) {
            return Err(unfit(format!("a voucher has 1 to {MOST_USES} uses, and this has {}", self.uses)));
        }
        let price = Fen::from(self.price_fen);
        if !(u64::from(self.uses)..=AMOUNT_LIMIT_FEN).contains(&self.price_fen) {
            let (least, most) = (Fen::from(u64::from(self.uses)), Fen::from(AMOUNT_LIMIT_FEN));
            return Err(unfit(format!(
                "a piece costs {least} (0.01 a use) to {most}, and this costs {price}"
            )));
        }
        match self.valid {
            Validity::Days(days) if !(1..=MOST_DAYS).contains(&days) => {
                Err(unfit(format!("a voucher is valid for 1 to {MOST_DAYS} days, and this for {days}")))
            }
            Validity::Until(until) if until <= now => {
                Err(unfit(format!("a voucher that is valid until {until} has expired at {now}")))
            }
            _ => self.compared.as_ref().map_or(Ok(()), |compared| compared.check(self.price_fen, now)),
        }
    }
}

impl Compared {
    fn check(&self, price_fen: u64, now: Instant) -> Result<(), Refusal> {
        let refuse = |message: String| Err(Refusal::new(Code::BadComparison, message));
        plain(&SOURCE, &self.source)?;
        id(&self.picture)?;
        if !(price_fen + 1..=AMOUNT_LIMIT_FEN).contains(&self.price_fen) {
            let (compared, price) = (Fen::from(self.price_fen), Fen::from(price_fen));
            return refuse(format!("a compared price is above the price of {price}, and this is {compared}"));
        }
        if self.seen_at > now {
            return refuse(format!("a compared price of {} was not seen before {now}", self.seen_at));
        }
        Ok(())
    }
}

impl DealSale {
    /// # Errors
    /// The first of its rules that it breaks.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.stock == Some(0) || self.per_member == Some(0) {
            return Err(unfit("a limit of pieces is at least 1"));
        }
        match self.until {
            Some(until) if until <= self.from => {
                Err(unfit(format!("a sale from {} does not end at {until}", self.from)))
            }
            _ => Ok(()),
        }
    }
}

fn unfit(message: impl Into<String>) -> Refusal {
    Refusal::new(Code::BadDeal, message)
}
