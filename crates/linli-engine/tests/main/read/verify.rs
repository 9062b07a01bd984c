//! The check against the journal finds every changed cell, every missing row and every row too many, in each table.

use super::place::{BOTH, Kind, Shop, Texts};
use linli_engine::read::schema::{Column, Kind as Holds, Role, TABLES, Table};
use linli_engine::read::{Difference, ReadFault, What, verify};

/// A seed whose stream fills every table.
const SEED: u64 = 606;

fn shop(kind: Kind) -> Shop {
    let shop = Shop::random(kind, SEED, 700);
    shop.follow();
    for (name, rows) in shop.tables.dump() {
        assert!(rows.len() > 1, "{name} has rows");
    }
    shop
}

fn difference(shop: &Shop) -> Difference {
    match verify(&shop.read, |_, _| ()) {
        Err(ReadFault::Differs(difference)) => *difference,
        other => panic!("{other:?}"),
    }
}

fn is_sound(shop: &Shop) {
    verify(&shop.read, |_, _| ()).expect("what the journal says");
}

/// A row from the middle of a table, with the condition that finds it.
fn row(shop: &Shop, table: &Table) -> (Texts, String) {
    let key: Vec<_> = table.names(table.key()).collect();
    let rows = shop.tables.query(&format!("SELECT * FROM {} ORDER BY {}", table.name, key.join(", ")));
    let row = rows[rows.len() / 2].clone();
    (row.clone(), condition(table, &row))
}

fn condition(table: &Table, row: &Texts) -> String {
    let key = table.columns.iter().zip(row).take(table.key());
    let equal: Vec<_> =
        key.map(|(column, value)| format!("{} = {}", column.name, literal(column, value))).collect();
    equal.join(" AND ")
}

fn literal(column: &Column, value: &Option<String>) -> String {
    match (value, column.kind) {
        (None, _) => "NULL".into(),
        (Some(value), Holds::Text) => format!("'{}'", value.replace('\'', "''")),
        (Some(value), Holds::Flag) => if value == "1" { "TRUE" } else { "FALSE" }.into(),
        (Some(value), Holds::Number | Holds::Units) => value.clone(),
    }
}

/// Another value than this one.
fn changed(column: &Column, value: &Option<String>) -> String {
    let name = column.name;
    match (column.kind, value) {
        (Holds::Flag, _) => format!("NOT {name}"),
        (Holds::Text, Some(_)) => format!("{name} || 'x'"),
        (Holds::Text, None) => "'x'".into(),
        (Holds::Number | Holds::Units, Some(_)) => format!("{name} + 1"),
        (Holds::Number | Holds::Units, None) => "1".into(),
    }
}

#[test]
fn every_changed_cell_is_found() {
    for kind in BOTH {
        let shop = shop(kind);
        for table in &TABLES {
            let (values, row) = row(&shop, table);
            for (column, value) in table.columns.iter().zip(&values).skip(table.key()) {
                let set = |value: &str| {
                    let set = format!("UPDATE {} SET {} = {value} WHERE {row}", table.name, column.name);
                    assert_eq!(shop.tables.execute(&set), 1, "{set}");
                };
                set(&changed(column, value));
                let found = difference(&shop);
                assert_eq!(found.table, table.name);
                match &found.what {
                    What::Changed { column: named, .. } => assert_eq!(*named, column.name, "{found}"),
                    other => panic!("{}.{}: {other:?}", table.name, column.name),
                }
                set(&literal(column, value));
            }
        }
        is_sound(&shop);
    }
}

#[test]
fn every_missing_row_is_found() {
    for kind in BOTH {
        let shop = shop(kind);
        for table in &TABLES {
            let (values, row) = row(&shop, table);
            assert_eq!(shop.tables.execute(&format!("DELETE FROM {} WHERE {row}", table.name)), 1);
            let found = difference(&shop);
            assert_eq!((found.table, &found.what), (table.name, &What::Missing), "{found}");
            let values: Vec<_> =
                table.columns.iter().zip(&values).map(|(column, value)| literal(column, value)).collect();
            shop.tables.execute(&format!("INSERT INTO {} VALUES ({})", table.name, values.join(", ")));
        }
        is_sound(&shop);
    }
}

