//! Freezing: everything that an order will be settled with, copied into the order when it is paid.
//! Nothing that changes later - plans, inviters, agents, ranks - reaches the order any more, except
//! who is suspended when it is settled.

use std::sync::Arc;

use num_traits::Zero;

use crate::number::BigInt;
use crate::region;
use crate::state::{State, Store, Terms};

impl State {
    /// The terms of a store order.
    pub fn freeze_store_order(&self, store: &Store, member: Option<&str>) -> Terms {
        let mut terms = self.freeze_inviters(member);
        // A store's own rate may be older than the plan; it pays it within the bounds of today.
        terms.rate = match &store.take_rate {
            Some(own) => own.clamp(&self.plan.min_rate, &self.plan.max_rate).clone(),
            None => self.plan.rate.clone(),
        };
        terms.recruiter = self.unless_suspended(store.recruiter.as_deref());
        for (level, code) in region::levels_of(&store.district) {
            let agent = self.unless_suspended(self.agents.get(&code).map(String::as_str));
            terms.agents.extend(agent.map(|agent| (level, agent)));
        }
        terms
    }

    /// The terms of a mall order: no store, so no recruiter and no region.
    pub fn freeze_inviters(&self, member: Option<&str>) -> Terms {
        let direct = member.and_then(|member| self.inviter_of(member));
        // The inviter's inviter is found through a suspended inviter too: nobody moves up.
        let indirect = direct.and_then(|inviter| self.inviter_of(inviter));
        Terms {
            plan: Arc::clone(&self.plan),
            rate: BigInt::zero(),
            direct: self.unless_suspended(direct),
            indirect: self.unless_suspended(indirect),
            recruiter: None,
            agents: Vec::new(),
            ancestors: self.freeze_ancestors(direct),
        }
    }

    /// At most `max_depth` ancestors from the inviter up; the suspended are counted, then left out.
    fn freeze_ancestors(&self, inviter: Option<&str>) -> Vec<(String, Option<String>)> {
        let mut ancestors = Vec::new();
        let mut place = inviter;
        for _ in 0..self.plan.max_depth {
            let Some(here) = place else { break };
            let member = &self.members[here];
            if !member.suspended {
                ancestors.push((here.to_owned(), member.rank.clone()));
            }
            place = self.inviter_of(here);
        }
        ancestors
    }

    fn unless_suspended(&self, member: Option<&str>) -> Option<String> {
        member.filter(|member| !self.members[*member].suspended).map(str::to_owned)
    }
}
