//! The outsider: feeds a program, writes down each whole result line that it reads, and knows nothing else of it.
//! It ends only what it started.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running program, fed from here.
pub struct Outsider {
    child: Child,
    feeder: Option<Sender<String>>,
    feeding: JoinHandle<()>,
    output: Receiver<Vec<u8>>,
    complaint: JoinHandle<String>,
    /// The whole result lines, how many they are, and the beginning of the next line.
    heard: Vec<u8>,
    results: usize,
    line: Vec<u8>,
    is_over: bool,
}

/// What a program left.
pub struct Left {
    pub status: ExitStatus,
    /// Its whole result lines: acknowledged, whatever came after.
    pub acknowledged: String,
    pub complaint: String,
}

impl Outsider {
    /// Starts the program with its input open.
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let program = command.get_program().to_owned();
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{program:?} does not start: {error}"));
        let (feeder, lines) = channel();
        let stdin = child.stdin.take().expect("a pipe");
        let (sender, output) = channel();
        let (mut stdout, mut stderr) =
            (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
        std::thread::spawn(move || {
            let mut block = vec![0; 1 << 16];
            while let Ok(read) = stdout.read(&mut block) {
                if read == 0 || sender.send(block[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let complaint = std::thread::spawn(move || {
            let mut text = Vec::new();
            stderr.read_to_end(&mut text).expect("what it says can be read");
            String::from_utf8_lossy(&text).into_owned()
        });
        let feeding = std::thread::spawn(move || feed(stdin, &lines));
        Self {
            child,
            feeder: Some(feeder),
            feeding,
            output,
            complaint,
            heard: Vec::new(),
            results: 0,
            line: Vec::new(),
            is_over: false,
        }
    }

    /// The id of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Hands lines to the program, which may read them when it likes.
    pub fn say(&self, lines: &str) {
        let feeder = self.feeder.as_ref().expect("the input is open");
        // A program that has ended reads nothing more; what it left is what is looked at.
        let _ = feeder.send(lines.to_string());
    }

    /// Closes the program's input once it has read everything.
    pub fn hush(&mut self) {
        self.feeder = None;
    }

    /// Listens until so many lines have come or so much time has gone; gives how many have come.
    pub fn listen(&mut self, lines: usize, timeout: Duration) -> usize {
        let deadline = Instant::now() + timeout;
        while self.results < lines && !self.is_over {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(block) => self.hear(&block),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => self.is_over = true,
            }
        }
        self.results
    }

    /// Listens until the output is closed or so much time has gone; gives whether it is closed.
    pub fn listen_to_end(&mut self, timeout: Duration) -> bool {
        self.listen(usize::MAX, timeout);
        self.is_over
    }

    /// Takes a block in and counts the result lines that end in it.
    fn hear(&mut self, block: &[u8]) {
        for piece in block.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend(piece);
            if piece.ends_with(b"\n") {
                let line = std::mem::take(&mut self.line);
                if is_result(&line) {
                    self.results += 1;
                    self.heard.extend(line);
                }
            }
        }
    }

    /// Kills the program with SIGKILL and gathers what it left.
    pub fn kill(mut self) -> Left {
        self.child.kill().expect("an own child can be killed");
        self.gather()
    }

    /// Closes the input and waits for the program's own end.
    ///
    /// # Panics
    /// If it does not end in time; it is killed then.
    pub fn end(mut self) -> Left {
        self.hush();
        if self.listen_to_end(PATIENCE) {
            return self.gather();
        }
        let left = self.kill();
        panic!("the program did not end after its input had: {}", left.complaint);
    }

    fn gather(mut self) -> Left {
        self.feeder = None;
        assert!(self.listen_to_end(PATIENCE), "a program that has ended has closed its output");
        let status = self.child.wait().expect("the program has ended");
        self.feeding.join().expect("the feeder does not panic");
        let acknowledged = String::from_utf8(self.heard).expect("UTF-8");
        Left { status, acknowledged, complaint: self.complaint.join().expect("it does not panic") }
    }
}

/// A whole line of results; what else is printed comes from the harness around a program of these tests.
fn is_result(line: &[u8]) -> bool {
    line.starts_with(b"{\"seq\":")
}

fn feed(mut stdin: ChildStdin, lines: &Receiver<String>) {
    for text in lines {
        if stdin.write_all(text.as_bytes()).is_err() {
            // Whoever was killed reads no more.
            return;
        }
    }
}
