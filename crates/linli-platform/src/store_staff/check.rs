//! Whether an act about the people of a store may be done. Must not be added here: a change.

use super::{StoreRight, StoreStaff, StoreStaffAct};
use crate::act::Actor;
use crate::known;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
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

/// The owner of the store, who must be the one who acts.
pub(super) fn check_owner<'s>(scene: &Scene<'s>, by: &Actor, store: &str) -> Result<&'s str, Refusal> {
    let id = known::store(scene, store)?;
    let owner = scene.economy.member_name(scene.economy.state().stores()[id.index()].owner);
    match by {
        Actor::Member(member) if member == owner => Ok(owner),
        _ => Err(Refusal::new(Code::NotStoreOwner, format!("only the owner of the store {store} does this"))),
    }
}
