//! An amount of money that moves: 1 to 10^13 fen, as much as one command of the economy can name. Must not be added
//! here: an amount of nothing, or below it.

use crate::error::{Code, Refusal};
use linli_economy::decimal;
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Decimals of a yuan.
const DECIMALS: usize = 2;

/// An amount, in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Amount(u64);

impl Amount {
    /// So many fen.
    ///
    /// # Errors
    /// [`Code::BadAmount`] for none and for more than 10^13.
    pub fn of_fen(fen: u64) -> Result<Self, Refusal> {
        if (1..=AMOUNT_LIMIT_FEN).contains(&fen) {
            return Ok(Self(fen));
        }
        let message = format!("an amount is 1 to {AMOUNT_LIMIT_FEN} fen, not {fen}");
        Err(Refusal::new(Code::BadAmount, message))
    }

    /// The text `12.34`, in yuan.
    ///
    /// # Errors
    /// [`Code::BadAmount`] for any other form, and as [`Amount::of_fen`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let fen = decimal::parse(text, DECIMALS, AMOUNT_LIMIT_FEN).map_err(|_| {
            let message = "an amount in yuan has the form 12.34 and is at most 100000000000.00";
            Refusal::new(Code::BadAmount, message)
        })?;
        Self::of_fen(fen)
    }

    /// In fen.
    #[must_use]
    pub fn fen(self) -> u64 {
        self.0
    }
}

/// Fen as yuan: `12.34`.
#[must_use]
pub fn yuan(fen: impl Into<i128>) -> String {
    let mut text = String::new();
    decimal::write(&mut text, fen.into(), DECIMALS);
    text
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&yuan(self.0))
    }
}

impl TryFrom<u64> for Amount {
    type Error = Refusal;

    fn try_from(fen: u64) -> Result<Self, Refusal> {
        Self::of_fen(fen)
    }
}

impl From<Amount> for u64 {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_above_nothing_and_within_the_economy() {
        for (fen, fits) in [
            (0, false),
            (1, true),
            (AMOUNT_LIMIT_FEN, true),
            (AMOUNT_LIMIT_FEN + 1, false),
            (u64::MAX, false),
        ] {
            assert_eq!(Amount::of_fen(fen).is_ok(), fits, "{fen}");
            assert_eq!(serde_json::from_str::<Amount>(&fen.to_string()).is_ok(), fits, "{fen}");
        }
        assert!(serde_json::from_str::<Amount>("1.5").is_err());
        assert!(serde_json::from_str::<Amount>("-1").is_err());
    }

    #[test]
    fn its_text_is_in_yuan() {
        for text in ["0.01", "12.34", "100000000000.00"] {
            assert_eq!(Amount::parse(text).expect(text).to_string(), text);
        }
        assert_eq!(Amount::parse("7").expect("whole yuan").fen(), 700);
        for text in ["", "0", "0.00", "-1", "1.234", "1,00", "1e3", "100000000000.01", " 1"] {
            assert_eq!(Amount::parse(text).expect_err(text).code, Code::BadAmount);
        }
    }
}
