//! What the platform knows besides money: who may do what. Like the economy it is a deterministic state machine over
//! the journal: the same acts in the same order give the same state, so that every act of an administrator can be
//! replayed and shown with what was before and after it.
//!
//! It knows no clock, no randomness, no file and no network. Names and secrets of people are sealed before they come in
//! here. Must not be added: an amount of money; that is the economy's.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stderr,
    clippy::print_stdout
)]

pub mod act;
pub mod division;
pub mod key;
pub mod platform;
pub mod refusal;

pub use act::{Act, Actor, Deed};
pub use key::{ApiKey, Scope};
pub use platform::Platform;
pub use refusal::{Code, Refusal};
