//! The commands of relations: members, stores, regions, ranks, and the effect of decided cases.

use super::Economy;
use crate::command::{Command, Rebound};
use crate::refusal::{Code, Refusal};
use crate::region::{District, Region};
use crate::state::StoreChange;

impl Economy {
    pub(super) fn relation_command(&mut self, command: &Command<'_>) -> Result<(), Refusal> {
        match command {
            Command::OpenMember { member, inviter } => self.open_member(member, inviter.as_deref()),
            Command::Bind { member, inviter } => {
                let (member, inviter) = (self.member(member)?, self.member(inviter)?);
                self.state.bind(member, inviter)
            }
            Command::Release { member } => {
                let member = self.member(member)?;
                self.state.release(member)
            }
            Command::Suspend { member } | Command::Reinstate { member } => {
                let member = self.member(member)?;
                self.state.set_suspended(member, matches!(command, Command::Suspend { .. }));
                Ok(())
            }
            Command::SetRank { member, rank } => {
                let member = self.member(member)?;
                self.state.set_rank(member, rank.as_deref())
            }
            Command::Rebind { whom, to, .. } => self.rebind(whom, to),
            _ => self.store_command(command),
        }
    }

    fn store_command(&mut self, command: &Command<'_>) -> Result<(), Refusal> {
        match command {
            Command::OpenStore { store, owner, recruiter, district, take_rate } => {
                if self.ids.stores.find(store).is_some() {
                    return Err(Refusal::new(Code::AlreadyExists, format!("there is a store {store}")));
                }
                let owner = self.member(owner)?;
                let change =
                    self.store_change(None, recruiter.as_deref(), Some(district), take_rate.as_deref())?;
                let district = change.district.expect("it was given");
                self.state.open_store(owner, district, change)?;
                self.ids.stores.insert(store);
            }
            Command::UpdateStore { store, owner, recruiter, district, take_rate } => {
                let store = self.store(store)?;
                let (owner, recruiter) = (owner.as_deref(), recruiter.as_deref());
                let change =
                    self.store_change(owner, recruiter, district.as_deref(), take_rate.as_deref())?;
                self.state.update_store(store, change);
            }
            Command::CloseStore { store } => {
                let store = self.store(store)?;
                self.state.close_store(store);
            }
            Command::Appoint { region: name, agent } => {
                let region = region(name)?;
                let agent = self.member(agent)?;
                self.state.appoint(region, agent)?;
            }
            Command::Dismiss { region: name } => self.state.dismiss(region(name)?)?,
            _ => unreachable!("the dispatch gives only commands of relations"),
        }
        Ok(())
    }

    fn open_member(&mut self, id: &str, inviter: Option<&str>) -> Result<(), Refusal> {
        if self.ids.members.find(id).is_some() {
            return Err(Refusal::new(Code::AlreadyExists, format!("there is a member {id}")));
        }
        if inviter == Some(id) {
            return Err(Refusal::new(Code::SelfInvite, "nobody invites themselves"));
        }
        let inviter = self.optional_member(inviter)?;
        self.state.open_member(inviter)?;
        self.ids.members.insert(id);
        Ok(())
    }

    fn rebind(&mut self, whom: &Rebound<'_>, to: &str) -> Result<(), Refusal> {
        let to = self.member(to)?;
        let members = match whom {
            Rebound::Members(members) => {
                members.iter().map(|member| self.member(member)).collect::<Result<_, _>>()?
            }
            Rebound::AllOf(inviter) => self.state.invited_by(self.member(inviter)?),
        };
        self.state.rebind(&members, to);
        Ok(())
    }

    fn store_change(
        &self,
        owner: Option<&str>,
        recruiter: Option<&str>,
        district: Option<&str>,
        take_rate: Option<&str>,
    ) -> Result<StoreChange, Refusal> {
        let (owner, recruiter) = (self.optional_member(owner)?, self.optional_member(recruiter)?);
        let district = district.map(|text| {
            let unknown =
                || Refusal::new(Code::UnknownRegion, format!("{text:?} is not a district of six digits"));
            District::parse(text).ok_or_else(unknown)
        });
        let (district, own_rate) =
            (district.transpose()?, take_rate.map(|text| self.state.own_rate(text)).transpose()?);
        Ok(StoreChange { owner, recruiter, district, own_rate })
    }
}

/// A region by its code or name.
pub(super) fn region(text: &str) -> Result<Region, Refusal> {
    let unknown =
        || Refusal::new(Code::UnknownRegion, format!("{text:?} is neither six digits nor a macro-region"));
    Region::parse(text).ok_or_else(unknown)
}
