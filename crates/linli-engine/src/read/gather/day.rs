//! One day of prices, as it grows with each accepted command.

use super::super::moment::{day_number, write_day};
use super::super::rows::{Row, Rows, Value};
use linli_economy::outcome::Outcome;
use linli_economy::time::Instant;

/// The day of the last accepted command.
#[derive(Clone, Debug)]
pub struct Day {
    number: i64,
    name: String,
    first_seq: i128,
    last_seq: i128,
    first_price: i128,
    last_price: i128,
    lowest_price: i128,
    highest_price: i128,
    pool: i128,
    supply: i128,
    orders: i128,
    settled_fen: i128,
    is_changed: bool,
}

impl Day {
    /// The day of this instant among the stored ones.
    pub fn stored(prices: &Rows, at: Instant) -> Option<Self> {
        let mut name = String::new();
        write_day(&mut name, at);
        let row = prices.iter().find(|row| row.get(0) == Value::Text(&name))?;
        let number = |column| number(row, column);
        Some(Self {
            number: day_number(at),
            first_seq: number(1),
            last_seq: number(2),
            first_price: number(3),
            last_price: number(4),
            lowest_price: number(5),
            highest_price: number(6),
            pool: number(7),
            supply: number(8),
            orders: number(9),
            settled_fen: number(10),
            is_changed: false,
            name,
        })
    }

    /// The day that begins with this command.
    pub fn begin(at: Instant, seq: u64, outcome: &Outcome) -> Self {
        let mut name = String::new();
        write_day(&mut name, at);
        let (price, seq) = (price(outcome), i128::from(seq));
        Self {
            number: day_number(at),
            name,
            first_seq: seq,
            last_seq: seq,
            first_price: price,
            last_price: price,
            lowest_price: price,
            highest_price: price,
            pool: 0,
            supply: 0,
            orders: 0,
            settled_fen: 0,
            is_changed: true,
        }
    }

    /// Whether the instant lies in it.
    pub fn has(&self, at: Instant) -> bool {
        self.number == day_number(at)
    }

    /// Takes an accepted command, which settled this much if it settled an order.
    pub fn take(&mut self, seq: u64, outcome: &Outcome, settled_fen: Option<u64>) {
        let price = price(outcome);
        self.last_seq = seq.into();
        self.last_price = price;
        self.lowest_price = self.lowest_price.min(price);
        self.highest_price = self.highest_price.max(price);
        (self.pool, self.supply) = (outcome.pool.0, outcome.supply.0);
        if let Some(fen) = settled_fen {
            self.orders += 1;
            self.settled_fen += i128::from(fen);
        }
        self.is_changed = true;
    }

    /// Adds its row, unless it was added as it is.
    pub fn write_if_changed(&mut self, rows: &mut Rows) {
        if !std::mem::take(&mut self.is_changed) {
            return;
        }
        rows.text(&self.name).number(self.first_seq).number(self.last_seq);
        rows.number(self.first_price).number(self.last_price);
        rows.number(self.lowest_price).number(self.highest_price);
        rows.number(self.pool).number(self.supply).number(self.orders).number(self.settled_fen);
    }
}

fn number(row: Row<'_>, column: usize) -> i128 {
    match row.get(column) {
        Value::Number(number) => number,
        // What stands there instead is found by the check against the journal.
        _ => 0,
    }
}

fn price(outcome: &Outcome) -> i128 {
    i128::try_from(outcome.price.micro_yuan_floor()).expect("at most 127 bits")
}
