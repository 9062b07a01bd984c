//! Every balance, as it follows from the state, and the checks of "what always holds" on it. Must not be added
//! here: a change of anything.

use super::State;
use crate::account::{Account, Asset};
use crate::handle::{MemberId, OrderId, PayoutId, StoreId, SupplierId};
use crate::order::{Phase, Seller};
use crate::units::{Fen, Points};

/// One balance that is not zero.
pub type Balance = (Account, Asset, i128);

impl State {
    /// Every balance that is not zero, in the order of accounts.
    #[must_use]
    pub fn balances(&self) -> Vec<Balance> {
        let mut balances = self.fixed_balances();
        let deductions = self.deductions();
        for (index, (member, deduction)) in self.members.iter().zip(deductions).enumerate() {
            let id = MemberId::at(index).expect("it has a handle");
            balances.push((Account::Wallet(id), Asset::Cny, member.wallet.0));
            balances.push((Account::Spend(id), Asset::Cny, member.spend.0));
            balances.push((Account::Points(id), Asset::Gp, member.points.0));
            balances.push((Account::Deduction(id), Asset::Dp, deduction));
        }
        for (index, store) in self.stores.iter().enumerate() {
            balances.push((
                Account::Store(StoreId::at(index).expect("it has a handle")),
                Asset::Cny,
                store.balance.0,
            ));
        }
        for (index, supplier) in self.suppliers.iter().enumerate() {
            let id = SupplierId::at(index).expect("it has a handle");
            balances.push((Account::Supplier(id), Asset::Cny, supplier.balance.0));
        }
        for (index, payout) in self.payouts.iter().enumerate().filter(|(_, payout)| payout.open) {
            let id = PayoutId::at(index).expect("it has a handle");
            balances.push((Account::Payout(id), Asset::Cny, payout.amount.into()));
        }
        self.order_balances(&mut balances);
        balances.retain(|&(_, _, amount)| amount != 0);
        balances.sort();
        balances
    }

    /// Each member's deduction points less what is owed, in one pass over the orders: a lot that is none of its
    /// member's any more is empty.
    fn deductions(&self) -> Vec<i128> {
        let mut deductions: Vec<_> = self.paybacks.iter().map(|payback| -payback.deduction_owed.0).collect();
        for order in &self.orders {
            if let Some(member) = order.member {
                deductions[member.index()] += i128::from(order.lot);
            }
        }
        deductions
    }

    fn fixed_balances(&self) -> Vec<Balance> {
        let fixed = &self.fixed;
        vec![
            (Account::ExternalPayments, Asset::Cny, fixed.payments.0),
            (Account::ExternalPayouts, Asset::Cny, fixed.payouts.0),
            (Account::ExternalCapital, Asset::Cny, fixed.capital.0),
            (Account::PlatformProfit, Asset::Cny, fixed.profit.0),
            (Account::PlatformFees, Asset::Cny, fixed.fees.0),
            (Account::DividendAccrued, Asset::Cny, fixed.dividend.0),
            (Account::PlatformGenesis, Asset::Gp, fixed.genesis_supply),
            (Account::PoolReserve, Asset::Cny, self.pool.reserve().0),
            (Account::PoolIssued, Asset::Gp, -self.pool.supply().0),
            (Account::MallIssued, Asset::Dp, fixed.mall_issued),
        ]
    }

    fn order_balances(&self, balances: &mut Vec<Balance>) {
        for (index, order) in self.orders.iter().enumerate().filter(|(_, order)| order.phase == Phase::Paid) {
            let id = OrderId::at(index).expect("it has a handle");
            balances.push((Account::Order(id), Asset::Cny, order.left().into()));
            if let Seller::Mall(mall) = order.seller {
                let used = self.mall_orders[mall.index()].used();
                balances.push((Account::Order(id), Asset::Dp, used.into()));
            }
        }
    }

    /// Checks what always holds on one state.
    ///
    /// # Errors
    /// The first thing that does not hold, with its numbers.
    pub fn check(&self) -> Result<(), String> {
        let balances = self.balances();
        for asset in [Asset::Cny, Asset::Gp, Asset::Dp] {
            let of_asset = balances.iter().filter(|balance| balance.1 == asset);
            let sum: i128 = of_asset.map(|balance| balance.2).sum();
            if sum != 0 {
                return Err(format!("{} sums to {sum}, not to 0", asset.name()));
            }
        }
        self.check_debts()?;
        self.check_points()
    }

