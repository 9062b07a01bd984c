//! The world as it goes day by day: what is planned for a day is sorted by its time and applied to an economy of the
//! world's own, so that the next day can see what there is.

mod agents;
mod members;
mod orders;
mod stores;
mod treasury;

pub use treasury::later_plan;

use crate::calendar::{self, DAYS};
use crate::{PLAN, Size};
use linli_economy::Economy;
use linli_economy::time::Instant;
use linli_random::Random;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// The seed of every demo.
const SEED: u64 = 20_250_901;

/// A store as the demo knows it.
struct Store {
    id: String,
    /// What its orders are between, in fen.
    amounts: (u64, u64),
}

/// A world; as an iterator it gives one command after the other, as lines of JSON with their times.
pub struct World {
    size: Size,
    random: Random,
    economy: Economy,
    day: i64,
    /// Stores that are open.
    stores: Vec<Store>,
    /// How many have ever opened.
    opened: u64,
    /// Regions that have an agent.
    appointed: Vec<String>,
    /// Members who have registered, M1 to this one.
    members: u64,
    orders: u64,
    /// Numbers for what has an id of its own.
    others: u64,
    /// What will happen, in the order of time and then of planning.
    planned: BTreeMap<(Instant, u64), Value>,
    plans_made: u64,
    ready: VecDeque<String>,
}

impl World {
    /// The world of this size before its first day.
    ///
    /// # Panics
    /// If the plan of the source is refused: a bug.
    #[must_use]
    pub fn new(size: Size) -> Self {
        Self {
            size,
            random: Random::new(SEED),
            economy: Economy::open(PLAN).expect("the plan is sound"),
            day: 0,
            stores: Vec::new(),
            opened: 0,
            appointed: Vec::new(),
            members: 0,
            orders: 0,
            others: 0,
            planned: BTreeMap::new(),
            plans_made: 0,
            ready: VecDeque::new(),
        }
    }

    /// The economy after the commands that were given.
    #[must_use]
    pub fn economy(&self) -> &Economy {
        &self.economy
    }

    /// The economy after all commands, for what comes after them.
    #[must_use]
    pub fn into_economy(self) -> Economy {
        self.economy
    }

    /// How many commands there will be in all, as far as the days so far tell.
    #[must_use]
    pub fn estimate(&self) -> u64 {
        let days = DAYS.unsigned_abs();
        self.economy.seq() * days / self.day.unsigned_abs().clamp(1, days)
    }

    /// Plans a command for a moment of a day; what lies after the year does not happen.
    fn plan(&mut self, day: i64, second: i64, command: Value) {
        if day < DAYS {
            self.plans_made += 1;
            self.planned.insert((calendar::moment(day, second), self.plans_made), command);
        }
    }

    /// An id that nothing else has.
    fn new_id(&mut self, kind: &str) -> String {
        self.others += 1;
        format!("{kind}{:06}", self.others)
    }

    fn live_a_day(&mut self) {
        self.plan_treasury();
        self.plan_members();
        self.plan_stores();
        self.plan_agents();
        self.plan_orders();
        let rest = self.planned.split_off(&(calendar::moment(self.day + 1, 0), 0));
        for ((at, _), mut command) in std::mem::replace(&mut self.planned, rest) {
            command["at"] = json!(at.to_string());
            let line = command.to_string();
            self.economy.apply(&line);
            self.ready.push_back(line);
        }
        self.day += 1;
    }
}

impl Iterator for World {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.ready.is_empty() && self.day < DAYS {
            self.live_a_day();
        }
        self.ready.pop_front()
    }
}

fn member_id(number: u64) -> String {
    format!("M{number:06}")
}

/// Fen as the economy reads them.
pub fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
