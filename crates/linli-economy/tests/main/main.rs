//! The integration tests of the economy, in one binary.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, reason = "tests are not the economy")]

mod agreement;
mod binary;
mod coverage;
mod limits;
mod messages;
mod notes;
mod proof;
mod properties;
mod refusals;
mod regressions;
mod rules;
mod source_tables;
mod splits;
mod support;
