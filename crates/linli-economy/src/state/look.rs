//! Looks at single entries of the state, for whoever shows them. Must not be added here: a change of anything, or a
//! figure that is not in the state already.

use super::{Payout, State};
use crate::account::{Account, Asset};
use crate::handle::RankId;
use crate::member::Payback;
use crate::order::{MallOrder, Order, Phase, Seller};
use crate::plan::Plan;
use crate::units::Fen;

impl State {
    /// What accounts that are below zero owe together.
    #[must_use]
    pub fn debts(&self) -> Fen {
        self.debts
    }

    /// The balance of one account, in units of the asset; 0 of an asset that the account never holds.
    #[must_use]
    pub fn balance(&self, account: Account, asset: Asset) -> i128 {
        match (account, asset) {
            (Account::Order(id), _) => self.order_balance(&self.orders[id.index()], asset),
            (Account::Points(id), Asset::Gp) => self.members[id.index()].points.0,
            (Account::PlatformGenesis, Asset::Gp) => self.fixed.genesis_supply,
            (Account::PoolIssued, Asset::Gp) => -self.pool.supply().0,
            (Account::MallIssued, Asset::Dp) => self.fixed.mall_issued,
            (Account::Deduction(id), Asset::Dp) => {
                let live = i128::try_from(self.live_deduction(id)).expect("bounded by what was awarded");
                live - self.paybacks[id.index()].deduction_owed.0
            }
            (_, Asset::Cny) => self.money(account),
            _ => 0,
        }
    }

    fn order_balance(&self, order: &Order, asset: Asset) -> i128 {
        match asset {
            _ if order.phase != Phase::Paid => 0,
            Asset::Cny => order.left().into(),
            Asset::Dp => self.mall_part(order).map_or(0, |mall| mall.used().into()),
            Asset::Gp => 0,
        }
    }

    fn money(&self, account: Account) -> i128 {
        let fixed = &self.fixed;
        let balance = match account {
            Account::Wallet(id) => self.members[id.index()].wallet,
            Account::Spend(id) => self.members[id.index()].spend,
            Account::Store(id) => self.stores[id.index()].balance,
            Account::Supplier(id) => self.suppliers[id.index()].balance,
            Account::ExternalPayments => fixed.payments,
            Account::ExternalPayouts => fixed.payouts,
            Account::ExternalCapital => fixed.capital,
            Account::PlatformProfit => fixed.profit,
            Account::PlatformFees => fixed.fees,
            Account::DividendAccrued => fixed.dividend,
            Account::PoolReserve => self.pool.reserve(),
            Account::Payout(id) => {
                let Payout { amount, open, .. } = self.payouts[id.index()];
                return if open { amount.into() } else { 0 };
            }
            _ => return 0,
        };
        balance.0
    }

    /// What redemptions, exits and refunds know of the members, in order of registration.
    #[must_use]
    pub fn paybacks(&self) -> &[Payback] {
        &self.paybacks
    }

    /// The payouts, in order of withdrawal.
    #[must_use]
    pub fn payouts(&self) -> &[Payout] {
        &self.payouts
    }

    /// The plans, in the order in which they came into force.
    #[must_use]
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The name of a rank.
    #[must_use]
    pub fn rank_name(&self, rank: RankId) -> &str {
        self.ranks.text(rank.index())
    }