    fn check_debts(&self) -> Result<(), String> {
        let wallets = self.members.iter().map(|member| member.wallet);
        let stores = self.stores.iter().map(|store| store.balance);
        let suppliers = self.suppliers.iter().map(|supplier| supplier.balance);
        let balances = wallets.chain(stores).chain(suppliers).chain([self.fixed.dividend]);
        let debts = balances.fold(Fen::ZERO, |debts, balance| debts + (-balance).max(Fen::ZERO));
        if debts != self.debts {
            return Err(format!("debts are {debts}, not {}", self.debts));
        }
        if !self.covers_debts() {
            let own = self.fixed.profit + self.fixed.fees;
            return Err(format!("debts of {debts} exceed the platform's own {own}"));
        }
        match self.members.iter().position(|member| member.spend < Fen::ZERO) {
            Some(member) => Err(format!("the spend balance of member {member} is below zero")),
            None => Ok(()),
        }
    }

    fn check_points(&self) -> Result<(), String> {
        let held = self.members.iter().fold(Points::ZERO, |sum, member| sum + member.points);
        let supply = held + Points(self.fixed.genesis_supply);
        if supply != self.pool.supply() {
            return Err(format!(
                "points held and genesis are {supply}, the supply is {}",
                self.pool.supply()
            ));
        }
        let reserve = self.pool.reserve();
        // Points held are at most the supply, so their worth, each rounded down, is at most the pool.
        if reserve < Fen::ZERO {
            return Err(format!("the pool holds {reserve}"));
        }
        match self.members.iter().position(|member| member.earned < member.points) {
            Some(member) => Err(format!("member {member} holds more points than this cycle earned")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Economy;

    /// A state in which money, points and deduction points are about, and a member owes.
    fn lively() -> State {
        let plan = include_str!("../../../../plans/seed-one.toml");
        let mut economy = Economy::open(plan).expect("a shipped plan");
        for line in [
            r#"{"cmd":"open_member","member":"A"}"#,
            r#"{"cmd":"open_member","member":"B","inviter":"A"}"#,
            r#"{"cmd":"open_store","store":"S","owner":"A","district":"440106"}"#,
            r#"{"cmd":"settle","order":"O1","member":"B","store":"S","amount":"1000.00"}"#,
            r#"{"cmd":"settle","order":"O2","member":"B","store":"S","amount":"1000.00"}"#,
            r#"{"cmd":"pay","order":"O3","member":"B","store":"S","amount":"10.00"}"#,
            r#"{"cmd":"withdraw","id":"W","member":"A","amount":"6.00"}"#,
            r#"{"cmd":"refund","refund":"R","order":"O1","amount":"1000.00"}"#,
        ] {
            assert!(economy.apply(line).outcome().is_ok(), "{line}");
        }
        economy.state().clone()
    }

    #[test]
    fn a_sound_state_passes_and_shows_no_zero_balance() {
        let state = lively();
        assert_eq!(state.check(), Ok(()));
        assert!(state.balances().iter().all(|balance| balance.2 != 0));
        assert!(state.members[0].wallet < Fen::ZERO, "a member owes");
    }

    #[test]
    fn every_broken_invariant_is_named() {
        type Break = fn(&mut State);
        let breaks: [(Break, &str); 8] = [
            (|state| state.fixed.profit += Fen(1), "CNY sums to 1"),
            (|state| state.fixed.genesis_supply += 1, "GP sums to 1"),
            (|state| state.fixed.mall_issued -= 1, "DP sums to -1"),
            (|state| state.debts += Fen(1), "debts are 3.00, not 3.01"),
            (
                |state| {
                    state.fixed.payments += state.fixed.profit;
                    state.fixed.profit = Fen::ZERO;
                },
                "debts of 3.00 exceed the platform's own 0.00",
            ),
            (
                |state| {
                    state.members[1].spend -= Fen(1);
                    state.fixed.payments += Fen(1);
                },
                "the spend balance of member 1 is below zero",
            ),
            (
                |state| {
                    state.members[0].points += Points(1);
                    state.members[1].points -= Points(1);
                },
                "member 0 holds more points than this cycle earned",
            ),
            (
                |state| {
                    let reserve = state.pool.reserve();
                    state.pool.inject(-reserve - Fen(1));
                    state.fixed.payments += reserve + Fen(1);
                },
                "the pool holds -0.01",
            ),
        ];
        for (break_it, named) in breaks {
            let mut state = lively();
            break_it(&mut state);
            assert_eq!(state.check().expect_err(named).split(", not to").next(), Some(named));
        }
    }
}
