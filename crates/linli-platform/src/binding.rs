//! Bindings: who agreed to be bound to whom, by which link, to which text, when, and when they took it back. Each is a
//! dated fact that nothing rewrites; what holds now, and which orders keep which chain, is the economy's. Must not be
//! added here: a way to bind somebody who has not agreed.

use crate::act::Actor;
use crate::carried;
use crate::known;
use crate::part::{Carried, Moment, Part, Scene, mixed};
use crate::person::{Invitation, Source};
use crate::refusal::{Code, Refusal};
use linli_economy::command::Command;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bindings that one member may have agreed to: more is no change of mind.
const MOST_FACTS: usize = 1_000;

/// What is done about bindings; what is agreed to when registering is an act of [`crate::person`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BindingAct {
    /// A member who is bound to nobody agrees to an invitation.
    Bind {
        /// Who is bound.
        member: String,
        /// To what was agreed.
        invitation: Invitation,
    },
    /// A member is bound to nobody any more.
    Release {
        /// Who.
        member: String,
    },
}

/// One binding that was agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The number of the entry in the journal.
    pub seq: u64,
    /// When it was agreed to.
    pub since: Instant,
    /// To whom, by which link and to which text.
    pub invitation: Invitation,
    /// When the member took it back.
    pub released: Option<Instant>,
}

/// The bindings that were agreed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bindings {
    by_member: BTreeMap<String, Vec<Fact>>,
    agreed: u64,
    released: u64,
}

impl Bindings {
    /// What a member agreed to, in its order.
    #[must_use]
    pub fn of(&self, member: &str) -> &[Fact] {
        self.by_member.get(member).map_or(&[], Vec::as_slice)
    }

    /// A member agrees to an invitation.
    pub(crate) fn note(&mut self, moment: &Moment<'_>, member: &str, invitation: &Invitation) {
        let fact =
            Fact { seq: moment.seq, since: moment.now, invitation: invitation.clone(), released: None };
        self.by_member.entry(member.to_owned()).or_default().push(fact);
        self.agreed += 1;
    }

    /// Ends what holds of a member's facts: a program may have bound them to somebody else since.
    fn end(&mut self, moment: &Moment<'_>, member: &str) {
        let facts = self.by_member.get_mut(member).into_iter().flatten();
        facts.filter(|fact| fact.released.is_none()).for_each(|fact| fact.released = Some(moment.now));
        self.released += 1;
    }
}

impl BindingAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Bind { .. } => "agree_binding",
            Self::Release { .. } => "release_binding",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        let (Self::Bind { member, .. } | Self::Release { member }) = self;
        member
    }
}

impl Part for Bindings {
    type Act = BindingAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &BindingAct) -> Result<Carried, Refusal> {
        let (BindingAct::Bind { member, .. } | BindingAct::Release { member }) = act;
        known::member(scene, member)?;
        if *by != Actor::Member(member.clone()) {
            return Err(Refusal::new(Code::NotYours, format!("only {member} agrees or takes it back")));
        }
        let member = carried::id(member);
        let BindingAct::Bind { invitation, .. } = act else { return Ok(Some(Command::Release { member })) };
        if self.of(&member).len() >= MOST_FACTS {
            let message = format!("{} was bound {MOST_FACTS} times, which is the most", &*member);
            return Err(Refusal::new(Code::TooManyBindings, message));
        }
        check_invitation(scene, invitation)?;
        Ok(Some(Command::Bind { member, inviter: carried::id(&invitation.inviter) }))
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &BindingAct) {
        match act {
            BindingAct::Bind { member, invitation } => self.note(moment, member, invitation),
            BindingAct::Release { member } => self.end(moment, member),
        }
    }

    fn figure(&self) -> u64 {
        mixed(&[self.by_member.len()], &[self.agreed.into(), self.released.into()])
    }
}

/// Whether there is such an invitation: whoever it names is there, and a store's is its owner's.
fn check_invitation(scene: &Scene<'_>, invitation: &Invitation) -> Result<(), Refusal> {
    known::member(scene, &invitation.inviter)?;
    let Source::Store(store) = &invitation.source else { return Ok(()) };
    let id = known::store(scene, store)?;
    let state = &scene.economy.state().stores()[id.index()];
    if scene.economy.member_name(state.owner) != invitation.inviter {
        let message = format!("the link of {store} is its owner's, who is not {}", invitation.inviter);
        return Err(Refusal::new(Code::NotYours, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
