//! The page of the read model cannot go stale: it has every table and column as they are described, and each of its
//! queries runs on both databases and gives the same.

use super::place::{BOTH, Shop, Texts};
use linli_engine::read::schema::{Column, Kind as Holds, Role, TABLES, Table, VIEWS};

const PAGE: &str = include_str!("../../../../../docs/read-model.md");
const PLAN: &str = include_str!("../../../../../plans/seed-one.toml");

/// A table as the page shows it.
fn section(table: &Table) -> String {
    let mut section =
        format!("### {}\n{}\n\n| column | holds | meaning |\n| --- | --- | --- |\n", table.name, table.about);
    for column in table.columns {
        section += &format!("| `{}` | {} | {} |\n", column.name, holds(column), column.about);
    }
    section
}

fn holds(column: &Column) -> String {
    let kind = match column.kind {
        Holds::Number => "number",
        Holds::Units => "units",
        Holds::Text => "text",
        Holds::Flag => "flag",
    };
    let key = if column.role == Role::Key { ", key" } else { "" };
    let null = if column.nullable { " or nothing" } else { "" };
    format!("{kind}{null}{key}")
}

#[test]
fn the_page_has_every_table_and_view_as_described() {
    let mut sections: Vec<String> = TABLES.iter().map(section).collect();
    sections.extend(VIEWS.iter().map(|view| format!("### {}\n{}\n", view.name, view.about)));
    let missing: Vec<_> = sections.into_iter().filter(|section| !PAGE.contains(section)).collect();
    assert!(missing.is_empty(), "docs/read-model.md lacks:\n\n{}", missing.join("\n"));
}

/// The queries of the page, each with its heading.
fn queries() -> Vec<(&'static str, &'static str)> {
    let mut queries = Vec::new();
    let mut heading = "";
    for part in PAGE.split("\n#### ").skip(1) {
        let (first, rest) = part.split_once('\n').expect("a heading has a line");
        heading = first;
        let query = rest.split_once("```sql\n").and_then(|(_, query)| query.split_once("```"));
        queries.push((heading, query.unwrap_or_else(|| panic!("{heading} has a query")).0));
    }
    assert!(!heading.is_empty());
    queries
}

fn line(at: &str, command: &str) -> String {
    format!(r#"{{"at":"2026-01-{at}T04:00:00Z","cmd":{command}}}"#)
}

/// A month in which everything happens that the queries ask for.
fn month() -> Vec<String> {
    let order = |number: u32, command: &str, store: &str, amount: &str| {
        format!(r#""{command}","order":"O{number}","member":"M2","store":"{store}","amount":"{amount}""#)
    };
    vec![
        line("01", r#""open_member","member":"M1""#),
        line("01", r#""open_member","member":"M2","inviter":"M1""#),
        line("01", r#""open_member","member":"M3""#),
        line("01", r#""open_store","store":"S1","owner":"M1","recruiter":"M1","district":"440106""#),
        line("01", r#""open_store","store":"S2","owner":"M3","district":"440106""#),
        line("02", r#""appoint","region":"440106","agent":"M1""#),
        line("02", &order(1, "settle", "S1", "1000.00")),
        line("03", &order(2, "settle", "S2", "5000.00")),
        line("04", &order(3, "pay", "S1", "30.00")),
        line("05", r#""refund","refund":"R1","order":"O1","amount":"100.00""#),
        line("06", r#""rebind","case":"K1","members":["M2"],"to":"M3""#),
        line("06", r#""dismiss","region":"440106""#),
        line("06", r#""appoint","region":"440106","agent":"M3""#),
        line("07", &order(4, "settle", "S1", "2000.00")),
        line("08", r#""inject","id":"I1","amount":"100000.00""#),
        line("09", r#""withdraw","id":"W1","member":"M1","amount":"1.00""#),
        line("10", r#""withdraw","id":"W2","member":"M1","amount":"1000000.00""#),
        line("31", r#""redeem","request":"Q1","member":"M2","points":"1""#),
    ]
}

fn shown(rows: &[Texts]) -> Vec<Vec<&str>> {
    rows.iter().map(|row| row.iter().map(|value| value.as_deref().unwrap_or("")).collect()).collect()
}

#[test]
fn every_query_of_the_page_runs_on_both_databases_and_gives_the_same() {
    let shops = BOTH.map(|kind| {
        let shop = Shop::open(kind, PLAN);
        shop.append(&month());
        shop.follow();
        shop
    });
    let queries = queries();
    assert!(queries.len() >= 10, "{}", queries.len());
    for (heading, query) in queries {
        let [sqlite, postgres] = shops.each_ref().map(|shop| shop.tables.query(query));
        assert_eq!(shown(&sqlite), shown(&postgres), "{heading}");
        let is_proof = heading.contains("is wrong");
        assert_eq!(sqlite.is_empty(), is_proof, "{heading}: {sqlite:?}");
    }
}

#[test]
fn the_queries_answer_what_their_headings_ask() {
    let shop = Shop::open(super::place::Kind::Sqlite, PLAN);
    shop.append(&month());
    shop.follow();
    let answer = |asked: &str| {
        let (_, query) = queries().into_iter().find(|(heading, _)| heading.starts_with(asked)).expect(asked);
        let rows = shop.tables.query(query);
        shown(&rows).iter().map(|row| row.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(answer("The best stores"), ["S2 1 500000", "S1 2 290000"]);
    assert_eq!(answer("Members by inviter"), ["M3 1"]);
    assert_eq!(answer("Who was bound"), ["M1 registration "]);
    assert_eq!(answer("The sum of all postings"), ["CNY 0", "DP 0", "GP 0"]);
    assert_eq!(answer("Payouts on their way"), ["W1 member:M1:wallet 100 2026-01-09T04:00:00.000000Z"]);
    assert_eq!(answer("Orders that are paid"), ["O3 S1 3000 2026-01-04T04:00:00.000000Z"]);
    assert_eq!(answer("Refusals"), ["insufficient_funds withdraw 1", "insufficient_points redeem 1"]);
    assert_eq!(answer("What happened to an order").len(), 2);
    let statement = answer("The statement");
    assert!(statement[0].ends_with(" settle O1 CNY 900 900"), "{statement:?}");
    assert!(statement.last().expect("lines").contains(" withdraw W1 CNY -100 "), "{statement:?}");
}
