//! Faults: what the durable engine keeps when the process is killed, the power fails, bits flip, the disk fills or
//! two write. Everything goes through the real program and its real files, and everything is seeded.
//!
//! Each test is a slice that fits a build. The long versions run the same code for as long as one likes:
//!
//! ```text
//! LINLI_CYCLES=5000 LINLI_SEED=7 cargo test -p linli-cli --test main faults::kill -- --nocapture
//! LINLI_ALL_STATES=1 cargo test -p linli-cli --test main faults::crash -- --nocapture
//! LINLI_ALL_BITS=1 cargo test -p linli-cli --test main faults::flips -- --nocapture
//! ```
//!
//! Another `LINLI_SEED` is another run; what fails prints the seed and the place that show it again.

mod again;
mod chance;
mod checkpoint;
mod clock;
mod crash_points;
mod cuts;
mod disk;
mod flips;
mod folder;
mod full;
mod judge;
mod keeper;
mod kill;
mod namespace;
mod outsider;
mod read_only;
mod recorder;
mod store;
mod stream;
mod stuck;
mod trace;
mod writers;
