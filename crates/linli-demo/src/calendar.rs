//! The days of the demo's year, in the time of Guangdong.

use linli_economy::time::Instant;

/// Midnight of 1 September 2025 in Guangdong, which is eight hours ahead.
const FIRST_MIDNIGHT: i64 = 1_756_656_000;

pub const DAY: i64 = 86_400;

/// The days of the year.
pub const DAYS: i64 = 365;

/// A moment of a day, in seconds after its midnight.
pub fn moment(day: i64, second: i64) -> Instant {
    Instant { seconds: FIRST_MIDNIGHT + day * DAY + second, nanoseconds: 0 }
}

/// Whether it is a Saturday or a Sunday; the first day is a Monday.
pub fn is_weekend(day: i64) -> bool {
    day % 7 >= 5
}

/// Whether a month of thirty days begins.
pub fn begins_month(day: i64) -> bool {
    day % 30 == 29
}

/// The share of `total` that has come by the end of a day, when as many come each day.
pub fn by_end_of(day: i64, days: i64, total: u64) -> u64 {
    let passed = (day + 1).clamp(0, days).unsigned_abs();
    total * passed / days.unsigned_abs()
}
