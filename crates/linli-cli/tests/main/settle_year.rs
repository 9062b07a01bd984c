//! The year of orders in the shared data, where it lies beside the repository: golden totals, and the same totals,
//! prices and exits from `model.rs`.

use super::model::Model;
use super::stream::Stream;
use super::support::{Folder, ORDERS, Row, SEED_ONE, Settled, csv_of, summary_of, units};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

/// The compressed file of the year, or none, said aloud.
pub fn year() -> Option<PathBuf> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/orders-2017.csv.zst");
    if !file.exists() {
        println!("the year of orders is not here: not tested");
        return None;
    }
    Some(file)
}

/// The rows of the year as its file has them.
pub fn rows_of_year(file: &PathBuf) -> Vec<csv::StringRecord> {
    let decoder = zstd::Decoder::new(File::open(file).expect("it exists")).expect("it is compressed");
    let mut reader = csv::Reader::from_reader(decoder);
    assert_eq!(reader.headers().expect("a header").iter().collect::<Vec<_>>().join(","), ORDERS);
    reader.records().map(|row| row.expect("a row")).collect()
}

fn settle(folder: &Folder, orders: &str) {
    let run = folder.run(&["settle", "--plan", "plan.toml", "--orders", orders, "--out", "out"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn the_year_has_its_golden_totals() {
    let Some(file) = year() else { return };
    let folder = Folder::new();
    settle(&folder, file.to_str().expect("UTF-8"));
    let expected = json!({
        "orders": 155_370, "refused": 0, "members": 2_469, "stores": 457,
        "turnover": "4596039.58", "stores_got": "3676280.51", "wallets_got": "13115.67",
        "platform_got": "169304.23", "pool": "737339.17",
        "supply": "5523.159467", "price": "133.499525", "exits": 5, "paid_on_exit": "82.14",
    });
    assert_eq!(summary_of(&folder.path("out")), expected);
}

/// Every order's inflow, points and price, every exit, and every balance.
#[test]
fn the_year_is_what_a_model_of_a_hundred_lines_makes_of_it() {
    let Some(file) = year() else { return };
    let folder = Folder::new();
    settle(&folder, file.to_str().expect("UTF-8"));
    let out = Settled::without_statement(&folder.path("out"));
    let mut statement = csv::Reader::from_path(folder.path("out/statement.csv")).expect("a statement");
    let column = |name| statement.headers().expect("a header").iter().position(|other| other == name);
    let places = ["order_id", "inflow", "minted", "price"].map(column).map(|place| place.expect("a column"));
    let mut records = statement.into_records();

    let (mut model, mut inviters, mut exits, mut turnover) =
        (Model::default(), BTreeMap::new(), Vec::new(), 0);
    for row in rows_of_year(&file) {
        let [order, _, member, store, amount] = [0, 1, 2, 3, 4].map(|place| row[place].to_string());
        let inviter = inviters.entry(member.clone()).or_insert_with(|| format!("{store}-owner"));
        let amount = fen(&amount);
        turnover += amount;
        let settled = model.settle(&member, inviter, &store, amount);
        let record = records.next().expect("a row for each order").expect("a row of CSV");
        let [id, inflow, minted, price] = places.map(|place| &record[place]);
        let is = (id, fen(inflow), units(minted, 6), price);
        let price = model.price();
        let minted = i128::try_from(settled.minted).expect("small");
        assert_eq!(is, (order.as_str(), settled.inflow, minted, price.as_str()));
        exits.extend(
            settled.exits.into_iter().map(|(member, points, payout)| (order.clone(), member, points, payout)),
        );
    }
    assert!(records.next().is_none(), "no further row");

    let exits_written = out.exits.iter().map(|row| {
        let points = u128::try_from(units(&row["points"], 6)).expect("positive");
        (row["order_id"].clone(), row["member_id"].clone(), points, fen(&row["payout"]))
    });
    assert_eq!(exits_written.collect::<Vec<_>>(), exits);
    for (figure, is) in [
        ("turnover", turnover),
        ("pool", model.pool),
        ("platform_got", model.platform),
        ("stores_got", model.stores.values().sum()),
        ("wallets_got", model.wallets.values().sum()),
        ("paid_on_exit", exits.iter().map(|exit| exit.3).sum()),
    ] {
        assert_eq!(fen(out.summary[figure].as_str().expect("a text")), is, "{figure}");
    }
    assert_eq!((out.summary["members"].as_u64(), out.summary["stores"].as_u64()), (Some(2_469), Some(457)));
    assert_eq!((inviters.len(), model.stores.len()), (2_469, 457));
}

/// The naive economy, which knows every command, on the year's first 3,000 orders.
#[test]
fn the_first_3000_orders_of_the_year_agree_with_the_naive_economy() {
    let Some(file) = year() else { return };
    let folder = Folder::new();
    let rows: Vec<_> = rows_of_year(&file).into_iter().take(3_000).collect();
    let lines: Vec<_> = rows.iter().map(|row| row.iter().collect::<Vec<_>>().join(",")).collect();
    folder.write("orders.csv", csv_of(ORDERS, &lines.iter().map(String::as_str).collect::<Vec<_>>()));
    let settled = folder.settle(&[]);
    let columns = ORDERS.split(',');
    let rows =
        rows.iter().map(|row| columns.clone().zip(row).map(|(name, field)| (name.into(), field.into())));
    let stream = Stream::of(&rows.map(Row::from_iter).collect::<Vec<_>>(), &[], &[]);
    assert_eq!(settled.balances, stream.naively(SEED_ONE).0);
}

/// A text of yuan with two decimals, in fen.
fn fen(text: &str) -> u128 {
    u128::try_from(units(text, 2)).expect("positive")
}
