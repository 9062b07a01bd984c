//! Who works where with which rights. Must not be added here: a rule.

use super::{CountedTo, Shift, StoreRight, StoreStaffAct, Totals};
use crate::index::paired;
use crate::part::{Moment, mixed};
use linli_economy::Economy;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who works in a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hired {
    /// What they may do.
    pub rights: BTreeSet<StoreRight>,
    /// Which owner of the store let them.
    pub by: String,
    /// Since when, with these rights.
    pub since: Instant,
}

/// The people who work in stores.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreStaff {
    /// By store and member.
    pub(super) hired: BTreeMap<(String, String), Hired>,
    /// By member: the stores.
    pub(super) stores: BTreeSet<(String, String)>,
    /// Rights that were ever given.
    pub(super) given: u64,
    pub(super) shifts: BTreeMap<String, Shift>,
    /// Stores with the numbers of the acts that opened shifts there.
    pub(super) by_store: BTreeMap<(String, u64), String>,
    /// By store and member: the shift that is open.
    pub(super) open: BTreeMap<(String, String), String>,
    /// Codes with an amount that are not paid, and to what they will count.
    pub(super) codes: BTreeMap<String, CountedTo>,
    /// By store and member: what was done without a shift.
    pub(super) outside: BTreeMap<(String, String), Totals>,
    /// Σ of all that was counted, fen and uses alike, for the digest.
    pub(super) counted: u128,
}

/// The member who owns a store, if there is one of this id.
#[must_use]
pub fn owner_of<'e>(economy: &'e Economy, store: &str) -> Option<&'e str> {
    let id = economy.store_id(store)?;
    Some(economy.member_name(economy.state().stores()[id.index()].owner))
}

impl StoreStaff {
    /// Whether a member may do this in a store: its owner may everything.
    #[must_use]
    pub fn may(&self, economy: &Economy, store: &str, member: &str, right: StoreRight) -> bool {
        let is_owner = owner_of(economy, store) == Some(member);
        is_owner || self.hired(economy, store, member).is_some_and(|hired| hired.rights.contains(&right))
    }

    /// What a member who does not own the store may do there; none if nothing, or if whoever let them owns it no more.
    #[must_use]
    pub fn hired(&self, economy: &Economy, store: &str, member: &str) -> Option<&Hired> {
        let hired = self.hired.get(&(store.to_owned(), member.to_owned()))?;
        (owner_of(economy, store) == Some(&hired.by)).then_some(hired)
    }

    /// The members who work in a store by id.
    pub fn of_store<'s>(
        &'s self,
        economy: &'s Economy,
        store: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s Hired)> {
        let from = (store.to_owned(), String::new());
        let of_store = self.hired.range(from..).take_while(move |((one, _), _)| one == store);
        let holds = move |hired: &Hired| owner_of(economy, store) == Some(&hired.by);
        of_store.filter(move |(_, hired)| holds(hired)).map(|((_, member), hired)| (member.as_str(), hired))
    }

    /// The stores in which a member works by id, with what they may do there.
    pub fn of_member<'s>(
        &'s self,
        economy: &'s Economy,
        member: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s Hired)> {
        let stores = paired(&self.stores, &member.to_owned());
        stores.filter_map(move |store| Some((store, self.hired(economy, store, member)?)))
    }

    pub(super) fn do_act(&mut self, moment: &Moment<'_>, act: &StoreStaffAct) {
        match act {
            StoreStaffAct::Admit { store, member, rights } => {
                let crate::act::Actor::Member(by) = moment.by else {
                    panic!("checked: the owner does this");
                };
                self.given += u64::try_from(rights.len()).expect("a few");
                let hired = Hired { rights: rights.clone(), by: by.clone(), since: moment.now };
                self.hired.insert((store.clone(), member.clone()), hired);
                self.stores.insert((member.clone(), store.clone()));
            }
            StoreStaffAct::Dismiss { store, member } => {
                self.hired.remove(&(store.clone(), member.clone()));
                self.stores.remove(&(member.clone(), store.clone()));
                if let Some(shift) = self.open.get(&(store.clone(), member.clone())).cloned() {
                    self.close_shift(moment.now, &shift);
                }
            }
            StoreStaffAct::OpenShift { id, store } => self.open_shift(moment, id, store),
            StoreStaffAct::CloseShift { id } => self.close_shift(moment.now, id),
        }
    }

    pub(super) fn digest(&self) -> u64 {
        let counts = [self.hired.len(), self.shifts.len(), self.open.len(), self.codes.len()];
        mixed(&counts, &[u128::from(self.given), self.counted])
    }
}
