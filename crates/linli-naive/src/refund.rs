//! Refunds after settlement: everybody gives back their part, the member's points are burned or
//! paid for, and the buyer gets the money. Debts may arise, but never above what the platform has.
//!
//! Works on a copy of the order and on the ledger's draft, and keeps the member as it was, so that it
//! can still be refused when everything is computed.

use num_traits::{Signed, Zero};

use crate::ledger::Asset;
use crate::number::{BigInt, part_ceil, part_floor};
use crate::request::Request;
use crate::state::{
    Member, Order, Outcome, Refusal, Settlement, State, Trade, order_account, spend_account, store_account,
    wallet,
};
use crate::text;
use crate::time::Instant;

impl State {
    /// `refund {refund, order, amount}`
    pub fn refund(&mut self, request: &Request, now: Instant) -> Result<Outcome, Refusal> {
        let id = request.text("order");
        let mut order = self.orders.get(id).ok_or("unknown_order")?.clone();
        let amount = text::money(request.text("amount"))?;
        let mut settled = order.settled.take().ok_or("order_not_settled")?;
        if &settled.refunded + &amount > settled.amount {
            return Err("over_refund");
        }
        settled.refunded += &amount;
        let last_price = self.last_price.clone();
        let kept_member = order.member.as_ref().map(|member| self.members[member].clone());
        self.refund_money(id, &order, &mut settled, &amount);
        if let Err(refusal) = self.check_cover(&order) {
            // The one refusal that comes after work was done: the member and the price go back.
            self.last_price = last_price;
            if let (Some(member), Some(kept)) = (&order.member, kept_member) {
                self.members.insert(member.clone(), kept);
            }
            return Err(refusal);
        }
        self.refund_deduction_points(id, &mut order, &mut settled, now);
        order.settled = Some(settled);
        self.orders.insert(id.to_owned(), order);
        Ok(Outcome { exits: self.run_exits(), ..Outcome::default() })
    }

    /// The legs, the pool, the member's points and the store into the order, and from it to the buyer.
    fn refund_money(&mut self, id: &str, order: &Order, settled: &mut Settlement, amount: &BigInt) {
        let account = order_account(id);
        let mut pool_part = amount.clone();
        for leg in &mut settled.legs {
            let due = leg.share.take_due(&settled.refunded, &settled.amount);
            self.ledger.transfer(&leg.account, &account, Asset::Cny, &due);
            pool_part -= due;
        }
        let due_points = settled.minted.take_due(&settled.refunded, &settled.amount);
        let (from_pool, charge) = match &order.member {
            Some(member) => self.refund_points(member, &due_points, &pool_part, amount, &account),
            None => (BigInt::zero(), BigInt::zero()),
        };
        // What the pool and the charge do not make up the store gives; what they exceed goes into the
        // pool. They can exceed it without a charge: y is below zero when more legs than one step up
        // to their next fen at once.
        let missing = pool_part - &from_pool - charge;
        let from_pool = if missing.is_negative() { from_pool + &missing } else { from_pool };
        self.ledger.transfer("pool:reserve", &account, Asset::Cny, &from_pool);
        if missing.is_positive() {
            self.ledger.transfer(&last_resort(order), &account, Asset::Cny, &missing);
        }
        self.pay_buyer(order, settled, amount, &account);
        self.lower_cycle(order, settled, &due_points);
    }

    /// Burns what is there of the due points, and charges the member for the rest of them. Gives
    /// what the pool gives (x) and what the member gives (c).
    fn refund_points(
        &mut self,
        member: &str,
        due: &BigInt,
        pool_part: &BigInt,
        amount: &BigInt,
        account: &str,
    ) -> (BigInt, BigInt) {
        let (pool, supply) = (self.pool(), self.supply());
        let burned = due.clone().min(self.points_of(member));
        let from_pool = if supply.is_zero() {
            BigInt::zero()
        } else if burned == supply {
            pool_part.min(&pool).clone()
        } else {
            pool_part.clone().min(part_floor(&burned, &pool, &supply))
        };
        self.burn(member, &burned, (pool, supply));
        let charge = self.charge_for_sold(member, &(due - burned), amount, account);
        (from_pool, charge)
    }

    /// c = min(R, r, ⌈points·p/n⌉), from the spend balance as far as it goes, else from the wallet.
    fn charge_for_sold(&mut self, member: &str, points: &BigInt, amount: &BigInt, account: &str) -> BigInt {
        let owner = self.member_mut(member);
        let Some((payout, sold)) = &owner.best_sale else { return BigInt::zero() };
        let charge = part_ceil(points, payout, sold).min(owner.paid.clone()).min(amount.clone());
        owner.paid -= &charge;
        let spend = spend_account(member);
        let from_spend = charge.clone().min(self.ledger.balance(&spend, Asset::Cny));
        self.ledger.transfer(&spend, account, Asset::Cny, &from_spend);
        self.ledger.transfer(&wallet(member), account, Asset::Cny, &(&charge - from_spend));
        charge
    }

    fn pay_buyer(&mut self, order: &Order, settled: &mut Settlement, amount: &BigInt, account: &str) {
        let to_spend = settled.from_spend.take_due(&settled.refunded, &settled.amount);
        if let Some(member) = &order.member {
            self.ledger.transfer(account, &spend_account(member), Asset::Cny, &to_spend);
        }
        self.ledger.transfer(account, "external:payments", Asset::Cny, &(amount - to_spend));
    }

    /// The cycle forgets what is refunded, unless it has ended by an exit since.
    fn lower_cycle(&mut self, order: &Order, settled: &mut Settlement, due_points: &BigInt) {
        let counted = settled.counted.take_due(&settled.refunded, &settled.amount);
        let Some(member) = &order.member else { return };
        let owner: &mut Member = self.member_mut(member);
        if owner.exits == settled.exits_before {
            owner.counted = (&owner.counted - counted).max(BigInt::zero());
            owner.earned = (&owner.earned - due_points).max(BigInt::zero());
        }
    }

    /// Cash covers every claim, and a store's refunds are its own.
    fn check_cover(&self, order: &Order) -> Result<(), Refusal> {
        let own_store_owes = match &order.trade {
            Trade::Store { store } => self.ledger.balance(&store_account(store), Asset::Cny).is_negative(),
            Trade::Mall { .. } => false,
        };
        if own_store_owes || self.debts() > self.platform_money() {
            return Err("insufficient_funds");
        }
        Ok(())
    }

    /// Awarded points are withdrawn, used ones go back to their lots.
    fn refund_deduction_points(
        &mut self,
        id: &str,
        order: &mut Order,
        settled: &mut Settlement,
        now: Instant,
    ) {
        let Some(member) = &order.member else { return };
        if settled.award.whole.is_zero() && settled.used_points.whole.is_zero() {
            return;
        }
        self.expire_lots(member, now);
        let withdrawn = settled.award.take_due(&settled.refunded, &settled.amount);
        self.withdraw_award(member, id, &withdrawn, now);
        let returned = settled.used_points.take_due(&settled.refunded, &settled.amount);
        if let Trade::Mall { used, .. } = &mut order.trade {
            self.return_points(member, used, &returned, "mall:issued", now);
        }
    }
}

/// Who gives what is still missing.
fn last_resort(order: &Order) -> String {
    match &order.trade {
        Trade::Store { store } => store_account(store),
        Trade::Mall { .. } => "platform:profit".to_owned(),
    }
}
