//! A day in Shanghai, by which providers close their bills. China has no summer time, so that each day has 86,400
//! seconds and begins 8 hours before that of UTC. Must not be added here: what day it is.

use crate::error::{Code, Refusal};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::fmt;

const SECONDS: i64 = 86_400;
const OFFSET_SECONDS: i64 = 8 * 3_600;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    /// Days since 1970-01-01.
    number: i64,
}

impl Day {
    /// The day of this time, in seconds since 1970.
    ///
    /// # Errors
    /// [`Code::BadDay`] outside the years 0 to 9999.
    pub fn of(at: i64) -> Result<Self, Refusal> {
        let local = at.checked_add(OFFSET_SECONDS).and_then(|local| Instant::try_from((local, 0)).ok());
        let local = local.ok_or_else(bad_day)?;
        if !(0..=9_999).contains(&local.date_at(0).0) {
            return Err(bad_day());
        }
        Ok(Self { number: local.seconds.div_euclid(SECONDS) })
    }

    /// The text `2026-01-31`.
    ///
    /// # Errors
    /// [`Code::BadDay`] for another form, or a day that there is not.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let begins = Instant::parse(&format!("{text}T00:00:00+08:00")).ok_or_else(bad_day)?;
        Self::of(begins.seconds)
    }

    /// Its first second.
    #[must_use]
    pub fn begins(self) -> i64 {
        self.number * SECONDS - OFFSET_SECONDS
    }

    /// The first second after it.
    #[must_use]
    pub fn ends(self) -> i64 {
        self.begins() + SECONDS
    }

    /// Whether this time is of the day.
    #[must_use]
    pub fn has(self, at: i64) -> bool {
        (self.begins()..self.ends()).contains(&at)
    }
}

fn bad_day() -> Refusal {
    Refusal::new(Code::BadDay, "a day has the form 2026-01-31, and is of the years 0 to 9999")
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noon = Instant { seconds: self.begins() + SECONDS / 2, nanoseconds: 0 };
        let (year, month, day) = noon.date_at(OFFSET_SECONDS);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl TryFrom<String> for Day {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::parse(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_sixteen_hours_utc() {
        let day = Day::parse("2026-01-01").expect("a day");
        assert_eq!(day.begins(), 1_767_225_600 - 8 * 3_600);
        assert_eq!(Day::of(day.begins()).expect("its begin"), day);
        assert_eq!(Day::of(day.ends() - 1).expect("its end"), day);
        assert_eq!(Day::of(day.ends()).expect("the next one").to_string(), "2026-01-02");
        assert_eq!(Day::of(day.begins() - 1).expect("the one before").to_string(), "2025-12-31");
        assert!(day.has(day.begins()) && day.has(day.ends() - 1) && !day.has(day.ends()));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "2026-02-29", "2026-1-1", "20260101", "2026-01-01 ", "２026-01-01"] {
            assert_eq!(Day::parse(text).expect_err(text).code, Code::BadDay);
        }
        for at in [i64::MIN, i64::MAX, 253_402_300_800] {
            assert_eq!(Day::of(at).expect_err("too far").code, Code::BadDay);
        }
        for text in ["0000-01-01", "9999-12-31"] {
            assert_eq!(Day::parse(text).expect(text).to_string(), text);
        }
    }
}
