//! Snapshots: what starts from one is what would have come from the whole journal; a bad one is named.

use crate::support::{PLAN, commands, group, place};
use linli_engine::snapshots::{self, Opened};
use linli_engine::{EngineFault, Form, Keeper, Limits, Place, Replica, Stamp, Writer};
use linli_journal::{Fault, Header};
use std::fs;
use std::path::PathBuf;

/// A journal of these lines in batches of a hundred; gives the digest at its end.
fn written(place: &Place, lines: &[String]) -> [u8; 32] {
    let (writer, _) = Writer::start(place.clone(), Limits::default()).expect("started");
    for part in lines.chunks(100) {
        writer.ask(group(part), Stamp::AsSent, Form::Refusals).expect("applied");
    }
    writer.close().expect("closed").economy().digest()
}

fn open(place: &Place) -> Opened {
    snapshots::open(&*place.snapshots, &mut *place.store.read().expect("opened")).expect("opened")
}

fn make(place: &Place) -> u64 {
    snapshots::make(&*place.snapshots, &mut *place.store.read().expect("opened")).expect("made")
}

#[test]
fn a_start_from_a_snapshot_is_a_start_from_the_beginning() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    let lines = commands(1_000);
    written(&place, &lines[..400]);
    assert_eq!(make(&place), 400);
    let digest = written(&place, &lines[400..]);
    let opened = open(&place);
    assert_eq!((opened.replica.economy().digest(), opened.replica.tip().seq), (digest, 1_000));
    assert_eq!(opened.skipped, []);
    let mut from_the_beginning = Replica::genesis(&Header::new(PLAN.into())).expect("a plan");
    let mut journal = place.store.read().expect("opened");
    for nowhere in [50, 1_001] {
        let fault = from_the_beginning
            .clone()
            .catch_up(&mut *journal, nowhere, |_| ())
            .expect_err("no batch ends there");
        assert!(fault.to_string().ends_with(&format!("leads to seq {nowhere}, which was there")), "{fault}");
    }
    from_the_beginning.catch_up(&mut *journal, 1_000, |_| ()).expect("it replays");
    assert_eq!(from_the_beginning.economy().digest(), digest);
}

#[test]
fn a_damaged_snapshot_is_passed_over_and_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    let lines = commands(600);
    written(&place, &lines[..200]);
    make(&place);
    let digest = written(&place, &lines[200..]);
    make(&place);
    let newest = PathBuf::from(place.snapshots.place(600));
    let whole = fs::read(&newest).expect("read");
    let passed_over = |bytes: &[u8]| {
        fs::write(&newest, bytes).expect("written");
        let opened = open(&place);
        assert_eq!((opened.replica.economy().digest(), opened.skipped.len()), (digest, 1));
        assert_eq!(opened.skipped[0].place, newest.display().to_string());
        opened.skipped[0].why.clone()
    };
    for place in (0..whole.len()).step_by(whole.len() / 40) {
        let mut flipped = whole.clone();
        flipped[place] ^= 1 << (place % 8);
        passed_over(&flipped);
    }
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    assert!(passed_over(&flipped).ends_with("as written: it is damaged"));
    assert!(passed_over(&whole[..whole.len() - 5]).contains("damaged"));
    assert_eq!(passed_over(b"short"), "it is cut off");
    assert_eq!(passed_over(&[7; 100]), "it is no snapshot of this form");
}

#[test]
fn a_snapshot_of_another_journal_is_not_believed() {
    let [dir, other] = [0, 1].map(|_| tempfile::tempdir().expect("a folder"));
    let (place, stranger) = (place(dir.path()), place(other.path()));
    let digest = written(&place, &commands(100));
    written(&stranger, &commands(200)[100..]);
    make(&stranger);
    let (from, to) = (stranger.snapshots.place(100), place.snapshots.place(100));
    fs::create_dir_all(dir.path().join("snapshots")).expect("a folder");
    fs::copy(from, to).expect("copied");
    let opened = open(&place);
    assert_eq!(opened.replica.economy().digest(), digest);
    assert!(opened.skipped[0].why.starts_with("it was made after "), "{:?}", opened.skipped);
}

#[test]
fn a_journal_that_ends_before_a_snapshot_of_it_is_damaged() {
    let [dir, short] = [0, 1].map(|_| tempfile::tempdir().expect("a folder"));
    let (whole, short_place) = (place(dir.path()), place(short.path()));
    written(&whole, &commands(200));
    make(&whole);
    written(&short_place, &commands(100));
    let place = Place { snapshots: whole.snapshots.clone(), ..short_place };
    let fault = snapshots::open(&*place.snapshots, &mut *place.store.read().expect("opened")).map(|_| ());
    let Err(EngineFault::Journal(Fault::Damaged { what })) = fault else { panic!("{fault:?}") };
    assert!(what.starts_with("it ends at seq 100, and "), "{what}");
}

#[test]
fn old_snapshots_go_and_the_newest_stay() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    for part in commands(500).chunks(100) {
        written(&place, part);
        make(&place);
    }
    assert_eq!(place.snapshots.list().expect("listed"), [500, 400, 300]);
}

#[test]
fn the_keeper_makes_snapshots_while_the_writer_writes() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    let keeper = Keeper::start(place.clone(), 300);
    let digest = written(&place, &commands(1_000));
    let mut journal = place.store.read().expect("opened");
    while place.snapshots.list().expect("listed").is_empty() {
        journal.wait(u64::MAX - 1, std::time::Duration::from_millis(5)).expect("waited");
    }
    keeper.end().expect("no fault");
    assert_eq!(open(&place).replica.economy().digest(), digest);
}
