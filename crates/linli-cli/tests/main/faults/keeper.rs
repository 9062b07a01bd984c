//! The engine with a busy keeper: a program that does what `linli ingest` does, but makes a snapshot every few
//! lines. It is this binary of tests, started again with a variable that says so.

use super::folder::{Folder, PLAN};
use super::judge;
use linli_economy::command::Line;
use linli_engine::{Form, Group, Keeper, Limits, Origin, Place, Stamp, Writer, resume, snapshots};
use linli_journal::{Fault, Header};
use std::io::{BufRead, BufReader, Stdin, Write, stdin, stdout};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// The folder of the store; only the program has it.
const VARIABLE: &str = "LINLI_FAULTS_KEEPER";

/// Lines between two snapshots.
const EVERY: u64 = 20;

/// Lines that are handed to the writer together, if they are there.
const TOGETHER: u32 = 7;

const STREAM: &str = "tills";

/// The program on the store of this folder.
pub fn command(folder: &Folder) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary has a place"));
    command
        .args(["--exact", "faults::keeper::the_program", "--nocapture", "--quiet"])
        .env(VARIABLE, folder.data());
    command
}

/// As a test it does nothing; started with the variable it is the program.
#[test]
fn the_program() {
    let Some(data) = std::env::var_os(VARIABLE) else { return };
    play(Path::new(&data));
    // The harness would print its own lines after the results.
    std::process::exit(0);
}

/// The stream on standard input, applied durably; each result is printed after its commit.
fn play(data: &Path) {
    std::fs::create_dir_all(data).expect("a folder");
    let place = Place { store: Arc::new(judge::store(data)), snapshots: Arc::new(judge::snapshots(data)) };
    // Opened to write at once, as a service does: no connection before it closes first and tidies up.
    let mut journal = match place.store.write() {
        Err(Fault::Missing { .. }) => {
            place.store.create(&Header::new(PLAN.into())).expect("created");
            place.store.write().expect("opened")
        }
        journal => journal.expect("opened"),
    };
    let mut replica = snapshots::open(&*place.snapshots, &mut *journal).expect("a sound store").replica;
    let mut lines = Lines { reader: BufReader::new(stdin()), number: 0 };
    let mut after_line = 0;
    if let Some(stream) = replica.streams().get(STREAM) {
        let again = resume::resume(&*place.snapshots, &mut *journal, STREAM, stream, |origin, answer| {
            let sent = lines.by_ref().find(|(number, _)| *number == origin.line);
            let Some((number, text)) = sent else { return false };
            assert_eq!(Origin::of(number, text.as_bytes()), origin, "the stream is the same");
            let mut json = String::new();
            answer.write_json(&mut json);
            print(&(json + "\n"));
            true
        });
        let Some(resumed) = again.expect("a sound store") else { return };
        (replica, after_line) = (resumed, stream.last_line);
    }
    let keeper = Keeper::start(place.clone(), EVERY);
    apply(&Writer::start_at(place, Limits::default(), journal, replica), lines, after_line);
    keeper.end().expect("snapshots are written");
}

/// The lines with their numbers, without the blank ones.
struct Lines {
    reader: BufReader<Stdin>,
    number: u64,
}

impl Lines {
    /// Whether the next line is here already.
    fn is_here(&self) -> bool {
        self.reader.buffer().contains(&b'\n')
    }
}

impl Iterator for Lines {
    type Item = (u64, String);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = String::new();
            self.number += 1;
            if self.reader.read_line(&mut line).expect("lines of text") == 0 {
                return None;
            }
            if !line.trim().is_empty() {
                return Some((self.number, line.trim_end_matches(['\r', '\n']).to_string()));
            }
        }
    }
}

fn apply(writer: &Writer, mut lines: Lines, mut after_line: u64) {
    while let Some(first) = lines.next() {
        let mut group = Group::of_stream(STREAM.into(), after_line);
        let mut next = Some(first);
        while let Some((number, text)) = next {
            let received = Line::read(number, text.as_bytes());
            group.push_line(Origin::of(number, text.as_bytes()), &received);
            after_line = number;
            let has_room = group.count() < TOGETHER && lines.is_here();
            next = if has_room { lines.next() } else { None };
        }
        let answers = writer.ask(group, Stamp::AsSent, Form::Json).expect("applied");
        print(&answers.json);
    }
}

/// Past the harness, which keeps what is printed the usual way.
fn print(results: &str) {
    let mut out = stdout().lock();
    out.write_all(results.as_bytes()).and_then(|()| out.flush()).expect("somebody listens");
}
