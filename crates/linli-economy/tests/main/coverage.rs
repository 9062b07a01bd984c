//! The random streams are only worth something if they reach everything: every command accepted and refused,
//! every code, exits in chains, emptied supplies, refunds of everything.

use linli_economy::Economy;
use linli_economy::refusal::Code;
use linli_economy::units::Points;
use linli_random::Stream;
use std::collections::BTreeMap;

const COMMANDS: &[&str] = &[
    "open_member",
    "bind",
    "release",
    "open_store",
    "update_store",
    "close_store",
    "appoint",
    "dismiss",
    "suspend",
    "reinstate",
    "set_rank",
    "rebind",
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
    "payout_done",
    "payout_failed",
    "fee",
    "write_off",
    "change_plan",
];

#[derive(Default)]
struct Reached {
    accepted: BTreeMap<String, u32>,
    refused: BTreeMap<&'static str, u32>,
    refused_of: BTreeMap<(String, &'static str), u32>,
    events: BTreeMap<&'static str, u32>,
}

#[test]
fn random_streams_reach_every_command_every_code_and_every_corner() {
    let mut reached = Reached::default();
    for seed in 0..300 {
        run(seed, &mut reached);
    }
    for command in COMMANDS {
        let times = reached.accepted.get(*command).copied().unwrap_or(0);
        assert!(times >= 20, "{command} was accepted only {times} times");
    }
    for code in Code::ALL.iter().filter(|code| **code != Code::Overflow) {
        let times = reached.refused.get(code.name()).copied().unwrap_or(0);
        assert!(times >= 5, "{} came only {times} times", code.name());
    }
    for event in
        ["replayed", "chain of exits", "emptied supply", "minted", "spend balance", "lots expired", "debts"]
    {
        let times = reached.events.get(event).copied().unwrap_or(0);
        assert!(times >= 5, "{event} came only {times} times");
    }
    for (key, times) in &reached.refused_of {
        println!("{key:?}: {times}");
    }
    println!("{:?}\n{:?}", reached.accepted, reached.events);
}

fn run(seed: u64, reached: &mut Reached) {
    let mut stream = Stream::new(seed);
    let mut economy = Economy::open(&stream.plan()).expect("the stream's plan");
    for number in 0..600 {
        if number % 8 == 0 {
            stream.look(crate::support::seen(&economy));
        }
        let line = stream.line();
        let had_supply = economy.state().pool().supply() > Points::ZERO;
        let command = line.split('"').nth(3).unwrap_or("none").to_string();
        let answer = economy.apply(&line);
        let replayed = answer.replayed;
        let (exits, expired, minted) = match answer.outcome() {
            Ok(outcome) => (outcome.exits.len(), outcome.lots_expired, outcome.minted),
            Err(refusal) => {
                stream.learn(false);
                *reached.refused.entry(refusal.code.name()).or_default() += 1;
                *reached.refused_of.entry((command, refusal.code.name())).or_default() += 1;
                continue;
            }
        };
        stream.learn(true);
        let emptied = had_supply && economy.state().pool().supply() == Points::ZERO;
        let members = economy.state().members();
        for (event, happened) in [
            ("replayed", replayed),
            ("chain of exits", exits > 1),
            ("emptied supply", emptied),
            ("minted", minted > Some(Points::ZERO)),
            ("spend balance", members.iter().any(|member| member.spend.0 > 0)),
            ("lots expired", expired),
            ("debts", members.iter().any(|member| member.wallet.0 < 0)),
        ] {
            *reached.events.entry(event).or_default() += u32::from(happened);
        }
        if !replayed {
            *reached.accepted.entry(command).or_default() += 1;
        }
    }
}
