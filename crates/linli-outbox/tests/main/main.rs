//! The tests of the outbox, in one binary.

mod calls;
mod claims;
mod conformance;
mod deliveries;
mod endings;
mod notes;
mod replays;
mod senders;
mod signatures;
mod stores;
mod support;
mod walk;
