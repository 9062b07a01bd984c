//! What the service does by itself now: each part says what is due, in an order in which none waits behind others for
//! ever. Must not be added here: when something is due.

use crate::act::Act;
use crate::platform::Platform;
use linli_economy::Economy;
use linli_economy::time::Instant;

impl Platform {
    /// At most so many acts that are due at this time. Money that has arrived comes first, since somebody waits for it.
    #[must_use]
    pub fn due(&self, economy: &Economy, now: Instant, most: usize) -> Vec<Act> {
        let checkout = self.checkout.due(now, most).into_iter().map(Act::Checkout);
        let plan = self.plan_changes.due(now).into_iter().map(Act::PlanChange);
        let refunds = self.refunds.due(now, most).into_iter().map(Act::Refund);
        let proposals = self.proposals.due(now).into_iter().map(Act::Proposal);
        let deals = self.deals.due(economy, now, most).into_iter().map(Act::Deal);
        let agencies = self.agencies.due(now, most).into_iter().map(Act::Agency);
        let mall = self.mall.due(economy, now).map(Act::Mall);
        let applications = self.store_applications.due(economy, most).into_iter().map(Act::StoreApplication);
        checkout
            .chain(plan)
            .chain(refunds)
            .chain(agencies)
            .chain(proposals)
            .chain(applications)
            .chain(deals)
            .chain(mall)
            .take(most)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::testing::{Stage, staff};
    use crate::proposal::{ProposalAct, What};

    #[test]
    fn what_is_due_of_each_part_is_due_here() {
        let mut stage = Stage::new();
        let what = What::Inject { fen: 100, note: None };
        let propose = ProposalAct::Propose { id: "P".into(), what, reason: "capital".into() };
        assert_eq!(stage.act(staff("A"), propose), Ok(()));
        let due = |stage: &Stage| stage.platform.due(&stage.economy, stage.now, 10);
        assert_eq!(due(&stage), []);
        stage.later(8 * 86_400);
        assert_eq!(due(&stage), [Act::Proposal(ProposalAct::Expire { id: "P".into() })]);
        assert_eq!(stage.platform.due(&stage.economy, stage.now, 0), []);
    }
}
