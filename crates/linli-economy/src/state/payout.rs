//! Withdrawals: money on its way out, until it has arrived or comes back to where it was taken from.

use super::{Source, State, next};
use crate::account::Account;
use crate::handle::PayoutId;
use crate::refusal::{Code, Refusal};
use crate::units::Fen;
use serde::{Deserialize, Serialize};

/// One withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payout {
    /// Where the money was taken from.
    pub from: Account,
    /// How much, in fen.
    pub amount: u64,
    /// Still on its way.
    pub open: bool,
}

impl State {
    /// Takes money from a balance to pay it out.
    ///
    /// # Errors
    /// `account_suspended`, `insufficient_funds`.
    pub fn withdraw(&mut self, from: Source, amount: u64) -> Result<PayoutId, Refusal> {
        let id = next(PayoutId::at(self.payouts.len()))?;
        let (account, balance) = self.source(from)?;
        let asked = Fen::from(amount);
        if balance < asked {
            let message = format!("the balance of {balance} does not cover {asked}");
            return Err(Refusal::new(Code::InsufficientFunds, message));
        }
        self.post(account, -asked);
        self.outcome.money(Account::Payout(id), asked);
        if matches!(from, Source::Profit | Source::Fees) && !self.covers_debts() {
            let message = format!("debts of {} would exceed what is left to the platform", self.debts);
            self.undo_money();
            return Err(Refusal::new(Code::InsufficientFunds, message));
        }
        self.payouts.push(Payout { from: account, amount, open: true });
        Ok(id)
    }

    fn source(&self, from: Source) -> Result<(Account, Fen), Refusal> {
        Ok(match from {
            Source::Wallet(id) => {
                let member = &self.members[id.index()];
                if member.suspended {
                    return Err(Refusal::new(Code::AccountSuspended, "a suspended member cannot withdraw"));
                }
                (Account::Wallet(id), member.wallet)
            }
            Source::Store(id) => (Account::Store(id), self.stores[id.index()].balance),
            Source::Supplier(id) => (Account::Supplier(id), self.suppliers[id.index()].balance),
            Source::Profit => (Account::PlatformProfit, self.fixed.profit),
            Source::Fees => (Account::PlatformFees, self.fixed.fees),
        })
    }

    /// The money has arrived.
    ///
    /// # Errors
    /// `payout_closed`.
    pub fn payout_done(&mut self, id: PayoutId) -> Result<(), Refusal> {
        self.close_payout(id, Some(Account::ExternalPayouts))
    }

    /// The money has come back.
    ///
    /// # Errors
    /// `payout_closed`.
    pub fn payout_failed(&mut self, id: PayoutId) -> Result<(), Refusal> {
        self.close_payout(id, None)
    }

    /// Moves an open payout's money on, or back to where it came from.
    fn close_payout(&mut self, id: PayoutId, to: Option<Account>) -> Result<(), Refusal> {
        let payout = &mut self.payouts[id.index()];
        if !payout.open {
            return Err(Refusal::new(Code::PayoutClosed, "the withdrawal is done or has failed"));
        }
        payout.open = false;
        let (to, amount) = (to.unwrap_or(payout.from), Fen::from(payout.amount));
        self.outcome.money(Account::Payout(id), -amount);
        self.post(to, amount);
        Ok(())
    }
}
