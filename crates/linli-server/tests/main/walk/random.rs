//! What a walk decides by: the same for a seed on every machine.

pub struct Random {
    seed: u64,
    drawn: u64,
}

impl Random {
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    fn bits(&mut self) -> u64 {
        self.drawn += 1;
        let hash = blake3::hash(&[self.seed.to_le_bytes(), self.drawn.to_le_bytes()].concat());
        u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("8 of 32 bytes"))
    }

    /// A number from 0 to `limit` − 1.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.bits() % limit
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// Up to the limit, and mostly small.
    pub fn magnitude(&mut self, limit: u64) -> u64 {
        let most = self.below(limit) + 1;
        self.below(most) + 1
    }
}
