//! The weather of a simulation: what fails, how often, decided by the seed alone.

use crate::support::faulty::{Fate, Faulty};
use linli_random::Random;

/// How many of a hundred appends fail, and how.
pub struct Weather {
    random: Random,
    lost: u64,
    silent: u64,
    unreachable: u64,
}

/// What happens between two groups of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Nothing,
    Snapshot,
    Rot,
    Restart,
    Follow,
}

impl Weather {
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x5EED);
        let (lost, silent) = (random.below(20), random.below(20));
        let unreachable = random.below(50);
        Self { random, lost, silent, unreachable }
    }

    /// Decides the fate of the next append, and whether the store can be reached after it.
    pub fn before_append(&mut self, store: &Faulty) {
        let draw = self.random.below(100);
        let fate = match draw {
            draw if draw < self.lost => Fate::Lost,
            draw if draw < self.lost + self.silent => Fate::KeptInSilence,
            _ => Fate::Done,
        };
        store.fates(&[fate]);
        if fate != Fate::Done && self.random.percent(self.unreachable) {
            store.unreachable(u32::try_from(self.random.between(1, 2)).expect("small"));
        }
    }

    pub fn event(&mut self) -> Event {
        match self.random.below(30) {
            0 | 1 => Event::Snapshot,
            2 => Event::Rot,
            3 => Event::Restart,
            4 => Event::Follow,
            _ => Event::Nothing,
        }
    }

    /// Lines of the next group.
    pub fn lines(&mut self) -> u64 {
        self.random.between(1, 12)
    }

    /// Changes a byte or cuts off the end.
    pub fn rot(&mut self, bytes: &mut Vec<u8>) {
        let place = usize::try_from(self.random.below(bytes.len() as u64)).expect("small");
        if self.random.percent(50) {
            bytes[place] ^= 1 << self.random.below(8);
        } else {
            bytes.truncate(place);
        }
    }
}
