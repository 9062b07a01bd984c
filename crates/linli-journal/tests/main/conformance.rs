//! What every store keeps to, sentence by sentence of `journal.rs`. Each test runs on each store.

use linli_journal::{Batch, Content, Fault, Hash, Header, Journal, Store, Tip};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

const ALL: usize = usize::MAX;

/// Names the tests once and runs them on a store; `$store` makes an empty one and keeps it alive.
macro_rules! conforms {
    ($name:ident, $store:expr, [$($test:ident),+ $(,)?]) => {
        mod $name {
            $(#[test]
            fn $test() {
                let (_keep, store) = $store;
                let store: super::AnyStore = std::sync::Arc::new(store);
                super::$test(&store);
            })+
        }
    };
}

macro_rules! suite {
    ($name:ident, $store:expr) => {
        conforms!(
            $name,
            $store,
            [
                a_missing_journal_is_named,
                the_first_header_stays,
                what_was_appended_is_read_back,
                an_append_must_follow_on_the_tip,
                all_batches_of_an_append_or_none,
                a_reader_cannot_append,
                one_writer_at_a_time,
                of_two_racing_appends_one_is_fenced,
                reading_gives_as_much_as_asked_but_at_least_one,
                reading_begins_within_a_batch,
                waiting_ends_with_the_next_append_or_the_timeout,
                large_batches_come_back_whole,
                many_connections_read_while_one_appends,
            ]
        );
    };
}

suite!(sqlite, {
    let dir = tempfile::tempdir().expect("a folder");
    let store = linli_journal::SqliteStore::new(dir.path().join("journal.db"));
    (dir, store)
});

suite!(postgres, {
    let url = linli_test_postgres::Server::shared().database();
    ((), linli_journal::PostgresStore::new(&url).expect("an address"))
});

type AnyStore = Arc<dyn Store>;

fn header() -> Header {
    Header::new("name = \"plan\"".into())
}

/// A store with a journal.
fn created(store: &AnyStore) -> Box<dyn Journal> {
    store.create(&header()).expect("created");
    store.write().expect("opened to write")
}

fn content(count: u32, entries: &[u8]) -> Content {
    Content { count, entries: entries.to_vec(), results: Hash::of(b"results"), figures: Hash::of(entries) }
}

/// Batches of these counts, one after the other.
fn chain(mut tip: Tip, counts: &[u32]) -> Vec<Batch> {
    let mut batches = Vec::new();
    for &count in counts {
        let entries = format!("{count} entries after {}", tip.seq);
        let batch = Batch::after(tip, content(count, entries.as_bytes()));
        tip = batch.tip();
        batches.push(batch);
    }
    batches
}

fn a_missing_journal_is_named(store: &AnyStore) {
    for opened in [store.read(), store.write()] {
        match opened.map(|_| ()) {
            Err(Fault::Missing { place }) => assert_eq!(place, store.place()),
            other => panic!("{other:?}"),
        }
    }
}

fn the_first_header_stays(store: &AnyStore) {
    assert_eq!(store.create(&header()).expect("created"), header());
    let other = Header::new("name = \"another\"".into());
    assert_eq!(store.create(&other).expect("there"), header());
    let mut journal = store.read().expect("opened");
    assert_eq!(journal.header(), &header());
    assert_eq!(journal.tip().expect("a tip"), header().tip());
    assert_eq!(journal.read(0, ALL).expect("nothing"), []);
}

fn what_was_appended_is_read_back(store: &AnyStore) {
    let mut writer = created(store);
    let batches = chain(header().tip(), &[1, 7, 2, 1]);
    writer.append(&batches[..1]).expect("appended");
    writer.append(&batches[1..]).expect("appended");
    writer.append(&[]).expect("nothing to append");
    let mut reader = store.read().expect("opened");
    for journal in [&mut writer, &mut reader] {
        assert_eq!(journal.tip().expect("a tip"), batches[3].tip());
        assert_eq!(journal.read(0, ALL).expect("read"), batches);
    }
    drop(writer);
    let mut again = store.write().expect("opened again");
    assert_eq!(again.read(0, ALL).expect("read"), batches);
    let more = chain(batches[3].tip(), &[3]);
    again.append(&more).expect("appended");
    assert_eq!(reader.read(11, ALL).expect("read"), more);
}

fn an_append_must_follow_on_the_tip(store: &AnyStore) {
    let mut writer = created(store);
    let batches = chain(header().tip(), &[2, 3]);
    let other_hash = Tip { hash: Hash::of(b"other"), ..header().tip() };
    for early in [&batches[1..], &chain(other_hash, &[1])] {
        match writer.append(early) {
            Err(Fault::Fenced { expected, found }) => {
                assert_eq!((expected, found), (early[0].follows(), header().tip()));
            }
            other => panic!("{other:?}"),
        }
    }
    writer.append(&batches[..1]).expect("appended");
    assert!(matches!(writer.append(&batches[..1]), Err(Fault::Fenced { .. })));
    assert_eq!(writer.read(0, ALL).expect("read"), batches[..1]);
}

