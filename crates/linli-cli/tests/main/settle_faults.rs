//! What stops `linli settle`: bad rows, with file, line, column and reason; files of stores and agents that cannot be
//! right; headers that lack a column. `--skip-bad` goes on past rows of orders.

use super::support::{Folder, ORDERS, csv_of};

const STORES: &str = "store_id,owner_id,district,take_rate,recruiter_id";
const AGENTS: &str = "region,member_id";
const GOOD: &str = "O1,2026-01-01T08:00:00,M1,S1,1000.00";
const NOT_ID: &str = "is not an id of 1 to 64 characters without a colon";

/// A bad row, and what is said of it after the file and the line.
const BAD: [(&str, &str); 19] = [
    ("O2,2026-01-01T08:00:00,M1,S1,ten", "column 30: amount \"ten\" is not an amount such as 12.34"),
    ("O2,2026-01-01T08:00:00,M1,S1,", "column 30: amount \"\" is not an amount"),
    ("O2,2026-01-01T08:00:00,M1,S1,1e3", "column 30: amount \"1e3\" is not an amount"),
    ("O2,2026-01-01T08:00:00,M1,S1,\"1,000.00\"", "column 30: amount \"1,000.00\" is not an amount"),
    ("O2,2026-01-01T08:00:00,M1,S1,+5.00", "column 30: amount \"+5.00\" is not an amount"),
    ("O2,2026-01-01T08:00:00,店,\"S,1\", 5.00", "column 32: amount \" 5.00\" is not an amount"),
    ("O2,yesterday,M1,S1,5.00", "column 4: paid_at \"yesterday\" is not a time such as 2017-01-01T11:53:26"),
    ("O2,2026-02-29T08:00:00,M1,S1,5.00", "column 4: paid_at \"2026-02-29T08:00:00\" is not a time"),
    ("O2,2026-01-01,M1,S1,5.00", "column 4: paid_at \"2026-01-01\" is not a time"),
    ("O2,,M1,S1,5.00", "column 4: paid_at \"\" is not a time"),
    (",2026-01-01T08:00:00,M1,S1,5.00", "column 1: order_id \"\" is not an id"),
    ("O:2,2026-01-01T08:00:00,M1,S1,5.00", "column 1: order_id \"O:2\" is not an id"),
    ("O2,2026-01-01T08:00:00,M:1,S1,5.00", "column 24: member_id \"M:1\" is not an id"),
    ("O2,2026-01-01T08:00:00,M1,,5.00", "column 27: store_id \"\" is not an id"),
    ("O2,2026-01-01T08:00:00,M1,S1", "column 29: 4 fields, the header has 5"),
    ("O2,2026-01-01T08:00:00,M1,S1,5.00,6.00", "column 35: 6 fields, the header has 5"),
    ("O2,2026-01-01T08:00:00,M1,\"S1,5.00", "column 27: a quoted field does not end in its line"),
    ("  ", "column 3: 1 fields, the header has 5"),
    ("O2;2026-01-01T08:00:00;M1;S1;5.00", "column 34: 1 fields, the header has 5"),
];

#[test]
fn a_bad_row_stops_with_file_line_column_and_reason() {
    for (row, says) in BAD {
        let folder = Folder::with_orders(&[GOOD, "", row, "O3,2026-01-01T08:00:00,M1,S1,1.00"]);
        let run = folder.try_settle(&[]);
        run.fails_with(&format!("linli: orders.csv, line 4, {says}"));
        assert!(
            run.err
                .ends_with("\nNothing was written. --skip-bad goes on past bad rows and lists every one.\n")
        );
        assert_eq!(folder.names(), ["orders.csv", "plan.toml"], "{row}");
    }
}

#[test]
fn an_id_of_64_characters_is_one_and_of_65_is_none() {
    let row = |length: usize| format!("{},2026-01-01T08:00:00,M1,S1,5.00", "店".repeat(length));
    assert_eq!(Folder::with_orders(&[&row(64)]).settle(&[]).statement.len(), 1);
    let run = Folder::with_orders(&[&row(65)]).try_settle(&[]);
    run.fails_with(&format!("line 2, column 1: order_id \"{}\" {NOT_ID}", "店".repeat(65)));
}

#[test]
fn bytes_that_are_no_utf8_and_a_line_over_the_limit_are_bad_rows() {
    let folder = Folder::new();
    folder.write("orders.csv", [ORDERS.as_bytes(), b"\nO1,2026-01-01T08:00:00,M\xff,S1,5.00\n"].concat());
    folder.try_settle(&[]).fails_with("orders.csv, line 2, column 24: not UTF-8");
    folder.write("orders.csv", format!("{ORDERS}\n{GOOD}\nO2,{}\n", "x".repeat(5 << 20)));
    folder.try_settle(&[]).fails_with("orders.csv, line 3, column 1: the line is too long");
}

#[test]
fn a_row_that_goes_on_in_the_next_line_is_bad() {
    let folder = Folder::with_orders(&["O2,2026-01-01T08:00:00,M1,\"S", "1\",5.00"]);
    folder
        .try_settle(&[])
        .fails_with("orders.csv, line 2, column 27: a quoted field does not end in its line");
}

