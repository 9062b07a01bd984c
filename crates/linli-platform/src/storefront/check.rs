//! Whether an act about a store's page may be done. Must not be added here: a change.

use super::{StorefrontAct, Storefronts};
use crate::act::Actor;
use crate::carried;
use crate::desk::is_desk;
use crate::known;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
use linli_economy::command::Command;

impl Part for Storefronts {
    type Act = StorefrontAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &StorefrontAct) -> Result<Carried, Refusal> {
        match act {
            StorefrontAct::Change { store, page } => {
                check_mine(scene, by, store)?;
                page.check()?;
                Ok(None)
            }
            StorefrontAct::Close { store } => {
                check_mine(scene, by, store)?;
                let id = known::store(scene, store)?;
                if scene.economy.state().stores()[id.index()].closed {
                    return Err(Refusal::new(Code::StoreClosed, format!("the store {store} is closed")));
                }
                Ok(Some(Command::CloseStore { store: carried::id(store) }))
            }
        }
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &StorefrontAct) {
        self.do_act(moment, act);
    }

    fn figure(&self) -> u64 {
        self.digest()
    }
}

/// The store's owner, or somebody at a desk, whose permission was checked before.
fn check_mine(scene: &Scene<'_>, by: &Actor, store: &str) -> Result<(), Refusal> {
    let id = known::store(scene, store)?;
    let owner = scene.economy.member_name(scene.economy.state().stores()[id.index()].owner);
    let is_owner = matches!(by, Actor::Member(member) if member == owner);
    if is_owner || is_desk(by) {
        return Ok(());
    }
    Err(Refusal::new(Code::NotStoreOwner, format!("only the owner of the store {store} or a desk does this")))
}
