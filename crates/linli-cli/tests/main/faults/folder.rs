//! A folder of its own for each test, with the plan and the program about to run in it. Must not be added here: what
//! the program is told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub const PLAN: &str = include_str!("../../../../../plans/seed-one.toml");

/// A folder in memory, where there is one: thousands of small stores need no disk.
const MEMORY: &str = "/dev/shm";

/// A folder with `plan.toml`.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self::of(tempfile::tempdir())
    }

    pub fn in_memory() -> Self {
        let memory = Path::new(MEMORY);
        Self::of(if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() })
    }

    fn of(made: std::io::Result<TempDir>) -> Self {
        let folder = Self(made.expect("a folder"));
        fs::write(folder.path("plan.toml"), PLAN).expect("a file in an own folder");
        folder
    }

    /// Leaves the folder there, to be looked at.
    pub fn keep(self) -> PathBuf {
        self.0.keep()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The folder of the store.
    pub fn data(&self) -> PathBuf {
        self.path("shop")
    }

    /// `linli ingest` on the store, which is opened with the plan if it is new.
    pub fn ingest(&self, stream: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        command.arg("ingest").arg("--data").arg(self.data()).arg("--plan").arg(self.path("plan.toml"));
        command.args(["--stream", stream]).current_dir(self.0.path());
        command
    }

    /// `linli replay` of these lines.
    pub fn replay(&self, lines: &str) -> String {
        let input = self.path("lines.jsonl");
        fs::write(&input, lines).expect("a file in an own folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        command.arg("replay").arg("--plan").arg(self.path("plan.toml")).arg(input);
        let output = command.output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs a command with these lines as its input, from a file, to its end.
    pub fn run(&self, mut command: Command, lines: &str) -> Output {
        let input = self.path("input.jsonl");
        fs::write(&input, lines).expect("a file in an own folder");
        let input = fs::File::open(input).expect("the file just written");
        command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().and_then(std::process::Child::wait_with_output).expect("the program runs")
    }
}

/// What a program printed and said, for messages.
pub fn told(output: &Output) -> String {
    let lines = output.stdout.iter().filter(|byte| **byte == b'\n').count();
    format!("{}, {lines} lines, said: {}", output.status, String::from_utf8_lossy(&output.stderr))
}

/// The files of a folder with their bytes, by name; the shared memory of SQLite's readers is none of them.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder");
    let entries = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = entries
        .filter(|path| path.is_file() && !path.to_string_lossy().ends_with("-shm"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a file of the folder"))
        })
        .collect();
    files.sort();
    files
}
