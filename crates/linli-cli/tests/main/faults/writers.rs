//! Two writers on one store: the lock refuses the second; where somebody took the lock away, the database refuses
//! whoever would append to something else than the end, and nobody's acknowledged line is lost.

use super::folder::{Folder, files, told};
use super::judge;
use super::outsider::{Left, Outsider, PATIENCE};
use std::fs;

fn member(name: &str) -> String {
    format!("{{\"cmd\":\"open_member\",\"member\":\"{name}\"}}\n")
}

/// A program that has been answered its first line.
fn started(folder: &Folder, stream: &str) -> Outsider {
    let mut outsider = Outsider::start(folder.ingest(stream));
    outsider.say(&member(&format!("{stream}1")));
    assert_eq!(outsider.listen(1, PATIENCE), 1, "its first line is answered");
    outsider
}

/// It said that another has appended, and acknowledged only this many lines.
#[track_caller]
fn is_fenced(left: &Left, acknowledged: usize) {
    let is_told = left.complaint.contains("another writer has appended");
    assert!(is_told && left.status.code() == Some(1), "{}: {}", left.status, left.complaint);
    assert_eq!(left.acknowledged.lines().count(), acknowledged);
}

#[test]
fn a_second_writer_says_so_and_changes_nothing() {
    let folder = Folder::new();
    let first = started(&folder, "a");
    let before = files(&folder.data());
    for stream in ["a", "b"] {
        let output = folder.run(folder.ingest(stream), &member("b1"));
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{}", told(&output));
        assert!(told(&output).contains("another process writes to this journal"), "{}", told(&output));
        assert!(files(&folder.data()) == before, "it has changed something");
    }
    assert!(first.end().status.success());
    assert_eq!(judge::results(&folder.data()).expect("a sound store").lines().count(), 1);
}

#[test]
fn without_the_lock_the_database_fences_whoever_is_behind() {
    let folder = Folder::new();
    let first = started(&folder, "a");
    fs::remove_file(folder.path("shop/journal.db.lock")).expect("the first one's lock");
    // The second comes to the end and appends; so the first is behind.
    let mut second = started(&folder, "b");
    first.say(&member("a2"));
    is_fenced(&first.end(), 1);
    second.say(&member("b2"));
    assert_eq!(second.listen(2, PATIENCE), 2, "the second goes on");
    // The third does the same to the second.
    fs::remove_file(folder.path("shop/journal.db.lock")).expect("the second one's lock");
    let third = started(&folder, "c");
    second.say(&member("b3"));
    is_fenced(&second.end(), 2);
    let third = third.end();
    assert!(third.status.success(), "{}", third.complaint);
    let found = judge::results(&folder.data()).expect("a sound store");
    assert_eq!(found.lines().count(), 4, "a1, b1, b2 and c1, once each");
    // Each stream sent again gets what it got, and what was not applied is applied now.
    for (stream, lines) in [("a", 2), ("b", 3), ("c", 1)] {
        let lines: String = (1..=lines).map(|number| member(&format!("{stream}{number}"))).collect();
        let output = folder.run(folder.ingest(stream), &lines);
        assert!(output.status.success(), "{}", told(&output));
        let results = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(results.lines().all(|line| line.contains("\"ok\":true")), "{results}");
    }
    assert_eq!(judge::results(&folder.data()).expect("a sound store").lines().count(), 6);
}

/// Two of the same stream: the lines that both bring are applied once.
#[test]
fn without_the_lock_one_stream_of_two_writers_is_applied_once() {
    let folder = Folder::new();
    let first = started(&folder, "a");
    fs::remove_file(folder.path("shop/journal.db.lock")).expect("the first one's lock");
    let mut second = Outsider::start(folder.ingest("a"));
    second.say(&(member("a1") + &member("a2")));
    assert_eq!(second.listen(2, PATIENCE), 2, "the line that is there, and the next");
    first.say(&member("a2"));
    is_fenced(&first.end(), 1);
    assert!(second.end().status.success());
    assert_eq!(judge::results(&folder.data()).expect("a sound store").lines().count(), 2);
}
