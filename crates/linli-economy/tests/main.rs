//! The integration tests of the economy, in one binary.

mod agreement;
mod coverage;
mod source_tables;
mod support;
