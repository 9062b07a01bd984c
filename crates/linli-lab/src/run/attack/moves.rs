//! The moves of attackers: what each kind buys, redeems and has refunded.

use super::{Attack, AttackKind, Attacker, Bought, Resolve, points_of};
use crate::books::Books;
use crate::run::RunError;
use linli_economy::handle::{MemberId, StoreId};
use linli_economy::outcome::Exit;
use linli_economy::plan::mall_cost_share;
use linli_economy::refusal::Code;
use linli_economy::state::{MallSale, Sale};
use linli_economy::time::Instant;
use linli_economy::units::{Fen, Points};

type Exits = Result<Vec<Exit>, RunError>;

impl Attacker {
    /// The orders of a day.
    pub(super) fn buy(&mut self, books: &mut Books<'_>, honest: StoreId, at: Instant) -> Exits {
        let mut exits = Vec::new();
        for _ in 0..self.attack.per_day {
            let own = !matches!(
                self.attack.kind,
                AttackKind::Whale | AttackKind::RefundAbuse | AttackKind::LastOneOut
            );
            let store = if own { self.store } else { honest };
            let member = self.take_turn();
            exits.extend(self.order(books, member, store, self.attack.amount, at)?);
            if self.attack.kind == AttackKind::DeductionFarming {
                exits.extend(self.spend_deduction(books, member, at)?);
            }
        }
        Ok(exits)
    }

    fn order(
        &mut self,
        books: &mut Books<'_>,
        member: MemberId,
        store: StoreId,
        amount: u64,
        at: Instant,
    ) -> Exits {
        let sale = Sale { member: Some(member), store, amount, from_spend: 0 };
        let (outcome, order) = books.settle(sale, at)?;
        self.result.orders += 1;
        self.result.paid += Fen::from(amount);
        if store != self.store {
            self.result.goods += Fen::from(amount);
        }
        if self.attack.kind == AttackKind::RefundAbuse {
            self.bought.push(Bought { order, amount });
        }
        Ok(outcome.exits.clone())
    }

    /// Buys goods of the attacker's own with all deduction points, at the highest cost that the plan lets them have.
    fn spend_deduction(&mut self, books: &mut Books<'_>, member: MemberId, at: Instant) -> Exits {
        let supplier = match self.supplier {
            Some(supplier) => supplier,
            None => *self.supplier.insert(books.open_supplier()?),
        };
        let (award, deduct) = (books.state().plan().mall.award, books.state().plan().mall.deduct);
        let points = award.share_floor(self.attack.amount);
        if points == 0 || deduct.0 == 0 {
            return Ok(Vec::new());
        }
        let list = u128::from(points) * 1_000_000 / u128::from(deduct.0);
        let cost = list * mall_cost_share(books.state().plan()) / 1_000_000_000_000;
        let (Ok(list_total), Ok(cost)) = (u64::try_from(list), u64::try_from(cost)) else {
            return Ok(Vec::new());
        };
        if cost == 0 {
            return Ok(Vec::new());
        }
        let (outcome, cash) = books.settle_mall(MallSale { member, supplier, list_total, cost }, at)?;
        self.result.orders += 1;
        self.result.paid += Fen::from(cash);
        Ok(outcome.exits.clone())
    }

    /// What is redeemed on a day, and refunded after it.
    pub(super) fn redeem_today(&mut self, books: &mut Books<'_>, day: u32, at: Instant) -> Exits {
        let Attack { kind, steps, .. } = self.attack;
        let Some(step) = self.step(day).filter(|_| self.resolve != Resolve::Idle) else {
            return Ok(Vec::new());
        };
        let steps = if self.resolve == Resolve::Plain { 1 } else { steps.max(1) };
        if kind == AttackKind::LastOneOut || step >= steps {
            return Ok(Vec::new());
        }
        let mut exits = Vec::new();
        // The whale takes its steps one right after the other, so that they differ from one step by nothing else.
        let (first, last) = if kind == AttackKind::Whale { (0, steps) } else { (step, step + 1) };
        if kind == AttackKind::Whale && step > 0 {
            return Ok(exits);
        }
        for step in first..last {
            for place in 0..self.accounts.len() {
                let member = self.accounts[place];
                let held = points_of(books, member);
                exits.extend(redeem(books, member, Points(held.0 / i128::from(steps - step)), at)?);
            }
        }
        if kind == AttackKind::RefundAbuse && step + 1 == steps && self.resolve == Resolve::Carried {
            exits.extend(self.have_refunded(books, at)?);
        }
        Ok(exits)
    }

    fn have_refunded(&mut self, books: &mut Books<'_>, at: Instant) -> Exits {
        let mut exits = Vec::new();
        for Bought { order, amount } in std::mem::take(&mut self.bought) {
            let Some(order) = order else { continue };
            match books.refund(order, amount, at) {
                Ok(outcome) => {
                    self.result.paid -= Fen::from(amount);
                    self.result.goods -= Fen::from(amount);
                    exits.extend(outcome.exits.iter().copied());
                }
                // The store would be left in debt: it stays an order.
                Err(refusal) if refusal.code == Code::InsufficientFunds => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
        Ok(exits)
    }

    /// Redeems whatever is left.
    pub(super) fn redeem_all(&mut self, books: &mut Books<'_>, at: Instant) -> Exits {
        let mut exits = Vec::new();
        for member in self.everybody().collect::<Vec<_>>() {
            let held = points_of(books, member);
            exits.extend(redeem(books, member, held, at)?);
        }
        Ok(exits)
    }

    /// After a run on the pool: redeems, buys a little at the price that the supply has left, and redeems again.
    pub(super) fn last_one_out(&mut self, books: &mut Books<'_>, honest: StoreId, at: Instant) -> Exits {
        let mut exits = self.redeem_all(books, at)?;
        if self.attack.kind == AttackKind::LastOneOut && self.resolve == Resolve::Carried {
            for _ in 0..self.attack.steps.max(1) {
                let member = self.take_turn();
                exits.extend(self.order(books, member, honest, self.attack.amount, at)?);
                exits.extend(self.redeem_all(books, at)?);
            }
        }
        Ok(exits)
    }
}

/// Redeems points of an attacker's account, if they pay anything.
fn redeem(books: &mut Books<'_>, member: MemberId, points: Points, at: Instant) -> Exits {
    if points <= Points::ZERO {
        return Ok(Vec::new());
    }
    match books.redeem(member, points, at) {
        Ok(outcome) => Ok(outcome.exits.clone()),
        Err(refusal) if refusal.code == Code::NothingToPay => Ok(Vec::new()),
        Err(refusal) => Err(refusal.into()),
    }
}
