//! Orders: paid in stores and settled after the plan's hold; some are cancelled before, some refunded after, some are
//! of the mall and use deduction points.

use super::{World, yuan};
use crate::calendar::{DAYS, by_end_of, is_weekend};
use serde_json::{Value, json};

/// Of a thousand orders, those without a member.
const STRANGERS: u64 = 120;
/// Those that are given back before they are settled, whole or in part.
const CANCELLED: u64 = 15;
/// Those that are refunded afterwards, whole or in part.
const REFUNDED: u64 = 8;
/// Those of the mall.
const OF_THE_MALL: u64 = 25;

/// Days from the payment to the settlement.
const HOLD_DAYS: i64 = 7;

impl World {
    pub(super) fn plan_orders(&mut self) {
        if self.day < 2 {
            return;
        }
        let due = by_end_of(self.day - 2, DAYS - 2, self.size.orders());
        let mut count = due - self.orders;
        // More at weekends; what is due next evens it out.
        if !is_weekend(self.day) && self.day < DAYS - 1 {
            count = count * 9 / 10;
        }
        for _ in 0..count {
            self.orders += 1;
            if self.random.below(1_000) < OF_THE_MALL { self.plan_mall_order() } else { self.plan_order() }
        }
    }

    fn plan_order(&mut self) {
        let (day, second) = (self.day, self.second_of_day());
        let order = format!("O{:07}", self.orders);
        // Of two stores the older one: some have many customers.
        let count = u64::try_from(self.stores.len()).expect("64 bits");
        let place = self.random.below(count).min(self.random.below(count));
        let store = &self.stores[usize::try_from(place).expect("64 bits")];
        let (id, (low, high)) = (store.id.clone(), store.amounts);
        let amount = self.random.between(low, high);
        let mut command = json!({"cmd": "pay", "order": order, "store": id, "amount": yuan(amount)});
        if self.random.below(1_000) >= STRANGERS {
            command["member"] = json!(self.any_member_before_today());
        }
        self.plan(day, second, command);
        self.plan_what_follows(&order, amount, second);
    }

    fn plan_mall_order(&mut self) {
        let second = self.second_of_day();
        let order = format!("O{:07}", self.orders);
        let price = self.random.between(20, 900) * 100;
        let member = self.any_member_before_today();
        let supplier = format!("P{:02}", self.random.between(1, 12));
        let command = json!({
            "cmd": "pay_mall", "order": order, "member": member, "supplier": supplier,
            "list_total": yuan(price), "cost": yuan(price * 3 / 10),
        });
        self.plan(self.day, second, command);
        self.plan(self.day + HOLD_DAYS, second, json!({"cmd": "settle_mall", "order": order}));
    }

    /// Settled after the hold, unless it is given back before; perhaps refunded later.
    fn plan_what_follows(&mut self, order: &str, amount: u64, second: i64) {
        let fate = self.random.below(1_000);
        if fate < CANCELLED {
            let whole = self.random.percent(60);
            let part = if whole { amount } else { amount / 2 };
            let id = self.new_id("C");
            let after = self.random.between(1, 6).cast_signed();
            self.plan(self.day + after, second, give_back("cancel", &id, order, part));
            if whole {
                return;
            }
        }
        self.plan(self.day + HOLD_DAYS, second, json!({"cmd": "settle", "order": order}));
        if (CANCELLED..CANCELLED + REFUNDED).contains(&fate) {
            let part = if self.random.percent(50) { amount } else { amount / 3 };
            let id = self.new_id("R");
            let after = HOLD_DAYS + self.random.between(1, 40).cast_signed();
            self.plan(self.day + after, second, give_back("refund", &id, order, part));
        }
    }
}

/// A `cancel` or a `refund`, whose id stands under its own name.
fn give_back(kind: &str, id: &str, order: &str, fen: u64) -> Value {
    let mut command = json!({"cmd": kind, "order": order, "amount": yuan(fen.max(1))});
    command[kind] = json!(id);
    command
}
