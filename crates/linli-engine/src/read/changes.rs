//! What one transaction does to the read model: rows that are added or rewritten, and balances that are gone.

use super::rows::Rows;
use super::schema::TableId;

/// The changes of one transaction.
#[derive(Clone, Debug)]
pub struct Changes {
    rows: [Rows; TableId::ALL.len()],
    /// The balances that are zero now; of these rows only the key counts.
    pub emptied: Rows,
}

impl Changes {
    /// No changes.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: TableId::ALL.map(Rows::new), emptied: Rows::new(TableId::Balances) }
    }

    /// The rows of a table.
    #[must_use]
    pub fn of(&self, table: TableId) -> &Rows {
        &self.rows[table as usize]
    }

    /// The rows of a table, to add one.
    pub fn to(&mut self, table: TableId) -> &mut Rows {
        &mut self.rows[table as usize]
    }

    /// The rows of every table.
    pub fn tables(&self) -> impl Iterator<Item = &Rows> {
        self.rows.iter()
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.emptied.len() + self.rows.iter().map(Rows::len).sum::<usize>()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.rows.iter_mut().for_each(Rows::clear);
        self.emptied.clear();
    }
}

impl Default for Changes {
    fn default() -> Self {
        Self::new()
    }
}
