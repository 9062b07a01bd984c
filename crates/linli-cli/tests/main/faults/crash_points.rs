//! Every crash point of small runs: after each thing that the program did to its files the power fails, in each way
//! that a disk allows. Then the store must open, have all that was acknowledged, and take the stream again.
//!
//! What failed is kept in cargo's folder for tests, under a name that says the recording, the point and the way.

use super::again;
use super::chance::{Chance, number, seed};
use super::disk::{Disk, State};
use super::judge::{self, Beside};
use super::keeper;
use super::recorder::{Event, Recorder, Shop};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::Command;

/// States by chance at each point.
const BY_CHANCE: u64 = 16;

/// One state in so many is given to the real program too.
const AGAIN: u64 = 12;

/// How many failures are told.
const TOLD: usize = 6;

/// The states of a recording, checked one after the other.
struct Check<'r> {
    name: &'r str,
    recorder: &'r Recorder,
    chance: Chance,
    /// How many results each state has, by the hash of its files.
    known: HashMap<u64, usize>,
    counts: Counts,
    failures: Vec<String>,
}

/// How much was checked.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    points: usize,
    states: usize,
    /// States whose files differ from all others.
    different: usize,
    sent_again: usize,
}

impl Check<'_> {
    fn state(&mut self, point: usize, state: &State, acknowledged: usize) {
        self.counts.states += 1;
        let mut hasher = DefaultHasher::new();
        state.files.hash(&mut hasher);
        let name = hasher.finish();
        let found = match self.known.get(&name) {
            Some(count) => Ok(*count),
            None => self.look(state),
        };
        let fault = match found {
            Ok(count) => {
                self.known.insert(name, count);
                (count < acknowledged)
                    .then(|| format!("{count} results are there, and {acknowledged} were acknowledged"))
            }
            Err(fault) => Some(fault),
        };
        if let Some(fault) = fault {
            let kept = format!("{}-seed-{}-point-{point}-{}", self.name, seed(), self.failures.len());
            let kept =
                if self.failures.len() < TOLD { again::keep(&state.files, &kept) } else { String::new() };
            self.failures.push(format!("point {point}, {}: {fault}\n    {kept}", state.how));
        }
    }

    /// A state that is new.
    fn look(&mut self, state: &State) -> Result<usize, String> {
        self.counts.different += 1;
        let count = again::opens(&state.files, &self.recorder.stream)?;
        if number("LINLI_ALL_STATES", 0) != 0 || self.chance.one_in(AGAIN) {
            self.counts.sent_again += 1;
            again::takes_the_stream(&state.files, &self.recorder.stream)?;
        }
        Ok(count)
    }
}

/// Checks all points of a recording from this one on; gives what failed.
fn failures(name: &str, recorder: &Recorder, first_point: usize) -> Vec<String> {
    let by_chance = usize::try_from(number("LINLI_STATES", BY_CHANCE)).expect("a small number");
    failures_of(name, recorder, |point| point >= first_point, by_chance)
}

/// Checks these points of a recording, each with so many states by chance; gives what failed.
pub fn failures_of(
    name: &str,
    recorder: &Recorder,
    is_meant: impl Fn(usize) -> bool,
    by_chance: usize,
) -> Vec<String> {
    let (chance, known, counts) = (Chance::new(seed()), HashMap::new(), Counts::default());
    let mut check = Check { name, recorder, chance, known, counts, failures: Vec::new() };
    let (mut disk, mut acknowledged) = (Disk::default(), 0);
    for (point, event) in recorder.events.iter().enumerate() {
        match event {
            Event::Files(action) => disk.take(action),
            Event::Answered(lines) => acknowledged = acknowledged.max(*lines),
        }
        if is_meant(point) {
            check.counts.points += 1;
            for state in disk.states(&mut check.chance, by_chance) {
                check.state(point, &state, acknowledged);
            }
        }
    }
    println!("{name}: {:?}, {} failures, seed {}", check.counts, check.failures.len(), seed());
    check.failures
}

#[track_caller]
fn keeps_what_was_acknowledged(name: &str, recorder: &Recorder, first_point: usize) {
    none(&failures(name, recorder, first_point));
}

#[track_caller]
pub fn none(failures: &[String]) {
    let told: Vec<_> = failures.iter().take(TOLD).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} states failed, seed {}:\n{}", failures.len(), seed(), told.join("\n"));
}

/// Two runs on one store, each closed: the second gets the lines of the first again and then goes on.
#[test]
fn a_power_cut_at_any_point_of_closed_runs_loses_nothing_acknowledged() {
    let mut recorder = Recorder::new(60, Shop::Made);
    let program = recorder.folder.ingest("tills");
    assert!(recorder.run(&program, &[1, 2, 9, 1, 12], None).status.success());
    assert!(recorder.run(&program, &[30, 3, 20, 1, 6], None).status.success());
    keeps_what_was_acknowledged("closed", &recorder, 0);
}

/// The first run is killed when it begins to print its third answer: what it committed is in its log and synced.
#[test]
fn a_power_cut_after_a_kill_loses_nothing_acknowledged() {
    let mut recorder = Recorder::new(40, Shop::Made);
    let program = recorder.folder.ingest("tills");
    let left = recorder.run(&program, &[3, 4, 5, 6], Some("inject=write:signal=KILL:when=3"));
    assert!(!left.status.success(), "it was not killed");
    assert!(recorder.run(&program, &[20, 5, 15], None).status.success());
    keeps_what_was_acknowledged("killed", &recorder, 0);
}

