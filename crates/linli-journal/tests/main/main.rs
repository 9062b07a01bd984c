//! The tests of the journal, in one binary.

mod conformance;
mod files;
mod format;
mod postgres;
mod sqlite;
mod vault;
