//! The vault on both stores: what is sealed opens for its person and field alone, and never again once the key is
//! shredded.

use linli_journal::vault::{KeyStore, Opened, PostgresKeys, SqliteKeys, Vault};
use linli_journal::{Fault, PostgresStore};
use linli_test_postgres::Server;
use std::fs;

/// Runs on both stores; `$keys` opens the same keys anew each time.
fn on_both(test: impl Fn(&dyn Fn() -> Box<dyn KeyStore>)) {
    let dir = tempfile::tempdir().expect("a folder");
    test(&|| Box::new(SqliteKeys::open(&dir.path().join("keys.db")).expect("opened")));
    let store = PostgresStore::new(&Server::shared().database()).expect("an address");
    test(&|| Box::new(PostgresKeys::open(&store).expect("opened")));
}

fn plain(text: &str) -> Opened {
    Opened::Plain(text.as_bytes().to_vec())
}

#[test]
fn what_is_sealed_opens_for_its_person_and_field_alone() {
    on_both(|keys| {
        let mut vault = Vault::new(keys());
        let sealed = vault.seal("P1", "phone", b"a number").expect("sealed");
        let other = vault.seal("P2", "phone", b"another").expect("sealed");
        assert!(!sealed.windows(8).any(|part| part == b"a number"));
        assert_ne!(vault.seal("P1", "phone", b"a number").expect("sealed"), sealed, "never the same twice");
        let mut again = Vault::new(keys());
        assert_eq!(again.open("P1", "phone", &sealed).expect("opened"), plain("a number"));
        assert_eq!(again.open("P2", "phone", &other).expect("opened"), plain("another"));
        for (person, field, sealed) in [
            ("P2", "phone", &sealed),
            ("P1", "name", &sealed),
            ("P1", "phone", &other),
            ("P3", "phone", &sealed),
        ] {
            assert!(
                matches!(again.open(person, field, sealed), Err(Fault::Damaged { .. })),
                "{person} {field}"
            );
        }
    });
}

#[test]
fn a_change_or_a_cut_is_found() {
    on_both(|keys| {
        let mut vault = Vault::new(keys());
        let sealed = vault.seal("P1", "address", b"a street").expect("sealed");
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(vault.open("P1", "address", &changed).is_err(), "byte {place}");
            assert!(vault.open("P1", "address", &sealed[..place]).is_err(), "cut at {place}");
        }
    });
}

#[test]
fn a_shredded_key_opens_nothing_and_seals_nothing() {
    on_both(|keys| {
        let mut vault = Vault::new(keys());
        let sealed = vault.seal("P1", "name", b"somebody").expect("sealed");
        let kept = vault.seal("P2", "name", b"somebody else").expect("sealed");
        vault.shred("P1").expect("shredded");
        vault.shred("P1").expect("shredded again");
        vault.shred("nobody").expect("nobody's key is gone, too");
        let mut again = Vault::new(keys());
        assert_eq!(again.open("P1", "name", &sealed).expect("known"), Opened::Shredded);
        assert!(matches!(again.seal("P1", "name", b"back again"), Err(Fault::Unsafe { .. })));
        assert_eq!(again.open("P2", "name", &kept).expect("opened"), plain("somebody else"));
    });
}

#[test]
fn a_shredded_key_is_in_no_file_any_more() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("keys.db");
    let mut vault = Vault::new(Box::new(SqliteKeys::open(&path).expect("opened")));
    for person in 0..200 {
        vault.seal(&format!("P{person}"), "name", b"somebody").expect("sealed");
    }
    let database = rusqlite::Connection::open(&path).expect("opened");
    let find = "SELECT key FROM person_key WHERE person = 'P100'";
    let key: Vec<u8> = database.query_row(find, [], |row| row.get(0)).expect("a key");
    drop(database);
    let is_somewhere = || {
        let files = fs::read_dir(dir.path()).expect("a folder").map(|file| file.expect("a file").path());
        files.map(|file| fs::read(file).expect("read")).any(|bytes| bytes.windows(32).any(|part| part == key))
    };
    assert!(is_somewhere());
    vault.shred("P100").expect("shredded");
    assert!(!is_somewhere());
}

#[test]
fn a_digest_is_the_same_again_and_differs_by_all_it_is_made_of() {
    on_both(|open| {
        let mut vault = Vault::new(open());
        let digest = vault.digest("references", "phone", b"+8613800000000").expect("made");
        let again = Vault::new(open()).digest("references", "phone", b"+8613800000000");
        assert_eq!(again.expect("made"), digest);
        for (person, field, plain) in [
            ("others", "phone", &b"+8613800000000"[..]),
            ("references", "address", b"+8613800000000"),
            ("references", "phone", b"+8613800000001"),
        ] {
            assert_ne!(vault.digest(person, field, plain).expect("made"), digest);
        }
        vault.shred("references").expect("shredded");
        assert!(matches!(vault.digest("references", "phone", b"1"), Err(Fault::Unsafe { .. })));
    });
}
