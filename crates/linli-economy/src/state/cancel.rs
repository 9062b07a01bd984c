//! Cancelling: an order's money goes back before it is settled, which costs nobody anything.

use super::State;
use crate::account::Account;
use crate::handle::OrderId;
use crate::order::{Phase, Seller};
use crate::refusal::{Code, Refusal};
use crate::units::{Deduction, Fen};

impl State {
    /// Gives back part or all of what is left of a paid order; a mall order only as a whole.
    ///
    /// # Errors
    /// `order_closed`, `over_refund`.
    pub fn cancel(&mut self, id: OrderId, amount: u64) -> Result<(), Refusal> {
        self.check_open(id)?;
        let order = &self.orders[id.index()];
        let left = order.left();
        if amount > left || (self.is_mall_order(id) && amount != left) {
            let (asked, left) = (Fen::from(amount), Fen::from(left));
            let rule =
                if self.is_mall_order(id) { "a mall order goes back whole" } else { "no more than is left" };
            return Err(Refusal::new(Code::OverRefund, format!("{rule}: {asked} of {left}")));
        }
        let spend_before = order.spend_left();
        let order = self.order(id);
        order.cancelled += amount;
        if order.left() == 0 {
            order.phase = Phase::GivenBack;
        }
        let (member, to_spend) = (order.member, spend_before - order.spend_left());
        self.outcome.money(Account::Order(id), -Fen::from(amount));
        self.post(Account::ExternalPayments, Fen::from(amount - to_spend));
        if let Some(member) = member {
            self.post(Account::Spend(member), Fen::from(to_spend));
        }
        self.cancel_lots(id);
        Ok(())
    }

    /// A cancelled mall order's deduction points go back to their lots.
    fn cancel_lots(&mut self, id: OrderId) {
        let order = &self.orders[id.index()];
        let (Seller::Mall(mall), Some(member)) = (order.seller, order.member) else { return };
        let used = self.mall_order(id).used();
        if used == 0 {
            return;
        }
        self.expire_lots(member);
        let mut uses = std::mem::take(&mut self.mall_orders[mall.index()].uses);
        let returned = self.return_to_lots(member, &mut uses, used);
        self.mall_orders[mall.index()].uses = uses;
        self.outcome.deduction(Account::Order(id), -Deduction::from(used));
        self.outcome.deduction(Account::Deduction(member), Deduction::from(returned));
        self.issue_deduction(Deduction::from(used - returned));
    }
}