#[test]
fn skip_bad_goes_on_and_lists_every_skipped_row() {
    let good = ["O7,2026-01-01T08:00:00,M1,S1,1.00", "O8,2026-01-01T08:00:00,M1,S1,2.00"];
    let bad = BAD.map(|(row, _)| row);
    let folder = Folder::with_orders(&[&[GOOD], &bad[..9], &[good[0]], &bad[9..], &[good[1]]].concat());
    let run = folder.try_settle(&["--skip-bad"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines.len(), BAD.len());
    for (index, (line, (_, says))) in lines.iter().zip(BAD).enumerate() {
        let number = if index < 9 { index + 3 } else { index + 4 };
        assert!(line.starts_with(&format!("skipped: orders.csv, line {number}, {says}")), "{line}");
    }
    assert!(run.out.contains("bad rows skipped 跳过的坏行: 19\n"), "{}", run.out);
    let (skipped, plain) =
        (folder.settle_skipping(), Folder::with_orders(&[GOOD, good[0], good[1]]).settle(&[]));
    assert_eq!((skipped.statement, skipped.balances), (plain.statement, plain.balances));
    assert_eq!(skipped.summary, plain.summary);
}

#[test]
fn skip_bad_without_bad_rows_lists_none() {
    let run = Folder::with_orders(&[GOOD]).try_settle(&["--skip-bad"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(!run.out.contains("skipped"), "{}", run.out);
}

#[test]
fn a_header_names_every_column_once() {
    for (orders, says) in [
        ("", "orders.csv is empty: it needs a header line order_id,paid_at,member_id,store_id,amount"),
        (
            "order_id,paid_at,member_id,store_id\n",
            "orders.csv, line 1: no column amount; needed are order_id, paid_at",
        ),
        ("order_id;paid_at;member_id;store_id;amount\n", "orders.csv, line 1: no column order_id"),
        (GOOD, "orders.csv, line 1: no column order_id"),
        (
            "order_id,paid_at,member_id,store_id,amount,amount\n",
            "orders.csv, line 1: the column amount stands twice",
        ),
        (
            "order_id,paid_at,member_id,store_id,\"amount\n",
            "orders.csv, line 1: the header is not UTF-8 text with",
        ),
    ] {
        let folder = Folder::new();
        folder.write("orders.csv", orders);
        folder.try_settle(&["--skip-bad"]).fails_with(says);
        assert_eq!(folder.names(), ["orders.csv", "plan.toml"]);
    }
}

#[track_caller]
fn refuses_stores(header: &str, rows: &[&str], says: &str) {
    let folder = Folder::with_orders(&[GOOD]);
    folder.write("stores.csv", csv_of(header, rows));
    folder.try_settle(&["--stores", "stores.csv", "--skip-bad"]).fails_with(says);
    assert_eq!(folder.names(), ["orders.csv", "plan.toml", "stores.csv"]);
}

#[test]
fn a_file_of_stores_that_cannot_be_right_is_refused_with_its_line() {
    refuses_stores(
        STORES,
        &["S1,,,,", "S2,,,,", "S1,A,,,"],
        "stores.csv, line 4, column 1: store_id \"S1\" stands twice",
    );
    refuses_stores(STORES, &["S1,,4401,,"], "stores.csv, line 2: unknown_region: ");
    refuses_stores(STORES, &["S1,,south,,"], "stores.csv, line 2: unknown_region: ");
    refuses_stores(
        STORES,
        &["S9,,,,", "S1,,,20,"],
        "stores.csv, line 3: bad_rate: \"20\" is not a rate such as \"20%\"",
    );
    refuses_stores(
        STORES,
        &["S1,,,4.9%,"],
        "stores.csv, line 2: rate_out_of_range: 4.9% must be from 5% to 50%",
    );
    refuses_stores(STORES, &["S1,a:b,,,"], "stores.csv, line 2, column 4: owner_id \"a:b\" is not an id");
    refuses_stores(STORES, &["S1,,,,a:b"], "stores.csv, line 2, column 7: recruiter_id \"a:b\" is not an id");
    refuses_stores(STORES, &[",A,,,"], "stores.csv, line 2, column 1: store_id \"\" is not an id");
    refuses_stores(STORES, &["S1,A"], "stores.csv, line 2, column 5: 2 fields, the header has 5");
    let renamed = STORES.replace("take_rate", "rate");
    refuses_stores(
        &renamed,
        &["S1,,,,"],
        "stores.csv, line 1: no column take_rate; needed are store_id, owner_id",
    );
}

#[track_caller]
fn refuses_agents(header: &str, rows: &[&str], says: &str) {
    let folder = Folder::with_orders(&[GOOD]);
    folder.write("agents.csv", csv_of(header, rows));
    folder.try_settle(&["--agents", "agents.csv", "--skip-bad"]).fails_with(says);
    assert_eq!(folder.names(), ["agents.csv", "orders.csv", "plan.toml"]);
}

#[test]
fn a_file_of_agents_that_cannot_be_right_is_refused_with_its_line() {
    refuses_agents(
        AGENTS,
        &["440106,A", "mars,B"],
        "agents.csv, line 3: unknown_region: \"mars\" is neither six digits",
    );
    refuses_agents(AGENTS, &["440106,A", "440100,A", "440106,B"], "agents.csv, line 4: region_taken: ");
    refuses_agents(AGENTS, &["440106,"], "agents.csv, line 2, column 8: member_id \"\" is not an id");
    refuses_agents(AGENTS, &["440106,a:b"], "agents.csv, line 2, column 8: member_id \"a:b\" is not an id");
    refuses_agents(AGENTS, &[",A"], "agents.csv, line 2: ");
    refuses_agents(
        "region,agent",
        &["440106,A"],
        "agents.csv, line 1: no column member_id; needed are region, member_id",
    );
}
