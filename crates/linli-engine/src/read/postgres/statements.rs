//! Writing rows by statements that take a whole column as one array. Must not be added here: a transaction's begin or
//! end.

use super::super::changes::Changes;
use super::super::checkpoint::Checkpoint;
use super::super::rows::{Row, Rows, Value};
use super::super::schema::sql;
use super::super::schema::{Column, Kind, Table};
use postgres::types::ToSql;
use postgres::{Error, GenericClient, Statement, Transaction};
use std::collections::BTreeMap;

/// Rows that one statement adds.
const ROWS: usize = 5_000;

/// Statements that the server has prepared, by their texts.
#[derive(Default)]
pub struct Statements(BTreeMap<String, Statement>);

/// A seq as the server knows numbers.
pub fn seq(checkpoint: &Checkpoint) -> i64 {
    i64::try_from(checkpoint.seq).expect("a seq below 2^63")
}

impl Statements {
    /// The prepared statement of this text.
    pub fn get(&mut self, client: &mut impl GenericClient, text: String) -> Result<Statement, Error> {
        if let Some(known) = self.0.get(&text) {
            return Ok(known.clone());
        }
        let statement = client.prepare(&text)?;
        self.0.insert(text, statement.clone());
        Ok(statement)
    }

    /// Writes the changes.
    pub fn write(&mut self, transaction: &mut Transaction<'_>, changes: &Changes) -> Result<(), Error> {
        for rows in changes.tables() {
            for chunk in rows.by_neighbours().chunks(ROWS) {
                self.insert(transaction, rows, chunk)?;
            }
        }
        self.delete(transaction, &changes.emptied)
    }

    fn insert(
        &mut self,
        transaction: &mut Transaction<'_>,
        rows: &Rows,
        places: &[usize],
    ) -> Result<(), Error> {
        let table = rows.table();
        let arrays: Vec<Array<'_>> =
            (0..table.columns.len()).map(|column| Array::of(rows, places, column)).collect();
        let statement = self.get(transaction, sql::insert(table, &source(table, &arrays)))?;
        let parameters: Vec<_> = arrays.iter().map(Array::parameter).collect();
        transaction.execute(&statement, &parameters)?;
        Ok(())
    }

    fn delete(&mut self, transaction: &mut Transaction<'_>, emptied: &Rows) -> Result<(), Error> {
        let places: Vec<usize> = (0..emptied.len()).collect();
        for chunk in places.chunks(ROWS) {
            let keys = [0, 1].map(|column| Array::of(emptied, chunk, column));
            let text = "DELETE FROM balances USING unnest($1::text[], $2::text[]) AS gone (account, asset)
                WHERE balances.account = gone.account AND balances.asset = gone.asset";
            let statement = self.get(transaction, text.into())?;
            transaction.execute(&statement, &keys.each_ref().map(Array::parameter))?;
        }
        Ok(())
    }
}

/// A column of rows.
enum Array<'a> {
    Numbers(Vec<Option<i64>>),
    /// Digits, where 64 bits do not hold every number.
    Digits(Vec<Option<String>>),
    Texts(Vec<Option<&'a str>>),
    Flags(Vec<Option<bool>>),
}

impl<'a> Array<'a> {
    fn of(rows: &'a Rows, places: &[usize], column: usize) -> Self {
        let values = || places.iter().map(|&place| rows.row(place).get(column));
        match rows.table().columns[column].kind {
            Kind::Text => Self::Texts(values().map(text).collect()),
            Kind::Flag => Self::Flags(values().map(flag).collect()),
            Kind::Number | Kind::Units => {
                let narrow = |value| number(value).map(i64::try_from).transpose();
                let narrow: Result<_, _> = values().map(narrow).collect();
                narrow.map_or_else(
                    |_| {
                        Self::Digits(
                            values().map(|value| number(value).map(|number| number.to_string())).collect(),
                        )
                    },
                    Self::Numbers,
                )
            }
        }
    }

    fn type_name(&self) -> &'static str {
        match self {
            Self::Numbers(_) => "bigint[]",
            Self::Digits(_) | Self::Texts(_) => "text[]",
            Self::Flags(_) => "boolean[]",
        }
    }

    fn parameter(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Numbers(numbers) => numbers,
            Self::Digits(digits) => digits,
            Self::Texts(texts) => texts,
            Self::Flags(flags) => flags,
        }
    }
}

fn text(value: Value<'_>) -> Option<&str> {
    if let Value::Text(text) = value { Some(text) } else { None }
}

fn flag(value: Value<'_>) -> Option<bool> {
    if let Value::Flag(flag) = value { Some(flag) } else { None }
}

fn number(value: Value<'_>) -> Option<i128> {
    if let Value::Number(number) = value { Some(number) } else { None }
}

/// What the arrays give, row by row.
fn source(table: &Table, arrays: &[Array<'_>]) -> String {
    let names: Vec<_> = table.names(usize::MAX).collect();
    let value = |column: &Column| match column.kind {
        Kind::Units => format!("{}::numeric", column.name),
        _ => column.name.to_owned(),
    };
    let values: Vec<_> = table.columns.iter().map(value).collect();
    let arrays: Vec<_> = arrays
        .iter()
        .enumerate()
        .map(|(place, array)| format!("${}::{}", place + 1, array.type_name()))
        .collect();
    format!("SELECT {} FROM unnest({}) AS given ({})", values.join(", "), arrays.join(", "), names.join(", "))
}

/// The values of a key as parameters.
pub fn key<'a>(row: Row<'a>, table: &Table) -> Vec<Box<dyn ToSql + Sync + 'a>> {
    let parameter = |value: Value<'a>| -> Box<dyn ToSql + Sync + 'a> {
        match value {
            Value::Number(number) => Box::new(i64::try_from(number).expect("a key's number has 64 bits")),
            Value::Text(text) => Box::new(text),
            Value::Flag(_) | Value::Null => unreachable!("a key has numbers and texts"),
        }
    };
    row.values(table.key()).map(parameter).collect()
}
