//! The pages that there are. Must not be added here: a rule.

use super::{Page, StorefrontAct};
use crate::part::{Moment, mixed};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A page, and since when it is like this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Front {
    /// The page.
    pub page: Page,
    /// Since when.
    pub since: Instant,
}

/// The stores' pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storefronts {
    pub(super) fronts: BTreeMap<String, Front>,
    /// Pages that were ever put up.
    pub(super) changes: u64,
}

impl Storefronts {
    /// The page of a store.
    #[must_use]
    pub fn get(&self, store: &str) -> Option<&Front> {
        self.fronts.get(store)
    }

    /// All pages by store.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Front)> {
        self.fronts.iter().map(|(store, front)| (store.as_str(), front))
    }

    /// The names of all photos that pages show.
    #[must_use]
    pub fn photos(&self) -> BTreeSet<&str> {
        self.fronts.values().flat_map(|front| front.page.photos.iter().map(String::as_str)).collect()
    }

    pub(crate) fn put_up(&mut self, now: Instant, store: &str, page: &Page) {
        self.changes += 1;
        self.fronts.insert(store.to_owned(), Front { page: page.clone(), since: now });
    }

    pub(super) fn do_act(&mut self, moment: &Moment<'_>, act: &StorefrontAct) {
        match act {
            StorefrontAct::Change { store, page } => self.put_up(moment.now, store, page),
            // Closed is what the economy says it is.
            StorefrontAct::Close { .. } => {}
        }
    }

    pub(super) fn digest(&self) -> u64 {
        mixed(&[self.fronts.len()], &[u128::from(self.changes)])
    }
}
