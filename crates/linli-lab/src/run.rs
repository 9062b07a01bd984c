//! One run of a scenario: day after day it hands commands to the economy and notes what became of them. Everything that
//! chance decides comes from the run's seed, so that it repeats exactly, whatever else runs beside it.

mod attack;
mod behaviour;
mod day;
mod from_file;
mod operator;
mod refunds;
mod tally;
mod world;

pub use attack::{Attack, AttackKind, Attacked, Resolve};
pub use tally::{FirstAtCap, Row, Sums, Tally};
pub use world::Staff;

use crate::arrivals::expected_orders;
use crate::books::{Books, Orders};
use crate::draw::Draw;
use crate::measure::{self, Measured};
use crate::orders_file::FileOrders;
use crate::people::People;
use crate::scenario::{Arrivals, ChosenPlan, Returns, Scenario};
use attack::Attacker;
use behaviour::Behaviours;
use linli_economy::refusal::Refusal;
use linli_economy::state::{BATCH, Sale};
use linli_economy::time::Instant;
use operator::Operator;
use refunds::Pending;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use world::World;

/// What a run needs besides the scenario.
#[derive(Clone)]
pub struct Input<'i> {
    /// The plan that it opens with.
    pub plan: ChosenPlan,
    /// Real orders, where the scenario takes them from a file.
    pub orders: Option<&'i FileOrders>,
    /// Whether orders are remembered although nobody refunds them.
    pub keep: Orders,
    /// Attackers beside the honest members, and whether they carry their attacks out.
    pub attacks: Vec<(Attack, Resolve)>,
}

impl<'i> Input<'i> {
    /// A plan, and orders that are forgotten once settled; nobody attacks.
    #[must_use]
    pub fn new(plan: ChosenPlan) -> Self {
        Self { plan, orders: None, keep: Orders::Forgotten, attacks: Vec::new() }
    }
}

/// Orders settled so far, of all runs together, and whether to stop.
#[derive(Default)]
pub struct Watch {
    /// Orders settled.
    pub orders: AtomicU64,
    /// Set it and the run ends with [`RunError::Cancelled`].
    pub cancelled: AtomicBool,
    /// Told of every few thousand orders how many there were.
    pub told: Option<Box<dyn Fn(u64) + Send + Sync>>,
}

/// Orders after which a watch is told, at the latest.
const TOLD_AFTER: u64 = 1 << 16;

impl Watch {
    fn settled(&self, orders: u64) -> Result<(), RunError> {
        self.orders.fetch_add(orders, Ordering::Relaxed);
        if let Some(told) = &self.told {
            told(orders);
        }
        if self.cancelled.load(Ordering::Relaxed) { Err(RunError::Cancelled) } else { Ok(()) }
    }
}

/// What a run gives.
pub type Run = Measured;

/// Why a run did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The economy refused a command that the scenario needs.
    #[error("the economy refused what the scenario asks for: {0}")]
    Refused(Refusal),
    /// A plan change is no plan.
    #[error("plan_change on day {day}: {message}")]
    PlanChange {
        /// Its day.
        day: u32,
        /// What is wrong.
        message: String,
    },
    /// The scenario takes its orders from a file, and none was handed in.
    #[error("the scenario takes its orders from a file: hand one in")]
    NoOrders,
    /// The sink for commands failed.
    #[error("cannot write the commands")]
    Sink(#[source] io::Error),
    /// Somebody wanted it to stop.
    #[error("cancelled")]
    Cancelled,
}

impl From<Refusal> for RunError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A run at work.
struct Simulation<'s, 'w> {
    scenario: &'s Scenario,
    books: Books<'w>,
    people: People,
    world: World,
    draw: Draw,
    behaviours: Behaviours<'s>,
    operator: Operator<'s>,
    /// Orders that will be given back.
    pending: Pending,
    /// Members who may come back.
    active: Vec<u32>,
    attackers: Vec<Attacker>,
    /// Orders that are settled together.
    batch: Vec<(Sale, Instant)>,
    tally: Tally,
    watch: &'s Watch,
    /// What of the orders settled the watch has not seen.
    unseen: u64,
    day: u32,
}

/// How many orders a run will have, about.
#[must_use]
pub fn orders_ahead(scenario: &Scenario, orders: Option<&FileOrders>) -> u64 {
    if let Some(orders) = orders {
        return orders.orders().len() as u64;
    }
    let (rate, lapse) = match &scenario.returns {
        Returns::Once => (0.0, 1.0),
        Returns::Regular { every_days, lapse } => (1.0 / every_days.0, lapse.0),
    };
    expected_orders(&scenario.arrivals, scenario.days(), rate, lapse)
}

