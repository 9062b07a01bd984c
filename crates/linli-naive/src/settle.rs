//! Settling: an order's money goes to everybody it belongs to, the rest to the pool, and the pool's
//! part becomes points. Who could have refused it has: from here on nothing fails.

use num_traits::Zero;

use crate::ledger::Asset;
use crate::mall::store_rebates;
use crate::number::{BigInt, at_rate_ceil, at_rate_floor};
use crate::request::Request;
use crate::state::{
    Leg, Order, Outcome, Refusal, Settlement, Share, State, Trade, order_account, store_account,
};
use crate::time::Instant;

impl State {
    /// `settle`, of a paid order or in one.
    pub fn settle(&mut self, request: &Request, now: Instant) -> Result<Outcome, Refusal> {
        if request.is_in_one() {
            self.pay(request)?;
        } else {
            self.check_open(request, false)?;
        }
        Ok(self.carry_out(request.text("order"), now))
    }

    /// `settle_mall`, of a paid order or in one.
    pub fn settle_mall(&mut self, request: &Request, now: Instant) -> Result<Outcome, Refusal> {
        if request.is_in_one() {
            self.pay_mall(request, now)?;
        } else {
            self.check_open(request, true)?;
        }
        Ok(self.carry_out(request.text("order"), now))
    }

    /// An order of the other kind is as unknown as one that was never paid.
    fn check_open(&self, request: &Request, mall: bool) -> Result<(), Refusal> {
        let order = self.orders.get(request.text("order")).ok_or("unknown_order")?;
        if matches!(order.trade, Trade::Mall { .. }) != mall {
            return Err("unknown_order");
        }
        if order.is_closed() { Err("order_closed") } else { Ok(()) }
    }

    /// The steps of economy.md, in their order.
    fn carry_out(&mut self, id: &str, now: Instant) -> Outcome {
        let mut order = self.orders[id].clone();
        let amount = order.left();
        let mut legs = self.legs(&order, &amount);
        let mut inflow = &amount - legs.iter().map(|(_, part)| part).sum::<BigInt>();
        if order.member.is_none() {
            // The platform's leg is the last one; without a member it takes the pool's part as well.
            let platform = legs.last_mut().expect("the platform always has a leg");
            platform.1 += std::mem::take(&mut inflow);
        }
        let price = self.price();
        let account = order_account(id);
        for (to, part) in &legs {
            self.ledger.transfer(&account, to, Asset::Cny, part);
        }
        self.ledger.transfer(&account, "pool:reserve", Asset::Cny, &inflow);
        let mut settlement = Settlement {
            amount: amount.clone(),
            refunded: BigInt::zero(),
            legs: legs.into_iter().map(|(account, part)| Leg { account, share: Share::of(part) }).collect(),
            from_spend: Share::of(order.from_spend.left()),
            minted: Share::default(),
            counted: Share::default(),
            award: Share::default(),
            used_points: Share::default(),
            exits_before: 0,
        };
        if let Some(member) = order.member.clone() {
            settlement.minted = Share::of(self.mint(&member, &order.terms, &inflow, &price));
            settlement.counted = Share::of(self.count_spending(&member, &order.terms, &amount, &inflow));
            settlement.exits_before = self.members[&member].exits;
            self.settle_points(id, &order, &member, &mut settlement, now);
        }
        let minted = order.member.as_ref().map(|_| settlement.minted.whole.clone());
        order.settled = Some(settlement);
        self.orders.insert(id.to_owned(), order);
        Outcome { minted, payout: None, exits: self.run_exits() }
    }

    /// Every leg but the pool's, the platform's last.
    fn legs(&mut self, order: &Order, amount: &BigInt) -> Vec<(String, BigInt)> {
        let terms = &order.terms;
        let mut legs = match &order.trade {
            Trade::Store { store } => {
                vec![(store_account(store), amount - at_rate_ceil(amount, &terms.rate))]
            }
            Trade::Mall { supplier, cost, used } => {
                self.suppliers.insert(supplier.clone());
                let mut legs = vec![(format!("supplier:{supplier}"), cost.clone())];
                legs.extend(store_rebates(terms, amount, used));
                legs
            }
        };
        let distributed = self.distribution(terms, amount);
        let mut platform = at_rate_floor(amount, &terms.plan.platform);
        if terms.plan.unclaimed_to_platform {
            let claimed: BigInt = distributed.iter().map(|(_, part)| part).sum();
            platform += at_rate_floor(amount, &terms.plan.distribution) - claimed;
        }
        legs.extend(distributed);
        legs.push(("platform:profit".to_owned(), platform));
        legs
    }

    /// A store order awards deduction points; a mall order's used ones are gone.
    fn settle_points(
        &mut self,
        id: &str,
        order: &Order,
        member: &str,
        settlement: &mut Settlement,
        now: Instant,
    ) {
        match &order.trade {
            Trade::Store { store } => {
                let plan = &order.terms.plan;
                let award = at_rate_floor(&settlement.amount, &plan.award);
                if !award.is_zero() {
                    self.expire_lots(member, now);
                    self.award_points(member, id, store, &award, now.plus_days(plan.award_days));
                }
                settlement.award = Share::of(award);
            }
            Trade::Mall { used, .. } => {
                let points: BigInt = used.iter().map(|part| &part.amount).sum();
                self.ledger.transfer(&order_account(id), "mall:issued", Asset::Dp, &points);
                settlement.used_points = Share::of(points);
            }
        }
    }
}
