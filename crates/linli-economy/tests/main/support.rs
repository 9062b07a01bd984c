//! What several tests need: seeded randomness, random plans, random streams of commands.

pub mod plans;
pub mod random;
pub mod stream;
