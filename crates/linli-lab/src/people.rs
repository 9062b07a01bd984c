//! What the laboratory keeps of a member besides the economy: when they came, what they have spent, when they first
//! reached the cap, how they behave. 32 bytes each. Must not be added: a balance.

use linli_economy::handle::MemberId;

/// A member who buys.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person {
    /// What they paid in all, less what was given back, in fen.
    pub spent: u64,
    /// The number of their first order on the whole platform, from 1.
    pub first_order: u32,
    /// The number of the order that first brought them to the cap; 0 where none has.
    pub cap_order: u32,
    /// The store of their first order.
    pub home: u32,
    /// The day of their first order.
    pub day: u16,
    /// The day on which they first reached the cap.
    pub cap_day: u16,
    /// Which behaviour of the scenario is theirs.
    pub behaviour: u8,
    /// Whether they wait in a heap of targets.
    pub filed: bool,
}

/// Everybody who buys. Owners, recruiters and agents are members of the economy too, registered before them.
#[derive(Default)]
pub struct People {
    /// How many members were registered before the first of them.
    before: usize,
    everyone: Vec<Person>,
}

impl People {
    /// Nobody yet, after so many members of another kind.
    #[must_use]
    pub fn after(before: usize) -> Self {
        Self { before, everyone: Vec::new() }
    }

    /// Adds one and gives the number.
    pub fn add(&mut self, person: Person) -> usize {
        self.everyone.push(person);
        self.everyone.len() - 1
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.everyone.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.everyone.is_empty()
    }

    /// How many members of the economy were registered before them.
    #[must_use]
    pub fn before(&self) -> usize {
        self.before
    }

    /// All of them, in order of registration.
    #[must_use]
    pub fn everyone(&self) -> &[Person] {
        &self.everyone
    }

    /// One of them.
    pub fn get(&mut self, number: usize) -> &mut Person {
        &mut self.everyone[number]
    }

    /// The member of the economy that a number stands for.
    ///
    /// # Panics
    /// If there is no such number.
    #[must_use]
    pub fn member(&self, number: usize) -> MemberId {
        MemberId::at(self.before + number).expect("the economy has given it a handle")
    }

    /// The number of a member of the economy, if they buy.
    #[must_use]
    pub fn number(&self, member: MemberId) -> Option<usize> {
        member.index().checked_sub(self.before).filter(|&number| number < self.everyone.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_half_a_cache_line() {
        assert_eq!(size_of::<Person>(), 32);
    }

    #[test]
    fn numbers_and_members_stand_for_each_other() {
        let mut people = People::after(3);
        let number = people.add(Person::default());
        assert_eq!(people.number(people.member(number)), Some(number));
        assert_eq!(people.number(MemberId::at(2).expect("small")), None);
        assert_eq!(people.number(MemberId::at(4).expect("small")), None);
    }
}
