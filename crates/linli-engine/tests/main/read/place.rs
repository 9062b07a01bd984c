//! Read models for tests: on SQLite and on PostgreSQL, over journals of random streams, with a look into the tables
//! that goes past the engine.

use crate::support::group;
use linli_economy::Economy;
use linli_engine::read::{Follower, PostgresTables, ReadPlace, SqliteTables, Tables};
use linli_engine::{Form, Limits, Place, SnapshotFolder, Stamp, Writer};
use linli_journal::{Header, PostgresStore, SqliteStore, Store};
use linli_random::{Random, Stream};
use linli_test_postgres::Server;
use std::sync::Arc;
use tempfile::TempDir;

/// The databases that a read model can be in.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Sqlite,
    Postgres,
}

pub const BOTH: [Kind; 2] = [Kind::Sqlite, Kind::Postgres];

/// A folder with a journal, and a read model of it in its own database.
pub struct Shop {
    pub read: ReadPlace,
    pub tables: Sql,
    pub dir: TempDir,
}

impl Shop {
    /// A journal that opens with this plan, and no read model yet.
    pub fn open(kind: Kind, plan: &str) -> Self {
        let url = matches!(kind, Kind::Postgres).then(|| Server::shared().database());
        Self::at(url, plan)
    }

    /// The same with the read model at this address, or in a file.
    pub fn at(url: Option<String>, plan: &str) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::new(dir.path().join("journal.db"));
        store.create(&Header::new(plan.into())).expect("created");
        let snapshots = SnapshotFolder::new(dir.path().join("snapshots"));
        let engine = Place { store: Arc::new(store), snapshots: Arc::new(snapshots) };
        let file = dir.path().join("read.db");
        let tables: Arc<dyn Tables> = match &url {
            Some(url) => Arc::new(PostgresTables::beside(&PostgresStore::new(url).expect("an address"))),
            None => Arc::new(SqliteTables::new(file.clone())),
        };
        let tables_of_people = url.map_or(Sql::Sqlite(file), Sql::Postgres);
        Self { read: ReadPlace { engine, tables }, tables: tables_of_people, dir }
    }

    /// A journal with a random stream, in batches of many sizes.
    pub fn random(kind: Kind, seed: u64, lines: usize) -> Self {
        let (plan, lines) = random_lines(seed, lines);
        let shop = Self::open(kind, &plan);
        shop.append_in_parts(seed, &lines);
        shop
    }

    /// Appends commands as one batch.
    pub fn append(&self, lines: &[String]) {
        let (writer, _) = Writer::start(self.read.engine.clone(), Limits::default()).expect("started");
        writer.ask(group(lines), Stamp::AsSent, Form::Refusals).expect("written");
        writer.close().expect("closed");
    }

    /// Appends commands as batches of 1 to 90.
    pub fn append_in_parts(&self, seed: u64, lines: &[String]) {
        let (writer, _) = Writer::start(self.read.engine.clone(), Limits::default()).expect("started");
        for part in parts(seed, lines) {
            writer.ask(group(part), Stamp::AsSent, Form::Refusals).expect("written");
        }
        writer.close().expect("closed");
    }

    /// Follows the journal to its end.
    pub fn follow(&self) {
        Follower::open(&self.read).expect("opened").catch_up(|_| ()).expect("followed");
    }
}

/// Parts of 1 to 90 lines.
pub fn parts(seed: u64, lines: &[String]) -> Vec<&[String]> {
    let mut random = Random::new(seed);
    let mut left = lines;
    let mut parts = Vec::new();
    while !left.is_empty() {
        let size = usize::try_from(random.between(1, 90)).expect("small");
        let (part, rest) = left.split_at(size.min(left.len()));
        parts.push(part);
        left = rest;
    }
    parts
}

/// A random plan and a stream for it.
pub fn random_lines(seed: u64, count: usize) -> (String, Vec<String>) {
    let mut stream = Stream::new(seed);
    let (plan, mut economy) = loop {
        let plan = stream.plan();
        if let Ok(economy) = Economy::open(&plan) {
            break (plan, economy);
        }
    };
    let mut lines = Vec::new();
    for number in 0..count {
        if number % 20 == 0 {
            let balances = economy.balances().into_iter();
            stream.look(balances.map(|(account, asset, units)| (account, asset.name(), units)).collect());
        }
        let line = stream.line();
        stream.learn(economy.apply(&line).outcome().is_ok());
        lines.push(line);
    }
    (plan, lines)
}

/// The tables as people with SQL see them.
pub enum Sql {
    Sqlite(std::path::PathBuf),
    Postgres(String),
}

/// A row as texts; nothing where a value is absent.
pub type Texts = Vec<Option<String>>;

impl Sql {
    /// The rows of a query.
    pub fn query(&self, query: &str) -> Vec<Texts> {
        match self {
            Self::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).expect("opened");
                let mut statement =
                    connection.prepare(query).unwrap_or_else(|error| panic!("{query}: {error}"));
                let columns = statement.column_count();
                let text = |row: &rusqlite::Row<'_>, column| {
                    Ok(match row.get_ref(column)? {
                        rusqlite::types::ValueRef::Null => None,
                        rusqlite::types::ValueRef::Integer(number) => Some(number.to_string()),
                        rusqlite::types::ValueRef::Real(number) => Some(number.to_string()),
                        other => Some(other.as_str()?.to_owned()),
                    })
                };
                let rows =
                    statement.query_map([], |row| (0..columns).map(|column| text(row, column)).collect());
                rows.and_then(Iterator::collect).unwrap_or_else(|error| panic!("{query}: {error}"))
            }
            Self::Postgres(url) => {
                let messages = self.client(url).simple_query(query);
                let messages = messages.unwrap_or_else(|error| panic!("{query}: {error:?}"));
                let rows = messages.into_iter().filter_map(|message| match message {
                    postgres::SimpleQueryMessage::Row(row) => Some(row),
                    _ => None,
                });
                rows.map(|row| (0..row.len()).map(|column| row.get(column).map(flag)).collect()).collect()
            }
        }
    }

    /// Runs a statement that changes something; gives how many rows it changed.
    pub fn execute(&self, statement: &str) -> u64 {
        match self {
            Self::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).expect("opened");
                let changed = connection.execute(statement, []);
                changed.unwrap_or_else(|error| panic!("{statement}: {error}")) as u64
            }
            Self::Postgres(url) => {
                let changed = self.client(url).execute(statement, &[]);
                changed.unwrap_or_else(|error| panic!("{statement}: {error:?}"))
            }
        }
    }

    /// One value.
    pub fn one(&self, query: &str) -> String {
        let rows = self.query(query);
        assert_eq!(rows.len(), 1, "{query}");
        rows[0][0].clone().unwrap_or_else(|| panic!("{query}: nothing"))
    }

    fn client(&self, url: &str) -> postgres::Client {
        let mut client = postgres::Client::connect(url, postgres::NoTls).expect("connected");
        client.batch_execute("SET search_path = linli_read").expect("set");
        client
    }

    /// Everything that is in the tables, table by table in the order of their keys.
    pub fn dump(&self) -> Vec<(&'static str, Vec<Texts>)> {
        let tables = linli_engine::read::schema::TABLES.iter();
        tables
            .map(|table| {
                let key: Vec<_> = table.names(table.key()).collect();
                (table.name, self.query(&format!("SELECT * FROM {} ORDER BY {}", table.name, key.join(", "))))
            })
            .collect()
    }
}

/// The one type that the two databases write otherwise.
fn flag(text: &str) -> String {
    match text {
        "t" => "1".into(),
        "f" => "0".into(),
        other => other.into(),
    }
}
