//! The recorder: runs a program under strace on a store, again and again, and keeps everything that it did to the
//! files, what it answered, and when. strace can also kill it at a call, or make the call fail.

use super::disk::{Disk, Files};
use super::folder::{self, Folder};
use super::outsider::{Left, Outsider, PATIENCE};
use super::stream::Stream;
use super::trace::{self, Action};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How long the answers of a program are waited for whose calls are made to fail.
const FAILING: Duration = Duration::from_millis(500);

/// A store with a history.
pub struct Recorder {
    pub folder: Folder,
    pub stream: Stream,
    pub events: Vec<Event>,
    /// Everything that was done, to compare with what is there.
    disk: Disk,
}

/// Something that happened to the files, or that the outsider read.
pub enum Event {
    Files(Action),
    /// So many result lines of this run have begun to be printed.
    Answered(usize),
}

/// Whether the folder of the store is there, and safe, before the first run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shop {
    Made,
    New,
}

impl Recorder {
    /// A recorder of a store that takes this many lines in all.
    pub fn new(lines: usize, shop: Shop) -> Self {
        let folder = Folder::new();
        let stream = Stream::new(&folder, lines);
        let mut recorder = Self { folder, stream, events: Vec::new(), disk: Disk::default() };
        if shop == Shop::Made {
            fs::create_dir(recorder.folder.data()).expect("a new folder");
            recorder.add(Action::MakeFolder { path: "shop".into() });
            recorder.add(Action::Sync { path: String::new(), done: true });
        }
        recorder
    }

    /// Runs the program under strace with the first lines, in portions that each wait for the answers to the one
    /// before, so that there are several commits; `inject` is a rule of strace.
    pub fn run(&mut self, program: &Command, portions: &[usize], inject: Option<&str>) -> Left {
        let log = self.folder.path("strace.log");
        let mut outsider = Outsider::start(traced(program, &log, inject));
        let mut lines = self.stream.lines.iter();
        let mut answers = 0;
        // A program whose call failed answers no more, and may wait for the next lines before it ends; one that is killed
        // has ended, and until then is as slow as the machine is busy.
        let fails = inject.is_some_and(|rule| !rule.contains("signal=KILL"));
        for portion in portions {
            let portion: Vec<&String> = lines.by_ref().take(*portion).collect();
            answers += portion.iter().filter(|line| !line.trim().is_empty()).count();
            outsider.say(&portion.into_iter().map(String::as_str).collect::<String>());
            outsider.listen(answers, if fails { FAILING } else { PATIENCE });
        }
        let left = outsider.end();
        self.stream.check(&left.acknowledged).unwrap_or_else(|other| panic!("{other}"));
        self.read(&log);
        left
    }

    fn read(&mut self, log: &Path) {
        let log = fs::read_to_string(log).expect("strace has written its log");
        let root = fs::canonicalize(self.folder.path(".")).expect("a folder");
        let root = root.to_str().expect("a path of text");
        let (mut line, mut results) = (Vec::new(), 0);
        for action in trace::read(&log, root).unwrap_or_else(|what| panic!("{what}")) {
            let Action::Print { bytes } = action else {
                self.add(action);
                continue;
            };
            for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
                line.extend_from_slice(piece);
                if line.ends_with(b"\n") {
                    results += usize::from(line.starts_with(b"{\"seq\":"));
                    line.clear();
                }
            }
            self.events.push(Event::Answered(results));
        }
        assert!(self.disk.whole() == self.there(), "what was recorded is not what is there");
    }

    fn add(&mut self, action: Action) {
        self.disk.take(&action);
        self.events.push(Event::Files(action));
    }

    /// The files that are there.
    fn there(&self) -> Files {
        let mut there = Files::new();
        for inside in ["shop", "shop/snapshots"] {
            let path = self.folder.path(inside);
            if path.is_dir() {
                there.extend(
                    folder::files(&path).into_iter().map(|(name, bytes)| (format!("{inside}/{name}"), bytes)),
                );
            }
        }
        there
    }
}

/// The command under strace, with its variables.
fn traced(program: &Command, log: &Path, inject: Option<&str>) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-xx", "-s", "16777216", "-e", "signal=none", "-e", trace::CALLS]);
    if let Some(rule) = inject {
        strace.args(["-e", rule]);
    }
    strace.arg("-o").arg(log).arg("--").arg(program.get_program()).args(program.get_args());
    strace.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    strace
}
