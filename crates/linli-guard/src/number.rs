//! Exact decimal numbers of any unit: what predicates compute with. A sum that does not fit is told, never cut off.

use linli_economy::decimal;
use std::cmp::Ordering;

/// More digits than any measurement has: 10^18 with six decimals.
const LITERAL_LIMIT: u64 = 1_000_000_000_000_000_000;

/// `units` of 10^-`decimals`.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    units: i128,
    decimals: u32,
}

/// A result with more digits than fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl Number {
    /// This many units of 10^-`decimals`.
    #[must_use]
    pub fn new(units: i128, decimals: u32) -> Self {
        Self { units, decimals }
    }

    /// The text `12.34` with at most six decimals, or `12.34%`, which is a hundredth.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (digits, further) = text.strip_suffix('%').map_or((text, 0), |digits| (digits, 2));
        let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        if decimals > 6 {
            return None;
        }
        let units = decimal::parse(digits, decimals, LITERAL_LIMIT).ok()?;
        Some(Self::new(units.into(), u32::try_from(decimals).ok()? + further))
    }

    fn with_decimals(self, decimals: u32) -> Result<i128, TooLarge> {
        let more = decimals.checked_sub(self.decimals).ok_or(TooLarge)?;
        let factor = 10_i128.checked_pow(more).ok_or(TooLarge)?;
        self.units.checked_mul(factor).ok_or(TooLarge)
    }

    fn aligned(self, other: Self) -> Result<(i128, i128, u32), TooLarge> {
        let decimals = self.decimals.max(other.decimals);
        Ok((self.with_decimals(decimals)?, other.with_decimals(decimals)?, decimals))
    }

    /// The sum, exactly.
    ///
    /// # Errors
    /// If it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        let (left, right, decimals) = self.aligned(other)?;
        Ok(Self::new(left.checked_add(right).ok_or(TooLarge)?, decimals))
    }

    /// The difference, exactly.
    ///
    /// # Errors
    /// If it does not fit.
    pub fn minus(self, other: Self) -> Result<Self, TooLarge> {
        let (left, right, decimals) = self.aligned(other)?;
        Ok(Self::new(left.checked_sub(right).ok_or(TooLarge)?, decimals))
    }

    /// The product, exactly.
    ///
    /// # Errors
    /// If it does not fit.
    pub fn times(self, other: Self) -> Result<Self, TooLarge> {
        let units = self.units.checked_mul(other.units).ok_or(TooLarge)?;
        Ok(Self::new(units, self.decimals + other.decimals))
    }

    /// Which is larger.
    ///
    /// # Errors
    /// If one of them does not fit with the decimals of the other.
    pub fn compare(self, other: Self) -> Result<Ordering, TooLarge> {
        let (left, right, _) = self.aligned(other)?;
        Ok(left.cmp(&right))
    }

    /// All decimals that say something, and at least so many.
    #[must_use]
    pub fn to_text(self, at_least: usize) -> String {
        let mut text = String::new();
        decimal::write(&mut text, self.units, self.decimals as usize);
        if let Some(point) = text.find('.') {
            let needed = if at_least == 0 { point } else { point + 1 + at_least };
            let used = text.trim_end_matches('0').trim_end_matches('.').len();
            text.truncate(used.max(needed));
        } else if at_least > 0 {
            text.push('.');
        }
        let has = text.find('.').map_or(0, |point| text.len() - point - 1);
        text.extend(std::iter::repeat_n('0', at_least.saturating_sub(has)));
        text
    }

    /// As percent.
    #[must_use]
    pub fn to_percent(self) -> String {
        let percent = if self.decimals >= 2 {
            Self::new(self.units, self.decimals - 2)
        } else {
            Self::new(self.units.saturating_mul(10_i128.pow(2 - self.decimals)), 0)
        };
        format!("{}%", percent.to_text(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn numbers_are_exact_whatever_their_decimals() {
        let kept = number("1").minus(number("20%")).expect("fits");
        let most = number("1.2").times(kept).expect("fits");
        assert_eq!(most.to_text(0), "0.96");
        assert_eq!(most.to_percent(), "96%");
        assert_eq!(number("0.3%").plus(number("0.2%")).expect("fits").to_percent(), "0.5%");
        assert_eq!(number("30%").compare(number("0.300")), Ok(Ordering::Equal));
        assert_eq!(number("1000.00").compare(number("999.999999")), Ok(Ordering::Greater));
        assert_eq!(number("1").minus(number("1.5")).expect("fits").to_text(2), "-0.50");
        assert_eq!(number("5").to_percent(), "500%");
    }

    #[test]
    fn texts_have_the_decimals_that_they_need() {
        for (text, at_least, shown) in [
            ("1000.00", 2, "1000.00"),
            ("7", 0, "7"),
            ("7", 2, "7.00"),
            ("1.20", 0, "1.2"),
            ("100", 0, "100"),
        ] {
            assert_eq!(number(text).to_text(at_least), shown);
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let large = Number::new(i128::MAX, 0);
        assert_eq!(large.plus(number("1")).map(|_| ()), Err(TooLarge));
        assert_eq!(large.times(number("2")).map(|_| ()), Err(TooLarge));
        assert_eq!(large.compare(number("0.1")), Err(TooLarge));
        for text in ["", "-1", "1.", "1.0000001", "1e3", "1%%", "1000000000000000001"] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }
}
