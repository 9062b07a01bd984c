//! The ledger: every posting by account with the balance after it, the entries that posted it, and what each day brought
//! to whom. It is held in memory, about 250 bytes an order, because a statement must be as new as the balance beside it:
//! the tables of the read model follow later, and a replay takes seconds. Must not be added here: a rule of money; what is
//! posted is the economy's.

mod accounts;
mod days;
mod entries;
mod look;

pub use days::{DayOfMember, DayOfPrice, DayOfStore, Days, beginning_of, day_of};
pub use entries::Noted;
pub use look::{Posted, StatementOf, Written};

use crate::answered::Answered;
use crate::entries::Entry;
use accounts::Accounts;
use entries::Notes;
use linli_economy::Economy;
use linli_economy::account::Posting;
use linli_economy::time::Instant;
use std::collections::BTreeMap;

/// Stands for a balance that needs more than 64 bits and is kept apart.
const WIDE: i64 = i64::MIN;

/// The postings of an economy from its first entry.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    accounts: Accounts,
    notes: Notes,
    /// The account of each line, by its number.
    of: Vec<u32>,
    /// The balance after each line.
    balances: Vec<i64>,
    wide: BTreeMap<u32, i128>,
    days: Days,
}

impl Ledger {
    /// The ledger of an economy that has just been opened, with the plan's genesis as its first entry.
    #[must_use]
    pub fn genesis(economy: &Economy) -> Self {
        let mut ledger = Self::default();
        let balances = economy.state().balances();
        if !balances.is_empty() {
            ledger.notes.genesis(Instant::EPOCH);
        }
        for (account, asset, amount) in balances {
            ledger.write(Posting { account, asset, amount });
        }
        ledger
    }

    /// What each day brought.
    #[must_use]
    pub fn days(&self) -> &Days {
        &self.days
    }

    /// Takes the next entry with its answer.
    pub fn take(&mut self, entry: &Entry<'_>, answer: &Answered<'_>) {
        let (Some(command), Ok(outcome), false) = (entry.body.command(), answer.outcome(), answer.replayed())
        else {
            return;
        };
        let economy = answer.economy();
        self.days.take(economy, command, outcome);
        let postings = outcome.merged();
        if postings.is_empty() {
            return;
        }
        let first_line =
            u32::try_from(self.of.len()).expect("four billion lines need more memory than there is");
        self.notes.add(entry, command, answer, first_line);
        postings.into_iter().for_each(|posting| self.write(posting));
    }

    fn write(&mut self, posting: Posting) {
        let line = u32::try_from(self.of.len()).expect("four billion lines need more memory than there is");
        let number = self.accounts.number(posting.account, posting.asset);
        let before = self.accounts.newest(number).map_or(0, |line| self.balance_after(line));
        let balance = before + posting.amount;
        self.accounts.add(number, line);
        self.of.push(number);
        match i64::try_from(balance) {
            Ok(balance) if balance != WIDE => self.balances.push(balance),
            _ => {
                self.balances.push(WIDE);
                self.wide.insert(line, balance);
            }
        }
    }

    fn balance_after(&self, line: u32) -> i128 {
        match self.balances[line as usize] {
            WIDE => self.wide[&line],
            balance => balance.into(),
        }
    }
}
