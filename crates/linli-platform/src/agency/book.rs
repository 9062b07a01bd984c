//! The appointments, with what finds them and what is due. Must not be added here: a rule.

use super::{AgencyAct, Appointment, Stage};
use crate::act::Actor;
use crate::index::paired;
use crate::part::{Carried, Moment, Part, Scene, mixed};
use crate::refusal::Refusal;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The appointments of agents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agencies {
    pub(super) appointments: BTreeMap<String, Appointment>,
    pub(super) by_region: BTreeSet<(String, String)>,
    pub(super) by_agent: BTreeSet<(String, String)>,
    /// What is due: when each begins, is announced to end, and ends.
    pub(super) begins: BTreeSet<(Instant, String)>,
    pub(super) announces: BTreeSet<(Instant, String)>,
    pub(super) ends: BTreeSet<(Instant, String)>,
    /// How often something was done.
    pub(super) acts: u64,
}

impl Agencies {
    /// An appointment.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Appointment> {
        self.appointments.get(id)
    }

    /// All appointments by id, the ended ones included.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Appointment)> {
        self.appointments.iter().map(|(id, appointment)| (id.as_str(), appointment))
    }

    /// The appointments for a region, the ended ones included.
    pub fn of_region(&self, region: &str) -> impl Iterator<Item = (&str, &Appointment)> {
        paired(&self.by_region, &region.to_owned()).map(|id| (id, &self.appointments[id]))
    }

    /// The appointments of a member, the ended ones included.
    pub fn of_agent(&self, agent: &str) -> impl Iterator<Item = (&str, &Appointment)> {
        paired(&self.by_agent, &agent.to_owned()).map(|id| (id, &self.appointments[id]))
    }

    /// The appointment whose agent holds a region.
    #[must_use]
    pub fn serving(&self, region: &str) -> Option<(&str, &Appointment)> {
        self.of_region(region).find(|(_, appointment)| appointment.stage == Stage::Serving)
    }

    /// At most so many acts of the service that are due: ends come first, since a successor begins at the same moment.
    #[must_use]
    pub fn due(&self, now: Instant, most: usize) -> Vec<AgencyAct> {
        let due = |all: &BTreeSet<(Instant, String)>| -> Vec<String> {
            all.iter().take_while(|(at, _)| *at <= now).map(|(_, id)| id.clone()).take(most).collect()
        };
        let ends = due(&self.ends).into_iter().map(|id| AgencyAct::End { id });
        // A term that has passed while the service was down ends without having begun.
        let begins = due(&self.begins).into_iter().filter(|id| self.appointments[id].until > now);
        let begins = begins.map(|id| AgencyAct::Begin { id });
        // What has ended by now is announced no more.
        let announces = due(&self.announces).into_iter().map(|id| (self.appointments[&id].until, id));
        let announces = announces.filter(|(until, _)| *until > now);
        let announces = announces.map(|(until, id)| AgencyAct::Announce { id, until });
        ends.chain(begins).chain(announces).take(most).collect()
    }
}

impl Part for Agencies {
    type Act = AgencyAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &AgencyAct) -> Result<Carried, Refusal> {
        self.check_act(scene, by, act)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &AgencyAct) {
        self.acts += 1;
        self.do_act(moment, act);
    }

    fn figure(&self) -> u64 {
        let counts = [self.appointments.len(), self.begins.len(), self.announces.len(), self.ends.len()];
        mixed(&counts, &[self.acts.into()])
    }
}