#[test]
fn every_row_too_many_is_found() {
    for kind in BOTH {
        let shop = shop(kind);
        for table in &TABLES {
            let (mut values, _) = row(&shop, table);
            // A key of its own: between the others, and after them all.
            for key in ["between", "after"] {
                let last = table.key() - 1;
                values[last] = Some(match (table.columns[last].kind, key) {
                    (Holds::Text, "between") => "A none".into(),
                    (Holds::Text, _) => "zz none".into(),
                    (_, "between") if last > 0 => "1000".into(),
                    _ => "100000".into(),
                });
                let row = condition(table, &values);
                let literals: Vec<_> =
                    table.columns.iter().zip(&values).map(|(column, value)| literal(column, value)).collect();
                shop.tables.execute(&format!("INSERT INTO {} VALUES ({})", table.name, literals.join(", ")));
                let found = difference(&shop);
                assert_eq!((found.table, &found.what), (table.name, &What::Surplus), "{found}");
                assert_eq!(shop.tables.execute(&format!("DELETE FROM {} WHERE {row}", table.name)), 1);
            }
        }
        is_sound(&shop);
    }
}

#[test]
fn a_changed_key_is_found() {
    let shop = shop(Kind::Sqlite);
    for table in &TABLES {
        let (values, row) = row(&shop, table);
        let column = table.columns.iter().take(table.key()).next_back().expect("a key");
        let value = &values[table.key() - 1];
        let changed =
            if column.kind == Holds::Text { "'x'".into() } else { format!("{} + 5000", column.name) };
        let set = format!("UPDATE {} SET {} = {changed} WHERE {row}", table.name, column.name);
        assert_eq!(shop.tables.execute(&set), 1);
        let found = difference(&shop);
        assert_eq!(found.table, table.name);
        let mut other = values.clone();
        other[table.key() - 1] = Some(match column.kind {
            Holds::Text => "x".into(),
            _ => (value.as_ref().expect("a key").parse::<i64>().expect("a number") + 5_000).to_string(),
        });
        let row = condition(table, &other);
        shop.tables.execute(&format!(
            "UPDATE {} SET {} = {} WHERE {row}",
            table.name,
            column.name,
            literal(column, value)
        ));
    }
    is_sound(&shop);
}

#[test]
fn a_difference_names_its_place() {
    let shop = shop(Kind::Sqlite);
    let seq = shop.tables.one("SELECT min(seq) FROM postings WHERE seq > 0");
    let amount = shop.tables.one(&format!("SELECT amount FROM postings WHERE seq = {seq} AND line = 1"));
    shop.tables.execute(&format!("UPDATE postings SET amount = 'many' WHERE seq = {seq} AND line = 1"));
    shop.tables.execute(&format!("DELETE FROM postings WHERE seq > {seq}"));
    assert_eq!(
        difference(&shop).to_string(),
        format!(
            "the read model is not what the journal says: in postings, the row with seq {seq}, line 1 has amount \
             \"many\", not {amount}"
        ),
        "the first of several is named"
    );
}

#[test]
fn an_equal_number_of_another_type_is_a_difference() {
    let shop = shop(Kind::Sqlite);
    for other in ["CAST(amount AS TEXT)", "CAST(amount AS REAL)", "CAST(amount AS BLOB)"] {
        shop.tables.execute(&format!("UPDATE balances SET amount = {other} WHERE account = 'pool:reserve'"));
        let found = difference(&shop);
        assert_eq!(found.table, "balances", "{found}");
        shop.tables
            .execute("UPDATE balances SET amount = CAST(amount AS INTEGER) WHERE account = 'pool:reserve'");
    }
    is_sound(&shop);
    assert!(TABLES.iter().all(|table| table.columns[0].role == Role::Key));
}
