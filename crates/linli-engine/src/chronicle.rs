//! What is kept of the past beside the state: the totals at the end of each day, and what administrative acts have changed.
//! Both follow from the journal entry by entry and stand in snapshots, so that a day of last year is answered without a
//! replay. Must not be added here: anything that decides.

use crate::entries::Performed;
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_economy::economy::Answer;
use linli_economy::outcome::Outcome;
use linli_economy::time::Instant;
use linli_economy::totals::{Closing, Totals};
use linli_platform::{Platform, record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Seconds by which Asia/Shanghai is ahead of UTC, since 1991.
const SHANGHAI_SECONDS: i64 = 8 * 3_600;

/// Balances of which a record tells before and after.
const BALANCES: usize = 20;

/// The day of Asia/Shanghai, counted from 1970-01-01: from 00:00:00 there until it is 00:00:00 again.
#[must_use]
pub fn day(at: Instant) -> i64 {
    (at.seconds + SHANGHAI_SECONDS).div_euclid(86_400)
}

/// What is kept of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chronicle {
    totals: Totals,
    /// By day; a day on which nothing happened has none and is as the one before.
    closings: BTreeMap<i64, Closing>,
    /// By the number in the journal.
    records: BTreeMap<u64, Record>,
}

/// What an administrative act has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When.
    pub at: Instant,
    /// Who, as `staff:ann`.
    pub by: String,
    /// What kind of act.
    pub kind: String,
    /// The id that it is about.
    pub subject: String,
    /// What it is about as it was, in JSON; none if there was no such thing.
    pub before: Option<String>,
    /// As it was afterwards.
    pub after: Option<String>,
    /// What changed in the economy, of a few balances.
    pub balances: Vec<Balance>,
    /// How many balances changed.
    pub balance_count: u64,
}

/// A balance before and after an act, in units of its asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Such as `pool:reserve`.
    pub account: String,
    /// Of what.
    pub asset: Asset,
    /// Before.
    pub before: i128,
    /// After.
    pub after: i128,
}

/// An act that is about to be done, with what it is about as it is.
pub(crate) struct Before(Option<String>);

impl Chronicle {
    /// Before the first entry.
    pub(crate) fn of(economy: &Economy) -> Self {
        let totals = Totals::of(economy.state());
        Self { totals, closings: BTreeMap::new(), records: BTreeMap::new() }
    }

    /// An entry of this time comes: the day before it has ended. What is refused may come too early; the day is then
    /// closed again by the next.
    pub(crate) fn turn(&mut self, economy: &Economy, at: Option<Instant>) {
        let last = day(economy.state().clock());
        if at.is_some_and(|at| day(at) > last) {
            self.closings.insert(last, self.now(economy));
        }
    }

    /// Takes in what was answered.
    pub(crate) fn take(&mut self, answer: &Answer<'_>) {
        if let Some(outcome) = done(answer) {
            self.totals.take(&outcome.postings);
        }
    }

    /// What an act is about before it is done, if it is one to be recorded.
    pub(crate) fn before(platform: &Platform, performed: &Performed) -> Option<Before> {
        let deed = &performed.deed;
        record::is_administrative(deed)
            .then(|| Before(record::subject(platform, &deed.act).map(|subject| subject.to_string())))
    }

    /// Records an act that has been done.
    pub(crate) fn record(
        &mut self,
        platform: &Platform,
        performed: &Performed,
        before: Before,
        answer: &Answer<'_>,
    ) {
        let (deed, economy) = (&performed.deed, answer.economy());
        let postings = done(answer).map(Outcome::merged).unwrap_or_default();
        let balances = postings.iter().take(BALANCES).map(|posting| {
            let after = economy.state().balance(posting.account, posting.asset);
            let before = after.checked_sub(posting.amount).expect("it was within bounds before");
            Balance { account: economy.account_name(posting.account), asset: posting.asset, before, after }
        });
        let record = Record {
            at: economy.state().clock(),
            by: deed.by.to_string(),
            kind: deed.act.name().to_string(),
            subject: deed.act.subject().to_string(),
            before: before.0,
            after: record::subject(platform, &deed.act).map(|subject| subject.to_string()),
            balances: balances.collect(),
            balance_count: u64::try_from(postings.len()).expect("64 bits"),
        };
        self.records.insert(answer.seq, record);
    }

    /// The totals as they are now.
    #[must_use]
    pub fn now(&self, economy: &Economy) -> Closing {
        Closing::of(&self.totals, economy.state(), economy.seq())
    }

    /// The totals at the end of this day, if it has ended before the last entry.
    #[must_use]
    pub fn closing(&self, day: i64) -> Option<&Closing> {
        self.closings.range(..=day).next_back().map(|(_, closing)| closing)
    }

    /// The records before this number, the latest first.
    pub fn records_before(&self, seq: u64) -> impl Iterator<Item = (u64, &Record)> {
        self.records.range(..seq).rev().map(|(seq, record)| (*seq, record))
    }
}

/// What an answer has changed; nothing if it repeats the first one or refuses.
fn done<'a>(answer: &'a Answer<'_>) -> Option<&'a Outcome> {
    if answer.replayed { None } else { answer.outcome().ok() }
}
