//! The economy of Linli: one deterministic state machine for money and points. The same commands in the same
//! order give the same state and the same results, to the last fen and micro-point, on every machine.
//!
//! It knows no clock, no randomness, no float, no hash order, no file and no network; time comes in with the
//! commands. The laboratory, the live service and the audit all run this one engine.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stderr,
    clippy::print_stdout
)]

pub mod account;
pub mod command;
pub mod decimal;
pub mod economy;
pub mod exits;
pub mod given_back;
pub mod handle;
pub mod json;
pub mod legs;
pub mod limits;
pub mod member;
pub mod names;
pub mod order;
pub mod outcome;
pub mod plan;
pub mod pool;
pub mod rate;
pub mod refusal;
pub mod region;
pub mod state;
pub mod store;
pub mod time;
pub mod totals;
pub mod units;
pub mod wide;

pub use economy::{Answer, Economy};
