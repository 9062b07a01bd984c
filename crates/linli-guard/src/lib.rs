//! The guard: rules over plans, settings, relations and texts, and what they find. What is lawful stands in rule files
//! (`rules/`), each rule with its citation; here is only how such a file is read and asked.
//!
//! It is pure: no clock, file, float or hash order, so that a finding can be shown again years later. Must not be added
//! here: a decision that a rule file could hold.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stderr,
    clippy::print_stdout
)]

pub mod date;
pub mod fact;
pub mod finding;
pub mod judge;
pub mod number;
pub mod predicate;
pub mod profile;
pub mod rules;
mod template;
pub mod words;

pub use date::Date;
pub use fact::Facts;
pub use finding::{Finding, Said, Verdict};
pub use judge::{Judgement, judge};
pub use rules::{Rule, RuleRefusals, Rules};
pub use words::{Hit, TextKind};
