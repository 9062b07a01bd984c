//! Paying for a store order: its money is put aside and its terms are frozen.

use super::{State, next};
use crate::account::Account;
use crate::handle::{MemberId, OrderId, StoreId};
use crate::order::{Order, Phase, Seller};
use crate::refusal::{Code, Refusal};
use crate::units::Fen;

/// A store order as it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sale {
    /// The buyer, where known.
    pub member: Option<MemberId>,
    /// Where.
    pub store: StoreId,
    /// A in fen: 1 to 10^13.
    pub amount: u64,
    /// The part of it paid from the spend balance, which needs a member.
    pub from_spend: u64,
}

impl State {
    /// Takes an order's money and freezes its terms.
    ///
    /// # Errors
    /// `store_closed`, `account_suspended`, `insufficient_funds`, `overflow`.
    pub fn pay(&mut self, sale: Sale) -> Result<OrderId, Refusal> {
        let order = self.open_order(sale)?;
        self.outcome.money(Account::Order(order), Fen::from(sale.amount));
        Ok(order)
    }

    /// Pays and settles in one.
    ///
    /// # Errors
    /// As [`State::pay`].
    pub fn settle_in_one(&mut self, sale: Sale) -> Result<OrderId, Refusal> {
        self.entered.admits_order(sale.amount)?;
        let order = self.open_order(sale)?;
        self.carry_out(order, Phase::SettledInOne);
        Ok(order)
    }

    fn open_order(&mut self, sale: Sale) -> Result<OrderId, Refusal> {
        if self.stores[sale.store.index()].closed {
            return Err(Refusal::new(Code::StoreClosed, "a closed store takes no orders"));
        }
        if let (Some(member), 1..) = (sale.member, sale.from_spend) {
            self.check_spend(member, sale.from_spend)?;
        }
        self.entered.admits_money(sale.amount)?;
        let id = next(OrderId::at(self.orders.len()))?;
        let terms = self.freeze_store(sale.member, sale.store)?;
        let order = Order::paid(
            Seller::Store(sale.store),
            sale.member,
            sale.amount,
            sale.from_spend,
            terms,
            self.now,
        );
        self.orders.push(order);
        let fresh = sale.amount - sale.from_spend;
        self.entered.add_money(fresh);
        self.post(Account::ExternalPayments, -Fen::from(fresh));
        if let (Some(member), 1..) = (sale.member, sale.from_spend) {
            self.post(Account::Spend(member), -Fen::from(sale.from_spend));
        }
        Ok(id)
    }

    fn check_spend(&self, member: MemberId, from_spend: u64) -> Result<(), Refusal> {
        let (asked, member) = (Fen::from(from_spend), &self.members[member.index()]);
        if member.suspended {
            return Err(Refusal::new(
                Code::AccountSuspended,
                "a suspended member's spend balance does not pay",
            ));
        }
        if member.spend < asked {
            let message = format!("the spend balance of {} does not cover {asked}", member.spend);
            return Err(Refusal::new(Code::InsufficientFunds, message));
        }
        Ok(())
    }
}
