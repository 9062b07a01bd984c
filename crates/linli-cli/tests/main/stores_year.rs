//! The year of orders through the journal: on SQLite and on PostgreSQL its hash and its balances are those of a
//! replay, and its orders take as few bytes as they should.

use super::settle_year::{rows_of_year, year};
use super::stream::Stream;
use super::support::{Folder, ORDERS, Row};
use linli_test_postgres::Server;
use std::fs;

/// The year's commands as a file of the folder; gives how many.
fn write_stream(folder: &Folder) -> Option<usize> {
    let columns: Vec<&str> = ORDERS.split(',').collect();
    let row = |record: &csv::StringRecord| -> Row {
        columns.iter().map(ToString::to_string).zip(record.iter().map(str::to_string)).collect()
    };
    let orders: Vec<Row> = rows_of_year(&year()?).iter().map(row).collect();
    let stream = Stream::of(&orders, &[], &[]);
    folder.write("year.jsonl", stream.commands.join("\n"));
    Some(stream.commands.len())
}

#[test]
fn the_year_is_the_same_on_both_stores_and_in_a_replay() {
    let folder = Folder::new();
    let Some(commands) = write_stream(&folder) else { return };
    let arguments = ["replay", "--plan", "plan.toml", "--digest", "--balances", "replay.json", "year.jsonl"];
    let replayed = folder.run(&arguments);
    let digest = replayed.err.trim_end();
    let url = Server::shared().database();
    for (store, place) in [("folder", ["--data", "shop"]), ("database", ["--database", &url])] {
        let run = |words: &[&str]| folder.run(&[words, &place].concat());
        let results = run(&["ingest", "--plan", "plan.toml", "year.jsonl"]);
        assert!(results.code == Some(0) && results.out == replayed.out, "{store}: {}", results.err);
        let audited = run(&["audit"]);
        assert!(audited.out.ends_with(&format!("{digest}\n")), "{store}: {}\n{digest}", audited.out);
        assert_eq!(run(&["export", "balances", "--to", "balances.csv"]).code, Some(0));
        let json: serde_json::Value = serde_json::from_str(&folder.read("replay.json")).expect("JSON");
        for row in super::support::rows_of(&folder.path("balances.csv")) {
            assert_eq!(json[&row["account"]][&row["asset"]], row["amount"].as_str(), "{store}: {row:?}");
        }
    }
    let bytes = fs::metadata(folder.path("shop/journal.db")).expect("a journal").len();
    let each = bytes / commands as u64;
    assert!(each <= 80, "{each} bytes a command");
}
