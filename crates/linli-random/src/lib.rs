//! Random plans and random streams of commands, each from a seed, for the tests of several crates and for the demo. It knows only the
//! form of commands: what they do is for those to say who are compared.

pub mod plans;
pub mod random;
pub mod stream;

pub use random::Random;
pub use stream::Stream;
