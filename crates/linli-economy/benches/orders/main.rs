//! `cargo xtask bench`: what one order costs in the engine, beside a bare loop over flat arrays that does the
//! same arithmetic and keeps nothing. Both see the same orders, in turns, in one run; medians of several turns.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "a bench measures"
)]

mod bare;
mod engine;
mod world;

use std::time::Instant;
use world::{Exits, World};

/// Orders of one timed turn: few, so that most turns are over before the machine turns to something else.
const TURN: usize = 10_000;
/// Timed turns of each side.
const TURNS: usize = 181;
/// Members who order for the first time in one go, before anything is timed.
const FIRST: usize = 200_000;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100_000, 1_000_000, 10_000_000] } else { sizes };
    println!(
        "one order of eleven legs: store, direct, indirect, recruiter, three agents, dividend, platform, pool, mint"
    );
    println!("medians of {TURNS} turns of {TURN} orders on one core; every member has ordered before\n");
    println!(
        "{:>10}  {:<8} {:>10} {:>10} {:>7} {:>12}",
        "members", "exits", "engine", "bare loop", "ratio", "exits/order"
    );
    for members in sizes {
        for exits in [Exits::None, Exits::Many] {
            compare(members, exits);
        }
    }
    let (member, order) = (engine::member_bytes(), engine::order_bytes());
    let ids = engine::id_bytes(&mut World::new(1, Exits::None));
    println!(
        "\nstate bytes: {member} a member, {order} an order, and {ids} for an order's id, digest and result"
    );
}

/// Has the machine give us the memory before anything is timed: on a virtual one the first touch of a page can
/// cost more than everything that is measured here. It stays ours, because `cargo xtask bench` lets the allocator
/// give nothing back.
fn touch(bytes: usize) {
    std::hint::black_box(vec![1_u8; bytes]);
}

fn compare(members: usize, exits: Exits) {
    touch((members + TURN * TURNS) * 1_200);
    let mut world = World::new(members, exits);
    let mut engine = engine::Engine::new(&world);
    let mut bare = bare::Bare::new(&world);
    for start in (0..members).step_by(FIRST) {
        let first: Vec<_> =
            (start..members.min(start + FIRST)).map(|member| world.order_of(member)).collect();
        engine.run(&first);
        bare.run(&first);
    }
    let (mut of_engine, mut of_bare, mut left) = (Vec::new(), Vec::new(), 0);
    for _ in 0..TURNS {
        let orders = world.orders(TURN);
        of_bare.push(nanoseconds(|| {
            bare.run(&orders);
        }));
        of_engine.push(nanoseconds(|| left += engine.run(&orders)));
    }
    assert_eq!(engine.figures(), bare.figures(), "both sides must come to the same pool and supply");
    let (engine, bare) = (median(of_engine), median(of_bare));
    let share = left as f64 / (TURN * TURNS) as f64;
    println!(
        "{members:>10}  {:<8} {engine:>7.1} ns {bare:>7.1} ns {:>6.2}x {:>11.2}%",
        exits.name(),
        engine / bare,
        share * 100.0
    );
}

fn nanoseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_nanos() as f64 / TURN as f64
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
