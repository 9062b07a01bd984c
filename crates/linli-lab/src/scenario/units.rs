//! Values as scenarios write them: `"5%"`, `"1.2"`, `"1000.00"`, `"2026-01-31"`. A wrong one is refused at its place.

use linli_economy::decimal;
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::rate::Rate;
use linli_economy::time::Instant;
use serde::Deserialize;

/// A share of something, from 0 to 1; written as a rate such as `"5%"`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Deserialize)]
#[serde(try_from = "String")]
pub struct Share(pub f64);

impl TryFrom<String> for Share {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let rate = Rate::parse(&text, Rate::WHOLE);
        let rate = rate.map_err(|_| format!("{text:?} is not a share from \"0%\" to \"100%\""))?;
        Ok(Self(f64::from(rate.0) / 1e6))
    }
}

/// A number of times, above 0; written as a decimal such as `"1.2"`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Times(pub f64);

impl TryFrom<String> for Times {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match decimal::parse(&text, 6, 1_000_000_000_000) {
            Ok(millionths @ 1..) => Ok(Self(millionths as f64 / 1e6)),
            _ => Err(format!("{text:?} is not a number above 0 such as \"1.2\"")),
        }
    }
}

/// An amount of money above 0, in fen; written as `"1000.00"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Yuan(pub u64);

impl TryFrom<String> for Yuan {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match decimal::parse(&text, 2, AMOUNT_LIMIT_FEN) {
            Ok(fen @ 1..) => Ok(Self(fen)),
            _ => Err(format!("{text:?} is not an amount above 0 such as \"1000.00\"")),
        }
    }
}

/// A day of Asia/Shanghai; written as `"2026-01-31"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Date {
    /// The second at which it begins.
    pub begins: i64,
}

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// Shanghai is eight hours ahead.
const OFFSET: i64 = 8 * 3_600;

impl Date {
    /// The day that is so many days later.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self { begins: self.begins + i64::from(days) * DAY }
    }

    /// The day of an instant.
    #[must_use]
    pub fn of(at: Instant) -> Self {
        Self { begins: (at.seconds + OFFSET).div_euclid(DAY) * DAY - OFFSET }
    }

    /// How many days it is after that one; 0 if it is before.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> u32 {
        u32::try_from((self.begins - earlier.begins).div_euclid(DAY).max(0)).unwrap_or(u32::MAX)
    }

    /// Year and month, as one number that rises by 1 with each month.
    #[must_use]
    pub fn month(self) -> i64 {
        let (year, month, _) = self.instant().date_at(OFFSET);
        year * 12 + month - 1
    }

    /// `2026-01-31`.
    #[must_use]
    pub fn text(self) -> String {
        let (year, month, day) = self.instant().date_at(OFFSET);
        format!("{year:04}-{month:02}-{day:02}")
    }

    fn instant(self) -> Instant {
        Instant { seconds: self.begins, nanoseconds: 0 }
    }
}

/// `2026-01` of a month's number.
#[must_use]
pub fn month_text(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

impl Default for Date {
    /// The first of January 2026.
    fn default() -> Self {
        Self { begins: 1_767_225_600 - OFFSET }
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let instant = Instant::parse(&format!("{text}T00:00:00+08:00")).filter(|_| text.len() == 10);
        let instant = instant.ok_or_else(|| format!("{text:?} is not a day such as \"2026-01-31\""))?;
        Ok(Self { begins: instant.seconds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_are_written() {
        assert_eq!(Share::try_from("5%".to_string()), Ok(Share(0.05)));
        assert_eq!(Times::try_from("1.2".to_string()), Ok(Times(1.2)));
        assert_eq!(Yuan::try_from("1000.00".to_string()), Ok(Yuan(100_000)));
        for text in ["5", "-1%", "101%"] {
            assert!(Share::try_from(text.to_string()).is_err(), "{text}");
        }
        for text in ["0", "-1", "x"] {
            assert!(Times::try_from(text.to_string()).is_err(), "{text}");
            assert!(Yuan::try_from(text.to_string()).is_err(), "{text}");
        }
        assert!(Date::try_from("2026-02-30".to_string()).is_err());
    }

    #[test]
    fn days_are_those_of_shanghai() {
        let day = Date::try_from("2026-01-31".to_string()).expect("a day");
        assert_eq!(day.text(), "2026-01-31");
        assert_eq!(day.plus(1).text(), "2026-02-01");
        assert_eq!(month_text(day.plus(1).month()), "2026-02");
        assert_eq!(Date::default().text(), "2026-01-01");
        assert_eq!(day.days_since(Date::default()), 30);
        assert_eq!(Date::of(Instant { seconds: day.begins + DAY - 1, nanoseconds: 0 }), day);
    }
}
