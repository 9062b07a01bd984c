//! The integration tests of the economy, in one binary.

mod source_tables;
