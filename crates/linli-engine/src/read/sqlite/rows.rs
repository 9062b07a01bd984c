//! Reading rows back as they are stored; a value that the follower never writes there comes as the text of what it is.

use super::super::rows::{Row, Rows, Value};
use super::super::schema::sql::{self, Dialect};
use super::super::schema::{Column, Kind, Table};
use super::statements::{SqliteResult, bind};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// Appends rows in the order of their keys, after this one or from the first on.
pub fn read(
    connection: &Connection,
    table: &Table,
    after: Option<Row<'_>>,
    most: usize,
    into: &mut Rows,
) -> SqliteResult<()> {
    let mut statement = connection.prepare_cached(&sql::page(table, Dialect::Sqlite, after.is_none()))?;
    let mut limit = 1;
    if let Some(after) = after {
        bind(&mut statement, 1, after, table, table.key())?;
        limit += table.key();
    }
    statement.raw_bind_parameter(limit, i64::try_from(most).unwrap_or(i64::MAX))?;
    let mut found = statement.raw_query();
    while let Some(row) = found.next()? {
        for (place, column) in table.columns.iter().enumerate() {
            put(into, column, row.get_ref(place)?);
        }
    }
    Ok(())
}

fn put(rows: &mut Rows, column: &Column, stored: ValueRef<'_>) {
    match (column.kind, stored) {
        (_, ValueRef::Null) => rows.put(Value::Null),
        (Kind::Number | Kind::Units, ValueRef::Integer(number)) => rows.number(number),
        (Kind::Flag, ValueRef::Integer(flag @ 0..=1)) => rows.flag(flag == 1),
        (Kind::Units, ValueRef::Text(text)) => put_digits(rows, text),
        (Kind::Text, ValueRef::Text(text)) => rows.stored_text(&String::from_utf8_lossy(text)),
        (_, other) => rows.stored_text(&format!("{other:?}")),
    };
}

/// Digits are a number only where 64 bits do not hold it: else it would stand here as one.
fn put_digits<'r>(rows: &'r mut Rows, text: &[u8]) -> &'r mut Rows {
    let text = String::from_utf8_lossy(text);
    match text.parse::<i128>() {
        Ok(number) if i64::try_from(number).is_err() && number.to_string() == text => rows.number(number),
        _ => rows.stored_text(&text),
    }
}
