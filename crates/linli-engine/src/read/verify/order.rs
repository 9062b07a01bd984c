//! The comparison of a table whose rows come in the order of their keys: row by row, with a page of it in memory.

use super::super::database::Database;
use super::super::fault::ReadFault;
use super::super::rows::{Row, Rows};
use super::super::schema::TableId;
use super::difference::{Difference, What, compare};
use std::cmp::Ordering;

/// Rows that are read at once.
const PAGE: usize = 5_000;

/// A stored table, read in the order of its keys.
pub struct InOrder {
    table: TableId,
    page: Rows,
    next: usize,
    is_last_page: bool,
}

impl InOrder {
    /// Before the first row.
    pub fn new(table: TableId) -> Self {
        Self { table, page: Rows::new(table), next: 0, is_last_page: false }
    }

    /// Which table it is.
    pub fn table(&self) -> TableId {
        self.table
    }

    /// The next row, read if it must be; it is next until it is taken.
    pub fn peek(&mut self, database: &mut dyn Database) -> Result<Option<Row<'_>>, ReadFault> {
        if self.next == self.page.len() && !self.is_last_page {
            let mut page = Rows::new(self.table);
            let last = self.next.checked_sub(1).map(|last| self.page.row(last));
            database.read(self.table, last, PAGE, &mut page)?;
            self.is_last_page = page.len() < PAGE;
            (self.page, self.next) = (page, 0);
        }
        Ok((self.next < self.page.len()).then(|| self.page.row(self.next)))
    }

    /// Takes the row that was looked at.
    pub fn take(&mut self) {
        self.next += 1;
    }

    /// The next row must be this one.
    ///
    /// # Errors
    /// [`ReadFault::Differs`], and what hinders reading.
    pub fn expect(&mut self, database: &mut dyn Database, expected: Row<'_>) -> Result<(), ReadFault> {
        let table = self.table;
        let missing = || Err(Difference::fault(table, expected, What::Missing));
        let Some(found) = self.peek(database)? else { return missing() };
        match found.compare_keys(expected, table.table().key()) {
            Ordering::Less => Err(Difference::fault(table, found, What::Surplus)),
            Ordering::Greater => missing(),
            Ordering::Equal => {
                compare(table, found, expected)?;
                self.take();
                Ok(())
            }
        }
    }

    /// There must be no more.
    ///
    /// # Errors
    /// As [`InOrder::expect`].
    pub fn expect_end(&mut self, database: &mut dyn Database) -> Result<(), ReadFault> {
        let table = self.table;
        match self.peek(database)? {
            Some(found) => Err(Difference::fault(table, found, What::Surplus)),
            None => Ok(()),
        }
    }
}
