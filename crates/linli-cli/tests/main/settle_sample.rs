//! `linli settle` of the sample in `tests/data`, with its stores and agents: golden totals, and that every figure of
//! every file is the sum of those it stands for.

use super::stream::Stream;
use super::support::{Folder, SEED_ONE, SEED_THREE, Settled, rows_of, units};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const LEGS: [&str; 11] = [
    "store", "direct", "indirect", "recruit", "district", "city", "province", "macro", "levels", "dividend",
    "platform",
];

/// A plan under which members of the sample exit: with 5% minted 21 do, with 2% everybody who has points.
fn plan_with_exits(mint: &str) -> String {
    SEED_ONE.replace(r#"cap = "1.2""#, r#"cap = "1""#).replace(r#""70%""#, &format!("\"{mint}\""))
}

fn fen(text: &str) -> i128 {
    units(text, 2)
}

fn stream_of(folder: &Folder) -> Stream {
    let [orders, stores, agents] =
        ["orders.csv", "stores.csv", "agents.csv"].map(|name| rows_of(&folder.path(name)));
    Stream::of(&orders, &stores, &agents)
}

#[test]
fn the_sample_has_its_golden_totals() {
    let settled = Folder::with_sample().settle_sample();
    let expected = json!({
        "orders": 2_000, "refused": 0, "members": 122, "stores": 12,
        "turnover": "172178.38", "stores_got": "137031.76", "wallets_got": "1644.78",
        "platform_got": "5222.74", "pool": "28279.10",
        "supply": "1815.844350", "price": "15.573526", "exits": 0, "paid_on_exit": "0.00",
    });
    assert_eq!(settled.summary, expected);
}

/// 27.34 yuan at 20%: the store 21.87, the pool 5.47 less 0.08, 0.13, 0.08 and twice 0.54 less those 0.29; no
/// district nor city agent in 440304, so the province has 0.3%. 70% of 4.39 is 3.07, at 1 yuan a point.
#[test]
fn the_first_row_of_the_statement_is_as_computed_by_hand() {
    let settled = Folder::with_sample().settle_sample();
    let expected = [
        ("order_id", "A00001"),
        ("paid_at", "2026-01-01T01:07:06Z"),
        ("member_id", "M001"),
        ("store_id", "S10"),
        ("amount", "27.34"),
        ("store", "21.87"),
        ("direct", "0.08"),
        ("indirect", "0.00"),
        ("recruit", "0.13"),
        ("district", "0.00"),
        ("city", "0.00"),
        ("province", "0.08"),
        ("macro", "0.00"),
        ("levels", "0.00"),
        ("dividend", "0.00"),
        ("platform", "0.79"),
        ("inflow", "4.39"),
        ("minted", "3.070000"),
        ("price", "1.429967"),
    ];
    assert_eq!(settled.statement[0], expected.map(|(name, value)| (name.into(), value.into())).into());
}

#[test]
fn every_row_of_the_statement_shares_out_the_amount_of_its_order() {
    let folder = Folder::with_sample();
    let settled = folder.settle_sample();
    let (orders, stores) = (rows_of(&folder.path("orders.csv")), rows_of(&folder.path("stores.csv")));
    let rates: BTreeMap<&str, i128> = stores
        .iter()
        .map(|row| (row["store_id"].as_str(), row["take_rate"].trim_end_matches('%').parse().unwrap_or(20)))
        .collect();
    assert_eq!(settled.statement.len(), orders.len());
    for (row, order) in settled.statement.iter().zip(&orders) {
        for column in ["order_id", "member_id", "store_id", "amount"] {
            assert_eq!(row[column], order[column]);
        }
        let (amount, inflow) = (fen(&row["amount"]), fen(&row["inflow"]));
        let legs: i128 = LEGS.iter().map(|leg| fen(&row[*leg])).sum();
        assert_eq!(legs + inflow, amount, "{row:?}");
        let take = (amount * rates[row["store_id"].as_str()] + 99) / 100;
        assert_eq!(fen(&row["store"]), amount - take, "{row:?}");
        // Two budgets of 2% each, whoever claims of the second; without a member the pool's part is the platform's.
        let fixed: i128 = LEGS[1..].iter().map(|leg| fen(&row[*leg])).sum();
        let expected = if row["member_id"].is_empty() { take } else { amount * 2 / 100 * 2 };
        assert_eq!(fixed, expected, "{row:?}");
        assert_eq!(row["minted"].is_empty(), row["member_id"].is_empty(), "{row:?}");
    }
}

fn assert_sums(settled: &Settled) {
    for (asset, decimals) in [("CNY", 2), ("GP", 6), ("DP", 2)] {
        assert_eq!(settled.sum(asset, decimals, |_| true), 0, "all balances of {asset}");
    }
    let yuan = |wanted: fn(&str) -> bool| settled.sum("CNY", 2, wanted);
    let column = |name| settled.column(name).into_iter().map(fen).sum::<i128>();
    let paid: i128 = settled.exits.iter().map(|row| fen(&row["payout"])).sum();
    let figure = |name| settled.figure(name, 2);
    assert_eq!(figure("turnover"), column("amount"));
    assert_eq!(figure("turnover"), -fen(settled.balance("external:payments", "CNY")));
    assert_eq!(figure("stores_got"), yuan(|account| account.starts_with("store:")));
    assert_eq!(figure("stores_got"), column("store"));
    assert_eq!(figure("wallets_got"), yuan(|account| account.ends_with(":wallet")));
    assert_eq!(figure("wallets_got"), LEGS[1..9].iter().map(|leg| column(leg)).sum::<i128>() + paid);
    assert_eq!(figure("platform_got"), fen(settled.balance("platform:profit", "CNY")));
    assert_eq!(figure("platform_got"), column("platform"));
    assert_eq!(figure("pool"), fen(settled.balance("pool:reserve", "CNY")));
    assert_eq!(figure("pool"), column("inflow") - paid);
    assert_eq!(figure("paid_on_exit"), paid);
    assert_eq!(settled.summary["exits"], settled.exits.len());
    let supply = settled.figure("supply", 6);
    assert_eq!(supply, -units(settled.balance("pool:issued", "GP"), 6));
    assert_eq!(supply, settled.sum("GP", 6, |account| account.ends_with(":points")));
    assert_eq!(settled.figure("price", 6), figure("pool") * 10_000_000_000 / supply);
    // Twice the turnover in deduction points.
    assert_eq!(settled.sum("DP", 2, |account| account.ends_with(":deduction")), figure("turnover") * 2);
}

#[test]
fn the_summary_is_the_sum_of_the_other_files() {
    let folder = Folder::with_sample();
    assert_sums(&folder.settle_sample());
    folder.write("plan.toml", plan_with_exits("5%"));
    let settled = folder.settle_sample();
    assert_eq!(settled.exits.len(), 21);
    assert_sums(&settled);
}

#[test]
fn the_days_of_the_prices_add_up_and_end_with_the_summary() {
    let settled = Folder::with_sample().settle_sample();
    let mut days: BTreeMap<String, (u64, i128, &str)> = BTreeMap::new();
    let mut before = 0;
    for row in &settled.statement {
        let day = day_in_shanghai(&row["paid_at"]);
        let (orders, turnover, price) = days.entry(day).or_default();
        *orders += 1;
        *turnover += fen(&row["amount"]);
        *price = &row["price"];
        assert!(units(price, 6) >= before, "the price never falls");
        before = units(price, 6);
    }
    let written = settled.prices.iter().map(|row| {
        let orders = row["orders"].parse().expect("a number");
        (row["date"].clone(), (orders, fen(&row["turnover"]), row["price"].as_str()))
    });
    assert_eq!(written.collect::<Vec<_>>(), days.into_iter().collect::<Vec<_>>());
    let last = settled.prices.last().expect("a day");
    for figure in ["pool", "supply", "price"] {
        assert_eq!(settled.summary[figure], last[figure].as_str(), "{figure}");
    }
}

/// The sample's months have no more days than these.
fn day_in_shanghai(at: &str) -> String {
    let [year, month, day] =
        [&at[..4], &at[5..7], &at[8..10]].map(|part| part.parse::<u32>().expect("digits"));
    let hour: u32 = at[11..13].parse().expect("digits");
    let length = if month == 2 { 28 } else { 31 };
    match (hour < 16, day < length) {
        (true, _) => format!("{year:04}-{month:02}-{day:02}"),
        (false, true) => format!("{year:04}-{month:02}-{:02}", day + 1),
        (false, false) => format!("{year:04}-{:02}-01", month + 1),
    }
}

#[test]
fn the_same_commands_replayed_give_the_same_balances() {
    let folder = Folder::with_sample();
    for plan in [SEED_ONE, SEED_THREE, &plan_with_exits("5%"), &plan_with_exits("2%")] {
        folder.write("plan.toml", plan);
        let (settled, stream) = (folder.settle_sample(), stream_of(&folder));
        let (replayed, results) = stream.replayed(&folder);
        assert!(results.iter().all(|result| result["ok"] == true));
        assert_eq!(settled.balances, replayed);
        let exits = results.iter().map(|result| result["exits"].as_array().expect("exits").len());
        assert_eq!(settled.exits.len(), exits.sum::<usize>());
    }
}

#[test]
fn the_naive_economy_gives_the_same_balances() {
    let folder = Folder::with_sample();
    for plan in [SEED_ONE, SEED_THREE, &plan_with_exits("5%"), &plan_with_exits("2%")] {
        folder.write("plan.toml", plan);
        assert_eq!(folder.settle_sample().balances, stream_of(&folder).naively(plan).0);
    }
}

#[test]
fn members_and_stores_are_counted_without_the_owners_opened_here() {
    let folder = Folder::with_sample();
    let (settled, stream) = (folder.settle_sample(), stream_of(&folder));
    assert_eq!(settled.summary["members"], stream.members.len() - stream.owners.len());
    assert_eq!(settled.summary["stores"], stream.stores.len());
    let members: BTreeSet<_> = settled.column("member_id").into_iter().filter(|id| !id.is_empty()).collect();
    let others = ["D1", "C1", "P1", "R1", "R2"].iter().filter(|id| stream.members.contains(**id));
    assert_eq!(settled.summary["members"], members.len() + others.count());
}

#[test]
fn a_compressed_file_gives_the_same_files() {
    let folder = Folder::with_sample();
    folder.settle_sample();
    let orders = folder.read("orders.csv");
    let compressed = zstd::encode_all(orders.as_bytes(), 3).expect("it compresses");
    folder.write("orders.csv.zst", &compressed);
    // Two frames, as two files joined have them.
    let (first, rest) = orders.split_at(orders.len() / 2);
    let frames = [first, rest].map(|part| zstd::encode_all(part.as_bytes(), 3).expect("it compresses"));
    folder.write("joined.csv.zst", frames.concat());
    for name in ["orders.csv.zst", "joined.csv.zst"] {
        let arguments = ["settle", "--plan", "plan.toml", "--stores", "stores.csv", "--agents", "agents.csv"];
        let run = folder.run(&[&arguments[..], &["--orders", name, "--out", "again"]].concat());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        for file in super::support::FILES {
            assert_eq!(folder.read(&format!("out/{file}")), folder.read(&format!("again/{file}")), "{file}");
        }
    }
}

#[test]
fn the_printed_summary_says_where_the_money_went() {
    let run = Folder::with_sample().try_settle(&["--stores", "stores.csv", "--agents", "agents.csv"]);
    assert!(run.out.starts_with("2000 orders of 122 members in 12 stores were settled"), "{}", run.out);
    for (label, yuan, share) in [
        ("stores", "137031.76", "79.58"),
        ("wallets", "1644.78", "0.95"),
        ("platform", "5222.74", "3.03"),
        ("pool", "28279.10", "16.42"),
        ("turnover", "172178.38", "100.00"),
    ] {
        let row = run.out.lines().find(|line| line.trim_start().starts_with(label)).expect("a row");
        let cells: Vec<_> = row.split_whitespace().collect();
        assert_eq!(cells[cells.len() - 2..], [yuan, share], "{row}");
    }
    assert!(run.out.contains("15.573526 yuan = 28279.10 / 1815.844350 points"), "{}", run.out);
    assert!(run.out.contains("out/statement.csv"), "{}", run.out);
}
