//! What one day is: of a store, of a member, of the price. Must not be added here: how it comes about.

use linli_economy::handle::MemberId;
use linli_economy::pool::Price;
use linli_economy::region::LEVELS;
use linli_economy::time::Instant;

/// Seconds by which Asia/Shanghai is ahead of UTC, and those of a day.
const AHEAD: i64 = 8 * 3_600;
const DAY: i64 = 86_400;

/// A day of a store, for those who were its recruiter and its agents when its orders were paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfStore {
    /// Days since 1970-01-01 in Asia/Shanghai.
    pub day: i64,
    /// The recruiter, then the agents from the district up.
    pub holders: [Option<MemberId>; 1 + LEVELS],
    /// What each earned, in fen.
    pub shares: [i64; 1 + LEVELS],
    /// Orders that were settled.
    pub orders: u64,
    /// What they were for, less what was refunded, in fen.
    pub turnover: i64,
}

/// A day of a member: what orders of others brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayOfMember {
    /// Days since 1970-01-01 in Asia/Shanghai.
    pub day: i64,
    /// Orders that were settled of whom they invited, and of whom those invited.
    pub orders: [u64; 2],
    /// By orders of whom they invited, and of whom those invited, in fen.
    pub invited: [i64; 2],
    /// Of the orders of whom they invited, those in stores of others, and what they brought in fen.
    pub elsewhere: (u64, i64),
    /// By levels, in fen.
    pub levels: i64,
    /// By stores that they recruited, in fen.
    pub recruited: i64,
    /// By their regions, in fen.
    pub regions: i64,
}

/// A day of the price, which never falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfPrice {
    /// Days since 1970-01-01 in Asia/Shanghai.
    pub day: i64,
    /// After the first command of the day; what was before it is the last of the day before.
    pub first: Price,
    /// After the last one.
    pub last: Price,
}

/// The day of an instant.
#[must_use]
pub fn day_of(at: Instant) -> i64 {
    (at.seconds + AHEAD).div_euclid(DAY)
}

/// When a day begins.
#[must_use]
pub fn beginning_of(day: i64) -> Instant {
    Instant { seconds: day * DAY - AHEAD, nanoseconds: 0 }
}
