//! Instants as commands bring them in, in RFC 3339. The economy has no clock: an instant is data. Must not be
//! added here: anything that asks what time it is.

use serde::{Deserialize, Serialize};
use std::fmt;

const SECONDS_A_DAY: i64 = 86_400;
/// 0000-01-01T00:00:00Z.
const YEAR_0_SECONDS: i64 = -62_167_219_200;
/// 10000-01-01T00:00:00Z.
const YEAR_10000_SECONDS: i64 = 253_402_300_800;

/// A point in time: whole seconds since 1970-01-01T00:00:00Z and nanoseconds after them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "(i64, u32)", into = "(i64, u32)")]
pub struct Instant {
    /// Seconds since the epoch, below zero before it.
    pub seconds: i64,
    /// 0 to 999,999,999.
    pub nanoseconds: u32,
}

impl Instant {
    /// 1970-01-01T00:00:00Z, which holds before the first `at`.
    pub const EPOCH: Self = Self { seconds: 0, nanoseconds: 0 };

    /// The text `2026-01-01T08:00:00.123+08:00`: RFC 3339 with at most nine decimals. A second 60 is accepted
    /// where leap seconds are put, at 23:59:60 UTC, and is the instant after it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader(text.as_bytes());
        let (year, month, day) = (reader.digits(4)?, reader.after(b'-', 2)?, reader.after(b'-', 2)?);
        reader.one_of(b"Tt")?;
        let (hour, minute, second) = (reader.digits(2)?, reader.after(b':', 2)?, reader.after(b':', 2)?);
        let nanoseconds = reader.fraction()?;
        let offset = reader.offset_seconds()?;
        if !reader.0.is_empty() || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let days = days_since_epoch(year, month, day)?;
        let seconds = days * SECONDS_A_DAY + hour * 3_600 + minute * 60 + second - offset;
        if second == 60 && seconds.rem_euclid(SECONDS_A_DAY) != 0 {
            return None;
        }
        Some(Self { seconds, nanoseconds })
    }

    /// The instant this many days of 24 hours later.
    ///
    /// # Panics
    /// Never for days of a plan and years of RFC 3339.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        let seconds = self.seconds.checked_add(i64::from(days) * SECONDS_A_DAY).expect("years below 10^8");
        Self { seconds, ..self }
    }

    /// Year, month and day of this instant at a fixed offset from UTC.
    #[must_use]
    pub fn date_at(self, offset_seconds: i64) -> (i64, i64, i64) {
        civil_from_days((self.seconds + offset_seconds).div_euclid(SECONDS_A_DAY))
    }
}

impl TryFrom<(i64, u32)> for Instant {
    type Error = &'static str;

    fn try_from((seconds, nanoseconds): (i64, u32)) -> Result<Self, Self::Error> {
        // A day more on both sides: an offset can shift the first and the last moment.
        let years = (YEAR_0_SECONDS - SECONDS_A_DAY)..(YEAR_10000_SECONDS + SECONDS_A_DAY);
        if years.contains(&seconds) && nanoseconds < 1_000_000_000 {
            return Ok(Self { seconds, nanoseconds });
        }
        Err("not an instant of the years 0 to 9999")
    }
}

impl From<Instant> for (i64, u32) {
    fn from(instant: Instant) -> Self {
        (instant.seconds, instant.nanoseconds)
    }
}

impl fmt::Display for Instant {
    /// RFC 3339 in UTC, with as many decimals as there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date_at(0);
        let rest = self.seconds.rem_euclid(SECONDS_A_DAY);
        let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if self.nanoseconds > 0 {
            let fraction = format!("{:09}", self.nanoseconds);
            write!(f, ".{}", fraction.trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

/// What is left of the text to read.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        allowed.contains(&first).then_some(first)
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits
            .iter()
            .try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0')))
    }

    fn after(&mut self, separator: u8, count: usize) -> Option<i64> {
        self.one_of(&[separator])?;
        self.digits(count)
    }

    /// The nanoseconds of `.123`, 0 where there is no point.
    fn fraction(&mut self) -> Option<u32> {
        if self.0.first() != Some(&b'.') {
            return Some(0);
        }
        let count = self.0[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=9).contains(&count) {
            return None;
        }
        let value = self.after(b'.', count)?;
        let scale = 10_i64.pow(u32::try_from(9 - count).expect("below 9"));
        Some(u32::try_from(value * scale).expect("below 10^9"))
    }

    fn offset_seconds(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let (hours, minutes) = (self.digits(2)?, self.after(b':', 2)?);
        (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3_600 + minutes * 60))
    }
}

/// Days from 1970-01-01 to the date, if there is such a date in the proleptic Gregorian calendar.
fn days_since_epoch(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Years that begin in March put the leap day last, so that every month starts at a fixed offset.
    let shifted = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = shifted.div_euclid(4) - shifted.div_euclid(100) + shifted.div_euclid(400);
    Some(shifted * 365 + leap_days + day_of_year - 719_468)
}

/// The date that is this many days after 1970-01-01: the inverse of [`days_since_epoch`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests;
