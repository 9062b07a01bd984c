//! Files that lost their end or are gone: what is missing is named as damage, or nothing of the journal was in it.

use super::flips::{Outcome, outcome};
use super::folder::Folder;
use super::store::{Ended, Sample};

const SECTOR: usize = 512;

/// The outcomes that are bad, of all cuts of a file at sectors.
fn cuts(sample: &Sample, name: &str) -> Vec<(usize, Outcome)> {
    let folder = Folder::in_memory();
    let place = sample.files.iter().position(|(file, _)| file == name).expect("a file of the store");
    let mut bad = Vec::new();
    // From a sector on: a file of no bytes at all has its own tests.
    for length in (SECTOR..sample.bytes(name).len()).step_by(SECTOR) {
        let mut cut = sample.clone();
        cut.files[place].1.truncate(length);
        cut.put(&folder.data());
        let outcome = outcome(&folder.data(), sample);
        if !matches!(outcome, Outcome::Harmless | Outcome::Found) {
            bad.push((length, outcome));
        }
    }
    bad
}

/// What becomes of the store when this file has no bytes, or is gone.
fn without(sample: &Sample, name: &str, is_gone: bool) -> Outcome {
    let folder = Folder::in_memory();
    let mut less = sample.clone();
    if is_gone {
        less.files.retain(|(file, _)| file != name);
    } else {
        let file = less.files.iter_mut().find(|(file, _)| file == name);
        file.expect("a file of the store").1.clear();
    }
    less.put(&folder.data());
    outcome(&folder.data(), sample)
}

#[test]
fn a_store_cut_at_any_sector_is_damaged() {
    assert_eq!(cuts(&Sample::new(44, Ended::Closed), "journal.db"), []);
}

#[test]
fn a_log_cut_at_any_sector_is_damage() {
    let sample = Sample::new(24, Ended::Killed);
    assert_eq!(cuts(&sample, "journal.db-wal"), []);
    assert_eq!(cuts(&sample, "journal.db"), []);
}

#[test]
fn a_log_that_is_gone_is_damage() {
    let sample = Sample::new(24, Ended::Killed);
    assert_eq!(without(&sample, "journal.db-wal", true), Outcome::Found);
    assert_eq!(without(&sample, "journal.db-wal", false), Outcome::Found);
}

#[test]
fn a_witness_or_a_lock_that_is_gone_is_harmless() {
    for ended in [Ended::Closed, Ended::Killed] {
        let sample = Sample::new(24, ended);
        for name in ["journal.db.witness", "journal.db.lock"] {
            assert_eq!(without(&sample, name, true), Outcome::Harmless, "{name}");
            assert_eq!(without(&sample, name, false), Outcome::Harmless, "{name}");
        }
    }
}

/// What the witness is for, and that these tests would see it: without it a shorter journal passes for the whole one.
#[test]
fn a_log_and_its_witness_that_are_gone_are_seen_to_be_wrong() {
    let mut sample = Sample::new(24, Ended::Killed);
    sample.files.retain(|(file, _)| file != "journal.db.witness");
    let outcome = without(&sample, "journal.db-wal", true);
    assert!(matches!(outcome, Outcome::Wrong(_)), "{outcome:?}");
}

/// The witness beside it saw what was acknowledged, so it is not a journal that nobody has opened yet.
#[test]
fn a_journal_of_no_bytes_beside_its_witness_is_damage() {
    assert_eq!(without(&Sample::new(24, Ended::Closed), "journal.db", false), Outcome::Found);
}

#[test]
fn a_journal_of_no_bytes_beside_its_log_is_damage_and_keeps_the_log() {
    let sample = Sample::new(24, Ended::Killed);
    let folder = Folder::in_memory();
    let mut empty = sample.clone();
    for (name, bytes) in &mut empty.files {
        if name == "journal.db" {
            bytes.clear();
        }
    }
    empty.put(&folder.data());
    let outcome = outcome(&folder.data(), &sample);
    let log = std::fs::read(folder.path("shop/journal.db-wal")).unwrap_or_default();
    assert!(log == sample.bytes("journal.db-wal"), "reading has thrown the log away: {outcome:?}");
    assert_eq!(outcome, Outcome::Found);
}

#[test]
fn a_journal_that_is_gone_beside_its_witness_is_damage() {
    assert_eq!(without(&Sample::new(24, Ended::Closed), "journal.db", true), Outcome::Found);
    assert_eq!(without(&Sample::new(24, Ended::Killed), "journal.db", true), Outcome::Found);
}
