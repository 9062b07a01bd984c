//! What is counted on the way: orders, exits, redemptions, and the series of pool and price. Sums of what the economy
//! said, never a figure of its own.

use crate::people::People;
use crate::scenario::Date;
use linli_economy::outcome::{Exit, Outcome};
use linli_economy::state::State;
use linli_economy::units::{Fen, Points};

/// Members who reached the cap first of all that are noted one by one.
const FIRSTS: usize = 20;

/// A member who reached the cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstAtCap {
    /// The member's number, from 1, in the order of first orders.
    pub member: u64,
    /// The order that brought them there, counted over the whole platform.
    pub order: u64,
    /// On which day.
    pub day: u32,
}

/// Sums since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Orders settled.
    pub orders: u64,
    /// Their amounts.
    pub turnover: Fen,
    /// Exits at the cap.
    pub exits: u64,
    /// What they paid.
    pub exits_paid: Fen,
    /// Redemptions that members asked for.
    pub redemptions: u64,
    /// What they paid.
    pub redeemed: Fen,
    /// Refunds.
    pub refunds: u64,
    /// What was given back.
    pub refunded: Fen,
    /// Money put into the pool.
    pub injected: Fen,
}

/// One row of the series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The day, from 0.
    pub day: u32,
    /// Members who have bought.
    pub members: u64,
    /// Sums since the start.
    pub sums: Sums,
    /// P.
    pub pool: Fen,
    /// S.
    pub supply: Points,
    /// The price in 10^-6 yuan a point, rounded down.
    pub price_micro: u128,
}

/// Everything that is counted.
pub struct Tally {
    /// The first day.
    pub start: Date,
    /// Refunds that the economy refused.
    pub refunds_refused: u64,
    /// The first members at the cap.
    pub firsts: Vec<FirstAtCap>,
    /// The series.
    pub rows: Vec<Row>,
    sums: Sums,
    every_orders: Option<u64>,
    /// The price at the end of each day, for growth.
    prices: Vec<f64>,
}

impl Tally {
    /// Nothing yet.
    #[must_use]
    pub fn new(start: Date, every_orders: Option<u64>) -> Self {
        Self {
            start,
            refunds_refused: 0,
            firsts: Vec::new(),
            rows: Vec::new(),
            sums: Sums::default(),
            every_orders,
            prices: Vec::new(),
        }
    }

    /// The sums so far.
    #[must_use]
    pub fn sums(&self) -> Sums {
        self.sums
    }

    /// Redemptions so far.
    #[must_use]
    pub fn redemptions(&self) -> u64 {
        self.sums.redemptions
    }

    pub(super) fn ordered(&mut self, amount: u64, outcome: &Outcome, people: &mut People, day: u32) {
        self.sums.orders += 1;
        self.sums.turnover += Fen::from(amount);
        self.exits(outcome, people, day);
    }

    pub(super) fn redeemed(&mut self, payout: Fen, outcome: &Outcome, people: &mut People, day: u32) {
        self.sums.redemptions += 1;
        self.sums.redeemed += payout;
        self.exits(outcome, people, day);
    }

    pub(super) fn refunded(&mut self, amount: u64, outcome: &Outcome, people: &mut People, day: u32) {
        self.sums.refunds += 1;
        self.sums.refunded += Fen::from(amount);
        self.exits(outcome, people, day);
    }

    pub(super) fn injected(&mut self, amount: u64, outcome: &Outcome, people: &mut People, day: u32) {
        self.sums.injected += Fen::from(amount);
        self.exits(outcome, people, day);
    }

    fn exits(&mut self, outcome: &Outcome, people: &mut People, day: u32) {
        self.left(&outcome.exits, people, day);
    }

    /// Exits, whoever set them off.
    pub(super) fn left(&mut self, exits: &[Exit], people: &mut People, day: u32) {
        for exit in exits {
            self.sums.exits += 1;
            self.sums.exits_paid += exit.payout;
            let Some(number) = people.number(exit.member) else { continue };
            let person = people.get(number);
            if person.cap_order == 0 {
                person.cap_order = u32::try_from(self.sums.orders).unwrap_or(u32::MAX).max(1);
                person.cap_day = u16::try_from(day).expect("at most fifty years");
                if self.firsts.len() < FIRSTS {
                    let member = number as u64 + 1;
                    self.firsts.push(FirstAtCap { member, order: self.sums.orders, day });
                }
            }
        }
    }

    /// A row after an order, where the scenario asks for rows by orders.
    pub(super) fn row_after_order(&mut self, state: &State, members: usize, day: u32) {
        if self.every_orders.is_some_and(|every| self.sums.orders.is_multiple_of(every)) {
            self.row(state, members, day);
        }
    }

    /// A day has ended.
    pub(super) fn close_day(&mut self, state: &State, members: usize, day: u32) {
        self.prices.push(price(state));
        if self.every_orders.is_none() {
            self.row(state, members, day);
        }
    }

    fn row(&mut self, state: &State, members: usize, day: u32) {
        let (pool, supply) = (state.pool().reserve(), state.pool().supply());
        let price_micro = state.pool().price().micro_yuan_floor();
        self.rows.push(Row { day, members: members as u64, sums: self.sums, pool, supply, price_micro });
    }

    /// By what share the price has grown a day over the last days, once there were so many.
    pub(super) fn growth_per_day(&self, state: &State, over_days: u32) -> Option<f64> {
        let days = (over_days as usize).max(1);
        let before = self.prices.len().checked_sub(days).map(|place| self.prices[place])?;
        Some(libm::pow(price(state) / before, 1.0 / days as f64) - 1.0)
    }
}

fn price(state: &State) -> f64 {
    let price = state.pool().price();
    price.pool.0 as f64 / price.supply.0 as f64
}