fn all_batches_of_an_append_or_none(store: &AnyStore) {
    let mut writer = created(store);
    let good = chain(header().tip(), &[2]);
    let apart = chain(Tip { seq: 9, hash: Hash::of(b"elsewhere") }, &[1]);
    let both = [good.clone(), apart].concat();
    assert!(matches!(writer.append(&both), Err(Fault::Fenced { .. })));
    assert_eq!(writer.tip().expect("a tip"), header().tip());
    writer.append(&good).expect("appended");
}

fn a_reader_cannot_append(store: &AnyStore) {
    drop(created(store));
    let mut reader = store.read().expect("opened");
    assert!(matches!(reader.append(&chain(header().tip(), &[1])), Err(Fault::Unsafe { .. })));
    assert_eq!(reader.tip().expect("a tip"), header().tip());
}

fn one_writer_at_a_time(store: &AnyStore) {
    let first = created(store);
    match store.write().map(|_| ()) {
        Err(fault @ Fault::Taken { .. }) => assert!(!fault.is_retryable()),
        other => panic!("{other:?}"),
    }
    drop(first);
    store.write().expect("free again");
}

fn of_two_racing_appends_one_is_fenced(store: &AnyStore) {
    let writer = created(store);
    let mut tip = header().tip();
    let rivals = [writer, store.rival().expect("a connection without the lock")];
    let rivals = rivals.map(|journal| Arc::new(std::sync::Mutex::new(journal)));
    for round in 0..50_u32 {
        let attempts: Vec<_> = rivals
            .iter()
            .zip(0_u32..)
            .map(|(rival, number)| {
                let batch = Batch::after(tip, content(1 + number, &[u8::try_from(round).expect("small")]));
                let rival = rival.clone();
                thread::spawn(move || rival.lock().expect("free").append(std::slice::from_ref(&batch)))
            })
            .collect();
        let results: Vec<_> = attempts.into_iter().map(|attempt| attempt.join().expect("no panic")).collect();
        let won = results.iter().filter(|result| result.is_ok()).count();
        let fenced = results.iter().filter(|result| matches!(result, Err(Fault::Fenced { .. }))).count();
        assert_eq!((won, fenced), (1, 1), "{results:?}");
        tip = rivals[0].lock().expect("free").tip().expect("a tip");
    }
    assert_eq!(rivals[1].lock().expect("free").read(0, ALL).expect("read").len(), 50);
}

fn reading_gives_as_much_as_asked_but_at_least_one(store: &AnyStore) {
    let mut journal = created(store);
    let batches = chain(header().tip(), &[1; 10]);
    journal.append(&batches).expect("appended");
    let bytes = batches[0].content().entries.len();
    assert_eq!(journal.read(0, 0).expect("read"), batches[..1]);
    assert_eq!(journal.read(0, 3 * bytes).expect("read"), batches[..3]);
    assert_eq!(journal.read(7, 100 * bytes).expect("read"), batches[7..]);
    assert_eq!(journal.read(10, ALL).expect("read"), []);
    assert_eq!(journal.read(u64::MAX, ALL).expect("read"), []);
}

fn reading_begins_within_a_batch(store: &AnyStore) {
    let mut journal = created(store);
    let batches = chain(header().tip(), &[4, 5, 6]);
    journal.append(&batches).expect("appended");
    for (after, first) in [(0, 0), (3, 0), (4, 1), (8, 1), (9, 2), (14, 2)] {
        assert_eq!(journal.read(after, ALL).expect("read"), batches[first..], "after {after}");
    }
}

fn waiting_ends_with_the_next_append_or_the_timeout(store: &AnyStore) {
    let mut writer = created(store);
    let mut reader = store.read().expect("opened");
    assert!(!reader.wait(0, Duration::from_millis(20)).expect("waited"));
    let waiting = thread::spawn(move || reader.wait(1, Duration::from_secs(60)).expect("waited"));
    for batch in chain(header().tip(), &[1, 1]) {
        writer.append(&[batch]).expect("appended");
    }
    assert!(waiting.join().expect("no panic"));
    assert!(writer.wait(1, Duration::ZERO).expect("there"));
    assert!(!writer.wait(2, Duration::ZERO).expect("not there"));
}

fn large_batches_come_back_whole(store: &AnyStore) {
    let mut journal = created(store);
    let entries: Vec<u8> = (0..5_000_000_u32).map(|number| number.to_le_bytes()[1]).collect();
    let batch = Batch::after(header().tip(), content(u32::MAX, &entries));
    journal.append(std::slice::from_ref(&batch)).expect("appended");
    assert_eq!(journal.read(u64::from(u32::MAX) - 1, 0).expect("read"), [batch]);
}

fn many_connections_read_while_one_appends(store: &AnyStore) {
    let mut writer = created(store);
    let batches = chain(header().tip(), &[3; 60]);
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let mut reader = store.read().expect("opened");
            thread::spawn(move || {
                let (mut seen, mut batches) = (0, Vec::new());
                while batches.len() < 60 {
                    assert!(reader.wait(seen, Duration::from_secs(60)).expect("waited"));
                    batches.extend(reader.read(seen, 200).expect("read"));
                    seen = batches.last().map_or(0, Batch::last_seq);
                }
                batches
            })
        })
        .collect();
    for batch in &batches {
        writer.append(std::slice::from_ref(batch)).expect("appended");
    }
    for reader in readers {
        assert_eq!(reader.join().expect("no panic"), batches);
    }
}
