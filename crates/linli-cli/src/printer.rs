//! Prints blocks of results on a thread of its own, so that writing them and making the next ones overlap. Blocks
//! come out whole and in order; each is flushed, so that nothing waits here for more.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

/// Blocks that may wait to be written; more would only take memory.
const WAITING: usize = 4;

/// Standard output, as far as results go.
pub struct Printer {
    blocks: SyncSender<String>,
    /// Written blocks, to be filled again.
    written: Receiver<String>,
    thread: JoinHandle<io::Result<()>>,
}

impl Printer {
    pub fn start() -> Self {
        let (blocks, waiting) = sync_channel(WAITING);
        let (done, written) = channel();
        Self { blocks, written, thread: thread::spawn(move || write(&waiting, &done)) }
    }

    /// Hands the block on and leaves an empty one; false where nothing can be written any more.
    pub fn print(&self, block: &mut String) -> bool {
        if block.is_empty() {
            return true;
        }
        let empty = self.written.try_recv().unwrap_or_default();
        self.blocks.send(std::mem::replace(block, empty)).is_ok()
    }

    /// Waits until all is written, and gives the fault if there was one.
    pub fn finish(self) -> io::Result<()> {
        drop(self.blocks);
        self.thread.join().expect("the printing thread ends without a panic")
    }
}

fn write(waiting: &Receiver<String>, done: &Sender<String>) -> io::Result<()> {
    let mut output = io::stdout().lock();
    for mut block in waiting {
        output.write_all(block.as_bytes())?;
        output.flush()?;
        block.clear();
        // Whoever fills blocks may have stopped; then nobody needs this one.
        let _ = done.send(block);
    }
    Ok(())
}
