//! The log of the program: one line of JSON for each event. Must not be added here: what is logged.

use std::io::Write;
use tracing::Level;
use tracing::subscriber::SetGlobalDefaultError;

/// Logs from now on to what this opens, for the whole program.
///
/// # Errors
/// If something logs already.
pub fn start<W: Write + 'static>(
    open: impl Fn() -> W + Send + Sync + 'static,
) -> Result<(), SetGlobalDefaultError> {
    let lines = tracing_subscriber::fmt().json().flatten_event(true).with_max_level(Level::INFO);
    tracing::subscriber::set_global_default(lines.with_writer(open).finish())
}