    /// What is particular to a mall order, if it is one.
    #[must_use]
    pub fn mall_part(&self, order: &Order) -> Option<&MallOrder> {
        match order.seller {
            Seller::Store(_) => None,
            Seller::Mall(mall) => Some(&self.mall_orders[mall.index()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Economy;
    use crate::units::Fen;

    #[test]
    fn each_balance_of_the_list_is_found_alone() {
        let plan = include_str!("../../../../plans/seed-one.toml").replace("\"0.00\"", "\"1000.00\"");
        let mut economy = Economy::open(&plan).expect("a plan with a genesis");
        for line in [
            r#"{"cmd":"open_member","member":"A"}"#,
            r#"{"cmd":"open_store","store":"S","owner":"A","district":"440106"}"#,
            r#"{"cmd":"settle","order":"O1","member":"A","store":"S","amount":"1000.00"}"#,
            r#"{"cmd":"pay","order":"O2","member":"A","store":"S","amount":"10.00"}"#,
            r#"{"cmd":"pay_mall","order":"O3","member":"A","supplier":"U","list_total":"90.00","cost":"9.00"}"#,
            r#"{"cmd":"settle_mall","order":"O4","member":"A","supplier":"U","list_total":"90.00","cost":"9.00"}"#,
            r#"{"cmd":"inject","id":"I","amount":"5.00"}"#,
            r#"{"cmd":"fee","id":"F","member":"A","region":"440106","amount":"6.00"}"#,
            r#"{"cmd":"redeem","request":"R","member":"A","points":"1"}"#,
            r#"{"cmd":"withdraw","id":"W1","store":"S","amount":"7.00"}"#,
            r#"{"cmd":"withdraw","id":"W2","store":"S","amount":"8.00"}"#,
            r#"{"cmd":"payout_done","id":"W1"}"#,
            r#"{"cmd":"deposit","id":"D","store":"S","amount":"100.00"}"#,
            // 90.00 of the 2000.00 points that it awarded were used: they are owed.
            r#"{"cmd":"refund","refund":"RO","order":"O1","amount":"1000.00"}"#,
        ] {
            assert!(economy.apply(line).outcome().is_ok(), "{line}");
            let state = economy.state();
            for (account, asset, amount) in state.balances() {
                assert_eq!(state.balance(account, asset), amount, "{account:?}");
                assert_eq!(economy.find_account(&economy.account_name(account)), Some(account));
            }
        }
        let state = economy.state();
        let nothing = |account: &Account| {
            [Asset::Cny, Asset::Gp, Asset::Dp].map(|asset| state.balance(*account, asset)) == [0; 3]
        };
        let (settled, payout) = (crate::handle::OrderId::at(3), crate::handle::PayoutId::at(0));
        assert!(settled.map(Account::Order).as_ref().is_some_and(nothing));
        assert!(payout.map(Account::Payout).as_ref().is_some_and(nothing));
        assert_eq!(state.balances().len(), 18);
    }

    #[test]
    fn single_entries_are_found_by_their_handles_and_handles_by_their_ids() {
        let ranks = r#"ranks = [{ name = "V1", rate = "0%" }]"#;
        let plan = include_str!("../../../../plans/seed-one.toml").replace("ranks = []", ranks);
        let mut economy = Economy::open(&plan).expect("a plan with a rank");
        let change =
            serde_json::json!({"cmd": "change_plan", "id": "P", "plan": plan.replace("seed-one", "next")});
        for line in [
            r#"{"cmd":"open_member","member":"A"}"#,
            r#"{"cmd":"open_member","member":"B"}"#,
            r#"{"cmd":"open_store","store":"S","owner":"A","district":"440106"}"#,
            r#"{"cmd":"set_rank","member":"B","rank":"V1"}"#,
            r#"{"cmd":"settle","order":"O1","member":"B","store":"S","amount":"1000.00"}"#,
            r#"{"cmd":"settle_mall","order":"O2","member":"A","supplier":"U","list_total":"90.00","cost":"9.00"}"#,
            r#"{"cmd":"redeem","request":"R","member":"B","points":"112"}"#,
            r#"{"cmd":"withdraw","id":"W1","store":"S","amount":"7.00"}"#,
            r#"{"cmd":"withdraw","id":"W2","supplier":"U","amount":"8.00"}"#,
            &change.to_string(),
        ] {
            assert!(economy.apply(line).outcome().is_ok(), "{line}");
        }
        let state = economy.state();
        let [a, b] = ["A", "B"].map(|id| economy.member_id(id).expect("a member"));
        assert_eq!([a, b].map(|member| economy.member_name(member)), ["A", "B"]);
        let received: Vec<_> = state.paybacks().iter().map(|payback| payback.received > Fen::ZERO).collect();
        assert_eq!(received, [false, true]);
        let payouts = ["W1", "W2"].map(|id| economy.payout_id(id).expect("a withdrawal"));
        assert_eq!(payouts.map(|payout| economy.payout_name(payout)), ["W1", "W2"]);
        assert_eq!(payouts.map(|payout| state.payouts()[payout.index()].amount), [700, 800]);
        let orders = ["O1", "O2"].map(|id| economy.order_id(id).expect("an order"));
        assert_eq!(orders.map(|order| economy.order_name(order)), ["O1", "O2"]);
        let mall = orders.map(|order| state.mall_part(&state.orders()[order.index()]));
        assert_eq!(
            mall.map(|mall| mall.map(|mall| (economy.supplier_name(mall.supplier), mall.cost))),
            [None, Some(("U", 900))]
        );
        let store = economy.store_id("S").expect("a store");
        assert_eq!((economy.store_name(store), state.stores()[store.index()].owner), ("S", a));
        let rank = state.members()[b.index()].rank.expect("it was set");
        assert_eq!(state.rank_name(rank), "V1");
        let plans: Vec<_> = state.plans().iter().map(|plan| plan.name.as_str()).collect();
        assert_eq!(plans, ["seed-one", "next"]);
        for id in ["C", "A "] {
            assert_eq!(
                (economy.member_id(id), economy.store_id(id), economy.order_id(id)),
                (None, None, None)
            );
            assert_eq!(economy.payout_id(id), None);
        }
    }
}
