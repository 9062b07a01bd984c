//! The description of the read model: each table once, from which the statements of both databases and the tables of
//! `docs/read-model.md` are made. A change to it is a new [`VERSION`]. Must not be added here: SQL.

mod ledger;
mod orders;
mod people;
pub mod sql;
mod time;

/// The version of the tables. A read model of an older one is rebuilt.
pub const VERSION: i64 = 1;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of 63 bits: seqs, counts, and amounts that one command can name.
    Number,
    /// Units of an asset, up to 127 bits.
    Units,
    /// A text.
    Text,
    /// Yes or no.
    Flag,
}

/// How a column comes by its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A part of the primary key.
    Key,
    /// Written with the row and never again.
    Fixed,
    /// Written once, with the row or later.
    Once,
    /// Rewritten whenever it changes.
    Current,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name, with the unit last.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// How it comes by its value.
    pub role: Role,
    /// Whether it may be absent.
    pub nullable: bool,
    /// What it means, for the page.
    pub about: &'static str,
}

/// An index for lists.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// Its columns.
    pub columns: &'static [&'static str],
    /// Which rows it has, where it does not have all.
    pub only: Option<&'static str>,
}

/// One table; the columns of the primary key come first.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row is, for the page.
    pub about: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its indexes.
    pub indexes: &'static [Index],
}

/// A query with a name.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// What a row is, for the page.
    pub about: &'static str,
    /// Its query, which both databases understand.
    pub query: &'static str,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $id:ident = $table:path),+ $(,)?) => {
        /// The tables, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum TableId {
            $($(#[$doc])* $id),+
        }

        /// The tables, each at the place of its [`TableId`].
        pub static TABLES: [Table; [$(TableId::$id),+].len()] = [$($table),+];

        impl TableId {
            /// Every table.
            pub const ALL: [Self; TABLES.len()] = [$(Self::$id),+];
        }
    };
}

tables! {
    /// What was received.
    Commands = ledger::COMMANDS,
    /// What accepted commands did to accounts.
    Postings = ledger::POSTINGS,
    /// What accounts hold.
    Balances = ledger::BALANCES,
    /// Withdrawals.
    Payouts = ledger::PAYOUTS,
    /// Orders of stores and of the mall.
    Orders = orders::ORDERS,
    /// Members.
    Members = people::MEMBERS,
    /// Stores.
    Stores = people::STORES,
    /// Who was bound to whom.
    Relations = people::RELATIONS,
    /// Who held which region.
    Agents = people::AGENTS,
    /// Capped exits.
    Exits = time::EXITS,
    /// The price, day by day.
    Prices = time::PRICES,
    /// Versions of the plan.
    Plans = time::PLANS,
}

/// The views over the tables.
pub static VIEWS: [View; 2] = [people::BINDINGS, people::AGENCIES];

impl TableId {
    /// Its description.
    #[must_use]
    pub fn table(self) -> &'static Table {
        &TABLES[self as usize]
    }
}

impl Table {
    /// How many columns the primary key has.
    #[must_use]
    pub fn key(&self) -> usize {
        self.columns.iter().take_while(|column| column.role == Role::Key).count()
    }

    /// Whether rows change after they were written. The rows of the others come in the order of their keys.
    #[must_use]
    pub fn is_rewritten(&self) -> bool {
        self.columns.iter().any(|column| matches!(column.role, Role::Once | Role::Current))
    }

    /// The column by which the rows of one transaction lie most scattered: written in its order, they meet their
    /// neighbours.
    #[must_use]
    pub fn scattered_by(&self) -> usize {
        let indexed = self.indexes.first().filter(|_| !self.is_rewritten());
        let place = |name| self.columns.iter().position(|column| column.name == name);
        indexed.and_then(|index| place(index.columns[0])).unwrap_or(0)
    }

    /// The names of the columns of the key, or of all.
    pub fn names(&self, columns: usize) -> impl Iterator<Item = &'static str> {
        self.columns.iter().take(columns).map(|column| column.name)
    }
}

/// Columns as the tables list them.
const fn column(name: &'static str, kind: Kind, role: Role, about: &'static str) -> Column {
    Column { name, kind, role, nullable: false, about }
}

impl Column {
    /// The column, which may be absent.
    const fn or_null(self) -> Self {
        Self { nullable: true, ..self }
    }
}

const fn index(columns: &'static [&'static str]) -> Index {
    Index { columns, only: None }
}

const fn index_only(columns: &'static [&'static str], only: &'static str) -> Index {
    Index { columns, only: Some(only) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_first_and_are_never_absent() {
        for table in &TABLES {
            assert!(table.key() > 0, "{}", table.name);
            for (place, column) in table.columns.iter().enumerate() {
                assert_eq!(column.role == Role::Key, place < table.key(), "{}.{}", table.name, column.name);
                assert!(!(column.role == Role::Key && column.nullable), "{}.{}", table.name, column.name);
            }
        }
    }

    #[test]
    fn indexes_and_units_name_what_there_is() {
        for table in &TABLES {
            for name in table.indexes.iter().flat_map(|index| index.columns) {
                assert!(table.names(usize::MAX).any(|column| column == *name), "{}.{name}", table.name);
            }
            for column in table.columns.iter().filter(|column| column.kind == Kind::Units) {
                let units = ["_fen", "_micro_points", "_hundredths", "_micro_yuan", "amount"];
                let named = units.iter().any(|unit| column.name.ends_with(unit));
                assert!(named, "{}.{} says its unit", table.name, column.name);
            }
        }
    }
}
