//! A command is applied once: whatever was applied under an id is answered with its first result when all of
//! it comes again, and with `id_reused` when it comes changed.

use super::streams::{each_stream, result};
use crate::rules::{balances, unchanged};
use linli_economy::Economy;
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The commands whose repeats are told by an id; a `settle` of a paid order by the order.
const WITH_ID: [&str; 15] = [
    "pay",
    "settle",
    "pay_mall",
    "settle_mall",
    "cancel",
    "refund",
    "redeem",
    "inject",
    "deposit",
    "distribute",
    "withdraw",
    "fee",
    "write_off",
    "rebind",
    "change_plan",
];

/// A stream's economy at the end, and every line that was applied under an id, with its result.
fn applied(stream: &mut linli_random::Stream) -> (Economy, Vec<(String, Value)>) {
    let mut economy = Economy::open(&stream.plan()).expect("the stream's plan");
    let mut applied = Vec::new();
    for number in 0..400 {
        if number % 8 == 0 {
            stream.look(crate::support::seen(&economy));
        }
        let line = stream.line();
        let result = result(&mut economy, &line);
        stream.learn(result["ok"] == true);
        let command = line.split('"').nth(3).unwrap_or("");
        if result["ok"] == true && result["replayed"] != true && WITH_ID.contains(&command) {
            applied.push((line, result));
        }
    }
    (economy, applied)
}

#[test]
fn every_id_that_comes_again_is_answered_with_its_first_result() {
    let repeated = AtomicUsize::new(0);
    each_stream(|seed, stream| {
        let (mut economy, applied) = applied(stream);
        let before = economy.clone();
        repeated.fetch_add(applied.len(), Ordering::Relaxed);
        for (line, mut first) in applied {
            let mut again = result(&mut economy, &line);
            assert_eq!(again["replayed"], true, "seed {seed}: {line} gives {again}");
            again.as_object_mut().expect("an object").remove("replayed");
            for result in [&mut again, &mut first] {
                result.as_object_mut().expect("an object").remove("seq");
                let postings = result["postings"].as_array_mut().expect("postings");
                postings.sort_by_key(ToString::to_string);
            }
            assert_eq!(again, first, "seed {seed}: {line}");
        }
        unchanged(&before, &economy).unwrap_or_else(|what| panic!("seed {seed}: {what}"));
        assert_eq!(balances(&before), balances(&economy), "seed {seed}");
    });
    let repeated = repeated.into_inner();
    assert!(repeated > 10_000, "only {repeated} lines came again");
}

#[test]
fn every_id_that_comes_with_other_content_is_refused() {
    each_stream(|seed, stream| {
        let (mut economy, applied) = applied(stream);
        let before = economy.clone();
        for (line, _) in applied {
            // The same amount, written otherwise; lines without one are not changed so.
            for field in ["amount", "points", "list_total"] {
                let changed = line.replacen(&format!(r#""{field}":""#), &format!(r#""{field}":"0"#), 1);
                if changed != line {
                    let answer = result(&mut economy, &changed);
                    assert_eq!(answer["error"], "id_reused", "seed {seed}: {changed} gives {answer}");
                }
            }
        }
        unchanged(&before, &economy).unwrap_or_else(|what| panic!("seed {seed}: {what}"));
    });
}
