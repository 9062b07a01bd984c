//! Settling: an order's legs are paid, the pool takes in the rest and mints, and whoever has reached the cap
//! exits. One path for store orders, paid before or in one; the mall's joins it after its own legs.

use super::{MemberFilings, State};
use crate::account::Account;
use crate::handle::{MemberId, OrderId, ReceiptId, StoreId};
use crate::legs::{self, Base, Leg, LevelLeg};
use crate::order::{LotUse, Order, Phase, Seller};
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::rate::WHOLE_PPM;
use crate::refusal::{Code, Refusal};
use crate::units::{Deduction, Fen, Points};

impl State {
    /// Settles a paid store order.
    ///
    /// # Errors
    /// `order_closed`, `overflow`.
    pub fn settle(&mut self, order: OrderId) -> Result<(), Refusal> {
        self.check_open(order)?;
        let left = self.orders[order.index()].left();
        self.entered.admits_order(left)?;
        self.outcome.money(Account::Order(order), -Fen::from(left));
        let unpaid = self.suspended_of(&self.orders[order.index()].terms);
        self.order(order).unpaid = unpaid;
        self.carry_out(order, Phase::Settled);
        Ok(())
    }

    pub(super) fn check_open(&self, order: OrderId) -> Result<(), Refusal> {
        match self.orders[order.index()].phase {
            Phase::Paid => Ok(()),
            Phase::GivenBack => Err(Refusal::new(Code::OrderClosed, "the order was given back")),
            Phase::Settled | Phase::SettledInOne => {
                Err(Refusal::new(Code::OrderClosed, "the order is settled"))
            }
        }
    }

    /// Carries out a store order whose money is at hand.
    pub(super) fn carry_out(&mut self, id: OrderId, phase: Phase) {
        self.pay_levels(id);
        let inflow = self.compute_legs(id);
        self.pay_legs();
        let awarded = self.award(id);
        self.feed_pool(id, inflow, phase);
        self.entered.add_points(Points::from(self.orders[id.index()].minted), awarded);
        self.run_exits();
        self.note_after(id);
    }

    /// The order holds pool and supply of afterwards, for a replay; where they need more than 64 bits, 0.
    fn note_after(&mut self, id: OrderId) {
        let (pool, supply) = (u64::try_from(self.pool.reserve().0), u64::try_from(self.pool.supply().0));
        self.orders[id.index()].after = pool.ok().zip(supply.ok()).unwrap_or_default();
    }

    /// Fills `self.legs` with the order's legs and gives the pool's inflow.
    pub(super) fn compute_legs(&mut self, id: OrderId) -> u64 {
        let mut legs = std::mem::take(&mut self.legs);
        let inflow = self.legs_of(id, &mut legs);
        self.legs = legs;
        inflow
    }

    /// Fills `legs` with the order's legs and gives the pool's inflow; from the order alone, so that a refund
    /// and a replay find the same legs.
    pub fn legs_of(&self, id: OrderId, legs: &mut Vec<Leg>) -> u64 {
        let order = &self.orders[id.index()];
        let levels: &[LevelLeg] =
            order.terms.levels.map_or(&[], |levels| &self.level_pays[levels.index()].legs);
        let plan = &self.plans[order.terms.plan.index()];
        let base = Base { plan, terms: &order.terms, unpaid: order.unpaid, levels, amount: order.left() };
        match order.seller {
            Seller::Store(store) => legs::of_store(base, store, order.member.is_some(), legs),
            Seller::Mall(mall) => {
                let mall = &self.mall_orders[mall.index()];
                let rebates = rebated_stores(&self.orders, &mall.uses);
                legs::of_mall(base, (mall.supplier, mall.cost), &rebates, legs)
            }
        }
    }

    pub(super) fn pay_legs(&mut self) {
        let legs = std::mem::take(&mut self.legs);
        for leg in &legs {
            self.post(leg.account, Fen::from(leg.fen));
        }
        self.legs = legs;
    }

    /// Fixes what levels pay: the ancestors frozen with the order, less those suspended now.
    pub(super) fn pay_levels(&mut self, id: OrderId) {
        let order = &self.orders[id.index()];
        let Some(levels) = order.terms.levels else { return };
        let plan = &self.plans[order.terms.plan.index()];
        let mut legs = legs::of_levels(plan, &self.level_pays[levels.index()].ancestors, order.left());
        legs.retain(|&(member, _)| !self.is_suspended(member));
        self.level_pays[levels.index()].legs = legs;
    }

    /// Awards a store order's deduction points to its member, and gives how many.
    fn award(&mut self, id: OrderId) -> u64 {
        let order = &self.orders[id.index()];
        let Some(member) = order.member else { return 0 };
        let awarded = self.plans[order.terms.plan.index()].mall.award.share_floor(order.left());
        if awarded > 0 {
            self.expire_lots(member);
            self.add_lot(member, id, awarded);
            self.outcome.deduction(Account::Deduction(member), Deduction::from(awarded));
            self.issue_deduction(-Deduction::from(awarded));
        }
        awarded
    }

