//! What speaks against an act about agents, and the command that it carries. Must not be added here: a change.

use super::term::{ANNOUNCED_SECONDS, LONGEST_SECONDS, is_region};
use super::{Agencies, AgencyAct, Appointment, Stage};
use crate::act::Actor;
use crate::carried::{check_fen, id as command_id};
use crate::desk::{desk, service};
use crate::known;
use crate::part::{Carried, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{REASON, id as check_id, plain};
use linli_economy::command::Command;
use linli_economy::region::Region;
use linli_economy::time::Instant;

/// Appointments for one region, the ended ones included.
const MOST_OF_REGION: usize = 1_000;

/// Renewals of one appointment.
const MOST_RENEWALS: usize = 100;

impl Agencies {
    pub(super) fn check_act(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        act: &AgencyAct,
    ) -> Result<Carried, Refusal> {
        match act {
            AgencyAct::Appoint { id, region, agent, from, until, fee_fen } => {
                desk(by)?;
                self.check_appoint(scene, (id, region, agent), (*from, *until))?;
                check_fee(*fee_fen)?;
                Ok((*from <= scene.now).then(|| appoint(region, agent)))
            }
            AgencyAct::Begin { id } => {
                service(by)?;
                let begun = self.due_at(scene, id, Stage::Waiting, |appointment| appointment.from)?;
                if scene.now >= begun.until {
                    let message = format!("the term of {id} has passed: it ended {}", begun.until);
                    return Err(Refusal::new(Code::AppointmentState, message));
                }
                Ok(Some(appoint(&begun.region, &begun.agent)))
            }
            AgencyAct::Announce { id, until } => {
                service(by)?;
                let announced = |appointment: &Appointment| earlier(appointment.until, ANNOUNCED_SECONDS);
                let appointment = self.due_at(scene, id, Stage::Serving, announced)?;
                if appointment.until != *until || appointment.announced == Some(*until) {
                    let message =
                        format!("the end of {id} is {} and was announced or moved", appointment.until);
                    return Err(Refusal::new(Code::AppointmentState, message));
                }
                Ok(None)
            }
            AgencyAct::Renew { id, until, fee_fen } => {
                desk(by)?;
                self.check_renew(id, *until)?;
                check_fee(*fee_fen)?;
                Ok(None)
            }
            AgencyAct::End { id } => {
                service(by)?;
                let ended = self.open(id)?;
                if scene.now < ended.until {
                    return Err(Refusal::new(Code::NotDue, format!("the term ends {}", ended.until)));
                }
                Ok(dismiss(scene, ended))
            }
            AgencyAct::Dismiss { id, reason } => {
                desk(by)?;
                plain(&REASON, reason)?;
                Ok(dismiss(scene, self.open(id)?))
            }
        }
    }

    fn known(&self, id: &str) -> Result<&Appointment, Refusal> {
        let unknown = || Refusal::new(Code::UnknownAppointment, format!("there is no appointment {id}"));
        self.get(id).ok_or_else(unknown)
    }

    fn open(&self, id: &str) -> Result<&Appointment, Refusal> {
        let appointment = self.known(id)?;
        if appointment.is_open() {
            return Ok(appointment);
        }
        let message = format!("the appointment {id} is {:?} since {}", appointment.stage, appointment.since);
        Err(Refusal::new(Code::AppointmentState, message))
    }

    fn check_appoint(
        &self,
        scene: &Scene<'_>,
        (id, region, agent): (&str, &str, &str),
        (from, until): (Instant, Instant),
    ) -> Result<(), Refusal> {
        check_id(id)?;
        if self.get(id).is_some() {
            return Err(Refusal::new(Code::AppointmentExists, format!("there is an appointment {id}")));
        }
        if !is_region(region) {
            let message = format!("{region:?} is no region of the published list");
            return Err(Refusal::new(Code::UnknownRegion, message));
        }
        known::member(scene, agent)?;
        let (latest, now) = (later(scene.now, LONGEST_SECONDS), scene.now);
        if until <= from || until <= now || from > latest || until > later(from.max(now), LONGEST_SECONDS) {
            let message =
                format!("a term ends after it begins and within ten years of it: {from} to {until}");
            return Err(Refusal::new(Code::BadTerm, message));
        }
        if self.of_region(region).count() >= MOST_OF_REGION {
            let message = format!("{region} had {MOST_OF_REGION} appointments, which is the most");
            return Err(Refusal::new(Code::TooManyAppointments, message));
        }
        // Who begins now holds the region from now on.
        self.check_free(region, None, (from.max(now), until))
    }

    fn check_renew(&self, id: &str, until: Instant) -> Result<(), Refusal> {
        let appointment = self.open(id)?;
        if until <= appointment.until || until > later(appointment.until, LONGEST_SECONDS) {
            let message =
                format!("it ends {}, and a renewal ends later, within ten years", appointment.until);
            return Err(Refusal::new(Code::BadTerm, message));
        }
        if appointment.fees_fen.len() > MOST_RENEWALS {
            let message = format!("{id} was renewed {MOST_RENEWALS} times, which is the most");
            return Err(Refusal::new(Code::TooManyAppointments, message));
        }
        self.check_free(&appointment.region, Some(id), (appointment.until, until))
    }

    /// Whether nobody else holds the region in this time, or will.
    fn check_free(
        &self,
        region: &str,
        but: Option<&str>,
        (from, until): (Instant, Instant),
    ) -> Result<(), Refusal> {
        let mut others = self.of_region(region).filter(|(id, _)| Some(*id) != but);
        match others.find(|(_, other)| other.meets(from, until)) {
            Some((id, other)) => {
                let message = format!("{region} is held from {} to {} by {id}", other.from, other.until);
                Err(Refusal::new(Code::RegionHeld, message))
            }
            None => Ok(()),
        }
    }

    /// An appointment at this stage whose time for an act of the service has come.
    fn due_at(
        &self,
        scene: &Scene<'_>,
        id: &str,
        stage: Stage,
        at: impl Fn(&Appointment) -> Instant,
    ) -> Result<&Appointment, Refusal> {
        let appointment = self.known(id)?;
        if appointment.stage != stage {
            let message = format!("the appointment {id} is {:?}, not {stage:?}", appointment.stage);
            return Err(Refusal::new(Code::AppointmentState, message));
        }
        if scene.now < at(appointment) {
            return Err(Refusal::new(Code::NotDue, format!("this is due {}", at(appointment))));
        }
        Ok(appointment)
    }
}

/// A fee is none, or an amount that one command can move.
fn check_fee(fee_fen: u64) -> Result<(), Refusal> {
    if fee_fen == 0 { Ok(()) } else { check_fen(fee_fen) }
}

fn appoint(region: &str, agent: &str) -> Command<'static> {
    Command::Appoint { region: region.to_owned().into(), agent: command_id(agent) }
}

/// Takes the region back from whoever serves, where they still hold it: a program may have dismissed them, and appointed
/// another.
fn dismiss(scene: &Scene<'_>, appointment: &Appointment) -> Carried {
    if appointment.stage != Stage::Serving {
        return None;
    }
    let region = Region::parse(&appointment.region)?;
    let agent = scene.economy.member_id(&appointment.agent)?;
    let holds = scene.economy.state().agent_of(region) == Some(agent);
    holds.then(|| Command::Dismiss { region: appointment.region.clone().into() })
}

pub(super) fn earlier(at: Instant, seconds: i64) -> Instant {
    Instant { seconds: at.seconds - seconds, ..at }
}

fn later(at: Instant, seconds: i64) -> Instant {
    crate::money::after(at, seconds)
}
