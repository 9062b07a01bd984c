//! Orders of stores before they are settled: paying, which freezes the terms, and giving back.
//! What settling does with the money is elsewhere.

use num_traits::Zero;

use crate::ledger::Asset;
use crate::number::{BigInt, part_floor};
use crate::request::Request;
use crate::state::{Order, Outcome, Refusal, Share, State, Trade, order_account, spend_account};
use crate::text;
use crate::time::Instant;

impl Share {
    /// A share of which nothing has gone back.
    pub fn of(whole: BigInt) -> Share {
        Share { whole, returned: BigInt::zero() }
    }

    /// The part that is due back now: ⌊whole·total/base⌋ less the parts due before. Remembers it.
    pub fn take_due(&mut self, total: &BigInt, base: &BigInt) -> BigInt {
        let due_so_far = part_floor(&self.whole, total, base);
        let due = &due_so_far - &self.returned;
        self.returned = due_so_far;
        due
    }

    /// What has not gone back.
    pub fn left(&self) -> BigInt {
        &self.whole - &self.returned
    }
}

impl State {
    /// `pay {order, member?, store, amount, from_spend?}`, and the first half of `settle` in one.
    pub fn pay(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let member = request.optional("member");
        if let Some(member) = member {
            self.member(member)?;
        }
        let store_id = request.text("store");
        let store = self.store(store_id)?;
        let amount = text::money(request.text("amount"))?;
        let from_spend = match request.optional("from_spend") {
            Some(part) => text::money(part)?,
            None => BigInt::zero(),
        };
        if from_spend > amount {
            return Err("bad_amount");
        }
        if store.closed {
            return Err("store_closed");
        }
        let terms = self.freeze_store_order(store, member);
        if !from_spend.is_zero() {
            self.check_spend(request.text("member"), &from_spend)?;
        }
        let order = request.text("order");
        let account = order_account(order);
        self.ledger.transfer("external:payments", &account, Asset::Cny, &(&amount - &from_spend));
        if let Some(member) = member {
            self.ledger.transfer(&spend_account(member), &account, Asset::Cny, &from_spend);
        }
        let paid = Order {
            trade: Trade::Store { store: store_id.to_owned() },
            member: member.map(str::to_owned),
            terms,
            amount,
            from_spend: Share::of(from_spend),
            cancelled: BigInt::zero(),
            settled: None,
        };
        self.orders.insert(order.to_owned(), paid);
        Ok(Outcome::default())
    }

    fn check_spend(&self, member: &str, from_spend: &BigInt) -> Result<(), Refusal> {
        if self.member(member)?.suspended {
            return Err("account_suspended");
        }
        if self.ledger.balance(&spend_account(member), Asset::Cny) < *from_spend {
            return Err("insufficient_funds");
        }
        Ok(())
    }

    /// `cancel {cancel, order, amount}`: money back before settling.
    pub fn cancel(&mut self, request: &Request, now: Instant) -> Result<Outcome, Refusal> {
        let id = request.text("order");
        let mut order = self.orders.get(id).ok_or("unknown_order")?.clone();
        let amount = text::money(request.text("amount"))?;
        if order.is_closed() {
            return Err("order_closed");
        }
        let whole_only = matches!(order.trade, Trade::Mall { .. });
        if amount > order.left() || (whole_only && amount != order.left()) {
            return Err("over_refund");
        }
        order.cancelled += &amount;
        // Cumulative over what was paid at first, so that the cents of several cancels add up.
        let to_spend = order.from_spend.take_due(&order.cancelled, &order.amount);
        let account = order_account(id);
        self.ledger.transfer(&account, "external:payments", Asset::Cny, &(&amount - &to_spend));
        if let Some(member) = &order.member {
            self.ledger.transfer(&account, &spend_account(member), Asset::Cny, &to_spend);
        }
        self.cancel_used_points(id, &mut order, now);
        self.orders.insert(id.to_owned(), order);
        Ok(Outcome::default())
    }

    /// A mall order gives the deduction points back to the lots they came from.
    fn cancel_used_points(&mut self, id: &str, order: &mut Order, now: Instant) {
        let (Trade::Mall { used, .. }, Some(member)) = (&mut order.trade, &order.member) else { return };
        let points: BigInt = used.iter().map(|part| &part.amount).sum();
        if points.is_zero() {
            return;
        }
        self.expire_lots(member, now);
        self.return_points(member, used, &points, &order_account(id), now);
    }
}
