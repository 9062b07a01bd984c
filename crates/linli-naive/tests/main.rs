//! The naive economy against the numbers and sentences of economy.md: its own tests, so that a
//! difference to the other implementation can be trusted to be one.

mod rules;
mod world;
