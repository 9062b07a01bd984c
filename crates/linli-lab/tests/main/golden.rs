//! The figures that the source's own plan must show, whatever is said of "full refund".

use crate::support::{run_text, source_table};
use linli_economy::units::Fen;

fn capped(members: u32, cap: &str) -> u64 {
    let keys = format!("keys = {{ \"points.cap\" = \"{cap}\" }}");
    run_text(&source_table(members, &keys), 0).everyone.capped
}

#[test]
fn the_first_three_orders_have_the_prices_of_the_worked_table() {
    let text = source_table(10, "every_orders = 1");
    let rows = run_text(&text, 0).rows;
    let prices: Vec<u128> = rows[..3].iter().map(|row| row.price_micro).collect();
    assert_eq!(prices, [1_428_571, 1_680_672, 1_867_413]);
    let supplies: Vec<String> = rows[..3].iter().map(|row| row.supply.to_string()).collect();
    assert_eq!(supplies, ["112.000000", "190.400000", "257.040000"]);
}

#[test]
fn the_first_members_reach_the_cap_at_their_orders() {
    let firsts = run_text(&source_table(10_000, ""), 0).firsts;
    let found: Vec<(u64, u64)> = firsts[..3].iter().map(|first| (first.member, first.order)).collect();
    assert_eq!(found, [(1, 1_137), (2, 3_702), (3, 6_346)]);
}

#[test]
fn few_of_a_hundred_thousand_reach_the_cap() {
    assert_eq!(capped(100_000, "1.2"), 38);
    assert_eq!(capped(100_000, "2"), 7);
}

#[test]
fn few_of_a_million_reach_the_cap() {
    assert_eq!(capped(1_000_000, "1.2"), 381);
    assert_eq!(capped(1_000_000, "2"), 68);
}

#[test]
fn at_one_price_the_pool_returns_a_little_less_than_an_eighth() {
    // 12.8% of turnover at one frozen price, and a fifth of the pool stays; one after another nearly all of the 16%.
    let run = run_text(&source_table(1_000, ""), 0);
    let turnover = run.sums.turnover;
    assert_eq!(turnover, Fen(100_000_000));
    let share = |part: Fen| part.0 as f64 / turnover.0 as f64;
    assert_eq!(run.rows.last().map(|row| row.pool), Some(Fen(16_000_000)));
    // Rounding down, twice, costs each member less than two fen.
    assert!((12_798_000..=12_800_000).contains(&run.redeem_all.at_one_price.0), "{:?}", run.redeem_all);
    let one_after_another = share(run.redeem_all.one_after_another);
    assert!((0.155..=0.16).contains(&one_after_another), "{:?}", run.redeem_all);
    assert_eq!(run.redeem_all.one_after_another + run.redeem_all.left_in_pool, Fen(16_000_000));
}
