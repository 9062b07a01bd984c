//! Reading rows back as they are stored.

use super::super::rows::{Row, Rows, Value};
use super::super::schema::sql::{self, Dialect};
use super::super::schema::{Kind, Table};
use super::statements::{Statements, key};
use postgres::types::ToSql;
use postgres::{Client, Error};

/// Appends rows in the order of their keys, after this one or from the first on.
pub fn read(
    client: &mut Client,
    statements: &mut Statements,
    table: &Table,
    after: Option<Row<'_>>,
    most: usize,
    into: &mut Rows,
) -> Result<(), Error> {
    let statement = statements.get(client, sql::page(table, Dialect::Postgres, after.is_none()))?;
    let mut parameters = after.map(|after| key(after, table)).unwrap_or_default();
    parameters.push(Box::new(i64::try_from(most).unwrap_or(i64::MAX)));
    let parameters: Vec<&(dyn ToSql + Sync)> = parameters.iter().map(|parameter| &**parameter).collect();
    for row in client.query(&statement, &parameters)? {
        for (place, column) in table.columns.iter().enumerate() {
            put(into, column.kind, &row, place)?;
        }
    }
    Ok(())
}

fn put(rows: &mut Rows, kind: Kind, row: &postgres::Row, place: usize) -> Result<(), Error> {
    match kind {
        Kind::Number => rows.optional_number(row.try_get::<_, Option<i64>>(place)?),
        Kind::Flag => rows.put(row.try_get::<_, Option<bool>>(place)?.map_or(Value::Null, Value::Flag)),
        Kind::Text => put_text(rows, row.try_get(place)?),
        // A number that no replay can give stays the text that it is read as.
        Kind::Units => match row.try_get::<_, Option<&str>>(place)? {
            Some(digits) => match digits.parse::<i128>() {
                Ok(number) => rows.number(number),
                Err(_) => rows.stored_text(digits),
            },
            None => rows.put(Value::Null),
        },
    };
    Ok(())
}

fn put_text<'r>(rows: &'r mut Rows, text: Option<&str>) -> &'r mut Rows {
    match text {
        Some(text) => rows.stored_text(text),
        None => rows.put(Value::Null),
    }
}
