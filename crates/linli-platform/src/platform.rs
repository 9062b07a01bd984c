//! The platform's state: an act is checked by the part that it changes, and changes it if nothing speaks against it. Must
//! not be added here: a rule of one part.

mod due;
#[cfg(test)]
pub(crate) mod testing;

use crate::act::{Act, Deed};
use crate::day::Days;
use crate::part::{Carried, Moment, Scene};
use crate::parts::Parts;
use crate::person::PersonAct;
use crate::refusal::Refusal;
use crate::session::Account;
use crate::staff::StaffAct;
use crate::store_application::StoreApplicationAct;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// All that the platform knows; its parts are looked at as its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// Acts that were not refused.
    acts: u64,
    days: Days,
    parts: Parts,
    /// Orders that tests list without the part that would.
    #[cfg(test)]
    #[serde(skip)]
    pub(crate) listed_in_tests: std::collections::BTreeMap<String, crate::planned::PlannedOrder>,
}

impl Deref for Platform {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Platform {
    /// What is carried out with a deed, if nothing speaks against it; nothing changes.
    pub(crate) fn check(&self, scene: &Scene<'_>, deed: &Deed) -> Result<Carried, Refusal> {
        self.parts.check(scene, &deed.by, &deed.act)
    }

    /// Does what [`Scene::check`] has just allowed and the economy has taken.
    ///
    /// # Panics
    /// If it has not: a bug of whoever calls.
    pub fn apply(&mut self, moment: &Moment<'_>, act: &Act) {
        self.acts += 1;
        self.end_unsafe_sessions(act);
        self.note_invitation(moment, act);
        self.follow_application(moment, act);
        let noted = self.parts.noted(moment.by, act);
        self.parts.apply(moment, act);
        if let Some(noted) = noted {
            self.parts.store_staff.note(noted);
        }
    }

    /// Takes note of the day of what is about to be done, before which there were so many orders.
    pub fn note_day(&mut self, now: Instant, orders_before: usize) {
        self.days.note(now, orders_before);
    }

    /// Which orders were paid on which day.
    #[must_use]
    pub fn days(&self) -> &Days {
        &self.days
    }

    /// A store that is opened has the page that its application says, and who agreed is bound to the recruiter.
    fn follow_application(&mut self, moment: &Moment<'_>, act: &Act) {
        let Act::StoreApplication(act) = act else { return };
        let Parts { store_applications, storefronts, bindings, .. } = &mut self.parts;
        match act {
            StoreApplicationAct::Approve { id, store, .. } => {
                let application = store_applications.get(id).expect("checked: the application is there");
                storefronts.put_up(moment.now, store, &application.form.page);
            }
            StoreApplicationAct::BindRecruited { id } => {
                let (member, invitation) = store_applications.agreed(id).expect("checked: it binds");
                bindings.note(moment, member, &invitation);
            }
            _ => {}
        }
    }

    /// Who loses a number, a role or an account loses the sessions that were opened with it.
    fn end_unsafe_sessions(&mut self, act: &Act) {
        let account = match act {
            Act::Person(PersonAct::ConfirmLost { id }) => {
                let lost = self.people.lost_phone(id).expect("checked: the report waits");
                Account::Member(lost.member.clone())
            }
            Act::Staff(
                StaffAct::SetRoles { id, .. } | StaffAct::ConfirmLostTotp { id } | StaffAct::End { id },
            ) => Account::Staff(id.clone()),
            _ => return,
        };
        self.parts.sessions.end_others(&account, None);
    }

    /// Who registers by an invitation agrees to be bound.
    fn note_invitation(&mut self, moment: &Moment<'_>, act: &Act) {
        if let Act::Person(PersonAct::Register { member, invitation: Some(invitation), .. }) = act {
            self.parts.bindings.note(moment, member, invitation);
        }
    }

    /// Appends the figures that the journal keeps a digest of after each batch: cheap, and changed by every act.
    pub fn encode_figures(&self, out: &mut Vec<u8>) {
        for figure in [self.acts, self.days.figure()].into_iter().chain(self.parts.figures()) {
            out.extend_from_slice(&figure.to_le_bytes());
        }
    }
}
