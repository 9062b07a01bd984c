//! The people who are members: each has one phone number, which is known by a keyed hash and kept sealed. Must not be
//! added here: what a member has; that is the economy's.

mod act;

pub use act::{Invitation, PersonAct, Source};

use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
use crate::session::Reference;
use crate::text::{id, sealed};
use linli_economy::command::{Command, Id};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The phone number.
    pub phone: Reference,
    /// The phone number, sealed.
    pub sealed_phone: Vec<u8>,
    /// When they registered.
    pub since: Instant,
    /// The invitation that was agreed to, with its date that of registering.
    pub invitation: Option<Invitation>,
    /// The version of the terms that were agreed to; none of whoever was moved in.
    pub terms: Option<u32>,
}

/// A report of a lost number, which somebody else has to confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostPhone {
    /// The member.
    pub member: String,
    /// The new number.
    pub phone: Reference,
    /// The new number, sealed.
    pub sealed_phone: Vec<u8>,
    /// Who has reported it.
    pub by: Actor,
    /// When.
    pub since: Instant,
}

/// The people that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    by_member: BTreeMap<String, Person>,
    by_phone: BTreeMap<Reference, String>,
    lost: BTreeMap<String, LostPhone>,
}

impl People {
    /// The person who is this member.
    #[must_use]
    pub fn get(&self, member: &str) -> Option<&Person> {
        self.by_member.get(member)
    }

    /// Every member who is a person, by id.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.by_member.keys().map(String::as_str)
    }

    /// The member with this phone number.
    #[must_use]
    pub fn with_phone(&self, phone: &Reference) -> Option<&str> {
        self.by_phone.get(phone).map(String::as_str)
    }

    /// Reports of lost numbers that wait for somebody else, by id.
    pub fn lost_phones(&self) -> impl Iterator<Item = (&str, &LostPhone)> {
        self.lost.iter().map(|(id, lost)| (id.as_str(), lost))
    }

    /// The report of this id, if it waits.
    #[must_use]
    pub fn lost_phone(&self, id: &str) -> Option<&LostPhone> {
        self.lost.get(id)
    }

    fn is_free(&self, phone: &Reference) -> Result<(), Refusal> {
        match self.by_phone.contains_key(phone) {
            true => Err(Refusal::new(Code::PhoneTaken, "this phone number belongs to another account")),
            false => Ok(()),
        }
    }

    fn known(&self, member: &str) -> Result<&Person, Refusal> {
        let unknown = || Refusal::new(Code::UnknownPerson, format!("nobody has registered as {member}"));
        self.by_member.get(member).ok_or_else(unknown)
    }

    fn reported(&self, id: &str) -> Result<&LostPhone, Refusal> {
        let unknown = || Refusal::new(Code::UnknownReport, format!("there is no report {id} that waits"));
        self.lost.get(id).ok_or_else(unknown)
    }

    fn add(&mut self, member: &str, person: Person) {
        self.by_phone.insert(person.phone, member.to_string());
        self.by_member.insert(member.to_string(), person);
    }

    fn change_phone(&mut self, member: &str, phone: Reference, sealed_phone: &[u8]) {
        let person = self.by_member.get_mut(member).expect("checked: somebody has registered");
        self.by_phone.remove(&person.phone);
        person.phone = phone;
        person.sealed_phone = sealed_phone.to_vec();
        self.by_phone.insert(phone, member.to_string());
    }
}

