//! Refunds after settlement: every leg gives back its part, pro rata and cumulative; the member's points are
//! burned or paid back; the pool gives at most what the burned points are worth, so that the price never
//! falls; what is missing the order's store gives. Refunds never wait for who can pay.

use super::State;
use super::settle::counted_spending;
use crate::account::Account;
use crate::handle::OrderId;
use crate::order::{Seller, pro_rata};
use crate::refusal::{Code, Refusal};
use crate::units::{Deduction, Fen, Points};

/// One refund of a settled order: its share before and with it, of the whole.
#[derive(Clone, Copy)]
struct Share {
    whole: u64,
    before: u64,
    total: u64,
}

impl Share {
    /// What is due now of a part: pro rata of all refunds, less what was due before.
    fn due(self, part: u64) -> u64 {
        pro_rata(part, self.total, self.whole) - pro_rata(part, self.before, self.whole)
    }
}

/// What a refund does to the member's points and the pool.
#[derive(Clone, Copy, Default)]
struct PointsPart {
    /// q₀: the points due back.
    due: Points,
    /// q: those that the member still has.
    burned: Points,
    /// What the pool gives, or takes where below zero.
    pool: Fen,
    /// c: what the member is charged for points no longer there.
    charged: Fen,
    /// What the store gives, or the platform for a mall order.
    missing: Fen,
}

impl State {
    /// Refunds part or all of a settled order.
    ///
    /// # Errors
    /// `order_not_settled`, `over_refund`, `insufficient_funds`.
    pub fn refund(&mut self, id: OrderId, amount: u64) -> Result<(), Refusal> {
        let order = &self.orders[id.index()];
        if !order.is_settled() {
            return Err(Refusal::new(Code::OrderNotSettled, "the order is not settled: cancel it"));
        }
        let share = Share { whole: order.left(), before: order.refunded, total: order.refunded + amount };
        if share.total > share.whole {
            let (asked, left) = (Fen::from(amount), Fen::from(share.whole - share.before));
            return Err(Refusal::new(Code::OverRefund, format!("{asked} asked for, {left} left to refund")));
        }
        let inflow = self.compute_legs(id);
        let part = self.points_part(id, share);
        self.move_refund(id, share, part);
        self.check_refund(id)?;
        self.take_back_points(id, share, part, inflow);
        self.take_back_deduction(id, share);
        self.order(id).refunded = share.total;
        self.run_exits();
        Ok(())
    }

    /// The points due, and who makes up the pool's part of the refund. The legs must be computed.
    fn points_part(&self, id: OrderId, share: Share) -> PointsPart {
        let order = &self.orders[id.index()];
        let refund = Fen::from(share.total - share.before);
        let others = self.legs.iter().fold(Fen::ZERO, |sum, leg| sum + Fen::from(share.due(leg.fen)));
        let asked = refund - others;
        let due = Points::from(share.due(order.minted));
        let held = order.member.map_or(Points::ZERO, |member| self.members[member.index()].points);
        let burned = due.min(held);
        let pool = self.pool.refund_part(asked, burned);
        let charged = order
            .member
            .map_or(Fen::ZERO, |member| self.paybacks[member.index()].charge(due - burned, refund));
        let gap = asked - pool;
        let (missing, surplus) = ((gap - charged).max(Fen::ZERO), (charged - gap).max(Fen::ZERO));
        PointsPart { due, burned, pool: pool - surplus, charged, missing }
    }

    /// Moves the money of a refund: from the legs, the pool, the member and the store to the buyer.
    fn move_refund(&mut self, id: OrderId, share: Share, part: PointsPart) {
        let legs = std::mem::take(&mut self.legs);
        for leg in &legs {
            self.post(leg.account, -Fen::from(share.due(leg.fen)));
        }
        self.legs = legs;
        let order = &self.orders[id.index()];
        let (member, refund) = (order.member, share.total - share.before);
        let to_spend = share.due(order.spend_left());
        let last = match order.seller {
            Seller::Store(store) => Account::Store(store),
            Seller::Mall(_) => Account::PlatformProfit,
        };
        self.post(last, -part.missing);
        self.post(Account::PoolReserve, -part.pool);
        if let Some(member) = member {
            let from_spend = part.charged.min(self.members[member.index()].spend);
            self.post(Account::Spend(member), -from_spend);
            self.post(Account::Wallet(member), from_spend - part.charged);
            self.post(Account::Spend(member), Fen::from(to_spend));
        }
        self.post(Account::ExternalPayments, Fen::from(refund - to_spend));
    }

    /// A refund must leave all debts covered and the order's own store above water; else all is undone.
    fn check_refund(&mut self, id: OrderId) -> Result<(), Refusal> {
        let own_store = match self.orders[id.index()].seller {
            Seller::Store(store) => self.stores[store.index()].balance,
            Seller::Mall(_) => Fen::ZERO,
        };
        let message = if own_store < Fen::ZERO {
            format!("the store would be left with {own_store}: it must deposit first")
        } else if !self.covers_debts() {
            let own = self.fixed.profit + self.fixed.fees;
            format!("debts of {} would exceed the platform's own {own}", self.debts)
        } else {
            return Ok(());
        };
        self.undo_money();
        Err(Refusal::new(Code::InsufficientFunds, message))
    }

    /// The member's points, counted spending and payback, and the pool's side of it.
    fn take_back_points(&mut self, id: OrderId, share: Share, part: PointsPart, inflow: u64) {
        self.pool.refund(part.burned, part.pool);
        let order = &self.orders[id.index()];
        let Some(member_id) = order.member else { return };
        let plan = &self.plans[order.terms.plan.index()];
        let counted = Fen::from(share.due(counted_spending(plan, order.left(), inflow)));
        let member = &mut self.members[member_id.index()];
        member.points -= part.burned;
        if member.exits == order.exits_before {
            member.spent = (member.spent - counted).max(Fen::ZERO);
            member.earned = (member.earned - part.due).max(Points::ZERO);
        }
        self.paybacks[member_id.index()].received -= part.charged;
        self.outcome.points(Account::Points(member_id), -part.burned);
        self.outcome.points(Account::PoolIssued, part.burned);
        self.refile(member_id);
    }

    /// The deduction points that the order awarded or used.
    fn take_back_deduction(&mut self, id: OrderId, share: Share) {
        let order = &self.orders[id.index()];
        let Some(member) = order.member else { return };
        match order.seller {
            Seller::Store(_) => {
                let awarded = self.awarded(order);
                if awarded > 0 {
                    self.expire_lots(member);
                    if !self.is_lot_expired(id) {
                        self.withdraw_award(member, id, share.due(awarded));
                    }
                }
            }
            Seller::Mall(mall) => {
                let used = self.mall_order(id).used();
                if used > 0 {
                    self.expire_lots(member);
                    let mut uses = std::mem::take(&mut self.mall_orders[mall.index()].uses);
                    let returned = self.return_to_lots(member, &mut uses, share.due(used));
                    self.mall_orders[mall.index()].uses = uses;
                    self.outcome.deduction(Account::Deduction(member), Deduction::from(returned));
                    self.issue_deduction(-Deduction::from(returned));
                }
            }
        }
    }
}
