//! What entries have touched since the last commit, in the order of handles, so that the same entries always make the
//! same rows. Must not be added here: what it is now; that is the economy's.

use super::super::moment::Moment;
use linli_economy::Economy;
use linli_economy::account::{Account, Asset};
use linli_economy::command::Command;
use linli_economy::handle::{MemberId, OrderId, PayoutId, StoreId};
use linli_economy::outcome::Outcome;
use std::collections::BTreeMap;

/// What the economy does not keep: when something began and when it ended, as far as it was seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dates {
    /// Paid, registered, opened.
    pub begun: Option<Moment>,
    /// Settled, closed.
    pub ended: Option<Moment>,
    /// Whether a payout that ended had failed.
    pub failed: bool,
}

/// What was touched.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// One that was touched twice is here twice.
    pub accounts: Vec<(Account, Asset)>,
    /// Orders: paid and settled.
    pub orders: BTreeMap<OrderId, Dates>,
    /// Members: registered.
    pub members: BTreeMap<MemberId, Dates>,
    /// Stores: opened and closed.
    pub stores: BTreeMap<StoreId, Dates>,
    /// Payouts: opened and closed.
    pub payouts: BTreeMap<PayoutId, Dates>,
}

impl Touched {
    /// Marks a member.
    pub fn member(&mut self, economy: &Economy, member: &str) {
        let id = economy.member_id(member).expect("the command was accepted");
        self.members.entry(id).or_default();
    }

    /// Marks the order that a command is about, and its buyer, whose points and counted spending it may change.
    pub fn order(&mut self, economy: &Economy, order: &str, command: &Command<'_>, now: Moment) {
        let id = economy.order_id(order).expect("the command was accepted");
        let dates = self.orders.entry(id).or_default();
        if command.opened_order().is_some() {
            dates.begun = Some(now);
        }
        if settled(command).is_some() {
            dates.ended = Some(now);
        }
        if let Some(member) = economy.state().orders()[id.index()].member {
            self.members.entry(member).or_default();
        }
    }

    /// Marks the store that a command is about; it is closed only once.
    pub fn store(&mut self, economy: &Economy, store: &str, command: &Command<'_>, now: Moment) {
        let id = economy.store_id(store).expect("the command was accepted");
        let dates = self.stores.entry(id).or_default();
        match command {
            Command::OpenStore { .. } => dates.begun = Some(now),
            Command::CloseStore { .. } => {
                dates.ended.get_or_insert(now);
            }
            _ => {}
        }
    }

    /// Marks the payout that a command has moved.
    pub fn payout(&mut self, outcome: &Outcome, command: &Command<'_>, now: Moment) {
        let moved = outcome.postings.iter().find_map(|posting| match posting.account {
            Account::Payout(id) => Some(id),
            _ => None,
        });
        let dates = self.payouts.entry(moved.expect("a payout has an account")).or_default();
        if matches!(command, Command::Withdraw { .. }) {
            dates.begun = Some(now);
        } else {
            dates.ended = Some(now);
            dates.failed = matches!(command, Command::PayoutFailed { .. });
        }
    }

    /// The accounts, each once and in order.
    pub fn sort_accounts(&mut self) {
        self.accounts.sort_unstable();
        self.accounts.dedup();
    }

    /// About how many rows it will make.
    #[must_use]
    pub fn len(&self) -> usize {
        // Accounts are touched again and again; half of them, or fewer, are rows.
        let accounts = self.accounts.len() / 2;
        accounts + self.orders.len() + self.members.len() + self.stores.len() + self.payouts.len()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.accounts.clear();
        self.orders.clear();
        self.members.clear();
        self.stores.clear();
        self.payouts.clear();
    }
}

/// The order that the command settles, if it settles one.
pub fn settled<'c>(command: &'c Command<'_>) -> Option<&'c str> {
    match command {
        Command::SettleInOne { order, .. }
        | Command::Settle { order }
        | Command::SettleMallInOne { order, .. }
        | Command::SettleMall { order } => Some(order),
        _ => None,
    }
}
