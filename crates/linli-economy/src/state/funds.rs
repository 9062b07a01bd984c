//! Money that comes in from outside other than for orders: deposits and agents' fees; and the write-off, by
//! which the platform's profit makes up what somebody owes.

use super::State;
use crate::account::Account;
use crate::handle::{MemberId, StoreId, SupplierId};
use crate::refusal::{Code, Refusal};
use crate::units::Fen;

/// Where a deposit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A store's balance.
    Store(StoreId),
    /// A supplier's.
    Supplier(SupplierId),
    /// The platform's profit.
    Profit,
    /// A member's wallet, as far as it owes.
    Wallet(MemberId),
}

/// What a withdrawal is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A member's wallet.
    Wallet(MemberId),
    /// A store's balance.
    Store(StoreId),
    /// A supplier's.
    Supplier(SupplierId),
    /// The platform's profit.
    Profit,
    /// The platform's fees.
    Fees,
}

impl State {
    /// Brings money in.
    ///
    /// # Errors
    /// `bad_amount` for more than a member owes, `overflow`.
    pub fn deposit(&mut self, to: Destination, amount_fen: u64) -> Result<(), Refusal> {
        let account = match to {
            Destination::Store(store) => Account::Store(store),
            Destination::Supplier(supplier) => Account::Supplier(supplier),
            Destination::Profit => Account::PlatformProfit,
            Destination::Wallet(member) => {
                self.check_owed(self.members[member.index()].wallet, amount_fen)?;
                Account::Wallet(member)
            }
        };
        self.enter(account, amount_fen)
    }

    /// An agent's fee.
    ///
    /// # Errors
    /// `overflow`.
    pub fn fee(&mut self, amount_fen: u64) -> Result<(), Refusal> {
        self.enter(Account::PlatformFees, amount_fen)
    }

    fn enter(&mut self, account: Account, amount_fen: u64) -> Result<(), Refusal> {
        self.entered.admits_money(amount_fen)?;
        self.entered.add_money(amount_fen);
        self.post(Account::ExternalPayments, -Fen::from(amount_fen));
        self.post(account, Fen::from(amount_fen));
        Ok(())
    }

    /// The platform's profit makes up (part of) a negative balance.
    ///
    /// # Errors
    /// `bad_amount` for more than is owed.
    ///
    /// # Panics
    /// If the account is none that can be written off.
    pub fn write_off(&mut self, account: Account, amount_fen: u64) -> Result<(), Refusal> {
        let balance = match account {
            Account::Wallet(member) => self.members[member.index()].wallet,
            Account::Store(store) => self.stores[store.index()].balance,
            Account::Supplier(supplier) => self.suppliers[supplier.index()].balance,
            Account::DividendAccrued => self.fixed.dividend,
            _ => panic!("only an account that can owe is written off"),
        };
        self.check_owed(balance, amount_fen)?;
        self.post(Account::PlatformProfit, -Fen::from(amount_fen));
        self.post(account, Fen::from(amount_fen));
        Ok(())
    }

    fn check_owed(&self, balance: Fen, amount_fen: u64) -> Result<(), Refusal> {
        let (asked, owed) = (Fen::from(amount_fen), (-balance).max(Fen::ZERO));
        if asked > owed {
            return Err(Refusal::new(Code::BadAmount, format!("{asked} is more than the {owed} owed")));
        }
        Ok(())
    }
}