impl Part for People {
    type Act = PersonAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &PersonAct) -> Result<Carried, Refusal> {
        match act {
            PersonAct::Register { member, phone, sealed_phone, invitation, terms } => {
                id(member)?;
                check_terms(scene, *terms)?;
                sealed("a phone number", sealed_phone)?;
                self.is_free(phone)?;
                let inviter = invitation.as_ref().map(|invitation| owned(&invitation.inviter)).transpose()?;
                return Ok(Some(Command::OpenMember { member: owned(member)?, inviter }));
            }
            PersonAct::Attach { member, phone, sealed_phone } => {
                sealed("a phone number", sealed_phone)?;
                self.is_free(phone)?;
                if scene.economy.member_id(member).is_none() {
                    return Err(Refusal::new(Code::UnknownPerson, format!("there is no member {member}")));
                }
                if self.by_member.contains_key(member) {
                    return Err(Refusal::new(Code::PersonExists, format!("{member} has a phone number")));
                }
            }
            PersonAct::ChangePhone { member, phone, sealed_phone } => {
                sealed("a phone number", sealed_phone)?;
                self.known(member)?;
                if *by != Actor::Member(member.clone()) {
                    return Err(Refusal::new(Code::NotYours, format!("this is the number of {member}")));
                }
                self.is_free(phone)?;
            }
            PersonAct::ReportLost { id: report, member, phone, sealed_phone } => {
                id(report)?;
                sealed("a phone number", sealed_phone)?;
                self.known(member)?;
                self.is_free(phone)?;
                if self.lost.contains_key(report) || self.lost.values().any(|lost| lost.member == *member) {
                    return Err(Refusal::new(
                        Code::ReportExists,
                        format!("a report for {member} waits already"),
                    ));
                }
            }
            PersonAct::ConfirmLost { id } => {
                let lost = self.reported(id)?;
                if lost.by == *by {
                    return Err(Refusal::new(
                        Code::SecondPersonNeeded,
                        "whoever reported it cannot confirm it",
                    ));
                }
                self.is_free(&lost.phone)?;
            }
            PersonAct::DropLost { id } => drop(self.reported(id)?),
            PersonAct::Reveal { member } => drop(self.known(member)?),
        }
        Ok(None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &PersonAct) {
        let since = moment.now;
        match act {
            PersonAct::Register { member, phone, sealed_phone, invitation, terms } => {
                let (phone, sealed_phone, invitation) = (*phone, sealed_phone.clone(), invitation.clone());
                self.add(member, Person { phone, sealed_phone, since, invitation, terms: Some(*terms) });
            }
            PersonAct::Attach { member, phone, sealed_phone } => {
                let (phone, sealed_phone) = (*phone, sealed_phone.clone());
                self.add(member, Person { phone, sealed_phone, since, invitation: None, terms: None });
            }
            PersonAct::ChangePhone { member, phone, sealed_phone } => {
                self.change_phone(member, *phone, sealed_phone);
            }
            PersonAct::ReportLost { id, member, phone, sealed_phone } => {
                let (member, phone, sealed_phone) = (member.clone(), *phone, sealed_phone.clone());
                let by = moment.by.clone();
                self.lost.insert(id.clone(), LostPhone { member, phone, sealed_phone, by, since });
            }
            PersonAct::ConfirmLost { id } => {
                let lost = self.lost.remove(id).expect("checked: the report waits");
                self.change_phone(&lost.member, lost.phone, &lost.sealed_phone);
            }
            PersonAct::DropLost { id } => drop(self.lost.remove(id)),
            PersonAct::Reveal { .. } => {}
        }
    }

    fn figure(&self) -> u64 {
        u64::try_from(self.by_member.len() + self.lost.len()).expect("64 bits")
    }
}

/// Whoever registers agrees to the terms in force.
fn check_terms(scene: &Scene<'_>, terms: u32) -> Result<(), Refusal> {
    let in_force = scene.platform.documents.terms_in_force(scene.now);
    if terms == in_force {
        return Ok(());
    }
    let message = format!("version {in_force} of the terms is in force, and version {terms} was agreed to");
    Err(Refusal::new(Code::TermsChanged, message))
}

/// An id of the economy.
fn owned(text: &str) -> Result<Id<'static>, Refusal> {
    Id::new(text.to_string().into())
        .ok_or_else(|| Refusal::new(Code::BadText, "an id has 1 to 64 characters"))
}

#[cfg(test)]
mod tests;
