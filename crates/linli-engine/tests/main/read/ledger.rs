//! What the tables say of money and points is what the economy says, after random streams of all commands.

use super::place::{BOTH, Kind, Shop, Texts};
use linli_economy::Economy;
use linli_engine::read::verify;
use linli_engine::snapshots;
use std::collections::BTreeMap;

const SEEDS: [u64; 12] = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233];

fn economy(shop: &Shop) -> Economy {
    let mut journal = shop.read.engine.store.read().expect("opened");
    let opened = snapshots::open(&*shop.read.engine.snapshots, &mut *journal).expect("replayed");
    opened.replica.economy().clone()
}

fn value(row: &Texts, column: usize) -> &str {
    row[column].as_deref().expect("a value")
}

/// Sums by account and asset, of numbers that may have more than 64 bits.
fn sums(rows: &[Texts]) -> BTreeMap<(String, String), i128> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let units: i128 = value(row, 2).parse().expect("a number");
        *sums.entry((value(row, 0).to_owned(), value(row, 1).to_owned())).or_default() += units;
    }
    sums.retain(|_, units| *units != 0);
    sums
}

fn statement_is_balance(kind: Kind, seeds: &[u64]) {
    for &seed in seeds {
        let shop = Shop::random(kind, seed, 600);
        shop.follow();
        let postings = sums(&shop.tables.query("SELECT account, asset, amount FROM postings"));
        let stored = shop.tables.query("SELECT account, asset, amount FROM balances");
        let balances = economy(&shop).balances().into_iter();
        let balances: BTreeMap<_, _> =
            balances.map(|(account, asset, units)| ((account, asset.name().to_owned()), units)).collect();
        assert!(balances.len() > 20, "seed {seed} makes something happen");
        assert_eq!(postings, balances, "seed {seed}");
        assert_eq!(stored.len(), balances.len(), "seed {seed}: only balances that are not zero");
        assert_eq!(sums(&stored), balances, "seed {seed}");
        verify(&shop.read, |_, _| ()).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
    }
}

#[test]
fn the_statement_of_every_account_is_its_balance() {
    statement_is_balance(Kind::Sqlite, &SEEDS);
}

#[test]
fn the_statement_of_every_account_is_its_balance_on_postgresql() {
    statement_is_balance(Kind::Postgres, &SEEDS[..3]);
}

#[test]
fn every_command_is_there_with_what_it_was_answered() {
    let shop = Shop::random(Kind::Sqlite, 7, 500);
    shop.follow();
    let mut expected = vec![("0".to_string(), String::new(), false)];
    linli_engine::walk::walk(
        &*shop.read.engine.store,
        |_, _| (),
        |_, answer| {
            let error = answer.outcome().err().map_or("", |refusal| refusal.code());
            expected.push((answer.seq().to_string(), error.to_string(), answer.replayed()));
        },
    )
    .expect("replayed");
    let rows = shop.tables.query("SELECT seq, coalesce(error, ''), replayed FROM commands ORDER BY seq");
    let found: Vec<_> = rows
        .iter()
        .map(|row| (value(row, 0).to_owned(), value(row, 1).to_owned(), value(row, 2) == "1"))
        .collect();
    assert_eq!(found, expected);
    assert!(expected.iter().any(|(_, _, replayed)| *replayed), "some are repeats");
}

#[test]
fn the_days_tell_the_price_and_what_was_settled() {
    let line = |at: &str, rest: &str| format!(r#"{{"at":"{at}",{rest}}}"#);
    let order = |number: u32| {
        format!(r#""cmd":"settle","order":"O{number}","member":"B","store":"S","amount":"1000.00""#)
    };
    for kind in BOTH {
        let shop = Shop::open(kind, include_str!("../../../../../plans/seed-one.toml"));
        shop.append(&[
            line("2026-01-30T15:00:00Z", r#""cmd":"open_member","member":"A""#),
            line("2026-01-30T15:00:00Z", r#""cmd":"open_member","member":"B""#),
            line("2026-01-30T15:00:01Z", r#""cmd":"open_store","store":"S","owner":"A","district":"440106""#),
            line("2026-01-30T15:59:59.999999999Z", &order(1)),
        ]);
        shop.follow();
        // Midnight in UTC+8, between two transactions and in one.
        shop.append(&[line("2026-01-30T16:00:00Z", &order(2))]);
        shop.follow();
        shop.append(&[
            line("2026-01-30T16:00:01Z", &order(3)),
            line("2026-02-01T00:00:00Z", r#""cmd":"refund","refund":"R1","order":"O3","amount":"1.00""#),
            line("2026-02-01T00:00:00Z", r#""cmd":"refund","refund":"R2","order":"O9","amount":"1.00""#),
        ]);
        shop.follow();
        let days = "SELECT day, first_seq, last_seq, first_price_micro_yuan, last_price_micro_yuan, orders,
            settled_fen FROM prices ORDER BY day";
        let days: Vec<String> = shop
            .tables
            .query(days)
            .iter()
            .map(|row| row.iter().map(|value| value.clone().expect("a value")).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            days,
            [
                "2026-01-30 1 4 1000000 1428571 1 100000",
                "2026-01-31 5 6 1680672 1867413 2 200000",
                "2026-02-01 7 7 1867430 1867430 0 0",
            ]
        );
        verify(&shop.read, |_, _| ()).expect("the same in one go");
    }
}
