//! The mall's own times: how long what waits for somebody waits. The plan's days (hold, refund) are the economy's.
//! Must not be added here: a clock.

use linli_economy::time::Instant;

/// An order without its payment holds its pieces so long.
pub const RESERVE_SECONDS: i64 = 15 * 60;
/// A paid order that is not shipped by then is cancelled by the service.
pub const SHIP_DAYS: u32 = 15;
/// What was shipped counts as received then.
pub const RECEIVE_DAYS: u32 = 10;
/// A supplier answers a return within these, else the platform decides; and as long may a refusal be appealed.
pub const ANSWER_DAYS: u32 = 3;
/// A member sends back within these, else the return ends.
pub const SEND_BACK_DAYS: u32 = 10;
/// What was sent back counts as arrived then.
pub const ARRIVE_DAYS: u32 = 10;

/// 9999-12-31T23:59:59Z, the last second that instants have.
const LAST_SECOND: i64 = 253_402_300_799;

/// So many days later; a plan may name more days than there are years.
pub fn after_days(at: Instant, days: u32) -> Instant {
    let later = at.plus_days(days);
    Instant { seconds: later.seconds.min(LAST_SECOND), ..later }
}

/// When pieces that are reserved now are free again.
pub fn reserved_until(now: Instant) -> Instant {
    Instant { seconds: (now.seconds + RESERVE_SECONDS).min(LAST_SECOND), ..now }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_deadline_lies_behind_the_last_instant() {
        let now = Instant { seconds: 1_767_225_600, nanoseconds: 5 };
        assert_eq!(after_days(now, 2).seconds, now.seconds + 172_800);
        for deadline in [after_days(now, u32::MAX), reserved_until(Instant { seconds: LAST_SECOND, ..now })] {
            assert_eq!(Instant::try_from((deadline.seconds, deadline.nanoseconds)), Ok(deadline));
            assert_eq!(deadline.seconds, LAST_SECOND);
        }
    }
}
