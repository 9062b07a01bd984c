//! Doing what was checked. Must not be added here: a reason not to do it.

use super::check::earlier;
use super::term::ANNOUNCED_SECONDS;
use super::{Agencies, AgencyAct, Appointment, Stage};
use crate::part::Moment;

impl Agencies {
    pub(super) fn do_act(&mut self, moment: &Moment<'_>, act: &AgencyAct) {
        match act {
            AgencyAct::Appoint { id, region, agent, from, until, fee_fen } => {
                let appointment = Appointment {
                    region: region.clone(),
                    agent: agent.clone(),
                    from: (*from).max(moment.now),
                    until: *until,
                    fees_fen: vec![*fee_fen],
                    stage: if *from <= moment.now { Stage::Serving } else { Stage::Waiting },
                    since: moment.now,
                    announced: None,
                    reason: None,
                };
                self.by_region.insert((region.clone(), id.clone()));
                self.by_agent.insert((agent.clone(), id.clone()));
                self.appointments.insert(id.clone(), appointment);
                self.file(id);
            }
            AgencyAct::Begin { id } => self.set(moment, id, |appointment| appointment.stage = Stage::Serving),
            AgencyAct::Announce { id, until } => {
                self.unfile(id);
                self.appointment(id).announced = Some(*until);
                self.file(id);
            }
            AgencyAct::Renew { id, until, fee_fen } => {
                self.unfile(id);
                let appointment = self.appointment(id);
                appointment.until = *until;
                appointment.fees_fen.push(*fee_fen);
                self.file(id);
            }
            AgencyAct::End { id } => self.set(moment, id, |appointment| appointment.stage = Stage::Ended),
            AgencyAct::Dismiss { id, reason } => self.set(moment, id, |appointment| {
                appointment.stage = Stage::Dismissed;
                appointment.reason = Some(reason.clone());
            }),
        }
    }

    /// Changes where an appointment stands.
    fn set(&mut self, moment: &Moment<'_>, id: &str, change: impl FnOnce(&mut Appointment)) {
        self.unfile(id);
        let appointment = self.appointment(id);
        appointment.since = moment.now;
        change(appointment);
        self.file(id);
    }

    /// Files what is due of an appointment.
    fn file(&mut self, id: &str) {
        let Appointment { from, until, stage, announced, .. } = *self.appointment(id);
        match stage {
            Stage::Waiting => {
                self.begins.insert((from, id.to_owned()));
                self.ends.insert((until, id.to_owned()));
            }
            Stage::Serving => {
                self.ends.insert((until, id.to_owned()));
                if announced != Some(until) {
                    self.announces.insert((earlier(until, ANNOUNCED_SECONDS), id.to_owned()));
                }
            }
            Stage::Ended | Stage::Dismissed => {}
        }
    }

    fn unfile(&mut self, id: &str) {
        let Appointment { from, until, .. } = *self.appointment(id);
        self.begins.remove(&(from, id.to_owned()));
        self.ends.remove(&(until, id.to_owned()));
        self.announces.remove(&(earlier(until, ANNOUNCED_SECONDS), id.to_owned()));
    }

    fn appointment(&mut self, id: &str) -> &mut Appointment {
        self.appointments.get_mut(id).expect("checked: the appointment is there")
    }
}
