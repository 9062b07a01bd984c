//! Killed under load: a stream is sent whole, the program is killed at a random moment, and is started again with the
//! same stream, time after time. Whatever the outsider ever read must be there in the end, once, byte for byte.
//!
//! `linli ingest` has no option that makes snapshots more often than every million commands, so the kills during
//! snapshots run the same engine with a busy keeper (`keeper.rs`).

use super::chance::{Chance, number, seed};
use super::folder::Folder;
use super::judge;
use super::keeper;
use super::outsider::{Left, Outsider};
use super::stream::Stream;
use std::process::Command;
use std::time::Duration;

/// Cycles of one store; then a new one begins, because each start replays what is there.
const CYCLES_OF_A_STORE: u64 = 100;

/// Lines that are new in a cycle, at most.
const NEW_LINES: u64 = 600;

/// How long answers are waited for before the kill, at most: a kill while they are late is as good as any.
const MOMENT: Duration = Duration::from_millis(500);

/// When the program is killed.
#[derive(Debug)]
enum Moment {
    /// So long after its start: while it opens, recovers, replays.
    After(Duration),
    /// When so many result lines have been read.
    Lines(usize),
    /// So long after so many result lines.
    Working(usize, Duration),
}

impl Moment {
    /// A moment of a cycle in which the lines before were answered earlier and those up to `last` will be.
    fn of(chance: &mut Chance, before: usize, last: usize) -> Self {
        let millis = |chance: &mut Chance, most: u64| Duration::from_micros(chance.within(0..most * 1000));
        match chance.within(0..3) {
            0 => Self::After(millis(chance, 60)),
            1 => {
                let new = usize::try_from(chance.within(1..NEW_LINES)).expect("a small number");
                Self::Lines((before + new).min(last))
            }
            _ => Self::Working((before + 1).min(last), millis(chance, 15)),
        }
    }

    fn wait(&self, outsider: &mut Outsider) {
        match *self {
            Self::After(time) => drop(outsider.listen(usize::MAX, time)),
            Self::Lines(lines) => drop(outsider.listen(lines, MOMENT)),
            Self::Working(lines, time) => {
                outsider.listen(lines, MOMENT);
                outsider.listen(usize::MAX, time);
            }
        }
    }
}

/// One store through its cycles.
struct Life {
    folder: Folder,
    stream: Stream,
    chance: Chance,
    program: fn(&Folder) -> Command,
    /// How many result lines have ever been read.
    acknowledged: usize,
}

impl Life {
    fn new(seed: u64, cycles: u64, program: fn(&Folder) -> Command) -> Self {
        let folder = Folder::new();
        let lines = usize::try_from((cycles + 2) * NEW_LINES).expect("a small number");
        let stream = Stream::new(&folder, lines);
        Self { folder, stream, chance: Chance::new(seed), program, acknowledged: 0 }
    }

    /// Starts, feeds more than was acknowledged, kills. The input stays open, so only the kill ends it.
    fn cycle(&mut self) -> Result<(), String> {
        let before = self.acknowledged;
        let new = usize::try_from(self.chance.within(1..NEW_LINES)).expect("a small number");
        let sent = self.stream.lines_of(before + new);
        let moment = Moment::of(&mut self.chance, before, before + new);
        let mut outsider = Outsider::start((self.program)(&self.folder));
        self.feed(&outsider, sent);
        moment.wait(&mut outsider);
        let Left { acknowledged, complaint, .. } = outsider.kill();
        if !complaint.is_empty() {
            return Err(format!("{moment:?}: it said {complaint}"));
        }
        self.stream.check(&acknowledged).map_err(|other| format!("{moment:?}: {other}"))?;
        self.acknowledged = before.max(acknowledged.matches('\n').count());
        if self.chance.one_in(4) { self.look() } else { Ok(()) }
    }

    /// In pieces, so that there are many commits.
    fn feed(&mut self, outsider: &Outsider, sent: usize) {
        let mut from = 0;
        while from < sent {
            let piece = usize::try_from(self.chance.within(1..400)).expect("a small number");
            let to = (from + piece).min(sent);
            outsider.say(&self.stream.lines[from..to].concat());
            from = to;
        }
    }

    /// Looks into the store that was just killed, which is what a reader or a backup would do.
    fn look(&self) -> Result<(), String> {
        let found = match judge::results(&self.folder.data()) {
            Err(linli_engine::EngineFault::Journal(linli_journal::Fault::Missing { .. })) => String::new(),
            found => found.map_err(|fault| fault.to_string())?,
        };
        let count = found.matches('\n').count();
        if count < self.acknowledged {
            return Err(format!("{count} results are there, and {} were acknowledged", self.acknowledged));
        }
        self.stream.check(&found)
    }

    /// The whole stream to its end: every line, once, and a chain that verifies.
    fn finish(&self) -> Result<(), String> {
        let outsider = Outsider::start((self.program)(&self.folder));
        outsider.say(&self.stream.text());
        let left = outsider.end();
        if !left.status.success() || left.acknowledged != self.stream.results {
            return Err(format!(
                "the last run: {} {:?}",
                left.complaint,
                self.stream.check(&left.acknowledged)
            ));
        }
        let found = judge::results(&self.folder.data()).map_err(|fault| fault.to_string())?;
        if found == self.stream.results { Ok(()) } else { Err("the store holds other results".into()) }
    }
}

/// Runs cycle after cycle; gives how many lines were acknowledged.
fn run(cycles: u64, program: fn(&Folder) -> Command) -> usize {
    let (mut done, mut acknowledged) = (0, 0);
    while done < cycles {
        let (seed, count) = (seed() + done / CYCLES_OF_A_STORE, CYCLES_OF_A_STORE.min(cycles - done));
        let mut life = Life::new(seed, count, program);
        for cycle in 0..count {
            if let Err(fault) = life.cycle() {
                let kept = life.folder.keep();
                panic!("seed {seed}, cycle {cycle}, kept in {}: {fault}", kept.display());
            }
        }
        if let Err(fault) = life.finish() {
            panic!("seed {seed}, after {count} cycles, kept in {}: {fault}", life.folder.keep().display());
        }
        done += count;
        acknowledged += life.acknowledged;
    }
    acknowledged
}

#[test]
fn what_was_acknowledged_outlives_every_kill() {
    let cycles = number("LINLI_CYCLES", 50);
    let acknowledged = run(cycles, |folder| folder.ingest("tills"));
    println!("{cycles} kills, {acknowledged} lines acknowledged before the last run");
    assert!(acknowledged > 0, "it was never killed under load");
}

#[test]
fn what_was_acknowledged_outlives_kills_during_snapshots() {
    let cycles = number("LINLI_CYCLES", 50) / 2;
    let acknowledged = run(cycles, keeper::command);
    println!("{cycles} kills during snapshots, {acknowledged} lines acknowledged before the last run");
    assert!(acknowledged > 0, "it was never killed under load");
}
