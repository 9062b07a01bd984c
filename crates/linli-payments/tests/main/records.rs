//! What every store of records must do, and what only one has.

use crate::support::{database, on_both};
use linli_journal::PostgresStore;
use linli_payments::records::{Records, Space};
use linli_payments::{Code, Error, PostgresRecords, Refusal, SqliteRecords};
use linli_test_postgres::{PASSWORD, Server};
use rusqlite::Connection;
use std::fs;
use std::sync::Arc;
use std::thread;

fn put(records: &dyn Records, key: &str, value: &[u8]) {
    records.run(|tx| Ok(tx.put(Space::Ask, key, value)?)).expect("put");
}

fn get(records: &dyn Records, key: &str) -> Option<Vec<u8>> {
    records.run(|tx| Ok(tx.get(Space::Ask, key)?)).expect("read")
}

#[test]
fn a_value_is_what_was_put_last() {
    on_both(|records| {
        assert_eq!(get(&*records, "a"), None);
        put(&*records, "a", b"one");
        put(&*records, "a", b"\0\xff");
        assert_eq!(get(&*records, "a").as_deref(), Some(&b"\0\xff"[..]));
        let elsewhere = records.run(|tx| Ok(tx.get(Space::Event, "a")?)).expect("read");
        assert_eq!(elsewhere, None, "another space");
        let remove = |key: &str| records.run(|tx| Ok(tx.remove(Space::Ask, key)?)).expect("removed");
        remove("a");
        remove("a");
        assert_eq!(get(&*records, "a"), None);
    });
}

#[test]
fn keys_come_in_the_order_of_their_bytes() {
    on_both(|records| {
        for key in ["b/1", "B/1", "b/10", "b/2", "b.x/1", "b-x/1", "b_x/1", "b0", "a"] {
            put(&*records, key, key.as_bytes());
        }
        let keys = |from: &str, to: &str, most| {
            let pairs = records.run(|tx| Ok(tx.range(Space::Ask, from, to, most)?)).expect("read");
            pairs.into_iter().map(|(key, _)| key).collect::<Vec<_>>()
        };
        assert_eq!(keys("", "~", 99), ["B/1", "a", "b-x/1", "b.x/1", "b/1", "b/10", "b/2", "b0", "b_x/1"]);
        assert_eq!(keys("b/1", "b/2", 99), ["b/1", "b/10"]);
        assert_eq!(keys("", "~", 2), ["B/1", "a"]);
        let under = records.run(|tx| Ok(tx.under(Space::Ask, "b", 99)?)).expect("read");
        assert_eq!(under.len(), 3, "{under:?}");
    });
}

#[test]
fn what_is_refused_puts_nothing() {
    on_both(|records| {
        let refused: Result<(), Error> = records.run(|tx| {
            tx.put(Space::Ask, "a", b"one")?;
            assert_eq!(tx.get(Space::Ask, "a")?.as_deref(), Some(&b"one"[..]), "its own");
            Err(Refusal::new(Code::IdReused, "no").into())
        });
        assert_eq!(refused.expect_err("refused").code(), "id_reused");
        assert_eq!(get(&*records, "a"), None);
    });
}

#[test]
fn one_transaction_runs_at_a_time() {
    on_both(|records| {
        let add = |records: Arc<dyn Records>| {
            thread::spawn(move || {
                for _ in 0..25 {
                    let add = records.run(|tx| {
                        let count: u64 = tx.load(Space::Setting, "count")?.unwrap_or(0);
                        Ok(tx.save(Space::Setting, "count", &(count + 1))?)
                    });
                    add.expect("added");
                }
            })
        };
        let adding: Vec<_> = (0..4).map(|_| add(records.clone())).collect();
        adding.into_iter().for_each(|one| one.join().expect("no panic"));
        let count: Option<u64> = records.run(|tx| Ok(tx.load(Space::Setting, "count")?)).expect("read");
        assert_eq!(count, Some(100));
    });
}

#[test]
fn what_was_never_written_so_is_damage() {
    on_both(|records| {
        records.run(|tx| Ok(tx.put(Space::Setting, "count", b"{")?)).expect("put");
        let read = records.run(|tx| Ok(tx.load::<u64>(Space::Setting, "count")?));
        let fault = read.expect_err("damaged");
        assert_eq!((fault.code(), fault.is_retryable()), ("records_damaged", false));
    });
}

#[test]
fn two_processes_on_one_database_keep_apart() {
    let journal = database();
    let (one, other) = (PostgresRecords::sandbox(&journal), PostgresRecords::sandbox(&journal));
    let external = PostgresRecords::external(&journal);
    put(&one, "a", b"one");
    assert_eq!(get(&other, "a").as_deref(), Some(&b"one"[..]));
    assert_eq!(get(&external, "a"), None, "another provider's schema");
    assert!(!format!("{one:?} {}", one.place()).contains(PASSWORD));
}

#[test]
fn a_connection_that_broke_is_made_again() {
    let mut server = Server::start();
    let journal = PostgresStore::new(&server.database()).expect("an address");
    let records = PostgresRecords::external(&journal);
    put(&records, "a", b"one");
    server.kill();
    let down: &dyn Records = &records;
    let fault = down.run(|tx| Ok(tx.get(Space::Ask, "a")?)).expect_err("the server is down");
    assert_eq!((fault.code(), fault.is_retryable()), ("records_unavailable", true));
    assert!(!fault.to_string().contains(PASSWORD));
    server.start_again();
    assert_eq!(get(&records, "a").as_deref(), Some(&b"one"[..]));
}

#[test]
fn a_later_format_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("records.db");
    drop(SqliteRecords::open(&path).expect("made"));
    Connection::open(&path).expect("opened").execute("UPDATE meta SET format = 2", []).expect("changed");
    let fault = Error::from(SqliteRecords::open(&path).expect_err("later"));
    assert_eq!(fault.to_string(), "the provider's records have format 2; this release reads formats up to 1");
    let journal = database();
    let records = PostgresRecords::sandbox(&journal);
    put(&records, "a", b"one");
    let mut client = journal.config().connect(postgres::NoTls).expect("connected");
    client.execute("UPDATE linli_sandbox.meta SET format = 2", &[]).expect("changed");
    let later: &dyn Records = &records;
    let read = later.run(|tx| Ok(tx.get(Space::Ask, "a")?));
    assert_eq!(read.expect_err("later").code(), "records_format_unknown");
}

#[test]
fn what_is_no_database_is_damaged() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("records.db");
    fs::write(&path, "not a database, but long enough to be read as one".repeat(20)).expect("written");
    let fault = Error::from(SqliteRecords::open(&path).expect_err("no database"));
    assert_eq!(fault.code(), "records_damaged", "{fault}");
}
