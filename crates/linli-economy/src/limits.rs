//! The limits that make every later sum safe: one amount is small, and what has entered in all is bounded, so
//! that no balance, which is a part of it, can exceed 127 bits. Must not be added here: a limit that a plan sets.

use crate::refusal::{Code, Refusal};
use crate::units::{Fen, Points};
use serde::{Deserialize, Serialize};

/// The largest amount of money that one command can name: 10^13 fen.
pub const AMOUNT_LIMIT_FEN: u64 = 10_000_000_000_000;

/// The largest amount of growth points that one command can name: 10^18 micro-points.
pub const AMOUNT_LIMIT_POINTS: u64 = 1_000_000_000_000_000_000;

/// The largest weight of a dividend.
pub const WEIGHT_LIMIT: u64 = 1_000_000_000_000;

/// What has ever entered the economy. Every balance, debt and sum of them is at most this.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What has entered, up to a little below the limit of 127 bits.
    fn nearly_full() -> Entered {
        Entered {
            money: Fen(i128::MAX - 100),
            points: Points(i128::MAX - 100_000_000),
            deduction: i128::MAX - 1_000,
        }
    }

    #[test]
    fn what_fits_to_the_last_unit_is_admitted_and_one_more_is_overflow() {
        let entered = nearly_full();
        assert_eq!(entered.admits_money(100), Ok(()));
        assert_eq!(entered.admits_money(101).map_err(|refusal| refusal.code), Err(Code::Overflow));
        assert_eq!(entered.admits_order(100), Ok(()));
        for full in [
            Entered { money: Fen(i128::MAX - 99), ..nearly_full() },
            Entered { points: Points(i128::MAX - 99_999_999), ..nearly_full() },
            Entered { deduction: i128::MAX - 999, ..nearly_full() },
        ] {
            assert_eq!(
                full.admits_order(100).map_err(|refusal| refusal.code),
                Err(Code::Overflow),
                "{full:?}"
            );
        }
    }

    #[test]
    fn what_enters_is_added_up() {
        let mut entered = Entered::default();
        entered.add_money(7);
        entered.add_money(8);
        entered.add_points(Points(9), 10);
        entered.add_points(Points(11), 12);
        assert_eq!(entered, Entered { money: Fen(15), points: Points(20), deduction: 22 });
    }
}
