//! What is particular to the journal in a file: what it says of damage, of a lost end, of other formats.

use linli_journal::{Batch, Content, Fault, Hash, Header, SqliteStore, Store};
use std::fs;
use std::path::{Path, PathBuf};

fn header() -> Header {
    Header::new("name = \"plan\"".into())
}

/// A journal of so many batches, closed.
fn journal(dir: &Path, batches: u32) -> PathBuf {
    let path = dir.join("journal.db");
    let store = SqliteStore::new(path.clone());
    store.create(&header()).expect("created");
    append(&store, batches);
    path
}

fn append(store: &SqliteStore, batches: u32) {
    let mut journal = store.write().expect("opened");
    for number in 0..batches {
        let entries = number.to_le_bytes().to_vec();
        let content = Content { count: 2, entries, results: Hash::of(b"r"), figures: Hash::of(b"f") };
        let tip = journal.tip().expect("a tip");
        journal.append(&[Batch::after(tip, content)]).expect("appended");
    }
}

fn damage(path: &Path) -> String {
    match SqliteStore::new(path.to_path_buf()).read().and_then(|mut journal| journal.read(0, usize::MAX)) {
        Err(Fault::Damaged { what }) => what,
        other => panic!("{other:?}"),
    }
}

fn sql(path: &Path, statement: &str) -> rusqlite::Result<()> {
    rusqlite::Connection::open(path).expect("opened").execute_batch(statement)
}

#[test]
fn the_database_refuses_to_change_or_skip_a_batch() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = journal(dir.path(), 3);
    for statement in [
        "UPDATE batch SET entries = x'00'",
        "DELETE FROM batch",
        "INSERT INTO batch SELECT 9, count, entries, results, figures, previous, hash FROM batch LIMIT 1",
        "INSERT INTO batch SELECT 5, count, entries, results, figures, previous, hash FROM batch LIMIT 1",
        "INSERT INTO header SELECT 2, format, plan, root FROM header",
    ] {
        assert!(sql(&path, statement).is_err(), "{statement}");
    }
}

#[test]
fn a_changed_batch_and_a_missing_one_are_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = journal(dir.path(), 4);
    let unguarded = "DROP TRIGGER batch_stays; DROP TRIGGER batch_is_kept;";
    sql(&path, &format!("{unguarded} UPDATE batch SET entries = x'FF' WHERE first_seq = 3"))
        .expect("changed");
    let what = damage(&path);
    assert!(what.starts_with("the batch that begins at seq 3: its hash is "), "{what}");
    sql(&path, "DELETE FROM batch WHERE first_seq = 3").expect("deleted");
    assert_eq!(damage(&path), "seq 3 is missing: the batch found there begins at seq 5");
    sql(&path, "DELETE FROM batch WHERE first_seq = 1").expect("deleted");
    assert_eq!(damage(&path), "seq 1 is missing: the batch found there begins at seq 5");
}

#[test]
fn a_lost_end_is_damage_and_a_torn_witness_is_not() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = journal(dir.path(), 3);
    let kept = fs::read(&path).expect("read");
    append(&SqliteStore::new(path.clone()), 1);
    fs::write(&path, &kept).expect("put back");
    let what = damage(&path);
    assert!(what.contains("ends at seq 6, but seq 8 with hash "), "{what}");
    let witness = dir.path().join("journal.db.witness");
    let mut bytes = fs::read(&witness).expect("read");
    bytes[0] ^= 1;
    fs::write(&witness, bytes).expect("torn");
    let mut journal = SqliteStore::new(path).read().expect("sound");
    assert_eq!(journal.tip().expect("a tip").seq, 6);
}

#[test]
fn another_plan_under_old_commands_is_damage() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = journal(dir.path(), 1);
    sql(&path, "UPDATE header SET plan = 'name = \"other\"'").expect("changed");
    let what = damage(&path);
    assert!(what.starts_with("the header's hash is "), "{what}");
}

#[test]
fn a_newer_format_and_a_file_of_something_else_are_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = journal(dir.path(), 1);
    sql(&path, "UPDATE header SET format = 2").expect("changed");
    let fault = SqliteStore::new(path.clone()).read().map(|_| ()).expect_err("newer");
    assert_eq!(fault.to_string(), "the journal has format 2; this release reads formats up to 1");
    fs::write(&path, "not a database, but long enough to look at").expect("written");
    let fault = SqliteStore::new(path).read().map(|_| ()).expect_err("something else");
    assert!(matches!(fault, Fault::Damaged { .. }), "{fault}");
}
