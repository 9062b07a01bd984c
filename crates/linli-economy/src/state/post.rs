//! The ledger's one way to move money: a balance changes, debts are kept, and the posting is noted. Must not be
//! added here: points, whose state their commands change.

use super::State;
use crate::account::{Account, Asset};
use crate::units::Fen;

impl State {
    /// Moves money: the balance changes and the posting is noted. Accounts whose balance follows from other
    /// state (orders, payouts, the pool) only get the posting; their state is changed by the caller.
    pub(super) fn post(&mut self, account: Account, amount: Fen) {
        self.outcome.money(account, amount);
        self.add(account, amount);
    }

    #[inline]
    fn add(&mut self, account: Account, amount: Fen) {
        let balance = match account {
            Account::Wallet(member) => &mut self.members[member.index()].wallet,
            Account::Store(store) => &mut self.stores[store.index()].balance,
            Account::Supplier(supplier) => &mut self.suppliers[supplier.index()].balance,
            Account::DividendAccrued => &mut self.fixed.dividend,
            Account::Spend(member) => return self.members[member.index()].spend += amount,
            Account::ExternalPayments => return self.fixed.payments += amount,
            Account::ExternalPayouts => return self.fixed.payouts += amount,
            Account::ExternalCapital => return self.fixed.capital += amount,
            Account::PlatformProfit => return self.fixed.profit += amount,
            Account::PlatformFees => return self.fixed.fees += amount,
            Account::Order(_)
            | Account::Payout(_)
            | Account::PoolReserve
            | Account::PoolIssued
            | Account::PlatformGenesis
            | Account::Points(_)
            | Account::Deduction(_)
            | Account::MallIssued => return,
        };
        let before = *balance;
        *balance += amount;
        if before.0 < 0 || balance.0 < 0 {
            let owed = |balance: Fen| (-balance).max(Fen::ZERO);
            let change = owed(*balance) - owed(before);
            self.debts += change;
        }
    }

    /// Takes back every line of money of a command that turns out to be refused.
    pub(super) fn undo_money(&mut self) {
        let postings = std::mem::take(&mut self.outcome.postings);
        for posting in &postings {
            if posting.asset == Asset::Cny {
                self.add(posting.account, Fen(-posting.amount));
            }
        }
        self.outcome.postings = postings;
        self.outcome.clear();
    }

    /// Whether the platform's own money covers all debts: then cash covers every claim.
    pub(super) fn covers_debts(&self) -> bool {
        self.debts <= self.fixed.profit + self.fixed.fees
    }
}
