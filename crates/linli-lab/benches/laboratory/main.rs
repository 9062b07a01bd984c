//! `cargo xtask bench`: how fast the laboratory runs with a million members, exits, random redemptions and its trajectory,
//! on one core; how much two cores give over many seeds; how little memory orders take that are forgotten.

use linli_lab::many::{cores, run_many};
use linli_lab::{Input, Measured, Scenario, Watch, run};
use std::num::NonZeroUsize;
use std::time::Instant;

/// The model that `opponents/numba_loop.py` has too: whoever changes one changes both.
const MILLION: &str = include_str!("million.toml");

/// A hundred seeds of a million orders.
const MANY: &str = include_str!("many.toml");

/// Timed runs; the median counts.
const RUNS: usize = 3;

fn main() {
    let numbers: Vec<u32> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let seeds = numbers.first().copied().unwrap_or(100);
    one_core();
    many_seeds(seeds);
}

fn scenario(text: &str) -> (Scenario, Input<'static>) {
    let scenario = Scenario::parse(text).expect("a scenario");
    let plan = scenario.opening_plan(text, None).expect("its plan");
    (scenario, Input::new(plan))
}

fn one_core() {
    let (scenario, input) = scenario(MILLION);
    let mut seconds = Vec::new();
    let mut last: Option<Measured> = None;
    for _ in 0..=RUNS {
        let start = Instant::now();
        last = Some(run(&scenario, &input, 1, &Watch::default(), None).expect("it ends"));
        seconds.push(start.elapsed().as_secs_f64());
    }
    // The first run touches the memory.
    seconds.remove(0);
    seconds.sort_by(f64::total_cmp);
    let (run, median) = (last.expect("at least one run"), seconds[RUNS / 2]);
    let orders = run.sums.orders as f64;
    println!(
        "linli      {:>10} members {:>10} orders {:>8} exits {:>8} redemptions  {median:>6.2} s  {:>10.0} orders/s on one core",
        run.everyone.members,
        run.sums.orders,
        run.sums.exits,
        run.sums.redemptions,
        orders / median
    );
    let last = run.rows.last().expect("days");
    println!(
        "           pool {} of turnover {}; {} bytes a member, {} an order; all statistics included",
        last.pool, run.sums.turnover, run.memory.member_bytes, run.memory.order_bytes
    );
}

fn many_seeds(seeds: u32) {
    let (scenario, input) = scenario(MANY);
    let time = |cores: NonZeroUsize| {
        let start = Instant::now();
        let runs = run_many(&scenario, &input, 1, seeds, cores, &Watch::default()).expect("they end");
        let orders: u64 = runs.iter().map(|run| run.sums.orders).sum();
        (start.elapsed().as_secs_f64(), orders)
    };
    let (one, orders) = time(NonZeroUsize::MIN);
    let (all, again) = time(cores());
    assert_eq!(orders, again, "the same numbers whatever the cores");
    println!(
        "seeds      {seeds} of {} orders each: {one:.2} s on one core, {all:.2} s on {}, {:.2} times as fast",
        orders / u64::from(seeds.max(1)),
        cores(),
        one / all
    );
}
