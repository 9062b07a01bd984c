//! A difference between the read model and the journal, so that people find it.

use super::super::fault::ReadFault;
use super::super::rows::{Row, Value};
use super::super::schema::TableId;
use std::fmt;

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The row is not there.
    Missing,
    /// The row should not be there.
    Surplus,
    /// A column has another value.
    Changed {
        /// Which.
        column: &'static str,
        /// Its value.
        found: String,
        /// The value that follows from the journal.
        expected: String,
    },
}

/// The first row that differs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Difference {
    /// Its table.
    pub table: &'static str,
    /// Its key: each column with its value.
    pub key: String,
    /// What differs.
    pub what: What,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the read model is not what the journal says: in {}, the row with {} ",
            self.table, self.key
        )?;
        match &self.what {
            What::Missing => f.write_str("is missing"),
            What::Surplus => f.write_str("should not be there"),
            What::Changed { column, found, expected } => write!(f, "has {column} {found}, not {expected}"),
        }
    }
}

impl Difference {
    /// The difference in this row, as a fault.
    pub fn fault(table: TableId, row: Row<'_>, what: What) -> ReadFault {
        let table = table.table();
        let key: Vec<_> = table.names(table.key()).zip(row.values(table.key())).map(named).collect();
        ReadFault::Differs(Box::new(Self { table: table.name, key: key.join(", "), what }))
    }
}

fn named((name, value): (&str, Value<'_>)) -> String {
    format!("{name} {value}")
}

/// Compares two rows of the same key.
///
/// # Errors
/// The first column that differs.
pub fn compare(table: TableId, found: Row<'_>, expected: Row<'_>) -> Result<(), ReadFault> {
    for (place, column) in table.table().columns.iter().enumerate() {
        let (found, value) = (found.get(place), expected.get(place));
        if found != value {
            let (found, value) = (found.to_string(), value.to_string());
            let what = What::Changed { column: column.name, found, expected: value };
            return Err(Difference::fault(table, expected, what));
        }
    }
    Ok(())
}
