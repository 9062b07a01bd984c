//! The engine and an independent, naive implementation of the same rules must agree in every result and every
//! balance. CI runs a fixed slice of seeds; `LINLI_SEEDS` and
//! `LINLI_FIRST_SEED` ask for others.

use crate::support::snapshot;
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_naive::Naive;
use linli_random::Random;
use linli_random::Stream;
use std::collections::BTreeMap;

const LINES: u64 = 600;

#[test]
fn engine_and_naive_model_agree_in_every_result_and_balance() {
    let seeds = seeds();
    let half = (seeds.start + seeds.end) / 2;
    std::thread::scope(|scope| {
        scope.spawn(|| (seeds.start..half).for_each(agree));
        scope.spawn(|| (half..seeds.end).for_each(agree));
    });
}

/// `LINLI_SEEDS` streams from `LINLI_FIRST_SEED` on, or CI's slice.
fn seeds() -> std::ops::Range<u64> {
    let number =
        |name: &str, fallback| std::env::var(name).map_or(fallback, |text| text.parse().expect("a number"));
    let first = number("LINLI_FIRST_SEED", 0);
    first..first + number("LINLI_SEEDS", 1_000)
}

fn agree(seed: u64) {
    let mut stream = Stream::new(seed);
    let plan = stream.plan();
    let mut engine =
        Economy::open(&plan).unwrap_or_else(|refusals| panic!("seed {seed}: {refusals}\n{plan}"));
    let mut naive = Naive::open(&plan).unwrap_or_else(|reason| panic!("seed {seed}: {reason}\n{plan}"));
    let mut lines = Vec::new();
    let mut random = Random::new(seed);
    let (check_every, restore_every) = (random.between(20, 200), random.between(100, 1_000));
    for number in 1..=LINES {
        if number % 8 == 0 {
            stream.look(crate::support::seen(&engine));
        }
        if number % restore_every == 0 {
            engine = restored(&engine);
        }
        let line = stream.line();
        lines.push(line.clone());
        let before = engine.state().pool().price();
        let ours = result(&engine.apply(&line).to_json());
        let theirs = naive.apply(&line);
        stream.learn(ours["ok"] == true);
        if ours != theirs {
            fail(seed, &plan, &lines, &format!("engine {ours}\nnaive  {theirs}"));
        }
        if engine.state().pool().price() < before {
            fail(seed, &plan, &lines, "the price fell");
        }
        if number % check_every == 0 || number == LINES {
            if let Err(broken) = engine.state().check() {
                fail(seed, &plan, &lines, &broken);
            }
            let (ours, theirs) = (balances(&engine), naive.balances());
            if ours != theirs {
                fail(seed, &plan, &lines, &format!("engine {ours:?}\nnaive  {theirs:?}"));
            }
        }
    }
}

/// The economy after it was written down and read again: whatever comes must not tell it from the first.
fn restored(economy: &Economy) -> Economy {
    let restored = Economy::from_snapshot(&snapshot(economy)).expect("a snapshot can be read");
    assert_eq!(restored.digest(), economy.digest());
    restored
}

fn fail(seed: u64, plan: &str, lines: &[String], what: &str) -> ! {
    let all = lines.join("\n");
    panic!("seed {seed}, line {}: {what}\nplan:\n{plan}\nstream:\n{all}", lines.len())
}

/// A result line without its message.
fn result(line: &str) -> serde_json::Value {
    let mut value: serde_json::Value = serde_json::from_str(line).expect("a result is JSON");
    value.as_object_mut().expect("an object").remove("message");
    if let Some(postings) = value.get_mut("postings").and_then(serde_json::Value::as_array_mut) {
        postings.sort_by_key(|posting| (posting["account"].to_string(), posting["asset"].to_string()));
    }
    value
}

fn balances(engine: &Economy) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut balances: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (account, asset, amount) in engine.balances() {
        let mut text = String::new();
        linli_economy::decimal::write(&mut text, amount, Asset::decimals(asset));
        balances.entry(account).or_default().insert(asset.name().to_string(), text);
    }
    balances
}
