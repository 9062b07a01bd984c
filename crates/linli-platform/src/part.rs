//! What the parts of the platform have in common: each checks its own acts against what there is, may have a command
//! carried out with them, and changes itself once that is done. Must not be added here: a rule of one part.

use crate::act::{Actor, Deed};
use crate::platform::Platform;
use crate::refusal::Refusal;
use linli_economy::Economy;
use linli_economy::command::Command;
use linli_economy::time::Instant;

/// What an act is checked against.
#[derive(Clone, Copy)]
pub struct Scene<'s> {
    /// Balances, orders, relations.
    pub economy: &'s Economy,
    /// Everything else.
    pub platform: &'s Platform,
    /// When the act is done.
    pub now: Instant,
}

/// When an act was done, and by whom.
#[derive(Clone, Copy)]
pub struct Moment<'d> {
    /// Its number in the journal.
    pub seq: u64,
    /// Its time.
    pub now: Instant,
    /// Who did it.
    pub by: &'d Actor,
}

/// The command that is carried out together with an act: both are done, or neither.
pub type Carried = Option<Command<'static>>;

/// A part of the platform.
pub(crate) trait Part {
    /// Its acts.
    type Act;

    /// Whether the act may be done, and what is carried out with it; nothing changes.
    ///
    /// # Errors
    /// The first reason why not.
    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &Self::Act) -> Result<Carried, Refusal>;

    /// Does what was checked a moment before, after its command has been applied.
    ///
    /// # Panics
    /// If it was not checked: a bug of whoever calls.
    fn apply(&mut self, moment: &Moment<'_>, act: &Self::Act);

    /// A figure that changes with what it keeps, for the digest of the state.
    fn figure(&self) -> u64;
}

/// One figure of many, each of which changes it.
pub(crate) fn mixed(counts: &[usize], sums: &[u128]) -> u64 {
    let counts = counts.iter().map(|&count| u128::try_from(count).expect("64 bits"));
    let mixed = counts.chain(sums.iter().copied()).fold(0_u128, |mixed, figure| {
        mixed.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(figure)
    });
    u64::try_from(mixed >> 64 ^ mixed & u128::from(u64::MAX)).expect("64 bits of it")
}

impl<'s> Scene<'s> {
    /// The scene of a deed at this time.
    #[must_use]
    pub fn new(economy: &'s Economy, platform: &'s Platform, at: Option<Instant>) -> Self {
        Self { economy, platform, now: at.unwrap_or(economy.state().clock()) }
    }

    /// What is carried out with a deed, if nothing speaks against it.
    ///
    /// # Errors
    /// The first reason that does.
    pub fn check(&self, deed: &Deed) -> Result<Carried, Refusal> {
        self.platform.check(self, deed)
    }
}
