//! Talking to the program line by line, with its input open.

use super::support::{Folder, Run};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A program with its input open, and its results as they come.
pub struct Talk {
    child: Child,
    input: ChildStdin,
    results: Receiver<String>,
}

impl Talk {
    pub fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut command = folder.command(arguments);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("the program starts");
        let (sender, results) = channel();
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).take_while(|line| sender.send(line.clone()).is_ok()).count()
        });
        Self { input: child.stdin.take().expect("a pipe"), child, results }
    }

    pub fn say(&mut self, text: &str) {
        self.input.write_all(text.as_bytes()).expect("the program reads");
        self.input.flush().expect("the program reads");
    }

    /// The next result, which must come while the input is still open.
    #[track_caller]
    pub fn hears(&self, part: &str) {
        let result =
            self.results.recv_timeout(Duration::from_secs(20)).expect("a result, although the input is open");
        assert!(result.contains(part), "{part} is not in {result}");
    }

    pub fn end(self) -> Run {
        drop(self.input);
        Run::of(self.child)
    }
}
