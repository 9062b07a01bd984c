//! The distribution of an order: who gets a part of the budget, and how much. Computed from the
//! frozen terms alone; the one question asked of today is who is suspended.

use num_traits::Zero;

use crate::number::{BigInt, at_rate_floor};
use crate::state::{State, Terms, wallet};

impl State {
    /// Every leg of the budget (account, fen) of an order over `base`, the unclaimed ones left out.
    pub fn distribution(&self, terms: &Terms, base: &BigInt) -> Vec<(String, BigInt)> {
        let plan = &terms.plan;
        let mut claims: Vec<(&str, BigInt)> = Vec::new();
        let single = [
            (&terms.direct, &plan.direct),
            (&terms.indirect, &plan.indirect),
            (&terms.recruiter, &plan.recruit),
        ];
        for (member, rate) in single {
            claims.extend(member.as_deref().map(|member| (member, at_rate_floor(base, rate))));
        }
        claims.extend(region_claims(terms, base));
        claims.extend(level_claims(terms, base));
        // A suspended member's leg is unclaimed; everybody else's was computed as if it were not.
        let mut legs: Vec<(String, BigInt)> = claims
            .into_iter()
            .filter(|(member, _)| !self.members[*member].suspended)
            .map(|(member, amount)| (wallet(member), amount))
            .collect();
        legs.push(("dividend:accrued".to_owned(), at_rate_floor(base, &plan.dividend)));
        legs
    }
}

/// Additive: each agent its own rate. Differential: its rate less the highest rate of an agent below.
fn region_claims<'a>(terms: &'a Terms, base: &BigInt) -> Vec<(&'a str, BigInt)> {
    let regions = &terms.plan.regions;
    let mut highest_below = BigInt::zero();
    let mut claims = Vec::new();
    for (level, agent) in &terms.agents {
        let own = &regions.rates_ppm[*level];
        let rate = if regions.additive { own.clone() } else { (own - &highest_below).max(BigInt::zero()) };
        claims.push((agent.as_str(), at_rate_floor(base, &rate)));
        highest_below = highest_below.max(own.clone());
    }
    claims
}

/// Going up, a higher rank gets what its rate adds; the first of the same rank above gets a part of that.
fn level_claims<'a>(terms: &'a Terms, base: &BigInt) -> Vec<(&'a str, BigInt)> {
    let mut highest_rate = BigInt::zero();
    // The rank paid last, what it was paid, and whether a peer has had its part of it.
    let mut last: Option<(&str, BigInt, bool)> = None;
    let mut claims = Vec::new();
    for (ancestor, rank) in &terms.ancestors {
        let Some(rank) = rank else { continue };
        // A rank that the frozen plan does not know counts as none.
        let Some(rate) = terms.plan.rank_rate(rank) else { continue };
        if *rate > highest_rate {
            let payment = at_rate_floor(base, rate) - at_rate_floor(base, &highest_rate);
            claims.push((ancestor.as_str(), payment.clone()));
            last = Some((rank, payment, false));
            highest_rate = rate.clone();
        } else if let Some((last_rank, payment, peer_paid)) = &mut last
            && *last_rank == rank
            && !*peer_paid
        {
            claims.push((ancestor.as_str(), at_rate_floor(payment, &terms.plan.peer)));
            *peer_paid = true;
        }
    }
    claims
}
