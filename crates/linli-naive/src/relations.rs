//! Who invited whom, and who a member is: registration, binding, ranks, suspension, decided cases.
//! No money moves here, so no command of this file has postings.

use crate::request::Request;
use crate::state::{Member, Outcome, Refusal, State};

impl State {
    /// `open_member {member, inviter?}`
    pub fn open_member(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let id = request.text("member");
        let inviter = request.optional("inviter");
        if self.members.contains_key(id) {
            return Err("already_exists");
        }
        if inviter == Some(id) {
            return Err("self_invite");
        }
        if let Some(inviter) = inviter {
            self.member(inviter)?;
        }
        let member = Member {
            registered: self.members.len(),
            inviter: inviter.map(str::to_owned),
            ..Member::default()
        };
        self.members.insert(id.to_owned(), member);
        Ok(Outcome::default())
    }

    /// `bind {member, inviter}`
    pub fn bind(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let (id, inviter) = (request.text("member"), request.text("inviter"));
        let member = self.member(id)?;
        self.member(inviter)?;
        if id == inviter {
            return Err("self_invite");
        }
        if member.inviter.is_some() {
            return Err("already_bound");
        }
        if self.is_above(id, inviter) {
            return Err("invite_cycle");
        }
        self.member_mut(id).inviter = Some(inviter.to_owned());
        Ok(Outcome::default())
    }

    /// `release {member}`
    pub fn release(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let id = request.text("member");
        if self.member(id)?.inviter.is_none() {
            return Err("not_bound");
        }
        self.member_mut(id).inviter = None;
        Ok(Outcome::default())
    }

    /// `suspend {member}` and `reinstate {member}`: the same twice is no error.
    pub fn set_suspended(&mut self, request: &Request, suspended: bool) -> Result<Outcome, Refusal> {
        let id = request.text("member");
        self.member(id)?;
        self.member_mut(id).suspended = suspended;
        Ok(Outcome::default())
    }

    /// `set_rank {member, rank}`: one of the ranks of the plan in force, or none.
    pub fn set_rank(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let (id, rank) = (request.text("member"), request.optional("rank"));
        self.member(id)?;
        if rank.is_some_and(|rank| self.plan.rank_rate(rank).is_none()) {
            return Err("unknown_rank");
        }
        self.member_mut(id).rank = rank.map(str::to_owned);
        Ok(Outcome::default())
    }

    /// `rebind {case, members | all_of, to}`: whoever would close a circle keeps their inviter.
    pub fn rebind(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let to = request.text("to");
        self.member(to)?;
        let moved = match (request.ids("members"), request.optional("all_of")) {
            (Some(members), _) => members.into_iter().map(str::to_owned).collect(),
            (None, Some(inviter)) => {
                self.member(inviter)?;
                self.invited_by(inviter)
            }
            (None, None) => Vec::new(),
        };
        for id in &moved {
            self.member(id)?;
        }
        for id in &moved {
            if !self.is_above(id, to) {
                self.member_mut(id).inviter = Some(to.to_owned());
            }
        }
        Ok(Outcome::default())
    }

    /// Whether going up from `start`, itself included, one meets `id`.
    fn is_above(&self, id: &str, start: &str) -> bool {
        let mut place = Some(start);
        while let Some(here) = place {
            if here == id {
                return true;
            }
            place = self.inviter_of(here);
        }
        false
    }

    /// The inviter of a member, where there is one.
    pub fn inviter_of(&self, member: &str) -> Option<&str> {
        self.members.get(member)?.inviter.as_deref()
    }

    /// Everyone bound to a member, in order of registration.
    fn invited_by(&self, inviter: &str) -> Vec<String> {
        let mut invited: Vec<_> =
            self.members.iter().filter(|(_, member)| member.inviter.as_deref() == Some(inviter)).collect();
        invited.sort_by_key(|(_, member)| member.registered);
        invited.into_iter().map(|(id, _)| id.clone()).collect()
    }
}
