//! The guard: a small shell between the test and the server. It ends the server and removes its folder when the
//! pipe to the test closes, so that even a test that was killed leaves nothing behind.
//! Must not be added: what the server is started with.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Longer than any start or end, even after a crash on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much of the log is kept for a complaint.
const LINES: usize = 40;

const READY: &str = "database system is ready to accept connections";

/// Its own error output closes at once, so that the log ends with the last process of the server.
const SCRIPT: &str = r#"
    folder=$1; shift
    "$@" </dev/null &
    server=$!
    exec 2>/dev/null
    read -r order
    case $order in
        stop) kill -INT $server ;;
        kill) kill -KILL $server ;;
        *) kill -QUIT $server ;;
    esac
    wait $server
    if [ -z "$order" ]; then rm -rf "$folder"; fi
"#;

/// How a server ends while its folder stays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// With everything written; its clients are sent away.
    Stop,
    /// In the middle of whatever it does.
    Kill,
}

/// A running server. Dropped, it ends, and the shell removes its folder in its own time, which is long where a
/// disk is told of each freed block.
pub struct Guard {
    shell: Child,
    /// Closed by the drop.
    orders: Option<ChildStdin>,
    log: Log,
}

impl Guard {
    /// Starts this server, and waits until it takes connections; `shell` is `sh` as the server's user.
    ///
    /// # Errors
    /// The last lines of the log.
    pub fn start(mut shell: Command, folder: &Path, server: &[OsString]) -> Result<Self, String> {
        shell.arg("-c").arg(SCRIPT).arg("guard").arg(folder).args(server);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        // A group of its own: what a terminal sends to the test must not reach the guard.
        let mut shell = shell.process_group(0).spawn().expect("every system has sh");
        let orders = shell.stdin.take();
        let log = Log::follow(shell.stderr.take().expect("piped above"));
        let guard = Self { shell, orders, log };
        if guard.log.is_ready() {
            return Ok(guard);
        }
        let complaint = guard.log.last_lines();
        // An order keeps the folder, in which another start may do better.
        guard.end(Order::Kill);
        Err(complaint)
    }

    /// Ends the server; returns when all of its processes are gone.
    pub fn end(mut self, order: Order) {
        let word = match order {
            Order::Stop => "stop\n",
            Order::Kill => "kill\n",
        };
        if let Some(mut orders) = self.orders.take() {
            // A guard that is gone has nothing left to end.
            drop(orders.write_all(word.as_bytes()));
        }
        self.log.wait_for_the_end();
        drop(self.shell.wait());
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.orders.take());
        self.log.wait_for_the_end();
    }
}

/// The log of a server, followed on a thread of its own.
struct Log {
    /// One message when the server is ready; closed when its last process is gone.
    ready: Mutex<Receiver<()>>,
    lines: Arc<Mutex<VecDeque<String>>>,
}

impl Log {
    fn follow(log: ChildStderr) -> Self {
        let (sender, ready) = channel();
        let lines = Arc::<Mutex<VecDeque<String>>>::default();
        let kept = Arc::clone(&lines);
        thread::spawn(move || keep(log, &kept, &sender));
        Self { ready: Mutex::new(ready), lines }
    }

    /// Waits for the message that the server is ready; gives false if it ended without one.
    fn is_ready(&self) -> bool {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.recv_timeout(PATIENCE).is_ok()
    }

    fn wait_for_the_end(&self) {
        while self.is_ready() {}
    }

    fn last_lines(&self) -> String {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(|line| format!("    {line}\n")).collect()
    }
}

fn keep(log: ChildStderr, lines: &Mutex<VecDeque<String>>, ready: &Sender<()>) {
    for line in BufReader::new(log).lines().map_while(Result::ok) {
        let is_ready = line.contains(READY);
        let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push_back(line);
        if lines.len() > LINES {
            lines.pop_front();
        }
        drop(lines);
        if is_ready {
            // The log is read to its end even when nobody waits, or the server would block on it.
            ready.send(()).unwrap_or_default();
        }
    }
}
