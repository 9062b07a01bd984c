//! From entries and their answers to rows. What happens is a row at once; what is rewritten (balances, orders, members,
//! …) is only marked, and written once at the end of the transaction, from the economy as it is then.
//! Must not be added here: a database, or a rule of money.

mod current;
mod day;
mod events;
mod relations;
mod touched;

pub use current::{balance, member, order, payout, store};
pub use touched::{Dates, Touched};

use super::changes::Changes;
use super::moment::Moment;
use super::rows::Rows;
use super::schema::TableId;
use crate::answered::Answered;
use crate::entries::Entry;
use day::Day;
use linli_economy::Economy;
use linli_economy::handle::MemberId;
use linli_journal::Header;
use std::num::NonZeroU64;

/// Gathers the rows of entries.
pub struct Gatherer {
    changes: Changes,
    touched: Touched,
    /// The inviters of all members as of the last entry, so that a change of them is seen.
    inviters: Vec<Option<MemberId>>,
    /// The day of the last accepted command.
    day: Option<Day>,
}

impl Gatherer {
    /// Goes on after what this economy has taken; the stored prices have the day that it stands at, if there is one.
    #[must_use]
    pub fn after(economy: &Economy, prices: &Rows) -> Self {
        let inviters = economy.state().members().iter().map(|member| member.inviter).collect();
        let day = Day::stored(prices, economy.state().clock());
        Self { changes: Changes::new(), touched: Touched::default(), inviters, day }
    }

    /// Begins with the rows of a journal's header, whose economy this is.
    #[must_use]
    pub fn genesis(header: &Header, economy: &Economy) -> Self {
        let mut gatherer = Self::after(economy, &Rows::new(TableId::Prices));
        gatherer.take_genesis(header, economy);
        gatherer
    }

    /// Takes the next entry with its answer.
    pub fn take(&mut self, entry: &Entry<'_>, answer: &Answered<'_>) {
        let economy = answer.economy();
        let seq = NonZeroU64::new(answer.seq()).expect("seqs begin with 1");
        let now = Moment { seq, at: economy.state().clock() };
        self.take_command(entry, answer, now);
        let (Some(command), Ok(outcome)) = (entry.body.command(), answer.outcome()) else { return };
        if !answer.replayed() {
            self.take_outcome(economy, outcome, now);
            self.take_effects(economy, outcome, command, now);
            self.take_price(economy, outcome, command, now);
        }
    }

    /// Adds the rows of what was marked, as the economy has it now.
    pub fn finish(&mut self, economy: &Economy) {
        current::write(&mut self.changes, &mut self.touched, economy);
        self.finish_day();
    }

    /// Adds the row of the day as it is now.
    pub fn finish_day(&mut self) {
        if let Some(day) = self.day.as_mut() {
            day.write_if_changed(self.changes.to(TableId::Prices));
        }
    }

    /// What has been gathered.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// What is marked, with the dates that are known of it.
    #[must_use]
    pub fn touched(&self) -> &Touched {
        &self.touched
    }

    /// Rows gathered so far, with those that the marks will make.
    #[must_use]
    pub fn len(&self) -> usize {
        self.changes.len() + self.touched.len()
    }

    /// Begins anew after a commit.
    pub fn clear(&mut self) {
        self.changes.clear();
        self.touched.clear();
    }

    /// Forgets the rows, and keeps what is known of the marked ones.
    pub fn clear_rows(&mut self) {
        self.changes.clear();
        self.touched.accounts.clear();
    }
}
