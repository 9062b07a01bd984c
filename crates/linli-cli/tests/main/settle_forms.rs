//! The forms that a file of orders may have, all meaning the same orders: order of columns, further columns, a mark
//! of byte order, line ends, quotes.

use super::support::{Folder, Settled};

const ROWS: [[&str; 5]; 4] = [
    ["O1", "2026-01-01T08:00:00", "M1", "S1", "1000.00"],
    ["O2", "2026-01-01T09:00:00", "", "S2", "12.34"],
    ["O3", "2026-01-02T09:00:00", "M2", "S2", "0.01"],
    ["O4", "2026-01-02T10:00:00+08:00", "M1", "S2", "5"],
];
const COLUMNS: [&str; 5] = ["order_id", "paid_at", "member_id", "store_id", "amount"];

/// The lines of the file, the header first, with what this makes of a row's fields.
fn lines(row: impl Fn([&str; 5]) -> String) -> Vec<String> {
    [COLUMNS].iter().chain(&ROWS).map(|fields| row(*fields)).collect()
}

fn settle(orders: impl AsRef<[u8]>) -> Settled {
    let folder = Folder::new();
    folder.write("orders.csv", orders);
    folder.settle(&[])
}

#[track_caller]
fn same_as_plain(orders: impl AsRef<[u8]>) {
    let (plain, other) = (settle(lines(|row| row.join(",")).join("\n") + "\n"), settle(orders));
    assert_eq!(plain.statement.len(), ROWS.len());
    assert_eq!(other.statement, plain.statement);
    assert_eq!((other.balances, other.exits, other.prices), (plain.balances, plain.exits, plain.prices));
    assert_eq!(other.summary, plain.summary);
}

#[test]
fn columns_may_stand_in_another_order() {
    same_as_plain(
        lines(|[order, at, member, store, amount]| [amount, store, order, member, at].join(",")).join("\n"),
    );
}

#[test]
fn further_columns_are_passed_over() {
    let further = |[order, at, member, store, amount]: [&str; 5]| {
        ["note", order, at, member, "备注", store, amount, ""].join(",")
    };
    same_as_plain(lines(further).join("\n"));
}

#[test]
fn names_of_columns_may_have_blanks_around_them() {
    let orders = lines(|row| row.join(",")).join("\n");
    same_as_plain(orders.replacen(&COLUMNS.join(","), &COLUMNS.join(" , "), 1));
}

#[test]
fn a_mark_of_byte_order_is_passed_over() {
    same_as_plain(format!("\u{feff}{}", lines(|row| row.join(",")).join("\n")));
    same_as_plain(format!(
        "\u{feff}\"order_id\"{}",
        &lines(|row| row.join(",")).join("\n")["order_id".len()..]
    ));
}

#[test]
fn lines_may_end_with_crlf_and_the_last_needs_no_end() {
    same_as_plain(lines(|row| row.join(",")).join("\r\n") + "\r\n");
    same_as_plain(lines(|row| row.join(",")).join("\r\n"));
    same_as_plain(lines(|row| row.join(",")).join("\n"));
}

#[test]
fn blank_lines_are_passed_over() {
    same_as_plain(lines(|row| row.join(",")).join("\n\n") + "\n\n\r\n");
}

#[test]
fn fields_may_be_quoted() {
    same_as_plain(lines(|row| row.map(|field| format!("\"{field}\"")).join(",")).join("\n"));
    same_as_plain(lines(|row| row.map(|field| format!("\"{field}\"")).join(",")).join("\r\n"));
}

#[test]
fn commas_and_quotes_in_quoted_fields_are_part_of_an_id() {
    let folder = Folder::with_orders(&[r#""O,1",2026-01-01T08:00:00,"M ""1""",店 1,10.00"#]);
    let out = folder.settle(&[]);
    let row = &out.statement[0];
    assert_eq!(
        ["order_id", "member_id", "store_id"].map(|name| row[name].as_str()),
        ["O,1", "M \"1\"", "店 1"]
    );
    assert_eq!(out.balance("member:M \"1\":points", "GP"), "1.120000");
    assert_eq!(out.balance("store:店 1", "CNY"), "8.00");
}

#[test]
fn orders_may_come_from_standard_input() {
    let folder = Folder::new();
    let orders = lines(|row| row.join(",")).join("\n");
    let run = folder
        .run_with(&["settle", "--plan", "plan.toml", "--orders", "-", "--out", "out"], orders.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(Settled::read(&folder.path("out")).balances, settle(orders).balances);
}

#[test]
fn the_same_orders_give_the_same_bytes() {
    let (first, second) = (Folder::with_sample(), Folder::with_sample());
    first.settle_sample();
    second.settle_sample();
    for file in super::support::FILES {
        let name = format!("out/{file}");
        assert_eq!(first.read(&name), second.read(&name), "{file}");
    }
}
