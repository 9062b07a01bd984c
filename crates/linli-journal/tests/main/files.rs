//! Files on both stores: what was kept is read, what nobody has asked for lately can be taken away, and no name leads
//! anywhere else.

use linli_journal::PostgresStore;
use linli_journal::files::{FileFolder, FileStore, FileTable};
use linli_test_postgres::Server;

fn name(digit: char) -> String {
    digit.to_string().repeat(64)
}

fn on_both(check: impl Fn(&dyn FileStore)) {
    let folder = tempfile::tempdir().expect("a folder");
    check(&FileFolder::new(folder.path().join("files")));
    let store = PostgresStore::new(&Server::shared().database()).expect("an address");
    check(&FileTable::open(store).expect("opened"));
}

#[test]
fn what_was_kept_is_read_and_kept_once() {
    on_both(|files| {
        assert_eq!(files.read(&name('a')).expect("looked"), None);
        assert!(!files.touch(&name('a'), 5).expect("looked"));
        for _ in 0..2 {
            files.keep(&name('a'), b"picture", 10).expect("kept");
        }
        assert_eq!(files.read(&name('a')).expect("read"), Some(b"picture".to_vec()));
        assert_eq!(files.read(&name('b')).expect("looked"), None);
    });
}

#[test]
fn only_what_was_not_asked_for_lately_is_taken_away() {
    on_both(|files| {
        files.keep(&name('a'), b"1", 10).expect("kept");
        files.keep(&name('b'), b"2", 20).expect("kept");
        assert_eq!(files.untouched_since(10).expect("listed"), Vec::<String>::new());
        assert_eq!(files.untouched_since(11).expect("listed"), [name('a')]);
        assert!(files.touch(&name('a'), 30).expect("touched"));
        assert!(files.touch(&name('a'), 5).expect("touched"), "time does not run back");
        files.remove_untouched(&name('a'), 30).expect("looked");
        assert!(files.read(&name('a')).expect("read").is_some(), "it was asked for after it was listed");
        files.remove_untouched(&name('b'), 30).expect("removed");
        files.remove_untouched(&name('b'), 30).expect("it is no fault that it is gone");
        assert_eq!(files.read(&name('b')).expect("looked"), None);
        files.keep(&name('b'), b"2", 40).expect("kept again");
        assert!(files.read(&name('b')).expect("read").is_some());
    });
}

#[test]
fn what_is_no_name_is_refused() {
    on_both(|files| {
        for bad in ["", "a", "../../../../etc/passwd", &"A".repeat(64), &format!("{}/", "a".repeat(63))] {
            assert!(files.keep(bad, b"", 0).is_err(), "{bad}");
            assert!(files.read(bad).is_err() && files.touch(bad, 0).is_err());
            assert!(files.remove_untouched(bad, 0).is_err());
        }
    });
}
