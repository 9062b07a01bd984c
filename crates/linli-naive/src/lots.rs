//! Deduction points: lots are awarded, used first awarded first, returned newest first, and expire.
//! A member's balance is what is in the lots less what the member owes of them.

use num_traits::{Signed, Zero};

use crate::ledger::Asset;
use crate::number::BigInt;
use crate::state::{Lot, Member, State, UsedPoints, deduction_account};
use crate::time::Instant;

const ISSUED: &str = "mall:issued";

impl Member {
    /// Pays what is owed from an amount that comes in, and gives what is left of it.
    fn pay_owed_points(&mut self, amount: &BigInt) -> BigInt {
        let paid = amount.min(&self.owed_points).clone();
        self.owed_points -= &paid;
        amount - paid
    }
}

impl State {
    /// Posts what is left of the member's expired lots back.
    pub fn expire_lots(&mut self, member: &str, now: Instant) {
        let mut expired = BigInt::zero();
        for lot in self.member_mut(member).lots.iter_mut().filter(|lot| lot.expiry <= now) {
            expired += std::mem::take(&mut lot.amount);
        }
        self.ledger.transfer(&deduction_account(member), ISSUED, Asset::Dp, &expired);
    }

    /// Awards the points of a store order as its lot, what is owed paid first. The lot is kept even
    /// when nothing is left for it: it says until when the award can be withdrawn.
    pub fn award_points(&mut self, member: &str, order: &str, store: &str, award: &BigInt, expiry: Instant) {
        self.ledger.transfer(ISSUED, &deduction_account(member), Asset::Dp, award);
        let owner = self.member_mut(member);
        let amount = owner.pay_owed_points(award);
        owner.lots.push(Lot { order: order.to_owned(), store: store.to_owned(), amount, expiry });
    }

    /// The sum of the member's lots that have not expired; what the member owes is apart.
    pub fn live_points(&self, member: &str, now: Instant) -> BigInt {
        let lots = &self.members[member].lots;
        lots.iter().filter(|lot| lot.expiry > now).map(|lot| &lot.amount).sum()
    }

    /// Takes points out of the live lots, first awarded first, into an order's account.
    pub fn use_points(
        &mut self,
        member: &str,
        points: &BigInt,
        order_account: &str,
        now: Instant,
    ) -> Vec<UsedPoints> {
        let mut wanted = points.clone();
        let mut used = Vec::new();
        for lot in self.member_mut(member).lots.iter_mut().filter(|lot| lot.expiry > now) {
            let amount = wanted.clone().min(lot.amount.clone());
            if amount.is_positive() {
                lot.amount -= &amount;
                wanted -= &amount;
                used.push(UsedPoints { lot: lot.order.clone(), store: lot.store.clone(), amount });
            }
        }
        self.ledger.transfer(&deduction_account(member), order_account, Asset::Dp, points);
        used
    }

    /// Returns points of an order to the lots they came from, newest first. What belongs to an
    /// expired lot is lost; of the rest, what the member owes is paid first.
    pub fn return_points(
        &mut self,
        member: &str,
        used: &mut [UsedPoints],
        points: &BigInt,
        from: &str,
        now: Instant,
    ) {
        let mut wanted = points.clone();
        let mut lost = BigInt::zero();
        let owner = self.member_mut(member);
        for part in used.iter_mut().rev() {
            let amount = wanted.clone().min(part.amount.clone());
            part.amount -= &amount;
            wanted -= &amount;
            let position = owner.lots.iter().position(|lot| lot.order == part.lot);
            let position = position.expect("points were used from this lot, and lots are never removed");
            if owner.lots[position].expiry <= now {
                lost += amount;
            } else {
                let kept = owner.pay_owed_points(&amount);
                owner.lots[position].amount += kept;
            }
        }
        self.ledger.transfer(from, ISSUED, Asset::Dp, &lost);
        self.ledger.transfer(from, &deduction_account(member), Asset::Dp, &(points - lost));
    }

    /// Withdraws points of an award from the order's lot; what the lot lacks the member owes. An
    /// expired lot gives nothing and nothing is owed for it.
    pub fn withdraw_award(&mut self, member: &str, order: &str, points: &BigInt, now: Instant) {
        let owner = self.member_mut(member);
        let Some(lot) = owner.lots.iter_mut().find(|lot| lot.order == order && lot.expiry > now) else {
            return;
        };
        let from_lot = points.clone().min(lot.amount.clone());
        lot.amount -= &from_lot;
        owner.owed_points += points - from_lot;
        self.ledger.transfer(&deduction_account(member), ISSUED, Asset::Dp, points);
    }
}
