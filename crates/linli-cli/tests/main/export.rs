//! `linli export`: files that give the journal back, and tables for other programs.

use super::audit::folder;
use super::support::{Folder, rows_of};

fn export(folder: &Folder, what: &[&str], to: &str) {
    let run = folder.run(&[&["export"], what, &["--data", "shop", "--to", to]].concat());
    assert_eq!((run.code, run.err.as_str(), run.out.as_str()), (Some(0), "", ""));
}

#[test]
fn exported_commands_under_the_exported_plan_are_the_same_economy() {
    let folder = folder();
    export(&folder, &["commands"], "all.jsonl");
    export(&folder, &["plan"], "exported.toml");
    assert_eq!(folder.read("exported.toml"), folder.read("plan.toml"));
    let lines = folder.read("all.jsonl");
    assert_eq!(lines.lines().count(), 609);
    assert_eq!(lines.lines().nth(1), Some(r#"{"malformed":"line 2: expected value at column 1"}"#));
    let again = ["ingest", "--data", "again", "--plan", "exported.toml", "all.jsonl"];
    assert_eq!(folder.run(&again).code, Some(0));
    let digest = |data: &str| {
        let out = folder.run(&["audit", "--data", data]).out;
        out[out.find("economy  ").expect("a hash")..].to_string()
    };
    assert_eq!(digest("again"), digest("shop"));
}

#[test]
fn balances_are_those_of_a_replay() {
    let folder = folder();
    export(&folder, &["commands"], "all.jsonl");
    export(&folder, &["balances"], "balances.csv");
    folder.run(&["replay", "--plan", "plan.toml", "--balances", "balances.json", "all.jsonl"]);
    let json: serde_json::Value = serde_json::from_str(&folder.read("balances.json")).expect("JSON");
    let rows = rows_of(&folder.path("balances.csv"));
    let assets: usize = json
        .as_object()
        .expect("accounts")
        .values()
        .map(|assets| assets.as_object().expect("assets").len())
        .sum();
    assert_eq!(rows.len(), assets);
    for row in rows {
        assert_eq!(json[&row["account"]][&row["asset"]], row["amount"].as_str(), "{row:?}");
    }
}

#[test]
fn a_statement_sums_to_its_balance() {
    let folder = folder();
    export(&folder, &["balances"], "balances.csv");
    for row in rows_of(&folder.path("balances.csv")) {
        export(&folder, &["statement", &row["account"]], "statement.csv");
        let lines = rows_of(&folder.path("statement.csv"));
        let last = lines.iter().rfind(|line| line["asset"] == row["asset"]).expect("a line");
        assert_eq!(last["balance"], row["amount"], "{row:?}");
        let units = |text: &str| text.replace('.', "").parse::<i128>().expect("a figure");
        let of_asset = lines.iter().filter(|line| line["asset"] == row["asset"]);
        assert_eq!(
            of_asset.map(|line| units(&line["amount"])).sum::<i128>(),
            units(&row["amount"]),
            "{row:?}"
        );
    }
}

#[test]
fn a_workbook_is_one_that_programs_open() {
    let folder = folder();
    export(&folder, &["balances"], "balances.xlsx");
    let bytes = std::fs::read(folder.path("balances.xlsx")).expect("read");
    assert!(bytes.starts_with(b"PK\x03\x04") && bytes.len() > 2_000);
    assert!(!folder.names().iter().any(|name| name.ends_with(".partial")), "{:?}", folder.names());
}

#[test]
fn what_cannot_be_exported_is_said_and_leaves_nothing() {
    let folder = folder();
    let before = folder.names();
    let fails = |what: &[&str], to: &str, message: &str| {
        folder.run(&[&["export"], what, &["--data", "shop", "--to", to]].concat()).fails_with(message);
    };
    fails(&["balances"], "balances.ods", "the file's name must end with .csv or .xlsx");
    fails(&["statement", "member:nobody:wallet"], "x.csv", "nothing was ever posted to member:nobody:wallet");
    fails(&["commands"], "no/such/folder/x.jsonl", "cannot write no/such/folder/x.jsonl");
    assert_eq!(folder.names(), before);
}
