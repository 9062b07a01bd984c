//! Growth points: minted by orders, redeemed on request, made dearer by injections. The price is
//! always the exact pair (pool, supply); nothing here rounds it.

use num_traits::Zero;

use crate::ledger::Asset;
use crate::number::{BigInt, at_rate_floor, million, part_floor};
use crate::request::Request;
use crate::state::{Outcome, Refusal, State, Terms, points_account, spend_account, wallet};
use crate::text;

impl State {
    /// Mints what the inflow is worth at the price of before the order; gives the points.
    pub fn mint(&mut self, member: &str, terms: &Terms, inflow: &BigInt, price: &(BigInt, BigInt)) -> BigInt {
        let value = at_rate_floor(inflow, &terms.plan.mint);
        let points = part_floor(&value, &price.1, &price.0);
        self.ledger.transfer("pool:issued", &points_account(member), Asset::Gp, &points);
        let cycle = (self.plan.cap.clone(), self.plan.retention.clone());
        let owner = self.member_mut(member);
        // A cycle begins when its first points are earned, under the plan of that moment.
        if owner.earned.is_zero() && !points.is_zero() {
            owner.cycle = cycle;
        }
        owner.earned += &points;
        points
    }

    /// Counts spending as far as it feeds the pool like an order at the plan's rate; gives the part counted.
    pub fn count_spending(
        &mut self,
        member: &str,
        terms: &Terms,
        amount: &BigInt,
        inflow: &BigInt,
    ) -> BigInt {
        let plan = &terms.plan;
        let pool_rate = &plan.rate - &plan.platform - &plan.distribution;
        let counted = if pool_rate.is_zero() {
            amount.clone()
        } else {
            amount.clone().min(part_floor(inflow, &million(), &pool_rate))
        };
        self.member_mut(member).counted += &counted;
        counted
    }

    /// `redeem {request, member, points}`
    pub fn redeem(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let id = request.text("member");
        let member = self.member(id)?;
        let points = text::points(request.text("points"))?;
        if member.suspended {
            return Err("account_suspended");
        }
        if points > self.points_of(id) {
            return Err("insufficient_points");
        }
        let (pool, supply) = self.price();
        let gross = part_floor(&points, &pool, &supply);
        let payout = at_rate_floor(&gross, &(million() - &member.cycle.1));
        if payout.is_zero() {
            return Err("nothing_to_pay");
        }
        self.sell(id, &points, &payout);
        Ok(Outcome { minted: None, payout: Some(payout), exits: self.run_exits() })
    }

    /// Burns a member's points for money from the pool, and remembers what was paid for them.
    pub fn sell(&mut self, member: &str, points: &BigInt, payout: &BigInt) {
        let account = if self.plan.redeem_to_spend { spend_account(member) } else { wallet(member) };
        let price = self.price();
        self.ledger.transfer("pool:reserve", &account, Asset::Cny, payout);
        self.burn(member, points, price);
        let owner = self.member_mut(member);
        owner.paid += payout;
        let better = match &owner.best_sale {
            Some((best_payout, best_points)) => payout * best_points > best_payout * points,
            None => true,
        };
        if better {
            owner.best_sale = Some((payout.clone(), points.clone()));
        }
    }

    /// Takes points out of the world; where they were the last, `price_before` stays the price.
    pub fn burn(&mut self, member: &str, points: &BigInt, price_before: (BigInt, BigInt)) {
        let had_supply = !self.supply().is_zero();
        self.ledger.transfer(&points_account(member), "pool:issued", Asset::Gp, points);
        if had_supply && self.supply().is_zero() {
            self.last_price = price_before;
        }
    }

    /// `inject {id, amount, note?}`
    pub fn inject(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let amount = text::money(request.text("amount"))?;
        self.ledger.transfer("external:capital", "pool:reserve", Asset::Cny, &amount);
        Ok(Outcome { exits: self.run_exits(), ..Outcome::default() })
    }
}
