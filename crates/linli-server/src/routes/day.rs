//! Days of Asia/Shanghai, as requests name them: from 00:00:00 there until it is 00:00:00 again, which is 16:00:00 UTC.

use crate::problem::{Code, Problem};
use linli_economy::time::Instant;
use linli_engine::chronicle;
use std::fmt;

/// Seconds by which Asia/Shanghai is ahead of UTC.
const SHANGHAI_SECONDS: i64 = 8 * 3_600;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day of a text such as `2026-01-31`.
    ///
    /// # Errors
    /// What a day is.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let midnight =
            (text.len() == 10).then(|| Instant::parse(&format!("{text}T00:00:00+08:00"))).flatten();
        let bad = || Problem::new(Code::BadParameter, "a day is a date of Asia/Shanghai such as 2026-01-31");
        midnight.map(Self::of).ok_or_else(bad)
    }

    /// The day of an instant.
    pub fn of(at: Instant) -> Self {
        Self(chronicle::day(at))
    }

    /// The number by which the chronicle knows it.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The instant at which it ends.
    pub fn end(self) -> Instant {
        Instant { seconds: (self.0 + 1) * 86_400 - SHANGHAI_SECONDS, nanoseconds: 0 }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noon = Instant { seconds: self.0 * 86_400, nanoseconds: 0 };
        let (year, month, day) = noon.date_at(0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written_and_ends_at_sixteen_o_clock_utc() {
        let day = Day::parse("2026-01-31").map_err(|_| ()).expect("a day");
        assert_eq!(
            (day.to_string(), day.end().to_string()),
            ("2026-01-31".into(), "2026-01-31T16:00:00Z".into())
        );
        assert!(day > Day::of(Instant::parse("2026-01-30T15:59:59Z").expect("an instant")));
        assert_eq!(day, Day::of(Instant::parse("2026-01-30T16:00:00Z").expect("an instant")));
        for text in ["", "2026-1-31", "2026-02-30", "2026-01-31T", "31.01.2026", "二〇二六-01"] {
            assert!(Day::parse(text).is_err(), "{text:?}");
        }
    }
}
