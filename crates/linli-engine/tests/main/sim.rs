//! The whole system, simulated from a seed: random streams of all commands through the writer, over a journal that
//! loses commits, answers in silence and cannot be reached, with snapshots that rot, restarts and replicas that
//! follow. Whatever happens, each line is applied once and gives what the naive model says.
//!
//! CI runs a fixed slice and every seed that ever failed (`sim/seeds.txt`); `cargo xtask sim` goes on without end.

mod rotten;
mod system;
mod weather;

use system::System;

/// Seeds that failed once; each is simulated before all others.
const FAILED: &str = include_str!("sim/seeds.txt");

#[test]
fn whatever_fails_each_line_is_applied_once_and_gives_what_the_rules_say() {
    let seeds = seeds();
    let failed = FAILED.lines().filter_map(|line| line.split('#').next()?.trim().parse().ok());
    for seed in failed.chain(seeds) {
        println!("seed {seed}");
        System::new(seed).run();
    }
}

/// `LINLI_SEEDS` simulations from `LINLI_FIRST_SEED` on, or CI's slice.
fn seeds() -> std::ops::Range<u64> {
    let number =
        |name: &str, fallback| std::env::var(name).map_or(fallback, |text| text.parse().expect("a number"));
    let first = number("LINLI_FIRST_SEED", 0);
    first..first + number("LINLI_SEEDS", 300)
}
