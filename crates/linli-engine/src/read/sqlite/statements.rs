//! Writing rows with prepared statements, many rows each. Must not be added here: a transaction's begin or end.

use super::super::changes::Changes;
use super::super::checkpoint::Checkpoint;
use super::super::rows::{Row, Rows, Value};
use super::super::schema::{Kind, Table, sql};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Statement, Transaction};

pub type SqliteResult<T> = rusqlite::Result<T>;

/// Rows that one statement adds: each further one spares a round through the statement.
const ROWS: usize = 16;

/// A seq as SQLite knows numbers.
pub fn seq(checkpoint: &Checkpoint) -> i64 {
    i64::try_from(checkpoint.seq).expect("a seq below 2^63")
}

/// Writes the changes.
pub fn write(transaction: &Transaction<'_>, changes: &Changes) -> SqliteResult<()> {
    for rows in changes.tables().filter(|rows| !rows.is_empty()) {
        insert(transaction, rows)?;
    }
    let mut delete = transaction.prepare_cached("DELETE FROM balances WHERE account = ?1 AND asset = ?2")?;
    for row in changes.emptied.iter() {
        bind(&mut delete, 1, row, changes.emptied.table(), 2)?;
        delete.raw_execute()?;
    }
    Ok(())
}

fn insert(transaction: &Transaction<'_>, rows: &Rows) -> SqliteResult<()> {
    let places = rows.by_neighbours();
    let (many, few) = places.split_at(places.len() / ROWS * ROWS);
    insert_by(transaction, rows, many, ROWS)?;
    insert_by(transaction, rows, few, 1)
}

fn insert_by(
    transaction: &Transaction<'_>,
    rows: &Rows,
    places: &[usize],
    at_once: usize,
) -> SqliteResult<()> {
    if places.is_empty() {
        return Ok(());
    }
    let table = rows.table();
    let width = table.columns.len();
    let mut statement = transaction.prepare_cached(&sql::insert(table, &values(width, at_once)))?;
    for chunk in places.chunks_exact(at_once) {
        for (number, &place) in chunk.iter().enumerate() {
            bind(&mut statement, number * width + 1, rows.row(place), table, width)?;
        }
        statement.raw_execute()?;
    }
    Ok(())
}

fn values(width: usize, rows: usize) -> String {
    let row = format!("({})", vec!["?"; width].join(", "));
    format!("VALUES {}", vec![row; rows].join(", "))
}

/// Binds the first columns of a row to the parameters from this one on.
pub fn bind(
    statement: &mut Statement<'_>,
    first: usize,
    row: Row<'_>,
    table: &Table,
    columns: usize,
) -> SqliteResult<()> {
    for (place, value) in row.values(columns).enumerate() {
        statement.raw_bind_parameter(first + place, Bound(value, table.columns[place].kind))?;
    }
    Ok(())
}

/// A value as SQLite has it.
struct Bound<'a>(Value<'a>, Kind);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> SqliteResult<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Flag(flag) => ToSqlOutput::Borrowed(ValueRef::Integer(flag.into())),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Number(number) => match i64::try_from(number) {
                Ok(number) => ToSqlOutput::Borrowed(ValueRef::Integer(number)),
                Err(_) => {
                    debug_assert_eq!(self.1, Kind::Units, "only units can have more than 64 bits");
                    ToSqlOutput::Owned(number.to_string().into())
                }
            },
        })
    }
}
