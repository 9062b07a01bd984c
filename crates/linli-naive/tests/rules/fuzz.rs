//! Random streams: what always holds does after every command, and the price never falls.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::world::{SEED_ONE, World, plan_with};

/// A small generator of our own: the same streams on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn amount(&mut self) -> String {
        let fen = if self.below(3) == 0 { self.below(300) + 1 } else { self.below(300_000) + 1 };
        format!("{}.{:02}", fen / 100, fen % 100)
    }

    fn member(&mut self) -> String {
        format!("M{}", self.below(8))
    }
}

#[test]
fn what_always_holds_does_in_random_streams() {
    let rich = plan_with(&[
        ("max_depth = 0", "max_depth = 3"),
        ("peer = \"0%\"", "peer = \"10%\""),
        ("ranks = []", "ranks = [{ name = \"V1\", rate = \"0.2%\" }, { name = \"V2\", rate = \"0.4%\" }]"),
        ("redeem = \"money\"", "redeem = \"spend\""),
        ("[dividend]\nrate = \"0%\"", "[dividend]\nrate = \"0.1%\""),
        ("genesis = \"0.00\"", "genesis = \"10.00\""),
        ("award_days = 365", "award_days = 2"),
    ]);
    let mut accepted = 0;
    for (seed, plan) in [(1, SEED_ONE), (2, SEED_ONE), (3, &rich), (4, &rich), (5, &rich)] {
        accepted += run(seed, plan);
    }
    assert!(accepted > 2000, "only {accepted} commands were accepted");
}

fn run(seed: u64, plan: &str) -> usize {
    let mut random = Random(seed);
    let mut world = World::new(plan);
    for member in 0..8 {
        let inviter = (member > 0).then(|| format!("M{}", random.below(member)));
        world.member(&format!("M{member}"), inviter.as_deref());
        let rank = ["V1", "V2"][usize::from(member % 2 == 1)];
        world
            .naive
            .apply(&json!({"cmd": "set_rank", "member": format!("M{member}"), "rank": rank}).to_string());
    }
    let mut price = "0.000000".to_owned();
    let mut accepted = 0;
    for step in 0..1500 {
        let command = command(&mut random, step);
        let result = world.naive.apply(&command.to_string());
        if let Err(broken) = world.naive.check() {
            panic!("seed {seed}, step {step}: {command} gave {result}: {broken}");
        }
        if result["ok"] == true && result.get("replayed").is_none() {
            accepted += 1;
            let now = result["price"].as_str().expect("every result has a price").to_owned();
            assert_ne!(
                compare(&now, &price),
                Ordering::Less,
                "seed {seed}, step {step}: {command} gave {result}"
            );
            price = now;
        }
    }
    accepted
}

/// Longer is more, where the decimals are as many.
fn compare(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then(one.cmp(other))
}

fn command(random: &mut Random, step: u64) -> Value {
    let order = format!("O{}", random.below(step + 1));
    let (id, member, amount) = (format!("O{step}"), random.member(), random.amount());
    let at = format!("2026-01-{:02}T{:02}:00:00Z", 1 + step / 60, (step % 60) / 3);
    let settle = ["settle", "settle_mall"][usize::from(random.below(2) == 0)];
    let mall = ["pay_mall", "settle_mall"][usize::from(random.below(2) == 0)];
    let mut command = match random.below(16) {
        0..=3 => json!({"cmd": "settle", "order": id, "member": member, "store": "S", "amount": amount}),
        4 => json!({"cmd": "settle", "order": id, "store": "S", "amount": amount}),
        5 => json!({"cmd": "pay", "order": id, "member": member, "store": "S", "amount": amount}),
        6 => {
            json!({"cmd": "pay", "order": id, "member": member, "store": "S", "amount": amount, "from_spend": "0.37"})
        }
        7 => json!({"cmd": settle, "order": order}),
        8 => json!({"cmd": "cancel", "cancel": id, "order": order, "amount": random.amount()}),
        9..=11 => json!({"cmd": "refund", "refund": id, "order": order, "amount": random.amount()}),
        12 => json!({"cmd": "redeem", "request": id, "member": member, "points": random.amount()}),
        13 => json!({"cmd": "inject", "id": id, "amount": amount}),
        _ => {
            json!({"cmd": mall, "order": id, "member": member,
            "supplier": "P", "list_total": amount, "cost": "0.20"})
        }
    };
    command["at"] = json!(at);
    command
}
