//! The keeper makes snapshots in the background, from the journal and on a connection of its own: the writer does
//! not notice. Must not be added here: what a snapshot is.

use super::make;
use crate::fault::EngineFault;
use crate::writer::Place;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the keeper looks whether it should end.
const LOOK: Duration = Duration::from_millis(100);

/// Commands between two snapshots, unless told otherwise.
pub const USUAL_EVERY: u64 = 1_000_000;

/// A running keeper; dropping it ends it.
pub struct Keeper {
    ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<(), EngineFault>>>,
}

impl Keeper {
    /// Makes a snapshot whenever so many commands have come since the last.
    #[must_use]
    pub fn start(place: Place, every: u64) -> Self {
        let ending = Arc::new(AtomicBool::new(false));
        let seen = ending.clone();
        let thread = std::thread::spawn(move || keep(&place, every, &seen));
        Self { ending, thread: Some(thread) }
    }

    /// Ends, and gives what went wrong if something did.
    ///
    /// # Errors
    /// What hindered the last snapshot; those before are there.
    pub fn end(mut self) -> Result<(), EngineFault> {
        self.join().unwrap_or(Ok(()))
    }

    fn join(&mut self) -> Option<Result<(), EngineFault>> {
        self.ending.store(true, Ordering::Relaxed);
        let thread = self.thread.take()?;
        Some(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // Whoever wants the fault calls `end`.
            let _ = self.join();
        }
    }
}

fn keep(place: &Place, every: u64, ending: &AtomicBool) -> Result<(), EngineFault> {
    let mut journal = place.store.read()?;
    let mut last = place.snapshots.list().ok().and_then(|seqs| seqs.first().copied()).unwrap_or(0);
    while !ending.load(Ordering::Relaxed) {
        if journal.wait(last + every - 1, LOOK)? {
            last = make(&*place.snapshots, &mut *journal)?;
        }
    }
    Ok(())
}
