//! How many new members come on each day. The number is what the scenario's curve says, with fractions carried over to
//! the next day; chance decides only when within the day. Must not be added: orders of members who come back.

use crate::draw::whole;
use crate::scenario::Arrivals;

/// The curve, day by day.
pub struct Curve<'s> {
    arrivals: &'s Arrivals,
    /// What the days so far left over.
    carried: f64,
}

impl<'s> Curve<'s> {
    /// From the first day on.
    #[must_use]
    pub fn new(arrivals: &'s Arrivals) -> Self {
        Self { arrivals, carried: 0.0 }
    }

    /// New members of this day; days are asked for one after the other.
    pub fn next(&mut self, day: u32) -> usize {
        self.carried += expected(self.arrivals, day);
        // A sum of many fractions may be short of a whole number by its last digits.
        let come = whole(self.carried + 1e-9);
        self.carried -= come as f64;
        come
    }
}

/// What the curve says of a day.
fn expected(arrivals: &Arrivals, day: u32) -> f64 {
    match *arrivals {
        Arrivals::Constant { per_day } => per_day,
        Arrivals::Logistic { members, half_by_day, growth_per_day } => {
            let rate = libm::log1p(growth_per_day.0);
            let come_by = |day: f64| members / (1.0 + libm::exp(-rate * (day - half_by_day)));
            come_by(f64::from(day) + 1.0) - come_by(f64::from(day))
        }
        Arrivals::GrowthThenStop { per_day, growth_per_day, stop_day, after_per_day, repeat_days } => {
            let day = repeat_days.filter(|&days| days > 0).map_or(day, |days| day % days);
            if day < stop_day {
                per_day * libm::pow(1.0 + growth_per_day.0, f64::from(day))
            } else {
                after_per_day
            }
        }
        Arrivals::File { .. } => 0.0,
    }
}

/// Orders that are expected in all: for progress alone.
#[must_use]
pub fn expected_orders(arrivals: &Arrivals, days: u32, rate: f64, lapse: f64) -> u64 {
    let (mut active, mut orders) = (0.0, 0.0);
    for day in 0..days {
        let new = expected(arrivals, day);
        let returning = active * rate;
        orders += new + returning;
        active += new - (new + returning) * lapse;
    }
    crate::draw::whole_u64(orders)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Share;

    fn days(arrivals: &Arrivals, days: u32) -> Vec<usize> {
        let mut curve = Curve::new(arrivals);
        (0..days).map(|day| curve.next(day)).collect()
    }

    #[test]
    fn fractions_are_carried_over() {
        assert_eq!(days(&Arrivals::Constant { per_day: 0.5 }, 4), [0, 1, 0, 1]);
        assert_eq!(days(&Arrivals::Constant { per_day: 0.1 }, 100).iter().sum::<usize>(), 10);
    }

    #[test]
    fn growth_stops_and_begins_again() {
        let arrivals = Arrivals::GrowthThenStop {
            per_day: 10.0,
            growth_per_day: Share(1.0),
            stop_day: 3,
            after_per_day: 1.0,
            repeat_days: Some(5),
        };
        assert_eq!(days(&arrivals, 8), [10, 20, 40, 1, 1, 10, 20, 40]);
    }

    #[test]
    fn a_town_fills_up() {
        let arrivals = Arrivals::Logistic { members: 1_000.0, half_by_day: 50.0, growth_per_day: Share(0.1) };
        let days = days(&arrivals, 100);
        let half: usize = days[..50].iter().sum();
        assert!((480..=500).contains(&half), "{half}");
        assert!(days.iter().sum::<usize>() <= 1_000);
        assert_eq!(expected_orders(&arrivals, 100, 0.0, 1.0), 983);
    }
}
