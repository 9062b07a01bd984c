//! A scenario is a source of commands and nothing else: handed to an economy as lines, as `linli replay` does it, they
//! give the same balances to the last fen and micro-point.

use crate::support::{LIVELY, input, scenario};
use linli_economy::Economy;
use linli_lab::measure::Who;
use linli_lab::{Measured, Watch, run};

fn with_commands(text: &str) -> (Measured, String) {
    let mut commands = Vec::new();
    let measured = run(&scenario(text), &input(text), 7, &Watch::default(), Some(&mut commands));
    (measured.expect("the run comes to its end"), String::from_utf8(commands).expect("lines of text"))
}

#[test]
fn the_same_commands_replayed_give_the_same_balances() {
    let (measured, commands) = with_commands(LIVELY);
    let mut economy = Economy::open(&input(LIVELY).plan.text).expect("the scenario's plan");
    let (mut exits, mut lines) = (0, 0);
    for line in commands.lines() {
        let answer = economy.apply(line);
        let outcome = answer.outcome().unwrap_or_else(|refusal| panic!("{refusal}: {line}"));
        exits += outcome.exits.len() as u64;
        lines += 1;
    }
    assert_eq!(economy.state().check(), Ok(()));
    assert!(
        lines > 4_000 && measured.sums.refunds > 10 && measured.sums.redemptions > 100,
        "{:?}",
        measured.sums
    );
    assert_eq!(exits, measured.sums.exits);
    let last = measured.rows.last().expect("days");
    assert_eq!((economy.state().pool().reserve(), economy.state().pool().supply()), (last.pool, last.supply));
    let stores = economy.state().stores().iter().map(|store| store.balance.0).sum::<i128>();
    assert_eq!(stores, measured.who.part(Who::Stores).0);
}

#[test]
fn forgetting_orders_changes_no_balance_of_money_or_points() {
    let text = LIVELY.replace("[refunds]\nshare = \"4%\"\nafter_days = 3\npart = \"50%\"\n", "");
    let (kept, _) = with_commands(&text);
    let forgotten = run(&scenario(&text), &input(&text), 7, &Watch::default(), None).expect("it ends");
    assert_eq!((kept.memory.order_bytes > 0, forgotten.memory.order_bytes), (true, 0));
    assert_eq!(kept.rows, forgotten.rows);
    assert_eq!((&kept.cohorts, &kept.who), (&forgotten.cohorts, &forgotten.who));
}
