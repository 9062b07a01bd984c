//! A book of orders or returns: each has a number in the order of coming, and is found by id, by whose it is, by state
//! and by its deadline without a search. Must not be added here: a rule of either.

use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a book keeps.
pub trait Entry {
    /// Where one stands.
    type State: Copy + Ord;

    /// Its id.
    fn id(&self) -> &str;
    /// The member whose it is.
    fn member(&self) -> &str;
    /// The supplier whose it is.
    fn supplier(&self) -> &str;
    /// Where it stands.
    fn state(&self) -> Self::State;
    /// When the service does something about it by itself.
    fn deadline(&self) -> Option<Instant>;
}

/// Whose entries are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner<'a> {
    /// A member's.
    Member(&'a str),
    /// A supplier's.
    Supplier(&'a str),
}

/// The entries of one owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Listing<S: Ord> {
    all: Vec<u32>,
    by_state: BTreeSet<(S, u32)>,
}

/// A book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book<E, S: Ord> {
    entries: Vec<E>,
    numbers: BTreeMap<String, u32>,
    by_state: BTreeSet<(S, u32)>,
    by_member: BTreeMap<String, Listing<S>>,
    by_supplier: BTreeMap<String, Listing<S>>,
    deadlines: BTreeSet<(Instant, u32)>,
    /// Changes so far, for the digest.
    changes: u64,
}

impl<E: Entry<State = S>, S: Copy + Ord> Book<E, S> {
    /// The entry of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&E> {
        self.numbers.get(id).map(|&number| self.at(number))
    }

    /// Where the entry of this id stands in the order of coming.
    #[must_use]
    pub fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// An owner's entries that came before this number, the newest first.
    pub fn of(&self, owner: Owner<'_>, before: u32) -> impl Iterator<Item = &E> {
        let all = self.listing(owner).map_or(&[][..], |listing| &listing.all);
        let earlier = &all[..all.partition_point(|&number| number < before)];
        earlier.iter().rev().map(|&number| self.at(number))
    }

    /// An owner's entries in one state that came before this number, the newest first.
    pub fn of_in(&self, owner: Owner<'_>, state: S, before: u32) -> impl Iterator<Item = &E> {
        let listing = self.listing(owner).into_iter();
        let places =
            listing.flat_map(move |listing| listing.by_state.range((state, 0)..(state, before)).rev());
        places.map(|&(_, number)| self.at(number))
    }

    /// Everybody's entries that came before this number, the newest first.
    pub fn all(&self, before: u32) -> impl Iterator<Item = &E> {
        let count = self.entries.len().min(usize::try_from(before).expect("32 bits"));
        self.entries[..count].iter().rev()
    }

    /// Everybody's entries in one state that came before this number, the newest first.
    pub fn in_state(&self, state: S, before: u32) -> impl DoubleEndedIterator<Item = &E> {
        self.by_state.range((state, 0)..(state, before)).rev().map(|&(_, number)| self.at(number))
    }

    /// The entries whose deadline has come, the longest overdue first.
    pub(super) fn due(&self, now: Instant) -> impl Iterator<Item = &E> {
        self.deadlines.range(..=(now, u32::MAX)).map(|&(_, number)| self.at(number))
    }

    /// Whether one more has a number.
    pub(super) fn has_room(&self, more: usize) -> bool {
        u32::try_from(self.entries.len() + more).is_ok_and(|number| number < u32::MAX)
    }

    pub(super) fn add(&mut self, entry: E) {
        let number = u32::try_from(self.entries.len()).expect("checked: there is room");
        let before = self.numbers.insert(entry.id().to_owned(), number);
        assert!(before.is_none(), "checked: the id is new");
        let state = entry.state();
        self.by_state.insert((state, number));
        for (owners, owner) in
            [(&mut self.by_member, entry.member()), (&mut self.by_supplier, entry.supplier())]
        {
            let listing = owners.entry(owner.to_owned()).or_default();
            listing.all.push(number);
            listing.by_state.insert((state, number));
        }
        self.deadlines.extend(entry.deadline().map(|deadline| (deadline, number)));
        self.entries.push(entry);
        self.changes += 1;
    }

    /// Changes an entry, which must be there, and finds it by what it is now.
    pub(super) fn change(&mut self, id: &str, change: impl FnOnce(&mut E)) {
        let number = *self.numbers.get(id).expect("checked: it is there");
        let entry = &mut self.entries[number as usize];
        let (state, deadline) = (entry.state(), entry.deadline());
        change(entry);
        let entry = &self.entries[number as usize];
        let (next_state, next_deadline) = (entry.state(), entry.deadline());
        if state != next_state {
            let member = self.by_member.get_mut(entry.member()).map(|listing| &mut listing.by_state);
            let supplier = self.by_supplier.get_mut(entry.supplier()).map(|listing| &mut listing.by_state);
            for places in [Some(&mut self.by_state), member, supplier].into_iter().flatten() {
                places.remove(&(state, number));
                places.insert((next_state, number));
            }
        }
        if deadline != next_deadline {
            if let Some(deadline) = deadline {
                self.deadlines.remove(&(deadline, number));
            }
            self.deadlines.extend(next_deadline.map(|deadline| (deadline, number)));
        }
        self.changes += 1;
    }

    pub(super) fn figure(&self) -> u64 {
        self.changes
    }

    fn at(&self, number: u32) -> &E {
        &self.entries[number as usize]
    }

    fn listing(&self, owner: Owner<'_>) -> Option<&Listing<S>> {
        match owner {
            Owner::Member(member) => self.by_member.get(member),
            Owner::Supplier(supplier) => self.by_supplier.get(supplier),
        }
    }
}

impl<S: Ord> Default for Listing<S> {
    fn default() -> Self {
        Self { all: Vec::new(), by_state: BTreeSet::new() }
    }
}

impl<E, S: Ord> Default for Book<E, S> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            numbers: BTreeMap::new(),
            by_state: BTreeSet::new(),
            by_member: BTreeMap::new(),
            by_supplier: BTreeMap::new(),
            deadlines: BTreeSet::new(),
            changes: 0,
        }
    }
}
