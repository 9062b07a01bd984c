//! Lots of deduction points: awarded by store orders, used first awarded first, expired after the plan's days.
//! A member's lots are a list through their orders. Must not be added here: a price or a rebate.

use super::State;
use crate::account::Account;
use crate::handle::{MemberId, OrderId};
use crate::order::{LotUse, Order};
use crate::time::Instant;
use crate::units::Deduction;

impl State {
    /// When the lot of an order expires.
    fn expiry(&self, order: &Order) -> Instant {
        order.since.plus_days(self.plans[order.terms.plan.index()].mall.award_days)
    }

    pub(super) fn is_lot_expired(&self, lot: OrderId) -> bool {
        self.expiry(&self.orders[lot.index()]) <= self.now
    }

    /// Adds the order's award to the member's lots, less what the member owes.
    pub(super) fn add_lot(&mut self, member: MemberId, id: OrderId, awarded: u64) {
        let left = self.pay_deduction_owed(member, awarded);
        let now = self.now;
        let holder = &mut self.members[member.index()];
        let order = &mut self.orders[id.index()];
        order.since = now;
        order.lot = left;
        order.previous_lot = holder.last_lot.replace(id);
        let expiry = now.plus_days(self.plans[order.terms.plan.index()].mall.award_days);
        holder.next_expiry = holder.next_expiry.min(expiry.seconds);
    }

    /// Pays what the member owes of deduction points out of these, and gives what is left of them.
    fn pay_deduction_owed(&mut self, member: MemberId, points: u64) -> u64 {
        if !self.members[member.index()].owes_deduction {
            return points;
        }
        let owed = &mut self.paybacks[member.index()].deduction_owed;
        let paid = Deduction::from(points).min(*owed);
        *owed -= paid;
        self.members[member.index()].owes_deduction = *owed > Deduction::ZERO;
        points - u64::try_from(paid.0).expect("at most the points")
    }

    /// Posts back the member's expired lots.
    pub(super) fn expire_lots(&mut self, member: MemberId) {
        if self.members[member.index()].next_expiry > self.now.seconds {
            return;
        }
        let mut lost = Deduction::ZERO;
        let mut kept = Vec::new();
        for lot in self.lots(member) {
            if self.is_lot_expired(lot) {
                lost += Deduction::from(std::mem::take(&mut self.order(lot).lot));
            } else {
                kept.push(lot);
            }
        }
        self.relink(member, &kept);
        self.outcome.lots_expired |= lost > Deduction::ZERO;
        self.outcome.deduction(Account::Deduction(member), -lost);
        self.issue_deduction(lost);
    }

    fn relink(&mut self, member: MemberId, lots: &[OrderId]) {
        let expiries = lots.iter().map(|lot| self.expiry(&self.orders[lot.index()]).seconds);
        let next_expiry = expiries.min().unwrap_or(i64::MAX);
        let mut previous = None;
        for &lot in lots {
            self.order(lot).previous_lot = previous.replace(lot);
        }
        let holder = self.member(member);
        holder.last_lot = previous;
        holder.next_expiry = next_expiry;
    }

    /// The member's lots, first awarded first.
    fn lots(&self, member: MemberId) -> Vec<OrderId> {
        let mut lots: Vec<_> = self.lots_back(member).collect();
        lots.reverse();
        lots
    }

    /// The member's lots, last awarded first.
    fn lots_back(&self, member: MemberId) -> impl Iterator<Item = OrderId> {
        let last = self.members[member.index()].last_lot;
        std::iter::successors(last, |lot| self.orders[lot.index()].previous_lot)
    }

    /// The member's lots of deduction points with something left: the order, how much, and when it expires; last awarded
    /// first. One that has expired is there until a command posts it back.
    pub fn lots_left(&self, member: MemberId) -> impl Iterator<Item = (OrderId, u64, Instant)> {
        let lots = self.lots_back(member).map(|lot| (lot, &self.orders[lot.index()]));
        lots.filter(|(_, order)| order.lot > 0).map(|(lot, order)| (lot, order.lot, self.expiry(order)))
    }

    /// Σ of the member's lots.
    pub(super) fn live_deduction(&self, member: MemberId) -> u128 {
        self.lots_back(member).map(|lot| u128::from(self.orders[lot.index()].lot)).sum()
    }

    /// Takes points from the member's lots, first awarded first; there must be enough.
    pub(super) fn use_lots(&mut self, member: MemberId, points: u64) -> Box<[LotUse]> {
        let mut uses = Vec::new();
        let mut wanted = points;
        for lot in self.lots(member) {
            let amount = wanted.min(self.orders[lot.index()].lot);
            if amount > 0 {
                self.order(lot).lot -= amount;
                uses.push(LotUse { lot, amount, returned: 0 });
                wanted -= amount;
            }
        }
        debug_assert_eq!(wanted, 0, "no more than the lots have");
        uses.into()
    }

    /// Gives points that a mall order used back to their lots, newest first, and says how many came back to
    /// the member: those of an expired lot are lost.
    pub(super) fn return_to_lots(&mut self, member: MemberId, uses: &mut [LotUse], points: u64) -> u64 {
        let (mut wanted, mut returned) = (points, 0);
        for lot_use in uses.iter_mut().rev() {
            let amount = wanted.min(lot_use.amount - lot_use.returned);
            lot_use.returned += amount;
            wanted -= amount;
            if !self.is_lot_expired(lot_use.lot) {
                returned += amount;
                let left = self.pay_deduction_owed(member, amount);
                self.order(lot_use.lot).lot += left;
            }
        }
        returned
    }

    /// Withdraws points that an order awarded from its lot; what the lot lacks the member owes.
    pub(super) fn withdraw_award(&mut self, member: MemberId, order: OrderId, points: u64) {
        let lot = &mut self.order(order).lot;
        let taken = points.min(*lot);
        *lot -= taken;
        if taken < points {
            self.paybacks[member.index()].deduction_owed += Deduction::from(points - taken);
            self.member(member).owes_deduction = true;
        }
        self.outcome.deduction(Account::Deduction(member), -Deduction::from(points));
        self.issue_deduction(Deduction::from(points));
    }

    /// Changes `mall:issued`, which is minus the deduction points outstanding.
    pub(super) fn issue_deduction(&mut self, amount: Deduction) {
        self.fixed.mall_issued += amount.0;
        self.outcome.deduction(Account::MallIssued, amount);
    }
}
