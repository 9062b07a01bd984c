//! The demo world: stores in the districts of Guangdong, members who invite each other, agents, and a year in which
//! they pay, cancel, refund, redeem and withdraw. The same size gives the same commands every time, to the last byte.
//!
//! It makes commands as real use would and computes nothing of money: what a withdrawal can take it asks the economy.
//! Must not be added: anything that a real instance could not do.

mod calendar;
pub mod life;
mod size;
mod world;

pub use size::Size;
pub use world::World;

/// The plan that the world opens with.
pub const PLAN: &str = include_str!("../../../plans/seed-one.toml");