    /// The pool takes its inflow and mints for the member; the order notes how it was settled.
    pub(super) fn feed_pool(&mut self, id: OrderId, inflow: u64, phase: Phase) {
        let plan = self.orders[id.index()].terms.plan;
        self.outcome.money(Account::PoolReserve, Fen::from(inflow));
        let now = self.now;
        let order = &mut self.orders[id.index()];
        order.phase = phase;
        order.since = now;
        if let Some(member) = order.member {
            let plan = &self.plans[plan.index()];
            let minted = self.pool.mint(inflow, plan.points.mint);
            order.minted = u64::try_from(minted.0).expect("at most 10^13 fen at 10^6 micro-points");
            order.exits_before = self.members[member.index()].exits;
            let counted = counted_spending(plan, order.left(), inflow);
            self.outcome.minted = Some(minted);
            self.outcome.points(Account::Points(member), minted);
            self.outcome.points(Account::PoolIssued, -minted);
            self.credit(member, minted, counted);
        } else {
            // The platform got the inflow; the pool gets nothing.
            debug_assert_eq!(inflow, 0, "an order without a member feeds no pool");
        }
    }

    /// A member has earned points for counted spending.
    fn credit(&mut self, id: MemberId, minted: Points, counted: u64) {
        let in_force = self.plan_in_force();
        let member = &mut self.members[id.index()];
        if member.earned == Points::ZERO && minted > Points::ZERO {
            member.cycle = in_force;
        }
        member.points += minted;
        member.earned += minted;
        member.spent += Fen::from(counted);
        self.refile(id);
    }

    /// The exit queue learns of a member's changed target.
    pub(crate) fn refile(&mut self, id: MemberId) {
        let member = &mut self.members[id.index()];
        if let Some(target) = member.target(&self.plans[member.cycle.index()]) {
            self.exits.update(&mut member.filing, id, target);
        }
    }

    /// Exits whoever has reached their cap, lowest target first, until nobody has.
    pub(super) fn run_exits(&mut self) {
        loop {
            let mut filings = MemberFilings { members: &mut self.members, plans: &self.plans };
            let Some(member) = self.exits.take_due(self.pool.price(), &mut filings) else { break };
            self.exit(member);
        }
    }

    /// Whether the settlement that the outcome shows follows from the order: nobody exited, no lot expired,
    /// there is a supply to have a price, and the order holds pool and supply of afterwards.
    #[must_use]
    pub fn settlement_follows(&self, id: OrderId) -> bool {
        let outcome = &self.outcome;
        let plain = outcome.exits.is_empty() && !outcome.lots_expired && !self.is_mall_order(id);
        let (pool, supply) = self.orders[id.index()].after;
        plain && supply > 0 && (Fen::from(pool), Points::from(supply)) == (outcome.pool, outcome.supply)
    }

    /// Notes that the result of an order's settlement was kept whole.
    pub fn keep_receipt(&mut self, id: OrderId, receipt: ReceiptId) {
        self.orders[id.index()].receipt = Some(receipt);
    }

    /// What the settlement of an order did, from the order alone: for those whose result was not kept whole,
    /// because it set off no exit and expired no lot.
    ///
    /// # Panics
    /// If the order is not a settled store order.
    #[must_use]
    pub fn derive_settlement(&self, id: OrderId) -> Outcome {
        let mut legs = Vec::new();
        let inflow = self.legs_of(id, &mut legs);
        let order = &self.orders[id.index()];
        let mut outcome = Outcome::new(&self.pool);
        (outcome.pool, outcome.supply) = (Fen::from(order.after.0), Points::from(order.after.1));
        (outcome.price.pool, outcome.price.supply) = (outcome.pool, outcome.supply);
        let payer =
            if order.phase == Phase::Settled { Account::Order(id) } else { Account::ExternalPayments };
        outcome.money(payer, -Fen::from(order.left()));
        for leg in &legs {
            outcome.money(leg.account, Fen::from(leg.fen));
        }
        outcome.money(Account::PoolReserve, Fen::from(inflow));
        if let Some(member) = order.member {
            let minted = Points::from(order.minted);
            let awarded = Deduction::from(self.awarded(order));
            outcome.minted = Some(minted);
            outcome.points(Account::Points(member), minted);
            outcome.points(Account::PoolIssued, -minted);
            outcome.deduction(Account::Deduction(member), awarded);
            outcome.deduction(Account::MallIssued, -awarded);
        }
        outcome
    }

    /// The deduction points that a store order awards: ⌊A · award⌋.
    pub(super) fn awarded(&self, order: &Order) -> u64 {
        match (order.seller, order.member) {
            (Seller::Store(_), Some(_)) => {
                self.plans[order.terms.plan.index()].mall.award.share_floor(order.left())
            }
            _ => 0,
        }
    }
}

/// C counts spending as far as it feeds the pool as an order at the plan's own rate does:
/// min(A, ⌊i · 10^6 / π⌋) with π = rate − platform − distribution in ppm, or A where π is 0.
pub(super) fn counted_spending(plan: &Plan, amount: u64, inflow: u64) -> u64 {
    match u64::from(plan.pool_rate().0) {
        0 => amount,
        pool_rate => amount.min(inflow * u64::from(WHOLE_PPM) / pool_rate),
    }
}

/// The stores whose lots a mall order used, each once, with the points of each.
pub(super) fn rebated_stores(orders: &[Order], uses: &[LotUse]) -> Vec<(StoreId, u64)> {
    let mut rebates: Vec<(StoreId, u64)> = Vec::new();
    for lot_use in uses {
        let Seller::Store(store) = orders[lot_use.lot.index()].seller else { continue };
        match rebates.iter_mut().find(|(known, _)| *known == store) {
            Some((_, points)) => *points += lot_use.amount,
            None => rebates.push((store, lot_use.amount)),
        }
    }
    rebates
}
