//! CSV with places: rows of a file whose header names its columns, each fault with file, line and column. Rows
//! end with their line; a quoted field that goes on is a fault.

use crate::lines::{Line, Lines};
use anyhow::{Result, bail};
use csv_core::{ReadFieldResult, Reader};
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
    /// Reads the header; every column that is asked for must be there.
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
            match names.iter().position(|name| name.trim() == *column) {
                Some(place) => places.push(place),
                None => {
                    bail!("{}, line 1: no column {column}; needed are {}", path.display(), columns.join(", "))
                }
            }
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
                Some(Line::TooLong) => Some("the line is too long"),
                Some(Line::Whole([])) => continue,
                Some(Line::Whole(bytes)) => {
                    self.raw = String::from_utf8_lossy(bytes).into_owned();
                    self.splitter.split(bytes, &mut self.fields).err()
                }
            };
            if let Some(reason) = fault {
                return Ok(Some(Err(self.bad(1, reason.to_string()))));
            }
            if self.fields.len() != self.width {
                let reason = format!("{} fields, the header has {}", self.fields.len(), self.width);
                return Ok(Some(Err(self.bad(1, reason))));
            }
            return Ok(Some(Ok(Row { table: self })));
        }
    }

    fn bad(&self, column: usize, reason: String) -> BadRow {
        BadRow { path: self.path.clone(), line: self.lines.number, column, reason }
    }
}

impl Row<'_> {
    /// The field of the column with this place among those asked for.
    pub fn get(&self, column: usize) -> &str {
        &self.table.fields[self.table.places[column]]
    }

    /// The file and line of the row.
    pub fn place(&self) -> String {
        format!("{}, line {}", self.table.path.display(), self.table.lines.number)
    }

    /// The row is bad because of this column.
    pub fn bad(&self, column: usize, reason: &str) -> BadRow {
        let place = self.table.places[column];
        let (name, value) = (self.table.columns[column], self.get(column));
        self.table.bad(start_of_field(&self.table.raw, place), format!("{name} {value:?} {reason}"))
    }
}

/// Splits lines into their fields.
struct Splitter {
    reader: Reader,
    buffer: Vec<u8>,
}

impl Splitter {
    fn new() -> Self {
        Self { reader: Reader::new(), buffer: Vec::new() }
    }

    /// The fields of a line, or what is wrong with it.
    fn split(&mut self, line: &[u8], fields: &mut Vec<String>) -> Result<(), &'static str> {
        let result = self.read(line, fields);
        if result.is_err() {
            // A line that was left in the middle must not colour the next one.
            self.reader = Reader::new();
        }
        result
    }

    fn read(&mut self, line: &[u8], fields: &mut Vec<String>) -> Result<(), &'static str> {
        fields.clear();
        self.buffer.resize(line.len() + 1, 0);
        let (mut read, mut filled, mut ended) = (0, 0, false);
        loop {
            // The end of the line ends the last field, unless its quotes are still open.
            let input = if ended { b"\n" } else { &line[read..] };
            let (result, taken, written) = self.reader.read_field(input, &mut self.buffer[filled..]);
            filled += written;
            match result {
                ReadFieldResult::InputEmpty if ended => {
                    return Err("a quoted field does not end in its line");
                }
                ReadFieldResult::InputEmpty => ended = true,
                ReadFieldResult::Field { record_end } => {
                    push(fields, &self.buffer[..filled])?;
                    filled = 0;
                    if record_end {
                        return Ok(());
                    }
                }
                ReadFieldResult::OutputFull | ReadFieldResult::End => return Err("the line is not CSV"),
            }
            read += taken;
        }
    }
}

fn push(fields: &mut Vec<String>, bytes: &[u8]) -> Result<(), &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
    fields.push(text.to_string());
    Ok(())
}

/// The column, in characters from 1, where the field of this place starts in its line.
fn start_of_field(line: &str, place: usize) -> usize {
    let (mut quoted, mut commas) = (false, 0);
    for (index, character) in line.chars().enumerate() {
        if commas == place {
            return index + 1;
        }
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => commas += 1,
            _ => {}
        }
    }
    line.chars().count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Result<Vec<String>, &'static str> {
        let mut fields = Vec::new();
        Splitter::new().split(line.as_bytes(), &mut fields).map(|()| fields)
    }

    #[test]
    fn lines_are_split_into_fields() {
        assert_eq!(fields("a,b,c"), Ok(vec!["a".into(), "b".into(), "c".into()]));
        assert_eq!(fields("a,,"), Ok(vec!["a".into(), String::new(), String::new()]));
        assert_eq!(fields(r#""a,""b",店"#), Ok(vec![r#"a,"b"#.into(), "店".into()]));
        assert_eq!(fields(r#"a,"b"#), Err("a quoted field does not end in its line"));
    }

    #[test]
    fn a_field_is_found_in_its_line() {
        assert_eq!(start_of_field("ab,c,d", 0), 1);
        assert_eq!(start_of_field("ab,c,d", 2), 6);
        assert_eq!(start_of_field(r#""a,b",c"#, 1), 7);
        assert_eq!(start_of_field("a,", 1), 3);
    }
}
