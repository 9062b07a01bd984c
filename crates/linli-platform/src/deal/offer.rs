//! A deal as it is kept: its state, its terms by version, and how many of its pieces are taken. Must not be added here:
//! who bought which piece.

use super::purchase::{RESERVATION_SECONDS, later};
use super::terms::{DealSale, DealTerms, Validity};
use crate::refusal::{Code, Refusal};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Versions of its terms that are kept for a deal, because somebody has bought under them.
pub(super) const MOST_VERSIONS: usize = 50;

/// Where a deal stands. It goes from draft to on sale to withdrawn, or from draft to withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DealState {
    /// Nobody can buy it yet.
    Draft,
    /// It can be bought within its times.
    OnSale,
    /// It is over.
    Withdrawn,
}

impl DealState {
    /// The name by which people and programs know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::OnSale => "on_sale",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A deal of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    /// Whose it is.
    pub store: String,
    /// Where it stands.
    pub state: DealState,
    /// How it is sold.
    pub sale: DealSale,
    /// The terms for whoever buys now.
    version: u32,
    /// Those, and the earlier ones that somebody bought under.
    terms: BTreeMap<u32, DealTerms>,
    /// The last version that was bought.
    bought: Option<u32>,
    /// Pieces by member that are reserved, can be used or were used.
    taken: BTreeMap<String, u64>,
    /// Their sum.
    taken_in_all: u64,
}

impl Deal {
    pub(super) fn new(store: &str, terms: &DealTerms, sale: &DealSale) -> Self {
        Self {
            store: store.into(),
            state: DealState::Draft,
            sale: sale.clone(),
            version: 1,
            terms: BTreeMap::from([(1, terms.clone())]),
            bought: None,
            taken: BTreeMap::new(),
            taken_in_all: 0,
        }
    }

    /// The version of the terms for whoever buys now.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The terms for whoever buys now.
    #[must_use]
    pub fn terms(&self) -> &DealTerms {
        &self.terms[&self.version]
    }

    /// The terms of a version that was bought.
    #[must_use]
    pub fn terms_of(&self, version: u32) -> Option<&DealTerms> {
        self.terms.get(&version)
    }

    /// Pieces that are reserved, can be used or were used.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.taken_in_all
    }

    /// Of those, this member's.
    #[must_use]
    pub fn taken_by(&self, member: &str) -> u64 {
        self.taken.get(member).copied().unwrap_or(0)
    }

    /// Whether it can be bought now: published, within its times, and valid for longer than a payment takes.
    ///
    /// # Errors
    /// Why not.
    pub fn is_on_sale(&self, now: Instant) -> Result<(), Refusal> {
        let refuse = |message| Err(Refusal::new(Code::DealNotOnSale, message));
        if self.state != DealState::OnSale {
            return refuse(format!("the deal is {}, not on sale", self.state.name()));
        }
        if now < self.sale.from {
            return refuse(format!("the deal is on sale from {}, and it is {now}", self.sale.from));
        }
        if let Some(until) = self.sale.until.filter(|&until| until <= now) {
            return refuse(format!("the deal was on sale until {until}, and it is {now}"));
        }
        match self.terms().valid {
            Validity::Until(until) if until <= later(now, RESERVATION_SECONDS) => {
                refuse(format!("its vouchers expire at {until}, before a payment begun at {now} may arrive"))
            }
            _ => Ok(()),
        }
    }

    /// Whether other terms would be one version more than is kept.
    pub(super) fn has_no_room_for(&self, terms: &DealTerms) -> bool {
        self.terms() != terms && self.bought == Some(self.version) && self.terms.len() >= MOST_VERSIONS
    }

    /// Terms that nobody bought under are forgotten; their number is not used again.
    pub(super) fn change(&mut self, terms: &DealTerms, sale: &DealSale) {
        self.sale = sale.clone();
        if self.terms() == terms {
            return;
        }
        if self.bought != Some(self.version) {
            self.terms.remove(&self.version);
        }
        self.version += 1;
        self.terms.insert(self.version, terms.clone());
    }

    pub(super) fn take(&mut self, member: &str, pieces: u64) {
        self.bought = Some(self.version);
        *self.taken.entry(member.into()).or_default() += pieces;
        self.taken_in_all += pieces;
    }

    pub(super) fn release(&mut self, member: &str, pieces: u64) {
        self.taken_in_all -= pieces;
        let taken = self.taken.get_mut(member).expect("only what was taken is released");
        *taken -= pieces;
        if *taken == 0 {
            self.taken.remove(member);
        }
    }
}
