//! A member: balances, points, and the few facts that every order asks for, on two cache lines. Must not be
//! added here: names, phones, addresses; the economy knows none.

use crate::exits::{Filing, Target};
use crate::handle::{MemberId, OrderId, PlanId, RankId};
use crate::plan::Plan;
use crate::units::{Deduction, Fen, Points};
use crate::wide::{compare_products, mul_div_ceil};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What an order reads and writes of a member.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[repr(C, align(128))]
pub struct Member {
    /// `member:{id}:wallet`; below zero it owes.
    pub wallet: Fen,
    /// `member:{id}:spend`; never below zero.
    pub spend: Fen,
    /// To whom the member is bound.
    pub inviter: Option<MemberId>,
    /// The rank held, by name: a plan may or may not know it.
    pub rank: Option<RankId>,
    /// Where the exit queue has the member.
    #[serde(skip)]
    pub filing: Filing,
    /// The newest lot of deduction points that may not have expired.
    pub last_lot: Option<OrderId>,
    /// The plan whose cap and retention hold for this cycle.
    pub cycle: PlanId,
    /// Paid no commission, and can neither redeem nor withdraw.
    pub suspended: bool,
    /// Whether deduction points are owed (see [`Payback::deduction_owed`]).
    pub owes_deduction: bool,
    /// How often the member has exited.
    pub exits: u32,
    /// No lot expires before this second.
    pub next_expiry: i64,
    /// b: growth points held.
    pub points: Points,
    /// T: points earned in this cycle.
    pub earned: Points,
    /// C: spending counted in this cycle.
    pub spent: Fen,
}

/// What only redemptions, exits and refunds ask for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Payback {
    /// R: all that the member was ever paid for points, less what refunds charged.
    pub received: Fen,
    /// The payout p and the points n of the redemption or exit with the highest rate p / n.
    pub best: Option<(Fen, Points)>,
    /// Deduction points that refunds withdrew and no lot had; awards and returns pay this first.
    pub deduction_owed: Deduction,
}

impl Member {
    /// A new member under the plan in force.
    #[must_use]
    pub fn new(inviter: Option<MemberId>, plan: PlanId) -> Self {
        Self {
            wallet: Fen::ZERO,
            spend: Fen::ZERO,
            inviter,
            rank: None,
            filing: Filing::default(),
            last_lot: None,
            cycle: plan,
            suspended: false,
            owes_deduction: false,
            exits: 0,
            points: Points::ZERO,
            earned: Points::ZERO,
            spent: Fen::ZERO,
            next_expiry: i64::MAX,
        }
    }

    /// When the member exits, if the member can: with T, C and b above 0.
    #[must_use]
    pub fn target(&self, cycle: &Plan) -> Option<Target> {
        let can_exit = self.points > Points::ZERO && self.earned > Points::ZERO && self.spent > Fen::ZERO;
        can_exit.then(|| Target {
            cap_ppm: cycle.points.cap.0,
            spent: self.spent.unsigned(),
            earned: self.earned.unsigned(),
        })
    }
}

impl Payback {
    /// The member was paid for points, by redeeming or exiting.
    pub fn note(&mut self, payout: Fen, points: Points) {
        self.received += payout;
        let better = self.best.is_none_or(|(best_payout, best_points)| {
            let new = [payout.unsigned(), best_points.unsigned(), 1];
            let best = [best_payout.unsigned(), points.unsigned(), 1];
            compare_products(new, best) == Ordering::Greater
        });
        if better {
            self.best = Some((payout, points));
        }
    }
}

impl Payback {
    /// c: what a refund charges for points that are gone, ⌈gone · p / n⌉ at the best rate p / n they ever had,
    /// at most all that the member received and the refund itself.
    #[must_use]
    pub fn charge(&self, gone: Points, refund: Fen) -> Fen {
        let Some((payout, points)) = self.best else { return Fen::ZERO };
        let limit = self.received.min(refund);
        // Compared before it is divided: what the limit cuts off may not fit 127 bits.
        let paid = [gone.unsigned(), payout.unsigned(), 1];
        if compare_products(paid, [limit.unsigned(), points.unsigned(), 1]) == Ordering::Greater {
            return limit;
        }
        Fen::from_unsigned(mul_div_ceil(gone.unsigned(), payout.unsigned(), points.unsigned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_two_cache_lines() {
        assert_eq!(size_of::<Member>(), 128);
    }

    #[test]
    fn who_holds_earned_or_spent_nothing_has_no_target() {
        let plan = Plan::parse(include_str!("../../../plans/seed-one.toml")).expect("a shipped plan");
        let target = |points: i128, earned: i128, spent: i128| {
            let mut member = Member::new(None, PlanId::at(0).expect("the first"));
            (member.points, member.earned, member.spent) = (Points(points), Points(earned), Fen(spent));
            member.target(&plan)
        };
        assert_eq!(target(1, 7, 5), Some(Target { cap_ppm: 1_200_000, spent: 5, earned: 7 }));
        for [points, earned, spent] in [[0, 7, 5], [1, 0, 5], [1, 7, 0]] {
            assert_eq!(target(points, earned, spent), None, "b {points}, T {earned}, C {spent}");
        }
    }

    #[test]
    fn the_best_rate_is_the_highest_payout_a_point() {
        let mut payback = Payback::default();
        payback.note(Fen(100), Points(50));
        payback.note(Fen(10), Points(4));
        payback.note(Fen(1_000), Points(500));
        assert_eq!(payback.best, Some((Fen(10), Points(4))));
        assert_eq!(payback.received, Fen(1_110));
    }

    #[test]
    fn a_charge_is_at_most_what_was_received_and_the_refund() {
        let mut payback = Payback::default();
        assert_eq!(payback.charge(Points(10), Fen(100)), Fen::ZERO);
        payback.note(Fen(100), Points(30));
        assert_eq!(payback.charge(Points(10), Fen(100)), Fen(34));
        assert_eq!(payback.charge(Points(30), Fen(100)), Fen(100));
        assert_eq!(payback.charge(Points(31), Fen(1_000)), Fen(100));
        assert_eq!(payback.charge(Points(30), Fen(99)), Fen(99));
    }

    #[test]
    fn a_charge_that_would_not_fit_is_cut_off_by_its_limit() {
        let best = Some((Fen(i128::MAX), Points(1)));
        let payback = Payback { received: Fen(i128::MAX), best, ..Payback::default() };
        assert_eq!(payback.charge(Points(10_000_000_000_000_000_000), Fen(500)), Fen(500));
    }
}
