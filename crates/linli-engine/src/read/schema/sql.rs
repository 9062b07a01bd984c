//! SQL from the description: what each database is asked to make, write and read. Where the two differ, the dialect
//! says how. Must not be added here: a statement that knows one table by name.

use super::{Column, Index, Kind, Role, TABLES, Table, VERSION, VIEWS, View};

/// Which database understands it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.37 or newer.
    Sqlite,
    /// PostgreSQL 15 or newer.
    Postgres,
}

impl Dialect {
    /// The type of a column.
    #[must_use]
    pub fn type_of(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Sqlite, Kind::Number | Kind::Flag) => "INTEGER",
            // 64 bits as an integer, more as the text of its digits.
            (Self::Sqlite, Kind::Units) => "ANY",
            (Self::Sqlite, Kind::Text) => "TEXT",
            (Self::Postgres, Kind::Number) => "bigint",
            (Self::Postgres, Kind::Flag) => "boolean",
            (Self::Postgres, Kind::Units) => "numeric(39, 0)",
            // Sorted by bytes, as SQLite and the check against the journal do.
            (Self::Postgres, Kind::Text) => "text COLLATE \"C\"",
        }
    }

    /// How a column is read back: PostgreSQL's numbers of any length come as their digits.
    fn read(self, column: &Column) -> String {
        match (self, column.kind) {
            (Self::Postgres, Kind::Units) => format!("{}::text", column.name),
            _ => column.name.to_owned(),
        }
    }

    /// The parameter at this place, from 1.
    #[must_use]
    pub fn parameter(self, place: usize) -> String {
        match self {
            Self::Sqlite => format!("?{place}"),
            Self::Postgres => format!("${place}"),
        }
    }
}

/// Everything that makes the tables and views, in order. The one row of `checkpoint` is the caller's.
#[must_use]
pub fn create(dialect: Dialect) -> Vec<String> {
    let mut statements = vec![format!(
        "CREATE TABLE checkpoint (one {0} PRIMARY KEY CHECK (one = 1), version {0} NOT NULL, seq {0} NOT NULL, \
         hash {1} NOT NULL){2}",
        dialect.type_of(Kind::Number),
        dialect.type_of(Kind::Text),
        if dialect == Dialect::Sqlite { " STRICT" } else { "" },
    )];
    statements.extend(TABLES.iter().map(|table| create_table(table, dialect)));
    statements.extend(VIEWS.iter().map(|View { name, query, .. }| format!("CREATE VIEW {name} AS {query}")));
    statements
}

fn create_table(table: &Table, dialect: Dialect) -> String {
    let mut lines: Vec<String> = table.columns.iter().map(|column| define(column, dialect)).collect();
    let key: Vec<_> = table.names(table.key()).collect();
    lines.push(format!("PRIMARY KEY ({})", key.join(", ")));
    let options = match dialect {
        // Narrow rows lie in the key's own tree; a wide one would make that tree tall.
        Dialect::Sqlite if key.len() > 1 => " STRICT, WITHOUT ROWID",
        Dialect::Sqlite => " STRICT",
        Dialect::Postgres => "",
    };
    format!("CREATE TABLE {} ({}){options}", table.name, lines.join(", "))
}

fn define(column: &Column, dialect: Dialect) -> String {
    let null = if column.nullable { "" } else { " NOT NULL" };
    format!("{} {}{null}", column.name, dialect.type_of(column.kind))
}

/// Everything that makes the indexes that are missing.
#[must_use]
pub fn create_indexes() -> Vec<String> {
    TABLES.iter().flat_map(|table| table.indexes.iter().map(|index| create_index(table, index))).collect()
}

fn create_index(table: &Table, index: &Index) -> String {
    let (columns, only) = (index.columns, index.only.map(|only| format!(" WHERE {only}")));
    let name = format!("{}_by_{}", table.name, columns.join("_and_"));
    let (columns, only) = (columns.join(", "), only.unwrap_or_default());
    format!("CREATE INDEX IF NOT EXISTS {name} ON {} ({columns}){only}", table.name)
}

/// Everything that drops the tables, where they are there. A release that gives one up goes on dropping it here.
#[must_use]
pub fn drop_all() -> Vec<String> {
    let views = VIEWS.iter().map(|view| format!("DROP VIEW IF EXISTS {}", view.name));
    let tables = TABLES.iter().map(|table| table.name).chain(["checkpoint"]);
    views.chain(tables.map(|name| format!("DROP TABLE IF EXISTS {name}"))).collect()
}

/// The checkpoint's first row: seq and hash are the parameters.
#[must_use]
pub fn first_checkpoint(dialect: Dialect) -> String {
    let [seq, hash] = [1, 2].map(|place| dialect.parameter(place));
    format!("INSERT INTO checkpoint (one, version, seq, hash) VALUES (1, {VERSION}, {seq}, {hash})")
}

/// Moves the checkpoint: seq and hash of afterwards, then those of before, are the parameters.
#[must_use]
pub fn move_checkpoint(dialect: Dialect) -> String {
    let [seq, hash, old_seq, old_hash] = [1, 2, 3, 4].map(|place| dialect.parameter(place));
    format!("UPDATE checkpoint SET seq = {seq}, hash = {hash} WHERE seq = {old_seq} AND hash = {old_hash}")
}

/// Adds rows of a table, whose values `source` gives, or rewrites those that are there: what is fixed stays, and what
/// is written once stays as it was first written.
#[must_use]
pub fn insert(table: &Table, source: &str) -> String {
    let names: Vec<_> = table.names(usize::MAX).collect();
    let insert = format!("INSERT INTO {} ({}) {source}", table.name, names.join(", "));
    if !table.is_rewritten() {
        return insert;
    }
    let key: Vec<_> = table.names(table.key()).collect();
    let changes: Vec<_> = table.columns.iter().filter_map(|column| rewrite(table, column)).collect();
    format!("{insert} ON CONFLICT ({}) DO UPDATE SET {}", key.join(", "), changes.join(", "))
}

fn rewrite(table: &Table, Column { name, role, .. }: &Column) -> Option<String> {
    match role {
        Role::Key | Role::Fixed => None,
        Role::Once => Some(format!("{name} = coalesce({}.{name}, excluded.{name})", table.name)),
        Role::Current => Some(format!("{name} = excluded.{name}")),
    }
}

/// Reads rows in the order of the key, at most as many as the last parameter; after the row with the key that the
/// parameters before it have, or from the first on.
#[must_use]
pub fn page(table: &Table, dialect: Dialect, from_first: bool) -> String {
    let names: Vec<_> = table.columns.iter().map(|column| dialect.read(column)).collect();
    let key: Vec<_> = table.names(table.key()).collect();
    let places: Vec<_> = (1..=key.len()).map(|place| dialect.parameter(place)).collect();
    let (names, keys) = (names.join(", "), key.join(", "));
    let after = if from_first { String::new() } else { format!(" WHERE ({keys}) > ({})", places.join(", ")) };
    let limit = dialect.parameter(if from_first { 1 } else { key.len() + 1 });
    format!("SELECT {names} FROM {}{after} ORDER BY {keys} LIMIT {limit}", table.name)
}
