//! When something happened, and the texts of it: times in UTC with six decimals, so that they sort as texts, and days
//! in UTC+8, which are those of the shops. Must not be added here: a clock.

use linli_economy::time::Instant;
use std::fmt::Write;
use std::num::NonZeroU64;

const SECONDS_A_DAY: i64 = 86_400;

/// UTC+8.
const OFFSET_SECONDS: i64 = 8 * 3_600;

/// A command, and the economy's time then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The seq of the command.
    pub seq: NonZeroU64,
    /// The time.
    pub at: Instant,
}

/// Appends the time as `2026-01-31T08:00:00.000000Z`; what is finer is cut off.
pub fn write_time(out: &mut String, at: Instant) {
    let (year, month, day) = at.date_at(0);
    let rest = at.seconds.rem_euclid(SECONDS_A_DAY);
    let (hour, minute, second, micros) = (rest / 3_600, rest / 60 % 60, rest % 60, at.nanoseconds / 1_000);
    write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
        .expect("a text takes what is written");
}

/// Appends the day as `2026-01-31`.
pub fn write_day(out: &mut String, at: Instant) {
    let (year, month, day) = at.date_at(OFFSET_SECONDS);
    write!(out, "{year:04}-{month:02}-{day:02}").expect("a text takes what is written");
}

/// The number of the day.
#[must_use]
pub fn day_number(at: Instant) -> i64 {
    (at.seconds + OFFSET_SECONDS).div_euclid(SECONDS_A_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(at: &str) -> (String, String, i64) {
        let at = Instant::parse(at).expect("a time");
        let (mut time, mut day) = (String::new(), String::new());
        write_time(&mut time, at);
        write_day(&mut day, at);
        (time, day, day_number(at))
    }

    #[test]
    fn times_are_in_utc_and_sort_as_texts() {
        let earlier = texts("2026-01-31T08:00:00+08:00").0;
        let later = texts("2026-01-31T00:00:00.0000019Z").0;
        assert_eq!((&*earlier, &*later), ("2026-01-31T00:00:00.000000Z", "2026-01-31T00:00:00.000001Z"));
    }

    #[test]
    fn a_day_begins_at_midnight_in_utc_plus_8() {
        assert_eq!(texts("2026-01-31T15:59:59.999Z").1, "2026-01-31");
        assert_eq!(texts("2026-01-31T16:00:00Z").1, "2026-02-01");
        assert_eq!(texts("1969-12-31T16:00:00Z").2, 0);
        assert_eq!(texts("1969-12-31T15:59:59Z").2, -1);
    }
}
