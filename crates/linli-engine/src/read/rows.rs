//! Rows of a table, cell after cell, with all texts in one arena: a command makes a dozen of them, and none should
//! cost an allocation. Must not be added: what a row means.

mod escape;

pub use escape::unescaped;

use super::schema::{Table, TableId};
use escape::escape_from;
use std::cmp::Ordering;
use std::fmt;

/// One value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value<'a> {
    /// Absent.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A number or units of an asset.
    Number(i128),
    /// A text.
    Text(&'a str),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("nothing"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{text:?}"),
        }
    }
}

/// A value whose text lies in the arena.
#[derive(Clone, Copy, Debug)]
enum Cell {
    Null,
    Flag(bool),
    Number(i128),
    Text { start: usize, end: usize },
}

/// Rows of one table.
#[derive(Clone, Debug)]
pub struct Rows {
    table: TableId,
    cells: Vec<Cell>,
    texts: String,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    cells: &'a [Cell],
    texts: &'a str,
}

impl Rows {
    /// No rows of this table.
    #[must_use]
    pub fn new(table: TableId) -> Self {
        Self { table, cells: Vec::new(), texts: String::new() }
    }

    /// The table whose rows they are.
    #[must_use]
    pub fn table(&self) -> &'static Table {
        self.table.table()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len() / self.width()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn width(&self) -> usize {
        self.table().columns.len()
    }

    /// The row at this place.
    #[must_use]
    pub fn row(&self, place: usize) -> Row<'_> {
        let start = place * self.width();
        Row { cells: &self.cells[start..start + self.width()], texts: &self.texts }
    }

    /// The rows in the order in which they came.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.cells.chunks_exact(self.width()).map(|cells| Row { cells, texts: &self.texts })
    }

    /// Their places in the order in which they are best written (see [`Table::scattered_by`]).
    #[must_use]
    pub fn by_neighbours(&self) -> Vec<usize> {
        let column = self.table().scattered_by();
        let mut places: Vec<usize> = (0..self.len()).collect();
        places.sort_by(|&place, &other| self.row(place).get(column).cmp(&self.row(other).get(column)));
        places
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.texts.clear();
    }

    /// The next value of the row that is being added.
    pub fn put(&mut self, value: Value<'_>) -> &mut Self {
        let cell = match value {
            Value::Null => Cell::Null,
            Value::Flag(flag) => Cell::Flag(flag),
            Value::Number(number) => Cell::Number(number),
            Value::Text(text) => return self.text(text),
        };
        self.cells.push(cell);
        self
    }

    /// The next value: a number.
    pub fn number(&mut self, number: impl Into<i128>) -> &mut Self {
        self.put(Value::Number(number.into()))
    }

    /// The next value: yes or no.
    pub fn flag(&mut self, flag: bool) -> &mut Self {
        self.put(Value::Flag(flag))
    }

    /// The next value: a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.written(|texts| texts.push_str(text))
    }

    /// The next value: what is appended to the text (U+0000, which a database cannot hold, is written otherwise).
    pub fn written(&mut self, write: impl FnOnce(&mut String)) -> &mut Self {
        let start = self.texts.len();
        write(&mut self.texts);
        escape_from(&mut self.texts, start);
        self.cells.push(Cell::Text { start, end: self.texts.len() });
        self
    }

    /// The next value: a text as a database has it, in which nothing is left to escape.
    pub fn stored_text(&mut self, text: &str) -> &mut Self {
        let start = self.texts.len();
        self.texts.push_str(text);
        self.cells.push(Cell::Text { start, end: self.texts.len() });
        self
    }

    /// The next value: absent where there is none.
    pub fn optional_number(&mut self, number: Option<impl Into<i128>>) -> &mut Self {
        self.put(number.map_or(Value::Null, |number| Value::Number(number.into())))
    }

    /// The next value: absent where there is none.
    pub fn optional_text(&mut self, text: Option<&str>) -> &mut Self {
        self.put(text.map_or(Value::Null, Value::Text))
    }

    /// Adds a row of another table of the same columns.
    pub fn push(&mut self, row: Row<'_>) {
        for value in row.values(row.cells.len()) {
            match value {
                Value::Text(text) => self.stored_text(text),
                value => self.put(value),
            };
        }
    }
}

impl<'a> Row<'a> {
    /// The value of the column at this place.
    #[must_use]
    pub fn get(self, column: usize) -> Value<'a> {
        match self.cells[column] {
            Cell::Null => Value::Null,
            Cell::Flag(flag) => Value::Flag(flag),
            Cell::Number(number) => Value::Number(number),
            Cell::Text { start, end } => Value::Text(&self.texts[start..end]),
        }
    }

    /// The first values.
    pub fn values(self, columns: usize) -> impl Iterator<Item = Value<'a>> {
        (0..columns.min(self.cells.len())).map(move |column| self.get(column))
    }

    /// The order of two rows by the first columns, as the databases have it: texts by their bytes.
    #[must_use]
    pub fn compare_keys(self, other: Row<'_>, key: usize) -> Ordering {
        self.values(key).cmp(other.values(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_is_found_again() {
        let mut rows = Rows::new(TableId::Balances);
        rows.text("store:S2").text("CNY").number(i128::MIN);
        rows.written(|text| text.push_str("store:S1")).text("CNY").number(5);
        assert_eq!(rows.len(), 2);
        let values: Vec<_> = rows.row(1).values(3).collect();
        assert_eq!(values, [Value::Text("store:S1"), Value::Text("CNY"), Value::Number(5)]);
        assert_eq!(rows.by_neighbours(), [1, 0]);
        let mut copy = Rows::new(TableId::Balances);
        copy.push(rows.row(0));
        assert_eq!(copy.row(0).get(2), Value::Number(i128::MIN));
    }
}
