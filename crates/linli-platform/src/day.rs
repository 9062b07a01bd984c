//! Days of Asia/Shanghai, and which orders were paid on which: the economy keeps of a settled order only when that was, so
//! the number of the first order of each day is kept here. Days begin at 16:00 UTC. Must not be added here: a balance.

use crate::calendar::{DAY, HOUR, shanghai_day};
use linli_economy::handle::OrderId;
use linli_economy::order::{Order, Phase};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day(i64);

/// Which orders were paid on which day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// Each day on which something happened, with how many orders there were before.
    firsts: Vec<(Day, u64)>,
}

/// What was sold, and what has become of it since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Orders that were paid.
    pub orders: u64,
    /// What was paid for them, in fen.
    pub paid: u128,
    /// What of that was given back until now, before and after settling.
    pub given_back: u128,
    /// What is left of those that are not settled.
    pub waiting: u128,
}

impl Day {
    /// The day of an instant.
    #[must_use]
    pub fn of(now: Instant) -> Self {
        Self(shanghai_day(now))
    }

    /// The day of this date, such as `2026-01-31`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let midnight = Instant::parse(&format!("{text}T00:00:00Z")).filter(|_| text.len() == 10)?;
        // The date as it is called there, read as if it were one of UTC.
        Some(Self(midnight.seconds.div_euclid(DAY)))
    }

    /// When it begins.
    #[must_use]
    pub fn begins(self) -> Instant {
        Instant { seconds: self.0 * DAY - 8 * HOUR, nanoseconds: 0 }
    }

    /// The Monday of its week.
    #[must_use]
    pub fn week_begins(self) -> Self {
        // 1970-01-01 was a Thursday.
        Self(self.0 - (self.0 + 3).rem_euclid(7))
    }

    /// The first of its month.
    #[must_use]
    pub fn month_begins(self) -> Self {
        let date = self.to_string();
        let day = date.get(8..).and_then(|day| day.parse::<i64>().ok()).expect("a date ends with its day");
        Self(self.0 - day + 1)
    }

    /// The day after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Instant { seconds: self.0 * DAY, nanoseconds: 0 }.to_string();
        f.write_str(text.split('T').next().unwrap_or_default())
    }
}

impl Days {
    /// Something happened at this time, before which there were so many orders.
    pub(crate) fn note(&mut self, now: Instant, orders_before: usize) {
        let day = Day::of(now);
        if self.firsts.last().is_none_or(|(last, _)| *last < day) {
            self.firsts.push((day, u64::try_from(orders_before).expect("64 bits")));
        }
    }

    /// The day on which an order was paid.
    #[must_use]
    pub fn of(&self, order: OrderId) -> Option<Day> {
        let number = u64::try_from(order.index()).expect("64 bits");
        let place = self.firsts.partition_point(|(_, first)| *first <= number);
        self.firsts.get(place.checked_sub(1)?).map(|(day, _)| *day)
    }

    /// How many orders there were before this day.
    #[must_use]
    pub fn orders_before(&self, day: Day, all: usize) -> usize {
        let place = self.firsts.partition_point(|(known, _)| *known < day);
        self.firsts.get(place).map_or(all, |(_, first)| usize::try_from(*first).expect("64 bits").min(all))
    }

    pub(crate) fn figure(&self) -> u64 {
        u64::try_from(self.firsts.len()).expect("64 bits")
    }
}

impl Figures {
    /// The figures of these orders.
    #[must_use]
    pub fn of<'o>(orders: impl Iterator<Item = &'o Order>) -> Self {
        orders.fold(Self::default(), |sum, order| Self {
            orders: sum.orders + 1,
            paid: sum.paid + u128::from(order.paid),
            given_back: sum.given_back + u128::from(order.cancelled) + u128::from(order.refunded),
            waiting: sum.waiting + if order.phase == Phase::Paid { u128::from(order.left()) } else { 0 },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::testing::Stage;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap_or_else(|| panic!("{text} is a day"))
    }

    fn at(text: &str) -> Instant {
        Instant::parse(text).expect("an instant")
    }

    #[test]
    fn a_day_begins_at_midnight_of_shanghai() {
        assert_eq!(Day::of(at("2026-01-31T15:59:59Z")), day("2026-01-31"));
        assert_eq!(Day::of(at("2026-01-31T16:00:00Z")), day("2026-02-01"));
        assert_eq!(day("2026-02-01").begins(), at("2026-01-31T16:00:00Z"));
        assert_eq!(day("2026-02-01").to_string(), "2026-02-01");
        for text in ["", "2026-02-30", "2026-2-1", "20260201", "2026-02-01T", "+026-02-01"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        for (of, week, month) in [
            ("2026-02-01", "2026-01-26", "2026-02-01"),
            ("2026-02-02", "2026-02-02", "2026-02-01"),
            ("2024-02-29", "2024-02-26", "2024-02-01"),
            ("1970-01-01", "1969-12-29", "1970-01-01"),
        ] {
            assert_eq!((day(of).week_begins(), day(of).month_begins()), (day(week), day(month)), "{of}");
        }
    }

    #[test]
    fn an_order_keeps_the_day_on_which_it_was_paid() {
        let mut days = Days::default();
        // Two orders on the first day, none on the second, one on the fourth.
        for (time, before) in [
            ("2026-01-01T00:00:00Z", 0),
            ("2026-01-01T15:00:00Z", 1),
            ("2026-01-02T15:59:59Z", 2),
            ("2026-01-04T00:00:00Z", 2),
        ] {
            days.note(at(time), before);
        }
        let paid = |number| days.of(OrderId::at(number).expect("a number"));
        assert_eq!(paid(0), Some(day("2026-01-01")));
        assert_eq!(paid(1), Some(day("2026-01-01")));
        assert_eq!(paid(2), Some(day("2026-01-04")));
        let before = |text| days.orders_before(day(text), 3);
        assert_eq!(
            ["2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"].map(before),
            [0, 0, 2, 2, 2, 3]
        );
        assert_eq!(Days::default().of(OrderId::at(0).expect("a number")), None);
    }

    #[test]
    fn figures_say_what_was_paid_and_what_went_back() {
        let mut stage = Stage::new();
        stage.commands(
            r#"{"cmd":"open_member","member":"M1"}
{"cmd":"open_store","store":"S1","owner":"M1","district":"440106"}
{"cmd":"pay","order":"O1","store":"S1","amount":"10.00"}
{"cmd":"cancel","cancel":"C1","order":"O1","amount":"4.00"}
{"cmd":"settle","order":"O2","store":"S1","amount":"20.00"}"#,
        );
        let figures = Figures::of(stage.economy.state().orders().iter());
        assert_eq!(figures, Figures { orders: 2, paid: 3_000, given_back: 400, waiting: 600 });
    }
}
