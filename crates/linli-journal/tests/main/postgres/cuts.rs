//! Connections that break in the middle of an append: whoever opens the journal to write afterwards sees whether it
//! happened, and it does not happen later.

use super::proxy::{Cut, through};
use super::{append, batch, client, header, journal, store};
use linli_journal::{Batch, Fault, Store};
use linli_test_postgres::Server;
use postgres::Client;
use std::thread;
use std::time::{Duration, Instant};

/// In the entries of the batches that the proxy looks for.
const WORD: &str = "cut here";

/// Appends through a proxy that cuts, which is a fault that can be tried again; gives the journal's address.
fn cut_append(word: &'static str, cut: Cut, batches: &[Batch]) -> String {
    let url = journal(0);
    let mut writer =
        store(&through(&url, Server::shared().port(), word, cut)).write().expect("opened through the proxy");
    let fault = writer.append(batches).expect_err("the connection is cut");
    assert!(matches!(fault, Fault::Unavailable { .. }) && fault.is_retryable(), "{fault:?}");
    // The connection stays broken: it never sees what another has done since.
    assert!(matches!(writer.tip(), Err(Fault::Unavailable { .. })));
    url
}

/// One batch goes in one statement, two in a transaction with a commit of its own.
fn appends() -> [(&'static str, Vec<Batch>); 2] {
    let one = batch(header().tip(), WORD.as_bytes());
    let two = batch(one.tip(), b"the second");
    [(WORD, vec![one.clone()]), ("COMMIT", vec![one, two])]
}

#[test]
fn an_append_that_the_server_never_got_has_not_happened() {
    for (word, batches) in appends() {
        let url = cut_append(word, Cut::Before, &batches);
        let mut journal = store(&url).write().expect("the cut session is over");
        assert_eq!(journal.tip().expect("a tip"), header().tip());
        journal.append(&batches).expect("appended");
    }
}

#[test]
fn an_append_whose_answer_is_lost_has_happened() {
    for (word, batches) in appends() {
        let url = cut_append(word, Cut::AfterTheAnswer, &batches);
        let mut journal = store(&url).write().expect("the cut session is over");
        assert_eq!(journal.tip().expect("a tip"), batches.last().expect("some").tip());
        assert!(matches!(journal.append(&batches), Err(Fault::Fenced { .. })));
        assert_eq!(journal.read(0, usize::MAX).expect("read"), batches);
    }
}

#[test]
fn an_append_that_is_cut_while_it_runs_is_over_before_the_next_writer_is_there() {
    for (word, batches) in appends() {
        let url = cut_append(word, Cut::Meanwhile, &batches);
        let mut journal = store(&url).write().expect("the cut session is over");
        let tip = journal.tip().expect("a tip");
        // Whether the server saw the end of the connection first is its own affair; but it does not change.
        assert!([header().tip(), batches.last().expect("some").tip()].contains(&tip), "{tip:?}");
        append(&mut *journal, 3);
    }
}

/// How an open transaction of somebody else ends, on which a cut append waits.
const ENDS: [&str; 2] = ["ROLLBACK", "COMMIT"];

#[test]
fn the_next_writer_waits_for_an_append_that_still_runs() {
    for end in ENDS {
        let url = journal(0);
        let (ours, others) = (batch(header().tip(), WORD.as_bytes()), batch(header().tip(), b"others"));
        let mut other = client(&url);
        other.batch_execute("BEGIN").expect("begun");
        insert(&mut other, &others);
        let cut = through(&url, Server::shared().port(), WORD, Cut::Meanwhile);
        let mut writer = store(&cut).write().expect("opened through the proxy");
        writer.append(std::slice::from_ref(&ours)).expect_err("cut while it waits for the other");
        wait_until_waiting(&url, "transactionid");
        let next = store(&url);
        let next = thread::spawn(move || next.write());
        wait_until_waiting(&url, "advisory");
        other.batch_execute(end).expect(end);
        let mut next = next.join().expect("no panic").expect("the cut session is over");
        let happened = if end == "ROLLBACK" { &ours } else { &others };
        assert_eq!(next.tip().expect("a tip"), happened.tip(), "after the other's {end}");
    }
}

/// What somebody does who gets around the journal.
fn insert(client: &mut Client, batch: &Batch) {
    let (content, previous, hash) = (batch.content(), batch.previous(), batch.hash());
    let [results, figures] = [content.results, content.figures].map(|hash| hash.0);
    let statement = "INSERT INTO linli_journal.batch VALUES (1, 2, $1, $2, $3, $4, $5)";
    let parts = [&content.entries, &results[..], &figures[..], &previous.0[..], &hash.0[..]];
    let [entries, results, figures, previous, hash] = &parts;
    client.execute(statement, &[entries, results, figures, previous, hash]).expect("inserted");
}

/// Waits until a session of this database waits for a lock of this type.
fn wait_until_waiting(url: &str, locktype: &str) {
    let waiting = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE NOT granted AND locktype = $1 AND datname = current_database()";
    let mut client = client(url);
    let deadline = Instant::now() + Duration::from_secs(30);
    while client.query_one(waiting, &[&locktype]).expect("asked").get::<_, i64>(0) == 0 {
        assert!(Instant::now() < deadline, "nobody waits for a lock of type {locktype}");
    }
}
