//! The mall: goods paid partly in deduction points. The cash part is split like an order, the stores whose
//! points were used get a rebate, and the rest feeds the pool.

use super::{State, next};
use crate::account::Account;
use crate::handle::{MallId, MemberId, OrderId, SupplierId};
use crate::order::{MallOrder, Order, Phase, Seller};
use crate::plan::mall_cost_share;
use crate::refusal::{Code, Refusal};
use crate::units::{Deduction, Fen, Points};

/// A mall order as it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MallSale {
    /// The buyer.
    pub member: MemberId,
    /// Who supplies it.
    pub supplier: SupplierId,
    /// L in fen: 1 to 10^13.
    pub list_total: u64,
    /// What the supplier gets, in fen.
    pub cost: u64,
}

impl State {
    /// Whether the price carries cost and shares at full deduction.
    ///
    /// # Errors
    /// `margin_too_thin`, `overflow`.
    pub fn check_margin(&self, list_total: u64, cost: u64) -> Result<(), Refusal> {
        const WHOLE: u128 = 1_000_000_000_000;
        let carried = u128::from(list_total) * mall_cost_share(self.plan());
        if carried < u128::from(cost) * WHOLE {
            let most = Fen::from_unsigned(carried / WHOLE);
            let message =
                format!("a list price of {} carries a cost of at most {most}", Fen::from(list_total));
            return Err(Refusal::new(Code::MarginTooThin, message));
        }
        self.entered.admits_order(list_total)
    }

    /// Takes a mall order's cash and deduction points and freezes its terms. The margin must be checked.
    ///
    /// # Errors
    /// `overflow`.
    pub fn pay_mall(&mut self, sale: MallSale) -> Result<OrderId, Refusal> {
        let (order, used) = self.open_mall_order(sale)?;
        self.outcome.money(Account::Order(order), Fen::from(self.orders[order.index()].paid));
        self.outcome.deduction(Account::Order(order), Deduction::from(used));
        Ok(order)
    }

    /// Pays and settles in one.
    ///
    /// # Errors
    /// As [`State::pay_mall`].
    pub fn settle_mall_in_one(&mut self, sale: MallSale) -> Result<OrderId, Refusal> {
        let (order, used) = self.open_mall_order(sale)?;
        self.issue_deduction(Deduction::from(used));
        self.carry_out_mall(order, Phase::SettledInOne);
        Ok(order)
    }

    /// Settles a paid mall order.
    ///
    /// # Errors
    /// `order_closed`, `overflow`.
    pub fn settle_mall(&mut self, id: OrderId) -> Result<(), Refusal> {
        self.check_open(id)?;
        let order = &self.orders[id.index()];
        let (left, unpaid) = (order.left(), self.suspended_of(&order.terms));
        self.entered.admits_order(left)?;
        let used = Deduction::from(self.mall_order(id).used());
        self.order(id).unpaid = unpaid;
        self.outcome.money(Account::Order(id), -Fen::from(left));
        self.outcome.deduction(Account::Order(id), -used);
        self.issue_deduction(used);
        self.carry_out_mall(id, Phase::Settled);
        Ok(())
    }

    fn open_mall_order(&mut self, sale: MallSale) -> Result<(OrderId, u64), Refusal> {
        let id = next(OrderId::at(self.orders.len()))?;
        let mall = next(MallId::at(self.mall_orders.len()))?;
        let terms = self.freeze_member(Some(sale.member))?;
        self.expire_lots(sale.member);
        let most = self.plan().mall.deduct.share_floor(sale.list_total);
        let used = u64::try_from(self.live_deduction(sale.member)).map_or(most, |live| live.min(most));
        let uses = self.use_lots(sale.member, used);
        let cash = sale.list_total - used;
        self.mall_orders.push(MallOrder { supplier: sale.supplier, cost: sale.cost, uses });
        self.orders.push(Order::paid(Seller::Mall(mall), Some(sale.member), cash, 0, terms, self.now));
        self.entered.add_money(cash);
        self.post(Account::ExternalPayments, -Fen::from(cash));
        self.outcome.deduction(Account::Deduction(sale.member), -Deduction::from(used));
        Ok((id, used))
    }

    fn carry_out_mall(&mut self, id: OrderId, phase: Phase) {
        let supplier = self.mall_order(id).supplier;
        self.suppliers[supplier.index()].exists = true;
        self.pay_levels(id);
        let inflow = self.compute_legs(id);
        self.pay_legs();
        self.feed_pool(id, inflow, phase);
        self.entered.add_points(Points::from(self.orders[id.index()].minted), 0);
        self.run_exits();
    }

    /// What is particular to a mall order.
    ///
    /// # Panics
    /// If it is a store's.
    pub(super) fn mall_order(&self, id: OrderId) -> &MallOrder {
        let Seller::Mall(mall) = self.orders[id.index()].seller else {
            panic!("a mall order is sold by the mall")
        };
        &self.mall_orders[mall.index()]
    }

    /// Whether the order is the mall's.
    #[must_use]
    pub fn is_mall_order(&self, id: OrderId) -> bool {
        matches!(self.orders[id.index()].seller, Seller::Mall(_))
    }

    /// A new supplier, who exists for others once an order of theirs is settled.
    ///
    /// # Errors
    /// `overflow`.
    pub fn add_supplier(&mut self) -> Result<SupplierId, Refusal> {
        let id = next(SupplierId::at(self.suppliers.len()))?;
        self.suppliers.push(super::Supplier::default());
        Ok(id)
    }

    /// Whether an order of this supplier has been settled.
    #[must_use]
    pub fn supplier_exists(&self, supplier: SupplierId) -> bool {
        self.suppliers[supplier.index()].exists
    }
}
