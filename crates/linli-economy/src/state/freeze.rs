//! Freezing: what an order will be settled with is fixed when it is paid. Who is suspended then is left out;
//! nobody moves up into their place.

use super::{LevelPay, State};
use crate::handle::{LevelsId, MemberId, StoreId};
use crate::legs::Ancestor;
use crate::order::{Terms, Unpaid};
use crate::rate::Rate;
use crate::refusal::Refusal;

impl State {
    /// The terms of a store order paid now.
    pub(super) fn freeze_store(
        &mut self,
        member: Option<MemberId>,
        store: StoreId,
    ) -> Result<Terms, Refusal> {
        let mut terms = self.freeze_member(member)?;
        let store = &self.stores[store.index()];
        terms.rate = self.plan().store_rate(store.own_rate);
        terms.recruiter = store.recruiter.filter(|&recruiter| !self.is_suspended(recruiter));
        terms.agents = store.agents.map(|agent| agent.filter(|&agent| !self.is_suspended(agent)));
        Ok(terms)
    }

    /// The terms that follow from the buyer alone: all of a mall order's.
    pub(super) fn freeze_member(&mut self, member: Option<MemberId>) -> Result<Terms, Refusal> {
        let inviter = member.and_then(|member| self.members[member.index()].inviter);
        let above = inviter.and_then(|inviter| self.members[inviter.index()].inviter);
        Ok(Terms {
            plan: self.plan_in_force(),
            rate: Rate::ZERO,
            direct: inviter.filter(|&inviter| !self.is_suspended(inviter)),
            indirect: above.filter(|&above| !self.is_suspended(above)),
            recruiter: None,
            agents: [None; 4],
            levels: self.freeze_levels(inviter)?,
        })
    }

    /// The ancestors with ranks that the plan knows, from the inviter up, where the plan pays levels.
    fn freeze_levels(&mut self, inviter: Option<MemberId>) -> Result<Option<LevelsId>, Refusal> {
        let levels = &self.plan().levels;
        if levels.ranks.is_empty() || levels.max_depth == 0 || inviter.is_none() {
            return Ok(None);
        }
        let mut ancestors = Vec::new();
        let mut above = inviter;
        for _ in 0..levels.max_depth {
            let Some(member) = above else { break };
            if let Some(rank) = self.rank_of(member).filter(|_| !self.is_suspended(member)) {
                ancestors.push(Ancestor { member, rank });
            }
            above = self.members[member.index()].inviter;
        }
        let id = super::next(LevelsId::at(self.level_pays.len()))?;
        self.level_pays.push(LevelPay { ancestors, legs: Vec::new() });
        Ok(Some(id))
    }

    /// The place of a member's rank in the plan in force, if it knows the rank.
    fn rank_of(&self, member: MemberId) -> Option<usize> {
        let rank = self.members[member.index()].rank?;
        let name = self.ranks.text(rank.index());
        self.plan().levels.ranks.iter().position(|known| known.name == name)
    }

    pub(super) fn is_suspended(&self, member: MemberId) -> bool {
        self.members[member.index()].suspended
    }

    /// Which of the frozen beneficiaries are suspended now.
    pub(super) fn suspended_of(&self, terms: &Terms) -> Unpaid {
        let mut unpaid = 0;
        for (place, beneficiary) in terms.beneficiaries().into_iter().enumerate() {
            if beneficiary.is_some_and(|member| self.is_suspended(member)) {
                unpaid |= 1 << place;
            }
        }
        Unpaid(unpaid)
    }
}
