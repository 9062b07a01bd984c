//! The log of all tests together: which events are logged is decided once in a program, so it is one for all.

use std::io::Write;
use std::sync::{Mutex, Once};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static STARTED: Once = Once::new();

/// Where the lines go.
struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().expect("no panic under the lock").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Logs from now on.
pub fn start() {
    STARTED.call_once(|| linli_server::logs::start(|| Lines).expect("nothing logs yet"));
}

/// What was logged until now.
pub fn log() -> String {
    String::from_utf8(LINES.lock().expect("no panic under the lock").clone()).expect("text")
}
