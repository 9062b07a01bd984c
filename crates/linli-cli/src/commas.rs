//! CSV with places: rows of a file whose header names its columns, each fault with file, line and column. Rows
//! end with their line; a quoted field that goes on is a fault.

mod split;

use crate::lines::{Line, Lines};
use anyhow::{Result, bail};
use linli_economy::command::Id;
use split::{Splitter, start_of_field};
use std::fmt;
use std::path::{Path, PathBuf};

/// A table being read.
pub struct Table {
    path: PathBuf,
    lines: Lines,
    /// Where each wanted column stands in the file.
    places: Vec<usize>,
    columns: &'static [&'static str],
    width: usize,
    splitter: Splitter,
    raw: String,
    fields: Vec<String>,
}

/// One row's wanted fields, in the order in which they were asked for.
pub struct Row<'t> {
    table: &'t Table,
}

/// A row that cannot be used, and why.
#[derive(Debug)]
pub struct BadRow {
    path: PathBuf,
    line: u64,
    column: usize,
    reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, column, reason } = self;
        write!(f, "{}, line {line}, column {column}: {reason}", path.display())
    }
}

impl std::error::Error for BadRow {}

impl Table {
    /// Reads the header; every column that is asked for must be there, once.
    pub fn open(path: &Path, mut lines: Lines, columns: &'static [&'static str]) -> Result<Self> {
        let header = match lines.next()? {
            Some(Line::Whole(header)) => {
                header.strip_prefix("\u{feff}".as_bytes()).unwrap_or(header).to_vec()
            }
            Some(Line::TooLong) => bail!("{}, line 1: too long for a header", path.display()),
            None => bail!("{} is empty: it needs a header line {}", path.display(), columns.join(",")),
        };
        let (mut names, mut splitter) = (Vec::new(), Splitter::new());
        if splitter.split(&header, &mut names).is_err() {
            bail!("{}, line 1: the header is not UTF-8 text with commas", path.display());
        }
        let mut places = Vec::new();
        for column in columns {
            let mut found = names.iter().enumerate().filter(|(_, name)| name.trim() == *column);
            let Some((place, _)) = found.next() else {
                bail!("{}, line 1: no column {column}; needed are {}", path.display(), columns.join(", "))
            };
            if found.next().is_some() {
                bail!("{}, line 1: the column {column} stands twice", path.display());
            }
            places.push(place);
        }
        let path = path.to_path_buf();
        Ok(Self {
            path,
            lines,
            places,
            columns,
            width: names.len(),
            splitter,
            raw: String::new(),
            fields: names,
        })
    }

    /// The next row that is not blank.
    pub fn next(&mut self) -> Result<Option<Result<Row<'_>, BadRow>>> {
        loop {
            let fault = match self.lines.next()? {
                None => return Ok(None),
                Some(Line::TooLong) => return Ok(Some(Err(self.bad(1, "the line is too long")))),
                Some(Line::Whole([])) => continue,
                Some(Line::Whole(bytes)) => {
                    self.raw = String::from_utf8_lossy(bytes).into_owned();
                    self.splitter.split(bytes, &mut self.fields).err()
                }
            };
            let fields = self.fields.len();
            return Ok(Some(match fault {
                Some(reason) => Err(self.bad(start_of_field(&self.raw, fields), reason)),
                None if fields != self.width => {
                    let column = start_of_field(&self.raw, fields.min(self.width));
                    Err(self.bad(column, &format!("{fields} fields, the header has {}", self.width)))
                }
                None => Ok(Row { table: self }),
            }));
        }
    }

    fn bad(&self, column: usize, reason: &str) -> BadRow {
        BadRow { path: self.path.clone(), line: self.lines.number, column, reason: reason.into() }
    }
}

impl Row<'_> {
    /// The field of the column with this place among those asked for.
    pub fn get(&self, column: usize) -> &str {
        &self.table.fields[self.table.places[column]]
    }

    /// The field of a column that must hold an id.
    pub fn id(&self, column: usize) -> Result<&str, BadRow> {
        match Id::new(self.get(column).into()) {
            Some(_) => Ok(self.get(column)),
            None => Err(self.bad(column, "is not an id of 1 to 64 characters without a colon")),
        }
    }

    /// The field of a column that may be empty, and otherwise must hold an id.
    pub fn optional_id(&self, column: usize) -> Result<Option<&str>, BadRow> {
        if self.get(column).is_empty() { Ok(None) } else { self.id(column).map(Some) }
    }

    /// The file and line of the row.
    pub fn place(&self) -> String {
        format!("{}, line {}", self.table.path.display(), self.table.lines.number)
    }

    /// The row is bad because of this column.
    pub fn bad(&self, column: usize, reason: &str) -> BadRow {
        let place = self.table.places[column];
        let (name, value) = (self.table.columns[column], self.get(column));
        self.table.bad(start_of_field(&self.table.raw, place), &format!("{name} {value:?} {reason}"))
    }
}
