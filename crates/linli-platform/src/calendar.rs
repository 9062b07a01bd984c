//! Spans and days that rules count in. Must not be added here: anything that asks what time it is.

use linli_economy::time::Instant;

/// Seconds of an hour.
pub(crate) const HOUR: i64 = 3_600;

/// Seconds of a day of 24 hours.
pub(crate) const DAY: i64 = 24 * HOUR;

/// The instant this many seconds later.
pub(crate) fn later(now: Instant, seconds: i64) -> Instant {
    let seconds = now.seconds.checked_add(seconds).expect("years below 10^5 and spans of days");
    Instant { seconds, ..now }
}

/// The day of Asia/Shanghai, which has been eight hours ahead of UTC since 1991: days since 1970-01-01 there.
pub(crate) fn shanghai_day(now: Instant) -> i64 {
    (now.seconds + 8 * HOUR).div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_shanghai_begins_at_sixteen_o_clock_utc() {
        let at = |text| shanghai_day(Instant::parse(text).expect("an instant"));
        assert_eq!(at("1970-01-01T00:00:00Z"), 0);
        assert_eq!(at("2026-01-01T15:59:59.999Z") + 1, at("2026-01-01T16:00:00Z"));
        assert_eq!(at("2026-01-01T16:00:00Z"), at("2026-01-02T15:59:59Z"));
        assert_eq!(at("1969-12-31T15:59:59Z"), -1);
    }
}
