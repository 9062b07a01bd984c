//! Whether an act about the people of a store may be done. Must not be added here: a change.

use super::{StoreRight, StoreStaff, StoreStaffAct};
use crate::act::Actor;
use crate::known;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
use crate::text;
use std::collections::BTreeSet;

/// People who can work in one store.
const MOST_PEOPLE: usize = 100;
/// Stores in which one member can work.
const MOST_STORES: usize = 50;

impl Part for StoreStaff {
    type Act = StoreStaffAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &StoreStaffAct) -> Result<Carried, Refusal> {
        match act {
            StoreStaffAct::Admit { store, member, rights } => {
                self.check_admit(scene, by, (store, member), rights)
            }
            StoreStaffAct::Dismiss { store, member } => self.check_dismiss(scene, by, store, member),
            StoreStaffAct::OpenShift { id, store } => self.check_open(scene, by, id, store),
            StoreStaffAct::CloseShift { id } => self.check_close(scene, by, id),
        }
        .map(|()| None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &StoreStaffAct) {
        self.do_act(moment, act);
    }

    fn figure(&self) -> u64 {
        self.digest()
    }
}

impl StoreStaff {
    fn check_admit(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        (store, member): (&str, &str),
        rights: &BTreeSet<StoreRight>,
    ) -> Result<(), Refusal> {
        let owner = check_owner(scene, by, store)?;
        known::member(scene, member)?;
        if owner == member {
            let message = format!("{member} owns the store {store} and may everything there");
            return Err(Refusal::new(Code::OwnerMayAll, message));
        }
        if rights.is_empty() {
            return Err(Refusal::new(Code::BadList, "at least one right is given"));
        }
        if self.hired(scene.economy, store, member).is_some() {
            return Ok(());
        }
        let people = self.of_store(scene.economy, store).count();
        let stores = self.of_member(scene.economy, member).count();
        if people >= MOST_PEOPLE || stores >= MOST_STORES {
            let message = format!(
                "at most {MOST_PEOPLE} people work in a store and one member in {MOST_STORES}; here {people} do in {store}, \
                 and {member} does in {stores}"
            );
            return Err(Refusal::new(Code::TooManyStoreStaff, message));
        }
        Ok(())
    }

    fn check_dismiss(&self, scene: &Scene<'_>, by: &Actor, store: &str, member: &str) -> Result<(), Refusal> {
        let leaves = *by == Actor::Member(member.to_owned());
        if !leaves {
            check_owner(scene, by, store)?;
        }
        if self.hired(scene.economy, store, member).is_none() {
            let message = format!("{member} does not work in the store {store}");
            return Err(Refusal::new(Code::UnknownStoreStaff, message));
        }
        Ok(())
    }
}

impl StoreStaff {
    fn check_open(&self, scene: &Scene<'_>, by: &Actor, id: &str, store: &str) -> Result<(), Refusal> {
        text::id(id)?;
        let owner = owner(scene, store)?;
        let Actor::Member(member) = by else {
            return Err(Refusal::new(Code::WrongActor, format!("members have shifts, and {by} is none")));
        };
        if member != owner && self.hired(scene.economy, store, member).is_none() {
            let message = format!("{member} does not work in the store {store}");
            return Err(Refusal::new(Code::UnknownStoreStaff, message));
        }
        if self.shifts.contains_key(id) {
            return Err(Refusal::new(Code::ShiftExists, format!("there is a shift {id}")));
        }
        match self.open.get(&(store.to_owned(), member.clone())) {
            Some(open) => {
                let message = format!("the shift {open} of {member} in {store} is open");
                Err(Refusal::new(Code::ShiftOpen, message))
            }
            None => Ok(()),
        }
    }

    fn check_close(&self, scene: &Scene<'_>, by: &Actor, id: &str) -> Result<(), Refusal> {
        let unknown = || Refusal::new(Code::UnknownShift, format!("there is no shift {id}"));
        let shift = self.shifts.get(id).ok_or_else(unknown)?;
        if *by != Actor::Member(shift.member.clone()) {
            check_owner(scene, by, &shift.store)?;
        }
        match shift.closed {
            Some(closed) => Err(Refusal::new(Code::ShiftClosed, format!("the shift ended at {closed}"))),
            None => Ok(()),
        }
    }
}

/// The owner of the store, who must be the one who acts.
pub(super) fn check_owner<'s>(scene: &Scene<'s>, by: &Actor, store: &str) -> Result<&'s str, Refusal> {
    let owner = owner(scene, store)?;
    match by {
        Actor::Member(member) if member == owner => Ok(owner),
        _ => Err(Refusal::new(Code::NotStoreOwner, format!("only the owner of the store {store} does this"))),
    }
}

fn owner<'s>(scene: &Scene<'s>, store: &str) -> Result<&'s str, Refusal> {
    let id = known::store(scene, store)?;
    Ok(scene.economy.member_name(scene.economy.state().stores()[id.index()].owner))
}
