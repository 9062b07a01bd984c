//! Members and how they hang together: who invited whom, who is suspended, who holds which rank. Changes hold
//! for orders paid from now on; what is paid or settled keeps its chain.

use super::{State, next};
use crate::handle::{MemberId, RankId};
use crate::member::{Member, Payback};
use crate::refusal::{Code, Refusal};

impl State {
    /// Registers a member.
    ///
    /// # Errors
    /// `overflow`.
    pub fn open_member(&mut self, inviter: Option<MemberId>) -> Result<MemberId, Refusal> {
        let id = next(MemberId::at(self.members.len()))?;
        self.members.push(Member::new(inviter, self.plan_in_force()));
        self.paybacks.push(Payback::default());
        Ok(id)
    }

    /// Binds an unbound member.
    ///
    /// # Errors
    /// `self_invite`, `already_bound`, `invite_cycle`.
    pub fn bind(&mut self, member: MemberId, inviter: MemberId) -> Result<(), Refusal> {
        if member == inviter {
            return Err(Refusal::new(Code::SelfInvite, "nobody invites themselves"));
        }
        if self.members[member.index()].inviter.is_some() {
            return Err(Refusal::new(Code::AlreadyBound, "the member has an inviter: release them first"));
        }
        if self.is_below(inviter, member) {
            return Err(Refusal::new(Code::InviteCycle, "the member invited this inviter, directly or not"));
        }
        self.member(member).inviter = Some(inviter);
        Ok(())
    }

    /// Unbinds a member.
    ///
    /// # Errors
    /// `not_bound`.
    pub fn release(&mut self, member: MemberId) -> Result<(), Refusal> {
        match self.member(member).inviter.take() {
            Some(_) => Ok(()),
            None => Err(Refusal::new(Code::NotBound, "the member has no inviter")),
        }
    }

    /// Whether the member stands below that ancestor, or is them.
    fn is_below(&self, member: MemberId, ancestor: MemberId) -> bool {
        let mut above = Some(member);
        while let Some(at) = above {
            if at == ancestor {
                return true;
            }
            above = self.members[at.index()].inviter;
        }
        false
    }

    /// Rebinds these members, in this order, as the effect of a decided case; one whose rebinding would close
    /// a circle keeps their inviter.
    pub fn rebind(&mut self, members: &[MemberId], to: MemberId) {
        for &member in members {
            if !self.is_below(to, member) {
                self.member(member).inviter = Some(to);
            }
        }
    }

    /// The members bound to this one, in order of registration.
    #[must_use]
    pub fn invited_by(&self, inviter: MemberId) -> Vec<MemberId> {
        let everyone = (0..self.members.len()).filter_map(MemberId::at);
        everyone.filter(|member| self.members[member.index()].inviter == Some(inviter)).collect()
    }

    /// Suspends or reinstates a member; twice the same is no error.
    pub fn set_suspended(&mut self, member: MemberId, suspended: bool) {
        self.member(member).suspended = suspended;
    }

    /// Gives a member one of the plan's ranks, or none.
    ///
    /// # Errors
    /// `unknown_rank`, `overflow`.
    pub fn set_rank(&mut self, member: MemberId, rank: Option<&str>) -> Result<(), Refusal> {
        let rank = match rank {
            None => None,
            Some(name) if self.plan().rank_rate(name).is_none() => {
                return Err(Refusal::new(Code::UnknownRank, format!("the plan has no rank {name:?}")));
            }
            Some(name) => {
                let number = self.ranks.find(name).unwrap_or_else(|| self.ranks.insert(name));
                Some(next(RankId::at(number))?)
            }
        };
        self.member(member).rank = rank;
        Ok(())
    }
}
