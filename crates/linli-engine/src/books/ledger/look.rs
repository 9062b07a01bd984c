//! Looks into the ledger: a part of an account's statement, and what was posted for an order. Each takes as long as what it
//! shows, and the logarithm of what there is. Must not be added here: how it is shown.

use super::Ledger;
use super::entries::Noted;
use linli_economy::account::{Account, Asset, Posting};
use linli_economy::handle::OrderId;
use linli_economy::time::Instant;

/// One line of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<'l> {
    /// Its number: a later line has a higher one.
    pub line: u32,
    /// What posted it.
    pub entry: Noted<'l>,
    /// How much, in units of the asset.
    pub amount: i128,
    /// The balance after it.
    pub balance: i128,
}

/// One posting with the balance after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// What was posted.
    pub posting: Posting,
    /// The balance of its account after it.
    pub balance: i128,
}

/// A part of an account's statement.
#[derive(Clone, Copy, Debug)]
pub struct StatementOf<'l> {
    ledger: &'l Ledger,
    /// All lines of the account.
    all: &'l [u32],
    /// Which of them are in the part.
    from: usize,
    until: usize,
}

impl Ledger {
    /// The statement of an account, from a time until before another.
    #[must_use]
    pub fn statement(
        &self,
        account: Account,
        asset: Asset,
        from: Option<Instant>,
        until: Option<Instant>,
    ) -> StatementOf<'_> {
        let all = self.accounts.find(account, asset).map_or(&[][..], |number| self.accounts.lines(number));
        let end = self.end();
        let place = |at: Instant| {
            let first = self.notes.first_line_since(at, end);
            all.partition_point(|line| *line < first)
        };
        let until = until.map_or(all.len(), place);
        let from = from.map_or(0, place).min(until);
        StatementOf { ledger: self, all, from, until }
    }

    /// What happened to an order, in its order: each entry with what it posted.
    pub fn of_order(&self, order: OrderId) -> impl Iterator<Item = (Noted<'_>, Vec<Posted>)> {
        let places = self.notes.about(order).into_iter();
        places.map(|place| {
            let lines = self.notes.lines(place, self.end());
            (self.notes.at(place), lines.map(|line| self.posted(line)).collect())
        })
    }

    fn posted(&self, line: u32) -> Posted {
        let number = self.of[line as usize];
        let (account, asset) = self.accounts.account(number);
        let all = self.accounts.lines(number);
        let place = all.partition_point(|one| *one < line);
        let (amount, balance) = (self.amount(all, place), self.balance_after(line));
        Posted { posting: Posting { account, asset, amount }, balance }
    }

    /// The amount of a line is by how much the balance after it differs from the one before it.
    fn amount(&self, all: &[u32], place: usize) -> i128 {
        let before = place.checked_sub(1).map_or(0, |before| self.balance_after(all[before]));
        self.balance_after(all[place]) - before
    }

    /// The number that the next line gets.
    #[must_use]
    pub fn end(&self) -> u32 {
        u32::try_from(self.of.len()).expect("each line has a number")
    }
}

impl<'l> StatementOf<'l> {
    /// The balance before the first line.
    #[must_use]
    pub fn opening(&self) -> i128 {
        self.from.checked_sub(1).map_or(0, |place| self.ledger.balance_after(self.all[place]))
    }

    /// The balance after the last line.
    #[must_use]
    pub fn closing(&self) -> i128 {
        self.until.checked_sub(1).map_or(0, |place| self.ledger.balance_after(self.all[place]))
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.until - self.from
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The part of it before a line.
    #[must_use]
    pub fn before(self, line: u64) -> Self {
        let until = self.all.partition_point(|one| u64::from(*one) < line);
        let until = until.clamp(self.from, self.until);
        Self { until, ..self }
    }

    /// The part of it from a line on.
    #[must_use]
    pub fn since(self, line: u64) -> Self {
        let from = self.all.partition_point(|one| u64::from(*one) < line);
        Self { from: from.clamp(self.from, self.until), ..self }
    }

    /// The lines, the newest first.
    pub fn newest_first(self) -> impl Iterator<Item = Written<'l>> {
        (self.from..self.until).rev().map(move |place| self.line(place))
    }

    /// The lines, the oldest first.
    pub fn oldest_first(self) -> impl Iterator<Item = Written<'l>> {
        (self.from..self.until).map(move |place| self.line(place))
    }

    fn line(&self, place: usize) -> Written<'l> {
        let (ledger, line) = (self.ledger, self.all[place]);
        Written {
            line,
            entry: ledger.notes.at(ledger.notes.of_line(line)),
            amount: ledger.amount(self.all, place),
            balance: ledger.balance_after(line),
        }
    }
}
