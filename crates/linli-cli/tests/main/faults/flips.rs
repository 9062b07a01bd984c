//! Bits that flip: each is found, and named as damage, or harms nothing. Other content taken for the truth, or a
//! shorter journal taken for the whole one, is the one thing that must never be.

use super::chance::{Chance, number, seed};
use super::folder::{Folder, PLAN};
use super::judge;
use super::store::{Ended, Sample};
use linli_engine::{EngineFault, snapshots};
use linli_journal::{Batch, Fault, Header, Store, Tip};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::channel;

/// Bits that are tried in each store in a build.
const SLICE: u64 = 8_000;

/// Bytes of entries that are read at once: few, so that it takes several steps.
const READ_BYTES: usize = 1 << 10;

/// What becomes of a damaged store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// All of it reads back as it was.
    Harmless,
    /// An error names damage, or a format that nobody wrote.
    Found,
    /// An error that names something else: it would be looked for in the wrong place.
    Misnamed(String),
    /// Something else is taken for the truth.
    Wrong(String),
}

/// Opens the store as a start of the engine does, reads all of it, and compares it with what was written.
pub fn outcome(data: &Path, sample: &Sample) -> Outcome {
    match read(data) {
        Ok((opened, ..)) if opened != sample.tip() => {
            Outcome::Wrong(format!("opened at seq {}, not at {}", opened.seq, sample.tip().seq))
        }
        Ok((_, header, batches)) if header == sample.header && batches == sample.batches => Outcome::Harmless,
        Ok(_) => Outcome::Wrong("other batches than were written".into()),
        Err(EngineFault::Journal(Fault::Damaged { .. } | Fault::Format { .. })) => Outcome::Found,
        Err(EngineFault::Journal(fault)) => Outcome::Misnamed(shape(&fault.to_string())),
        Err(_) => Outcome::Found,
    }
}

/// Where the engine would go on, the header, and all batches, replayed.
fn read(data: &Path) -> Result<(Tip, Header, Vec<Batch>), EngineFault> {
    let mut journal = judge::store(data).read()?;
    let header = journal.header().clone();
    let opened = snapshots::open(&judge::snapshots(data), &mut *journal)?.replica.tip();
    let mut batches: Vec<Batch> = Vec::new();
    while let some @ [_, ..] = &*journal.read(batches.last().map_or(0, Batch::last_seq), READ_BYTES)? {
        batches.extend_from_slice(some);
    }
    judge::replay(&header, &batches)?;
    Ok((opened, header, batches))
}

/// An error's text without what differs from bit to bit, and without the place of the store.
fn shape(text: &str) -> String {
    let text = text.split_once("journal.db: ").map_or(text, |(_, text)| text);
    let text = text.split_once(" at /").map_or(text, |(text, _)| text);
    text.chars().map(|letter| if letter.is_ascii_graphic() { letter } else { ' ' }).take(60).collect()
}

/// Flips bits of one file of a store, one at a time; gives how many came out how.
fn flip(sample: &Sample, name: &str, bits: &[usize]) -> BTreeMap<Outcome, Vec<usize>> {
    let folder = Folder::in_memory();
    let mut found: BTreeMap<Outcome, Vec<usize>> = BTreeMap::new();
    let mut flipped = sample.clone();
    let place = sample.files.iter().position(|(file, _)| file == name).expect("a file of the store");
    for &bit in bits {
        flipped.files[place].1[bit / 8] ^= 1 << (bit % 8);
        flipped.put(&folder.data());
        found.entry(outcome(&folder.data(), sample)).or_default().push(bit);
        flipped.files[place].1[bit / 8] ^= 1 << (bit % 8);
    }
    found
}

/// The bits to be tried: all of them, or those from a seeded start in equal steps.
fn bits_of(sample: &Sample, name: &str) -> Vec<usize> {
    let all = sample.bytes(name).len() * 8;
    let slice = usize::try_from(SLICE).expect("a small number");
    if number("LINLI_ALL_BITS", 0) != 0 || all <= slice {
        return (0..all).collect();
    }
    // An odd step comes by every bit of a byte.
    let step = (all / slice) | 1;
    let start = Chance::new(seed()).within(0..u64::try_from(step).expect("64 bits"));
    (usize::try_from(start).expect("a small number")..all).step_by(step).collect()
}

/// Flips in two threads; fails where something was wrong or misnamed.
fn flips_are_found(sample: &Sample, name: &str) {
    let bits = bits_of(sample, name);
    let (first, second) = bits.split_at(bits.len() / 2);
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        for half in [first, second] {
            let sender = sender.clone();
            scope.spawn(move || sender.send(flip(sample, name, half)).expect("somebody counts"));
        }
    });
    drop(sender);
    let mut all: BTreeMap<Outcome, Vec<usize>> = BTreeMap::new();
    for (outcome, bits) in receiver.into_iter().flatten() {
        all.entry(outcome).or_default().extend(bits);
    }
    let bytes = sample.bytes(name).len();
    println!("{name}, {bytes} bytes, {} of {} bits, seed {}:", bits.len(), bytes * 8, seed());
    for (outcome, bits) in &all {
        println!("  {:6} {outcome:?}, first bit {}", bits.len(), bits[0]);
    }
    let bad = all.keys().filter(|outcome| !matches!(outcome, Outcome::Harmless | Outcome::Found));
    let bad: Vec<_> = bad.collect();
    assert!(bad.is_empty(), "{name}: {bad:?}; the first bits are above");
}

#[test]
fn a_flipped_bit_of_a_closed_store_is_found_or_harmless() {
    let sample = Sample::new(120, Ended::Closed);
    assert_eq!(sample.header.plan, PLAN);
    flips_are_found(&sample, "journal.db");
}

#[test]
fn a_flipped_bit_of_the_log_of_a_killed_store_is_found_or_harmless() {
    flips_are_found(&Sample::new(24, Ended::Killed), "journal.db-wal");
}

#[test]
fn a_flipped_bit_of_the_file_under_a_log_is_found_or_harmless() {
    flips_are_found(&Sample::new(24, Ended::Killed), "journal.db");
}

#[test]
fn a_flipped_bit_of_the_witness_is_harmless() {
    flips_are_found(&Sample::new(12, Ended::Closed), "journal.db.witness");
}