/// Runs a scenario from its first day to its last.
///
/// # Errors
/// Why it did not come to its end.
pub fn run(
    scenario: &Scenario,
    input: &Input<'_>,
    seed: u64,
    watch: &Watch,
    commands: Option<&mut (dyn io::Write + Send)>,
) -> Result<Run, RunError> {
    let mut simulation = Simulation::open(scenario, input, seed, watch, commands)?;
    match (&scenario.arrivals, input.orders) {
        (Arrivals::File { .. }, Some(orders)) => simulation.run_file(orders)?,
        (Arrivals::File { .. }, None) => return Err(RunError::NoOrders),
        _ => simulation.run_days()?,
    }
    let attacked = simulation.attack_at_the_end()?;
    simulation.books.finish().map_err(RunError::Sink)?;
    let Simulation { books, people, world, tally, .. } = simulation;
    Ok(measure::measure(scenario, seed, books, &people, &world.staff, tally, attacked))
}

impl<'s, 'w> Simulation<'s, 'w> {
    fn open(
        scenario: &'s Scenario,
        input: &Input<'_>,
        seed: u64,
        watch: &'s Watch,
        commands: Option<&'w mut (dyn io::Write + Send)>,
    ) -> Result<Self, RunError> {
        let needs_orders = |kind| matches!(kind, AttackKind::RefundAbuse | AttackKind::DeductionFarming);
        let attacked = input.attacks.iter().any(|(attack, _)| needs_orders(attack.kind));
        let keep = if scenario.refunds.is_some() || attacked { Orders::Kept } else { input.keep };
        let mut books = Books::open(&input.plan, keep, commands);
        let start = input.orders.and_then(FileOrders::first_day).unwrap_or(scenario.start);
        let world = World::open(scenario, input.orders, start, &mut books)?;
        let opening = Instant { seconds: start.begins, nanoseconds: 0 };
        let attackers = input.attacks.iter();
        let attackers =
            attackers.map(|(attack, resolve)| Attacker::open(attack, *resolve, &mut books, opening));
        let attackers = attackers.collect::<Result<_, _>>()?;
        Ok(Self {
            scenario,
            people: People::after(books.state().members().len()),
            books,
            draw: Draw::new(seed),
            behaviours: Behaviours::new(&scenario.redeem),
            operator: Operator::new(scenario, &input.plan)?,
            pending: Pending::new(scenario.refunds.as_ref()),
            active: Vec::new(),
            attackers,
            batch: Vec::with_capacity(BATCH),
            tally: Tally::new(start, scenario.every_orders.as_ref().map(|every| *every.get_ref())),
            watch,
            unseen: 0,
            world,
            day: 0,
        })
    }

    /// Settles the orders that were put together.
    fn flush(&mut self) -> Result<(), RunError> {
        let Self { books, people, batch, tally, behaviours, pending, draw, .. } = self;
        books.read_ahead(batch);
        for (sale, at) in batch.iter() {
            let (outcome, order) = books.settle(*sale, *at)?;
            tally.ordered(sale.amount, outcome, people, self.day);
            let number = sale.member.and_then(|member| people.number(member));
            if let Some(number) = number {
                let person = people.get(number);
                person.spent += sale.amount;
                behaviours.ordered(number, person, books.state(), sale.member);
                if let Some(order) = order {
                    pending.ordered(order, number, sale.amount, self.day, draw);
                }
            }
            tally.row_after_order(books.state(), people.len(), self.day);
        }
        self.unseen += batch.len() as u64;
        batch.clear();
        if self.unseen >= TOLD_AFTER { self.watch.settled(std::mem::take(&mut self.unseen)) } else { Ok(()) }
    }

    /// Ends a day: what is given back, who redeems, a row of the series.
    fn close_day(&mut self, begins: i64) -> Result<(), RunError> {
        self.flush()?;
        let at = Instant { seconds: begins + crate::scenario::DAY - 1, nanoseconds: 0 };
        self.refund_due(at)?;
        self.redeem_all(at)?;
        self.attack_in_the_evening(at)?;
        self.tally.close_day(self.books.state(), self.people.len(), self.day);
        self.watch.settled(std::mem::take(&mut self.unseen))
    }
}
