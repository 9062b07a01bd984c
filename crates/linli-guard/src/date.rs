//! Days of the calendar, as rules and callers write them. Nothing here asks which day it is.

use linli_economy::time::Instant;
use std::fmt;

const SECONDS_A_DAY: i64 = 86_400;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(i64);

impl Date {
    /// The text `2026-11-30`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let midnight = Instant::parse(&format!("{text}T00:00:00Z"))?;
        Some(Self(midnight.seconds.div_euclid(SECONDS_A_DAY)))
    }

    /// The day of an instant in Asia/Shanghai, whose days everything here counts in.
    #[must_use]
    pub fn in_shanghai(instant: Instant) -> Self {
        Self((instant.seconds + 8 * 3_600).div_euclid(SECONDS_A_DAY))
    }

    /// How many days later than the other day this one is; below 0 if it is earlier.
    #[must_use]
    pub fn days_since(self, other: Self) -> i64 {
        self.0 - other.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let midnight = Instant { seconds: self.0 * SECONDS_A_DAY, nanoseconds: 0 };
        let (year, month, day) = midnight.date_at(0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_and_written_alike() {
        for text in ["2005-08-23", "2024-02-29", "1969-12-31"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in ["2005-8-23", "2023-02-29", "today", "2005-08-23T00:00:00Z"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_shanghai() {
        let evening = Instant::parse("2026-11-29T16:00:00Z").expect("an instant");
        let date = Date::in_shanghai(evening);
        assert_eq!(date.to_string(), "2026-11-30");
        assert_eq!(date.days_since(Date::parse("2026-06-03").expect("a date")), 180);
    }
}
