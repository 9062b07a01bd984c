//! Random streams through the whole engine: what each command did to the pool is what the lemmas' formulas
//! say, and their assumptions hold before and after it. Must not be added here: a rule of the naive
//! implementation.

use super::formulas::{big, falls};
use super::pools::pair;
use super::step::{Before, Met, Step};
use linli_economy::Economy;
use linli_economy::member::Payback;
use linli_economy::state::State;
use linli_economy::units::Points;
use linli_random::Stream;

const SEEDS: u64 = 300;
const LINES: usize = 600;
const MILLION: u32 = 1_000_000;

#[test]
fn random_streams_follow_the_lemmas() {
    let mut met = Met::default();
    for seed in 0..SEEDS {
        run(seed, &mut met);
    }
    let rare = [met.first_mints, met.surpluses, met.refunds_without_supply, met.emptied];
    let common = [met.mints, met.redemptions, met.exits, met.refunds, met.charges, met.injections];
    assert!(rare.iter().all(|times| *times >= 20) && common.iter().all(|times| *times >= 200), "{met:?}");
}

fn run(seed: u64, met: &mut Met) {
    let mut stream = Stream::new(seed);
    let mut economy = Economy::open(&stream.plan()).expect("the stream's plan");
    let mut paybacks: Vec<Payback> = Vec::new();
    for number in 0..LINES {
        if number % 8 == 0 {
            stream.look(crate::support::seen(&economy));
        }
        let line = stream.line();
        let before = Before::of(economy.state());
        let answer = economy.apply(&line);
        let applied = if answer.replayed { None } else { answer.outcome().ok().cloned() };
        stream.learn(answer.outcome().is_ok());
        let state = economy.state();
        paybacks.resize_with(state.members().len(), Payback::default);
        if let Some(outcome) = applied {
            Step { state, before: &before, outcome: &outcome, paybacks: &mut paybacks, met }.check(&line);
        }
        check_assumptions(state, &before);
        if number % 16 == 0 {
            assert_eq!(state.check(), Ok(()));
        }
    }
}

/// What holds between any two commands: the assumptions of the lemmas, and what follows from them.
fn check_assumptions(state: &State, before: &Before) {
    let (pool, price) = (state.pool(), pair(state.pool().price()));
    let (reserve, supply) = (big(pool.reserve().0), big(pool.supply().0));
    assert!(price.0 > big(0) && price.1 > big(0));
    assert!(reserve >= big(0) && supply >= big(0));
    if supply > big(0) {
        assert_eq!(price, (reserve.clone(), supply.clone()));
    }
    assert!(!falls(&(big(state.plan().points.start_price_fen), big(MILLION)), &price));
    assert!(!falls(&pair(before.price), &price), "the price fell");
    let held: i128 = state.members().iter().map(|member| member.points.0).sum();
    let worth: i128 = state.members().iter().map(|member| pool.price().worth_floor(member.points).0).sum();
    assert!(supply >= big(held) && (supply == big(0) || big(worth) <= reserve));
    assert!(
        state.members().iter().all(|member| Points::ZERO <= member.points && member.points <= member.earned)
    );
}
