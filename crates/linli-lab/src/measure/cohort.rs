//! Cohorts: the members by the month of their first order, and what came back to them of 100 yuan spent.

use super::quantile;
use crate::people::{People, Person};
use crate::scenario::{Date, month_text};
use linli_economy::pool::Pool;
use linli_economy::state::State;
use linli_economy::units::Fen;
use std::collections::BTreeMap;

/// What came back to one member.
#[derive(Clone, Copy, Debug)]
pub struct Returned {
    /// Paid for points so far, by redemptions and exits.
    pub cash: Fen,
    /// What the points held would pay now, after the retention.
    pub redeemable: Fen,
}

impl Returned {
    /// Of everybody who buys, in order of registration.
    #[must_use]
    pub fn of_all(state: &State, people: &People) -> Vec<Self> {
        (0..people.len()).map(|number| Self::of(state, state.pool(), people.member(number))).collect()
    }

    /// Of one member.
    #[must_use]
    pub fn of(state: &State, pool: &Pool, id: linli_economy::handle::MemberId) -> Self {
        let member = &state.members()[id.index()];
        let retention = state.plan_at(member.cycle).points.retention;
        Self {
            cash: state.paybacks()[id.index()].received,
            redeemable: pool.redemption(member.points, retention),
        }
    }

    /// Both together.
    #[must_use]
    pub fn total(&self) -> Fen {
        self.cash + self.redeemable
    }
}

/// A cohort. Returns are yuan of 100 yuan spent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cohort {
    /// The month, such as `2026-01`; empty for everybody.
    pub month: String,
    /// How many members.
    pub members: u64,
    /// What they spent.
    pub spent: Fen,
    /// What was paid for their points.
    pub cash: Fen,
    /// What their points would pay now.
    pub redeemable: Fen,
    /// Cash per 100 yuan of the cohort.
    pub cash_per_100: f64,
    /// Redeemable value per 100 yuan.
    pub redeemable_per_100: f64,
    /// Both per 100 yuan.
    pub mean_per_100: f64,
    /// Of the member in the middle.
    pub median_per_100: f64,
    /// The nine deciles.
    pub deciles_per_100: [f64; 9],
    /// Members who reached the cap at least once.
    pub capped: u64,
    /// Days from the first order to the cap, of the member in the middle of those.
    pub cap_days_median: Option<f64>,
    /// Orders of the whole platform from the first order to the cap, likewise.
    pub cap_orders_median: Option<f64>,
}

/// The cohorts in the order of their months.
pub fn by_month(people: &People, returned: &[Returned], start: Date) -> Vec<Cohort> {
    let mut months: BTreeMap<i64, Members> = BTreeMap::new();
    for (person, returned) in people.everyone().iter().zip(returned) {
        let month = start.plus(u32::from(person.day)).month();
        months.entry(month).or_default().add(person, returned);
    }
    months.into_iter().map(|(month, members)| members.cohort(month_text(month))).collect()
}

/// Everybody as one cohort.
pub fn everyone(people: &People, returned: &[Returned]) -> Cohort {
    let mut members = Members::default();
    people.everyone().iter().zip(returned).for_each(|(person, returned)| members.add(person, returned));
    members.cohort(String::new())
}

/// Members whose figures are being put together.
#[derive(Default)]
struct Members {
    count: u64,
    spent: Fen,
    cash: Fen,
    redeemable: Fen,
    returns: Vec<f64>,
    cap_days: Vec<f64>,
    cap_orders: Vec<f64>,
}

impl Members {
    fn add(&mut self, person: &Person, returned: &Returned) {
        self.count += 1;
        self.spent += Fen::from(person.spent);
        self.cash += returned.cash;
        self.redeemable += returned.redeemable;
        // Whoever got all their money back by refunds has spent nothing.
        if person.spent > 0 {
            self.returns.push(per_100(returned.total(), Fen::from(person.spent)));
        }
        if person.cap_order > 0 {
            self.cap_days.push(f64::from(person.cap_day - person.day));
            self.cap_orders.push(f64::from(person.cap_order.saturating_sub(person.first_order)));
        }
    }

    fn cohort(mut self, month: String) -> Cohort {
        for figures in [&mut self.returns, &mut self.cap_days, &mut self.cap_orders] {
            figures.sort_unstable_by(f64::total_cmp);
        }
        let decile = |tenth: u8| quantile(&self.returns, f64::from(tenth) / 10.0).unwrap_or(0.0);
        Cohort {
            month,
            members: self.count,
            spent: self.spent,
            cash: self.cash,
            redeemable: self.redeemable,
            cash_per_100: per_100(self.cash, self.spent),
            redeemable_per_100: per_100(self.redeemable, self.spent),
            mean_per_100: per_100(self.cash + self.redeemable, self.spent),
            median_per_100: decile(5),
            deciles_per_100: [1, 2, 3, 4, 5, 6, 7, 8, 9].map(decile),
            capped: self.cap_days.len() as u64,
            cap_days_median: quantile(&self.cap_days, 0.5),
            cap_orders_median: quantile(&self.cap_orders, 0.5),
        }
    }
}

impl Cohort {
    /// The share that reached the cap.
    #[must_use]
    pub fn capped_share(&self) -> f64 {
        if self.members == 0 { 0.0 } else { self.capped as f64 / self.members as f64 }
    }
}

/// Yuan of 100 yuan.
pub fn per_100(part: Fen, whole: Fen) -> f64 {
    if whole <= Fen::ZERO { 0.0 } else { part.0 as f64 / whole.0 as f64 * 100.0 }
}
