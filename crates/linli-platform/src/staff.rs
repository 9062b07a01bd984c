//! The people at a desk: their roles, their password and their time-based code, both sealed. A code that is lost is
//! given up by two people. Must not be added here: what a role may do (`permission.rs`).

mod act;

pub use act::StaffAct;

use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
use crate::permission::Role;
use crate::refusal::{Code, Refusal};
use crate::text::{Length, id, plain, sealed};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a name.
const NAME: Length = Length { what: "a name", least: 1, most: 64 };

/// Somebody at a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// What their colleagues call the account.
    pub name: String,
    /// What they are.
    pub roles: BTreeSet<Role>,
    /// The hash of their password, sealed.
    pub sealed_password: Vec<u8>,
    /// Whether the password was set by somebody else and must be changed.
    pub has_first_password: bool,
    /// The secret of their codes, sealed; none until they have enrolled.
    pub sealed_totp: Option<Vec<u8>>,
    /// Who has reported that the codes are lost.
    pub lost_totp: Option<Actor>,
    /// Whether the account is of no use any more.
    pub has_ended: bool,
}

/// The accounts of the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff(BTreeMap<String, Member>);

impl Staff {
    /// The account of this id, ended ones included.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Member> {
        self.0.get(id)
    }

    /// All accounts by id, ended ones included.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Member)> {
        self.0.iter().map(|(id, member)| (id.as_str(), member))
    }

    /// The account of this id, if it is in force.
    ///
    /// # Errors
    /// [`Code::UnknownStaff`].
    pub fn in_force(&self, id: &str) -> Result<&Member, Refusal> {
        let unknown = || Refusal::new(Code::UnknownStaff, format!("there is no account {id} in force"));
        self.0.get(id).filter(|member| !member.has_ended).ok_or_else(unknown)
    }

    fn is_last_operator(&self, id: &str) -> bool {
        let is_operator = |member: &Member| !member.has_ended && member.roles.contains(&Role::Operator);
        let mut operators = self.0.iter().filter(|(_, member)| is_operator(member));
        operators.next().is_some_and(|(first, _)| first == id) && operators.next().is_none()
    }

    fn check_roles(&self, id: &str, roles: &BTreeSet<Role>) -> Result<(), Refusal> {
        if roles.is_empty() || roles.contains(&Role::Supplier) && roles.len() > 1 {
            return Err(Refusal::new(Code::BadRoles, "an account has roles, and a supplier's has no other"));
        }
        if !roles.contains(&Role::Operator) && self.is_last_operator(id) {
            return Err(last_operator(id));
        }
        Ok(())
    }
}

fn last_operator(id: &str) -> Refusal {
    Refusal::new(Code::LastOperator, format!("{id} is the last operator: nobody could add another"))
}

/// What is somebody's own is changed by nobody else but the machine.
fn own(by: &Actor, id: &str) -> Result<(), Refusal> {
    if *by == Actor::Machine || *by == Actor::Staff(id.into()) {
        return Ok(());
    }
    Err(Refusal::new(Code::NotYours, format!("this belongs to {id}")))
}

impl Part for Staff {
    type Act = StaffAct;

    fn check(&self, _: &Scene<'_>, by: &Actor, act: &StaffAct) -> Result<Carried, Refusal> {
        match act {
            StaffAct::Add { id: new, name, roles, sealed_password } => {
                id(new)?;
                plain(&NAME, name)?;
                sealed("a password", sealed_password)?;
                if self.0.contains_key(new) {
                    return Err(Refusal::new(Code::StaffExists, format!("there is an account {new}")));
                }
                self.check_roles(new, roles)?;
            }
            StaffAct::SetRoles { id, roles } => {
                self.in_force(id)?;
                if *by == Actor::Staff(id.clone()) {
                    return Err(Refusal::new(Code::SecondPersonNeeded, "nobody changes their own roles"));
                }
                self.check_roles(id, roles)?;
            }
            StaffAct::SetPassword { id, sealed_password: it }
            | StaffAct::EnrolTotp { id, sealed_totp: it } => {
                sealed("a password or a secret", it)?;
                self.in_force(id)?;
                own(by, id)?;
                if matches!(act, StaffAct::EnrolTotp { .. }) && self.in_force(id)?.sealed_totp.is_some() {
                    return Err(Refusal::new(
                        Code::TotpEnrolled,
                        "two colleagues must agree that it is lost",
                    ));
                }
            }
            StaffAct::ReportLostTotp { id } => {
                if self.in_force(id)?.sealed_totp.is_none() {
                    return Err(Refusal::new(Code::TotpNotEnrolled, format!("{id} has no codes to lose")));
                }
            }
            StaffAct::ConfirmLostTotp { id } => match &self.in_force(id)?.lost_totp {
                None => {
                    return Err(Refusal::new(Code::UnknownReport, "nobody has reported that they are lost"));
                }
                Some(first) if first == by || *by == Actor::Staff(id.clone()) => {
                    return Err(Refusal::new(
                        Code::SecondPersonNeeded,
                        "two colleagues of whoever lost it agree",
                    ));
                }
                Some(_) => {}
            },
            StaffAct::End { id } => {
                self.in_force(id)?;
                if self.is_last_operator(id) {
                    return Err(last_operator(id));
                }
            }
        }
        Ok(None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &StaffAct) {
        if let StaffAct::Add { id, name, roles, sealed_password } = act {
            let (name, roles, sealed_password) = (name.clone(), roles.clone(), sealed_password.clone());
            let (has_first_password, sealed_totp, lost_totp, has_ended) = (true, None, None, false);
            let member = Member {
                name,
                roles,
                sealed_password,
                has_first_password,
                sealed_totp,
                lost_totp,
                has_ended,
            };
            self.0.insert(id.clone(), member);
            return;
        }
        let member = self.0.get_mut(act.subject()).expect("checked: the account is there");
        match act {
            StaffAct::Add { .. } => unreachable!("done above"),
            StaffAct::SetRoles { roles, .. } => member.roles.clone_from(roles),
            StaffAct::SetPassword { sealed_password, .. } => {
                member.sealed_password.clone_from(sealed_password);
                member.has_first_password = *moment.by == Actor::Machine;
            }
            StaffAct::EnrolTotp { sealed_totp, .. } => member.sealed_totp = Some(sealed_totp.clone()),
            StaffAct::ReportLostTotp { .. } => member.lost_totp = Some(moment.by.clone()),
            StaffAct::ConfirmLostTotp { .. } => (member.lost_totp, member.sealed_totp) = (None, None),
            StaffAct::End { .. } => member.has_ended = true,
        }
    }

    fn figure(&self) -> u64 {
        u64::try_from(self.0.len()).expect("64 bits")
    }
}

#[cfg(test)]
mod tests;
