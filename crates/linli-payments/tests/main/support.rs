//! What the tests share: records on both stores, ids and amounts. Must not be added here: a rule of a provider.

use linli_journal::PostgresStore;
use linli_payments::{Account, Amount, Id, Line, PostgresRecords, Records, SqliteRecords};
use linli_test_postgres::Server;
use std::sync::Arc;

/// 2026-01-01T00:00:00Z, 8 o'clock in Shanghai.
pub const NOW: i64 = 1_767_225_600;

/// Runs on empty records of either store.
pub fn on_both(test: impl Fn(Arc<dyn Records>)) {
    let dir = tempfile::tempdir().expect("a folder");
    test(Arc::new(SqliteRecords::open(&dir.path().join("records.db")).expect("opened")));
    test(Arc::new(PostgresRecords::sandbox(&database())));
}

/// An empty database.
pub fn database() -> PostgresStore {
    PostgresStore::new(&Server::shared().database()).expect("an address")
}

pub fn id(text: &str) -> Id {
    Id::new(text).expect("an id")
}

pub fn fen(fen: u64) -> Amount {
    Amount::of_fen(fen).expect("an amount")
}

pub fn line(text: &str) -> Line {
    Line::new(text).expect("a line")
}

pub fn account(text: &str) -> Account {
    Account::new(text).expect("an account")
}
