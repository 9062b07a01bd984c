//! The engine and an independent, naive implementation of the same rules must agree in every result and every
//! balance. CI runs a fixed slice of seeds; `LINLI_SEEDS=from..to` runs others.

use crate::support::random::Random;
use crate::support::stream::Stream;
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_naive::Naive;
use std::collections::BTreeMap;

const LINES: u64 = 600;

#[test]
fn engine_and_naive_model_agree_in_every_result_and_balance() {
    let seeds = seeds(0..800);
    let half = (seeds.start + seeds.end) / 2;
    std::thread::scope(|scope| {
        scope.spawn(|| (seeds.start..half).for_each(agree));
        scope.spawn(|| (half..seeds.end).for_each(agree));
    });
}

/// The seeds that the environment asks for, or these.
fn seeds(fallback: std::ops::Range<u64>) -> std::ops::Range<u64> {
    let Ok(text) = std::env::var("LINLI_SEEDS") else { return fallback };
    let (from, to) = text.split_once("..").expect("LINLI_SEEDS is from..to");
    from.parse().expect("a number")..to.parse().expect("a number")
}

fn agree(seed: u64) {
    let mut stream = Stream::new(seed);
    let plan = stream.plan();
    let mut engine = Economy::open(&plan).unwrap_or_else(|refusals| panic!("seed {seed}: {refusals}\n{plan}"));
    let mut naive = Naive::open(&plan).unwrap_or_else(|reason| panic!("seed {seed}: {reason}\n{plan}"));
    let mut lines = Vec::new();
    let check_every = Random::new(seed).between(20, 200);
    for number in 1..=LINES {
        if number % 8 == 0 {
            stream.look(engine.balances());
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
