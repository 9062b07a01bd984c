//! Orders of the mall, paid: deduction points and cash for goods of a supplier. They are settled by
//! the same steps as a store order, with a supplier and rebated stores for the store.

use std::collections::BTreeMap;

use num_traits::Zero;

use crate::ledger::Asset;
use crate::number::{BigInt, at_rate_floor, million, part_floor};
use crate::request::Request;
use crate::state::{
    Order, Outcome, Refusal, Share, State, Terms, Trade, UsedPoints, order_account, store_account,
};
use crate::text;
use crate::time::Instant;

impl State {
    /// `pay_mall {order, member, supplier, list_total, cost}`, and the first half of `settle_mall` in one.
    pub fn pay_mall(&mut self, request: &Request, now: Instant) -> Result<Outcome, Refusal> {
        let member = request.text("member");
        self.member(member)?;
        let list_total = text::money(request.text("list_total"))?;
        let cost = text::money(request.text("cost"))?;
        self.check_margin(&list_total, &cost)?;
        let terms = self.freeze_inviters(Some(member));
        self.expire_lots(member, now);
        let points = self.live_points(member, now).min(at_rate_floor(&list_total, &self.plan.deduct));
        // One point pays one yuan, and a hundredth of it a fen: the units are the same number.
        let cash = list_total - &points;
        let order = request.text("order");
        let account = order_account(order);
        let used = self.use_points(member, &points, &account, now);
        self.ledger.transfer("external:payments", &account, Asset::Cny, &cash);
        let paid = Order {
            trade: Trade::Mall { supplier: request.text("supplier").to_owned(), cost, used },
            member: Some(member.to_owned()),
            terms,
            amount: cash,
            from_spend: Share::default(),
            cancelled: BigInt::zero(),
            settled: None,
        };
        self.orders.insert(order.to_owned(), paid);
        Ok(Outcome::default())
    }

    /// L·(1 − deduct)·(1 − store_rebate − platform − distribution) < cost, the product exact.
    fn check_margin(&self, list_total: &BigInt, cost: &BigInt) -> Result<(), Refusal> {
        let plan = &self.plan;
        let cash_rate = million() - &plan.deduct;
        let goods_rate = million() - &plan.store_rebate - &plan.platform - &plan.distribution;
        if list_total * cash_rate * goods_rate < cost * million() * million() {
            return Err("margin_too_thin");
        }
        Ok(())
    }
}

/// What each store whose lots were used gets of the cash: its share of the points used.
pub fn store_rebates(terms: &Terms, cash: &BigInt, used: &[UsedPoints]) -> Vec<(String, BigInt)> {
    let mut by_store: BTreeMap<&str, BigInt> = BTreeMap::new();
    for part in used {
        *by_store.entry(&part.store).or_default() += &part.amount;
    }
    let all: BigInt = by_store.values().sum();
    if all.is_zero() {
        return Vec::new();
    }
    let rebate_rate = &terms.plan.store_rebate;
    by_store
        .into_iter()
        .map(|(store, points)| {
            (store_account(store), part_floor(&(cash * rebate_rate), &points, &(million() * &all)))
        })
        .collect()
}
