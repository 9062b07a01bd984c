//! Rates in parts per million of a base, and the cap as a multiple. Each product is exact and its rounding is
//! in the name. Text forms: `"0.3%"` with at most four decimals of a percent, `"1.2"` with at most six.

use crate::decimal::{self, DecimalError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One million: the whole, in parts per million.
pub const WHOLE_PPM: u32 = 1_000_000;

/// A share of a base, in parts per million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rate(pub u32);

/// Why a text is not a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateError {
    /// Not `digits[.digits]%` with one to four decimals.
    NotRate,
    /// A rate, but above what its key allows.
    TooLarge,
}

impl Rate {
    /// No share at all.
    pub const ZERO: Self = Self(0);
    /// The whole.
    pub const WHOLE: Self = Self(WHOLE_PPM);

    /// The text `"0.3%"` as a rate of at most `limit`.
    ///
    /// # Errors
    /// [`RateError::NotRate`] for any other form, [`RateError::TooLarge`] above the limit.
    pub fn parse(text: &str, limit: Self) -> Result<Self, RateError> {
        let percent = text.strip_suffix('%').ok_or(RateError::NotRate)?;
        let ppm = decimal::parse(percent, 4, u64::from(limit.0)).map_err(|error| match error {
            DecimalError::TooLarge => RateError::TooLarge,
            DecimalError::NotDecimal | DecimalError::TooManyDecimals => RateError::NotRate,
        })?;
        Ok(Self(u32::try_from(ppm).expect("at most the limit")))
    }

    /// `⌊amount · rate⌋`: 0.3 % of 999 fen is 2 fen.
    #[must_use]
    pub fn share_floor(self, amount: u64) -> u64 {
        match amount.checked_mul(u64::from(self.0)) {
            Some(product) => product / u64::from(WHOLE_PPM),
            None => {
                let product = u128::from(amount) * u128::from(self.0);
                u64::try_from(product / u128::from(WHOLE_PPM)).expect("ten times an amount at most")
            }
        }
    }

    /// `⌈amount · rate⌉`: 20 % of 1 fen is 1 fen.
    #[must_use]
    pub fn share_ceil(self, amount: u64) -> u64 {
        let product = u128::from(amount) * u128::from(self.0);
        match u64::try_from(product) {
            Ok(product) => product.div_ceil(u64::from(WHOLE_PPM)),
            Err(_) => {
                u64::try_from(product.div_ceil(u128::from(WHOLE_PPM))).expect("ten times an amount at most")
            }
        }
    }

    /// What the whole leaves beside this rate.
    ///
    /// # Panics
    /// If the rate is above the whole, which no caller's rate is.
    #[must_use]
    pub fn complement(self) -> Self {
        Self(WHOLE_PPM.checked_sub(self.0).expect("a rate of at most 100%"))
    }
}

impl fmt::Display for Rate {
    /// The text form without trailing zeros: `0.3%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        decimal::write(&mut text, i128::from(self.0), 4);
        write!(f, "{}%", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// How many times their spending a member can earn before the points are redeemed by rule, in ppm: 1.2 times
/// is 1,200,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap(pub u64);

impl Cap {
    /// The largest cap that a plan may name: 10^12 times.
    pub const LIMIT: Self = Self(1_000_000_000_000_000_000);

    /// The text `"1.2"` as a cap.
    ///
    /// # Errors
    /// As [`decimal::parse`], with six decimals and at most [`Cap::LIMIT`].
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        decimal::parse(text, 6, Self::LIMIT.0).map(Self)
    }
}

impl fmt::Display for Cap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        decimal::write(&mut text, i128::from(self.0), 6);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_its_text() {
        assert_eq!(Rate::parse("0.3%", Rate::WHOLE), Ok(Rate(3_000)));
        assert_eq!(Rate::parse("100%", Rate::WHOLE), Ok(Rate::WHOLE));
        assert_eq!(Rate::parse("0.0001%", Rate::WHOLE), Ok(Rate(1)));
        assert_eq!(Rate::parse("100.0001%", Rate::WHOLE), Err(RateError::TooLarge));
        for text in ["20", "0.00001%", "-1%", "%", "1.%", "20 %", "20％"] {
            assert_eq!(Rate::parse(text, Rate::WHOLE), Err(RateError::NotRate), "{text}");
        }
        assert_eq!(Rate(3_000).to_string(), "0.3%");
        assert_eq!(Rate(200_000).to_string(), "20%");
        assert_eq!(Rate::ZERO.to_string(), "0%");
        assert_eq!(Cap(1_200_000).to_string(), "1.2");
    }

    #[test]
    fn shares_round_as_their_names_say() {
        assert_eq!(Rate(3_000).share_floor(999), 2);
        assert_eq!(Rate(200_000).share_ceil(1), 1);
        assert_eq!(Rate(200_000).share_floor(1), 0);
        // The largest award of the largest order needs more than 64 bits on the way.
        assert_eq!(Rate(10_000_000).share_floor(10_000_000_000_000), 100_000_000_000_000);
        assert_eq!(Rate(1_000_000).share_ceil(10_000_000_000_000), 10_000_000_000_000);
    }
}
