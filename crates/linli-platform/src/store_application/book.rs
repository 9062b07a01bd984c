//! The applications, with what finds them. Must not be added here: a rule.

use super::check::can_bind;
use super::{Application, StoreApplicationAct};
use crate::index::paired;
use crate::part::mixed;
use crate::person::{Invitation, Source};
use linli_economy::Economy;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The applications to open stores.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreApplications {
    pub(super) applications: BTreeMap<String, Application>,
    pub(super) by_member: BTreeSet<(String, String)>,
    /// What the desk is to look at, by since when.
    pub(super) submitted: BTreeSet<(Instant, String)>,
    /// Approved ones whose owners are to be bound.
    pub(super) binding: BTreeSet<String>,
    /// By store: its application.
    pub(super) by_store: BTreeMap<String, String>,
    /// Acts that were done.
    pub(super) acts: u64,
}

impl StoreApplications {
    /// An application.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Application> {
        self.applications.get(id)
    }

    /// All applications by id.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Application)> {
        self.applications.iter().map(|(id, application)| (id.as_str(), application))
    }

    /// The applications of a member, closed ones too.
    pub fn of_member<'s>(
        &'s self,
        member: &str,
    ) -> impl Iterator<Item = (&'s str, &'s Application)> + use<'s> {
        paired(&self.by_member, &member.to_owned()).map(|id| (id, &self.applications[id]))
    }

    /// What the desk is to look at, the oldest first.
    pub fn submitted(&self) -> impl Iterator<Item = (&str, &Application)> {
        self.submitted.iter().map(|(_, id)| (id.as_str(), &self.applications[id]))
    }

    /// The application by which a store was opened.
    #[must_use]
    pub fn of_store(&self, store: &str) -> Option<(&str, &Application)> {
        let id = self.by_store.get(store)?;
        Some((id, &self.applications[id]))
    }

    /// The names of all documents that are needed: those of open applications and of stores.
    #[must_use]
    pub fn documents(&self) -> BTreeSet<&str> {
        let needed = self.applications.values().filter(|one| one.is_open() || one.is_approved());
        needed.flat_map(|one| one.form.documents.iter().map(String::as_str)).collect()
    }

    /// At most so many acts of the service that are due.
    #[must_use]
    pub fn due(&self, economy: &Economy, most: usize) -> Vec<StoreApplicationAct> {
        let act = |id: &String| {
            let (member, recruiter) = self.to_bind(id).expect("only those that bind are filed");
            if can_bind(economy, member, recruiter) {
                StoreApplicationAct::BindRecruited { id: id.clone() }
            } else {
                StoreApplicationAct::LeaveUnbound { id: id.clone() }
            }
        };
        self.binding.iter().take(most).map(act).collect()
    }

    /// Who is to be bound to whom because of an approved application, as long as that is not done.
    pub(super) fn to_bind(&self, id: &str) -> Option<(&str, &str)> {
        let application = self.applications.get(id).filter(|_| self.binding.contains(id))?;
        Some((&application.member, &application.form.recruited.as_ref()?.by))
    }

    /// Who is to be bound because of an approved application, and to what they agreed.
    pub(crate) fn agreed(&self, id: &str) -> Option<(&str, Invitation)> {
        let (member, inviter) = self.to_bind(id)?;
        let consent = self.applications[id].form.recruited.as_ref()?.consent?;
        Some((member, Invitation { inviter: inviter.to_owned(), source: Source::Recruiter, consent }))
    }

    pub(super) fn digest(&self) -> u64 {
        let Self { applications, submitted, binding, acts, .. } = self;
        mixed(&[applications.len(), submitted.len(), binding.len()], &[u128::from(*acts)])
    }
}

impl Application {
    fn is_approved(&self) -> bool {
        matches!(self.stage, super::Stage::Approved { .. })
    }
}
