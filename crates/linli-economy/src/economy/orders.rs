//! The commands of orders: paying, settling, cancelling, refunding, in stores and in the mall.

use super::{Economy, fen};
use crate::command::{AmountText, Command};
use crate::handle::{OrderId, SupplierId};
use crate::order::Phase;
use crate::outcome::Outcome;
use crate::refusal::{Code, Refusal};
use crate::state::{MallSale, Sale};
use crate::units::Fen;

impl Economy {
    pub(super) fn order_command(&mut self, command: &Command<'_>) -> Result<(), Refusal> {
        match command {
            Command::Pay { member, store, amount, from_spend, .. } => {
                let sale = self.sale(member.as_deref(), store, amount, from_spend.as_ref())?;
                self.state.pay(sale).map(|_| ())
            }
            Command::SettleInOne { member, store, amount, .. } => {
                let sale = self.sale(member.as_deref(), store, amount, None)?;
                let order = self.state.settle_in_one(sale)?;
                self.keep_settlement(order);
                Ok(())
            }
            Command::Settle { order } => {
                let order = self.order_of_kind(order, false)?;
                self.state.settle(order)?;
                self.keep_settlement(order);
                Ok(())
            }
            Command::SettleMall { order } => {
                let order = self.order_of_kind(order, true)?;
                self.state.settle_mall(order)?;
                self.keep_settlement(order);
                Ok(())
            }
            Command::PayMall { member, supplier, list_total, cost, .. } => {
                let sale = self.mall_sale(member, supplier, list_total, cost)?;
                self.state.pay_mall(sale).map(|_| ())
            }
            Command::SettleMallInOne { member, supplier, list_total, cost, .. } => {
                let sale = self.mall_sale(member, supplier, list_total, cost)?;
                let order = self.state.settle_mall_in_one(sale)?;
                self.keep_settlement(order);
                Ok(())
            }
            Command::Cancel { order, amount, .. } => {
                let (order, amount) = (self.order(order)?, fen(amount)?);
                self.state.cancel(order, amount)
            }
            Command::Refund { order, amount, .. } => {
                let (order, amount) = (self.order(order)?, fen(amount)?);
                self.state.refund(order, amount)
            }
            _ => unreachable!("the dispatch gives only commands of orders"),
        }
    }

    fn sale(
        &self,
        member: Option<&str>,
        store: &str,
        amount: &AmountText<'_>,
        from_spend: Option<&AmountText<'_>>,
    ) -> Result<Sale, Refusal> {
        let (member, store) = (self.optional_member(member)?, self.store(store)?);
        let amount = fen(amount)?;
        let from_spend = from_spend.map_or(Ok(0), |from_spend| fen(from_spend))?;
        if from_spend > amount {
            let (part, whole) = (Fen::from(from_spend), Fen::from(amount));
            return Err(Refusal::new(
                Code::BadAmount,
                format!("from_spend of {part} is above the amount of {whole}"),
            ));
        }
        Ok(Sale { member, store, amount, from_spend })
    }

    fn mall_sale(
        &mut self,
        member: &str,
        supplier: &str,
        list_total: &AmountText<'_>,
        cost: &AmountText<'_>,
    ) -> Result<MallSale, Refusal> {
        let member = self.member(member)?;
        let (list_total, cost) = (fen(list_total)?, fen(cost)?);
        self.state.check_margin(list_total, cost)?;
        let supplier = self.supplier_or_new(supplier)?;
        Ok(MallSale { member, supplier, list_total, cost })
    }

    fn supplier_or_new(&mut self, id: &str) -> Result<SupplierId, Refusal> {
        if let Some(known) = self.ids.suppliers.find(id).and_then(SupplierId::at) {
            return Ok(known);
        }
        let supplier = self.state.add_supplier()?;
        self.ids.suppliers.insert(id);
        Ok(supplier)
    }

    fn order(&self, id: &str) -> Result<OrderId, Refusal> {
        let found = self.ids.orders.find(id).and_then(OrderId::at);
        found.ok_or_else(|| Refusal::new(Code::UnknownOrder, format!("there is no order {id}")))
    }

    fn order_of_kind(&self, id: &str, mall: bool) -> Result<OrderId, Refusal> {
        let order = self.order(id)?;
        if self.state.is_mall_order(order) == mall {
            return Ok(order);
        }
        let (is, settles) = if mall { ("a store", "settle") } else { ("the mall", "settle_mall") };
        Err(Refusal::new(Code::UnknownOrder, format!("{id} is an order of {is}: {settles} carries it out")))
    }

    /// Keeps the settlement's result whole where it does not follow from the order.
    fn keep_settlement(&mut self, order: OrderId) {
        self.state.close_outcome();
        if !self.state.settlement_follows(order) {
            let receipt = self.receipts.keep(self.state.outcome());
            self.state.keep_receipt(order, receipt);
        }
    }

    /// The result of the command that opened the order.
    pub(super) fn opening_outcome(&self, order: OrderId) -> Outcome {
        match self.receipts.order_paid(order) {
            Some(receipt) => self.receipts.get(receipt).clone(),
            None => self.settlement_outcome(order),
        }
    }

    /// The result of a `settle` or `settle_mall` that was the one applied to a paid order of its kind.
    pub(super) fn settled_before(&self, id: &str, mall: bool) -> Option<Outcome> {
        let order = self.order_of_kind(id, mall).ok()?;
        let settled = self.state.orders()[order.index()].phase == Phase::Settled;
        settled.then(|| self.settlement_outcome(order))
    }

    fn settlement_outcome(&self, order: OrderId) -> Outcome {
        match self.state.orders()[order.index()].receipt {
            Some(receipt) => self.receipts.get(receipt).clone(),
            None => self.state.derive_settlement(order),
        }
    }
}
