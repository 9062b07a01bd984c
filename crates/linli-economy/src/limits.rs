//! The limits that make every later sum safe: one amount is small, and what has entered in all is bounded, so
//! that no balance, which is a part of it, can exceed 127 bits. Must not be added here: a limit that a plan sets.

use crate::refusal::{Code, Refusal};
use crate::units::{Fen, Points};

/// The largest amount of money that one command can name: 10^13 fen.
pub const AMOUNT_LIMIT_FEN: u64 = 10_000_000_000_000;

/// The largest amount of growth points that one command can name: 10^18 micro-points.
pub const AMOUNT_LIMIT_POINTS: u64 = 1_000_000_000_000_000_000;

/// The largest weight of a dividend.
pub const WEIGHT_LIMIT: u64 = 1_000_000_000_000;

/// What has ever entered the economy. Every balance, debt and sum of them is at most this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    money: Fen,
    points: Points,
    deduction: i128,
}

impl Entered {
    /// Whether this much money still fits.
    ///
    /// # Errors
    /// [`Code::Overflow`].
    pub fn admits_money(&self, amount_fen: u64) -> Result<(), Refusal> {
        fits(self.money.0, amount_fen, "money")
    }

    /// Whether an order of this amount, with what it may mint and award, still fits. An order mints at most
    /// 10^6 micro-points a fen, since no price is below one fen a point, and awards at most ten times itself.
    ///
    /// # Errors
    /// [`Code::Overflow`].
    pub fn admits_order(&self, amount_fen: u64) -> Result<(), Refusal> {
        self.admits_money(amount_fen)?;
        fits(self.points.0, amount_fen.saturating_mul(1_000_000), "growth points")?;
        fits(self.deduction, amount_fen.saturating_mul(10), "deduction points")
    }

    /// Money has entered.
    pub fn add_money(&mut self, amount_fen: u64) {
        self.money += Fen::from(amount_fen);
    }

    /// An order has been settled: it minted and awarded this much.
    pub fn add_points(&mut self, minted: Points, awarded: u64) {
        self.points += minted;
        self.deduction += i128::from(awarded);
    }
}

fn fits(entered: i128, amount: u64, of: &str) -> Result<(), Refusal> {
    let sum = entered.checked_add(i128::from(amount));
    sum.map(|_| ()).ok_or_else(|| Refusal::new(Code::Overflow, format!("more {of} than 127 bits hold")))
}
