//! Accounts under their public names.

use super::Economy;
use crate::account::{Account, Asset};
use crate::command::IdKind;
use crate::handle::SupplierId;

impl Economy {
    /// Appends the account's name, as in `member:M1:wallet`.
    pub fn write_account(&self, out: &mut String, account: Account) {
        let (prefix, id, suffix) = match account {
            Account::Order(id) => ("order:", self.ids.orders.text(id.index()), ""),
            Account::Store(id) => ("store:", self.ids.stores.text(id.index()), ""),
            Account::Supplier(id) => ("supplier:", self.ids.suppliers.text(id.index()), ""),
            Account::Wallet(id) => ("member:", self.ids.members.text(id.index()), ":wallet"),
            Account::Spend(id) => ("member:", self.ids.members.text(id.index()), ":spend"),
            Account::Points(id) => ("member:", self.ids.members.text(id.index()), ":points"),
            Account::Deduction(id) => ("member:", self.ids.members.text(id.index()), ":deduction"),
            Account::Payout(id) => ("payout:", self.ids.own[IdKind::Withdraw as usize].text(id.index()), ""),
            Account::ExternalPayments => ("external:payments", "", ""),
            Account::ExternalPayouts => ("external:payouts", "", ""),
            Account::ExternalCapital => ("external:capital", "", ""),
            Account::PlatformProfit => ("platform:profit", "", ""),
            Account::PlatformFees => ("platform:fees", "", ""),
            Account::PlatformGenesis => ("platform:genesis", "", ""),
            Account::PoolReserve => ("pool:reserve", "", ""),
            Account::PoolIssued => ("pool:issued", "", ""),
            Account::MallIssued => ("mall:issued", "", ""),
            Account::DividendAccrued => ("dividend:accrued", "", ""),
        };
        out.push_str(prefix);
        out.push_str(id);
        out.push_str(suffix);
    }

    /// The account's name.
    #[must_use]
    pub fn account_name(&self, account: Account) -> String {
        let mut name = String::new();
        self.write_account(&mut name, account);
        name
    }

    /// The account of this name, if there is one: the inverse of [`Economy::write_account`].
    #[must_use]
    pub fn find_account(&self, name: &str) -> Option<Account> {
        let parts: Vec<&str> = name.split(':').collect();
        Some(match parts[..] {
            ["order", id] => Account::Order(self.order_id(id)?),
            ["store", id] => Account::Store(self.store_id(id)?),
            ["supplier", id] => Account::Supplier(self.ids.suppliers.find(id).and_then(SupplierId::at)?),
            ["member", id, "wallet"] => Account::Wallet(self.member_id(id)?),
            ["member", id, "spend"] => Account::Spend(self.member_id(id)?),
            ["member", id, "points"] => Account::Points(self.member_id(id)?),
            ["member", id, "deduction"] => Account::Deduction(self.member_id(id)?),
            ["payout", id] => Account::Payout(self.payout_id(id)?),
            ["external", "payments"] => Account::ExternalPayments,
            ["external", "payouts"] => Account::ExternalPayouts,
            ["external", "capital"] => Account::ExternalCapital,
            ["platform", "profit"] => Account::PlatformProfit,
            ["platform", "fees"] => Account::PlatformFees,
            ["platform", "genesis"] => Account::PlatformGenesis,
            ["pool", "reserve"] => Account::PoolReserve,
            ["pool", "issued"] => Account::PoolIssued,
            ["mall", "issued"] => Account::MallIssued,
            ["dividend", "accrued"] => Account::DividendAccrued,
            _ => return None,
        })
    }

    /// Every balance that is not zero, sorted by the account's name, then the asset's.
    #[must_use]
    pub fn balances(&self) -> Vec<(String, Asset, i128)> {
        let balances = self.state.balances().into_iter();
        let mut named: Vec<_> =
            balances.map(|(account, asset, amount)| (self.account_name(account), asset, amount)).collect();
        named.sort();
        named
    }
}