/// The first run closes, the second is killed just before its first, second, … sync: what it wrote to its log is
/// there for the third, which answers from it, but it is not on the disk.
fn killed_before_a_sync(name: &str, program: impl Fn(&Recorder) -> Command, beside: Beside) {
    let mut all = Vec::new();
    for sync in 1..=4 {
        let mut recorder = Recorder::new(28, Shop::Made);
        let program = program(&recorder);
        assert!(recorder.run(&program, &[7], None).status.success());
        let data = recorder.folder.data();
        let early = if beside == Beside::EarlyReader { beside.open(&data) } else { None };
        let rule = format!("inject=fsync,fdatasync:signal=KILL:when={sync}");
        let left = recorder.run(&program, &[7, 1, 3, 5, 4], Some(&rule));
        assert!(!left.status.success(), "it was not killed at sync {sync}");
        let first_point = recorder.events.len();
        let late = if early.is_none() { beside.open(&data) } else { None };
        assert!(recorder.run(&program, &[20, 4, 4], None).status.success());
        drop((early, late));
        all.extend(failures(&format!("{name}-{sync}"), &recorder, first_point));
    }
    none(&all);
}

#[test]
fn a_power_cut_after_a_kill_before_a_sync_loses_nothing_acknowledged() {
    killed_before_a_sync("before-sync", |recorder| recorder.folder.ingest("tills"), Beside::Nothing);
}

#[test]
fn a_power_cut_after_a_kill_before_a_sync_beside_a_reader_loses_nothing_acknowledged() {
    killed_before_a_sync("beside-reader", |recorder| recorder.folder.ingest("tills"), Beside::Reader);
}

#[test]
fn a_power_cut_after_a_kill_before_a_sync_beside_who_was_there_loses_nothing_acknowledged() {
    killed_before_a_sync("early-reader", |recorder| recorder.folder.ingest("tills"), Beside::EarlyReader);
}

#[test]
fn a_power_cut_after_a_kill_before_a_sync_of_a_writer_alone_loses_nothing_acknowledged() {
    killed_before_a_sync("writer-alone", |recorder| keeper::command(&recorder.folder), Beside::Nothing);
}

/// One call of the second run fails, the first, second, … one of a thread; a third run follows.
fn after_a_failure(name: &str, rule: &str, calls: &[usize], beside: Beside) {
    let mut all = Vec::new();
    for call in calls {
        let mut recorder = Recorder::new(24, Shop::Made);
        let program = recorder.folder.ingest("tills");
        assert!(recorder.run(&program, &[4], None).status.success());
        let first_point = recorder.events.len();
        let reader = beside.open(&recorder.folder.data());
        let left = recorder.run(&program, &[4, 3, 5, 4], Some(&format!("inject={rule}:when={call}")));
        println!("{name} {call}: {} {}", left.status, left.complaint.lines().next().unwrap_or_default());
        assert!(recorder.run(&program, &[16, 4, 4], None).status.success());
        drop(reader);
        all.extend(failures(&format!("{name}-{call}"), &recorder, first_point));
    }
    none(&all);
}

/// The first is of the log's head, the third of the first commit: what a failed sync should have written is lost,
/// whatever later syncs say, as kernels do.
#[test]
fn a_power_cut_after_a_sync_that_failed_loses_nothing_acknowledged() {
    after_a_failure("failed-sync", "fsync,fdatasync:error=EIO", &[1, 3, 4], Beside::Nothing);
}

/// The second is of the log's folder: as long as it fails, the log has no name that lasts.
#[test]
fn a_power_cut_after_the_folder_of_the_log_was_not_synced_loses_nothing_acknowledged() {
    after_a_failure("failed-folder-sync", "fsync,fdatasync:error=EIO", &[2], Beside::Nothing);
}

/// The reader has the shared memory, so that all writes are those of the commits and of the witness.
#[test]
fn a_power_cut_after_a_write_that_failed_loses_nothing_acknowledged() {
    let writes: Vec<usize> = (1..=7).collect();
    after_a_failure("failed-write", "pwrite64:error=ENOSPC", &writes, Beside::Reader);
}

/// The engine with a snapshot every few lines.
#[test]
fn a_power_cut_around_snapshots_loses_nothing_acknowledged() {
    let mut recorder = Recorder::new(90, Shop::Made);
    let program = keeper::command(&recorder.folder);
    assert!(recorder.run(&program, &[60], None).status.success());
    assert!(recorder.run(&program, &[90], None).status.success());
    assert!(judge::snapshots_of(&recorder.folder.data()) >= 2, "snapshots were made");
    keeps_what_was_acknowledged("snapshots", &recorder, 0);
}

/// The store's folder is new: its own name must be on the disk before anything in it is acknowledged.
#[test]
fn a_power_cut_after_the_first_run_does_not_take_the_folder() {
    let mut recorder = Recorder::new(6, Shop::New);
    let program = recorder.folder.ingest("tills");
    assert!(recorder.run(&program, &[2, 4], None).status.success());
    keeps_what_was_acknowledged("new-folder", &recorder, 0);
}
