//! The tests of the engine, in one binary.

mod acts;
mod books;
mod entries;
mod holds;
mod read;
mod regressions;
mod sim;
mod snapshots;
mod support;
mod view;
mod writer;
mod writer_faults;
