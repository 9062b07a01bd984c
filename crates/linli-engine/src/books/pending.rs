//! What orders that are paid and not settled will bring to each account, by the terms that they were paid under. It is
//! kept from payments, cancellations and settlements as they come. What levels pay is known only when an order is
//! settled, and who is suspended then gets nothing, so that less may come. Must not be added here: a rate.

use crate::answered::Answered;
use crate::entries::Entry;
use linli_economy::Economy;
use linli_economy::account::Account;
use linli_economy::command::Command;
use linli_economy::handle::OrderId;
use linli_economy::legs::Leg;
use linli_economy::order::Phase;
use std::collections::BTreeMap;

/// What is under way to whom, in fen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    by_order: BTreeMap<OrderId, Vec<(Account, u64)>>,
    by_account: BTreeMap<Account, u64>,
}

impl Pending {
    /// What is under way in an economy.
    #[must_use]
    pub fn of(economy: &Economy) -> Self {
        let mut pending = Self::default();
        let orders = economy.state().orders().iter().enumerate();
        for (place, _) in orders.filter(|(_, order)| order.phase == Phase::Paid) {
            pending.note(economy, OrderId::at(place).expect("it is an order's place"));
        }
        pending
    }

    /// What is under way to an account.
    #[must_use]
    pub fn on(&self, account: Account) -> u64 {
        self.by_account.get(&account).copied().unwrap_or(0)
    }

    /// Whether nothing is under way to anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_account.is_empty()
    }

    /// Takes the next entry with its answer.
    pub(crate) fn take(&mut self, entry: &Entry<'_>, answer: &Answered<'_>) {
        let Some(order) = entry.body.command().and_then(Command::order) else { return };
        if answer.outcome().is_ok() && !answer.replayed() {
            let economy = answer.economy();
            self.note(economy, economy.order_id(order).expect("a command about it was accepted"));
        }
    }

    /// Notes an order as it is now.
    fn note(&mut self, economy: &Economy, id: OrderId) {
        for (account, fen) in self.by_order.remove(&id).unwrap_or_default() {
            self.subtract(account, fen);
        }
        if economy.state().orders()[id.index()].phase != Phase::Paid {
            return;
        }
        let mut legs = Vec::new();
        economy.state().legs_of(id, &mut legs);
        let legs: Vec<_> =
            legs.iter().filter(|leg| is_somebodys(leg)).map(|leg| (leg.account, leg.fen)).collect();
        for &(account, fen) in &legs {
            *self.by_account.entry(account).or_default() += fen;
        }
        self.by_order.insert(id, legs);
    }

    fn subtract(&mut self, account: Account, fen: u64) {
        let sum = self.by_account.get_mut(&account).expect("it was added before");
        *sum -= fen;
        if *sum == 0 {
            self.by_account.remove(&account);
        }
    }
}

fn is_somebodys(leg: &Leg) -> bool {
    let is_theirs = matches!(leg.account, Account::Wallet(_) | Account::Store(_) | Account::Supplier(_));
    is_theirs && leg.fen > 0
}
