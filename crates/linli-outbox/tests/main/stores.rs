//! What only one store has: its files, its server, and what others have done to them.

use crate::support::{NOW, TestClock, attempt, claim_one, on_both, open, postgres, row};
use linli_outbox::deliver::Delivering;
use linli_outbox::store::Next;
use linli_outbox::webhook::KIND;
use linli_outbox::{Bounds, Deliver, Outcome, Row, SqliteOutbox, State, Store, Verdict, Worker};
use linli_test_postgres::{PASSWORD, Server};
use rusqlite::Connection;
use std::fs;
use std::sync::Arc;
use std::thread;

/// Delivers everything at once.
struct AtOnce;

impl Deliver for AtOnce {
    fn deliver<'a>(&'a self, _: &'a Row, _: i64) -> Delivering<'a> {
        Box::pin(async { Outcome::new(Verdict::Done) })
    }
}

#[test]
fn what_is_no_outbox_is_named_as_damaged() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("outbox.db");
    fs::write(&path, "not a database, but long enough to be read as one".repeat(20)).expect("written");
    let fault = SqliteOutbox::new(path.clone()).open().map(drop).expect_err("no outbox");
    assert_eq!(fault.code(), "outbox_damaged", "{fault}");
    assert!(fault.to_string().contains("outbox.db"));
    fs::remove_file(&path).expect("removed");
    drop(SqliteOutbox::new(path.clone()).open().expect("made"));
    Connection::open(&path).expect("opened").execute("DELETE FROM checkpoint", []).expect("deleted");
    let fault = SqliteOutbox::new(path).open().map(drop).expect_err("no checkpoint");
    assert_eq!(fault.to_string(), "the outbox is damaged: there are 0 checkpoints; there must be one");
}

#[test]
fn a_later_format_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("outbox.db");
    drop(SqliteOutbox::new(path.clone()).open().expect("made"));
    Connection::open(&path)
        .expect("opened")
        .execute("UPDATE checkpoint SET format = 2", [])
        .expect("changed");
    let url = Server::shared().database();
    drop(postgres(&url).open().expect("made"));
    let mut client = ::postgres::Client::connect(&url, ::postgres::NoTls).expect("connected");
    client.execute("UPDATE linli_outbox.checkpoint SET format = 2", &[]).expect("changed");
    for store in [Box::new(SqliteOutbox::new(path)) as Box<dyn Store>, Box::new(postgres(&url))] {
        let fault = store.open().map(drop).expect_err("from a later release");
        assert_eq!(fault.to_string(), "the outbox has format 2; this release reads formats up to 1");
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_outbox_that_cannot_be_used_now() {
    let dir = tempfile::tempdir().expect("a folder");
    let fault = SqliteOutbox::new(dir.path().join("no/outbox.db")).open().map(drop).expect_err("no folder");
    assert!(fault.is_retryable(), "{fault}");
}

#[test]
fn who_opens_first_makes_the_tables_for_all() {
    on_both(|store| {
        let opening: Vec<_> = (0..4)
            .map(|_| {
                let store = store.clone();
                thread::spawn(move || open(&store).checkpoint().expect("read"))
            })
            .collect();
        for one in opening {
            assert_eq!(one.join().expect("no panic"), 0);
        }
    });
}

#[test]
fn no_message_has_the_password() {
    // Nobody may listen on port 1.
    let store = postgres(&format!("postgres://postgres:{PASSWORD}@127.0.0.1:1/nothing"));
    assert!(!format!("{store:?} {}", store.place()).contains(PASSWORD));
    let fault = store.open().map(drop).expect_err("it is down");
    assert!(fault.is_retryable() && !format!("{fault} {fault:?}").contains(PASSWORD), "{fault}");
}

#[test]
fn what_was_recorded_outlives_a_crash_of_the_server_and_the_worker_goes_on() {
    let mut server = Server::start();
    let store: Arc<dyn Store> = Arc::new(postgres(&server.database()));
    let mut outbox = open(&store);
    outbox.follow(0, 2, &[row(1), row(2)]).expect("followed");
    let claim = claim_one(&mut *outbox, NOW);
    outbox.record(&claim, &attempt(NOW), Next::Done { at: NOW }).expect("recorded");
    drop(outbox);
    let clock = TestClock::new();
    let mut worker = Worker::new(store.clone(), clock.clock(), Bounds::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    // It connects before the crash and finds its connection broken afterwards.
    runtime.block_on(worker.run_due()).expect("it knows no kind, and claims nothing");
    server.kill();
    runtime.block_on(worker.run_due()).expect_err("it is down");
    server.start_again();
    let mut worker = worker.with(KIND, Arc::new(AtOnce));
    let mut worked = runtime.block_on(worker.run_due());
    if worked.is_err() {
        // The broken connection was noticed now at the latest.
        worked = runtime.block_on(worker.run_due());
    }
    worked.expect("it goes on");
    let mut outbox = open(&store);
    assert_eq!(outbox.checkpoint().expect("read"), 2);
    let rows = outbox.rows(&linli_outbox::store::Filter::default(), 9).expect("rows");
    assert!(rows.iter().all(|row| row.state == State::Done && row.attempts == 1), "{rows:?}");
}
