//! The requests, with what finds them. Must not be added here: a rule.

use super::{RefundAct, Request, Seller};
use crate::index::paired;
use crate::part::mixed;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The refunds that are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunds {
    pub(super) requests: BTreeMap<String, Request>,
    pub(super) by_order: BTreeSet<(String, String)>,
    pub(super) by_member: BTreeSet<(String, String)>,
    /// What each seller is to answer.
    pub(super) at_seller: BTreeSet<(Seller, String)>,
    /// The same, by until when.
    pub(super) until: BTreeSet<(Instant, String)>,
    /// What the operator is to answer, by since when.
    pub(super) at_operator: BTreeSet<(Instant, String)>,
    /// The open request of each order that has one.
    pub(super) open: BTreeMap<String, String>,
    /// Σ of what was agreed to, in fen.
    pub(super) agreed: u128,
}

impl Refunds {
    /// A request.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Request> {
        self.requests.get(id)
    }

    /// The requests for an order, the closed ones included.
    pub fn of_order(&self, order: &str) -> impl Iterator<Item = (&str, &Request)> {
        self.listed(&self.by_order, &order.to_owned())
    }

    /// The requests of a member, the closed ones included.
    pub fn of_member(&self, member: &str) -> impl Iterator<Item = (&str, &Request)> {
        self.listed(&self.by_member, &member.to_owned())
    }

    /// What a seller is to answer, and what the operator is to answer once the service has noted that it is late.
    pub fn at_seller(&self, seller: &Seller) -> impl Iterator<Item = (&str, &Request)> {
        self.listed(&self.at_seller, seller)
    }

    /// What the operator is to answer, the oldest first.
    pub fn at_operator(&self) -> impl Iterator<Item = (&str, &Request)> {
        self.at_operator.iter().map(|(_, id)| (id.as_str(), &self.requests[id]))
    }

    /// The open request of an order. What is asked back should not be settled meanwhile: that would cost the store.
    #[must_use]
    pub fn open_of(&self, order: &str) -> Option<&str> {
        self.open.get(order).map(String::as_str)
    }

    /// At most so many acts of the service that are due.
    #[must_use]
    pub fn due(&self, now: Instant, most: usize) -> Vec<RefundAct> {
        let late = self.until.iter().take_while(|(until, _)| *until <= now).take(most);
        late.map(|(_, id)| RefundAct::Escalate { id: id.clone() }).collect()
    }

    fn listed<'s, K: Clone + Ord + 's>(
        &'s self,
        index: &'s BTreeSet<(K, String)>,
        key: &K,
    ) -> impl Iterator<Item = (&'s str, &'s Request)> + use<'s, K> {
        paired(index, key).map(|id| (id, &self.requests[id]))
    }

    /// Changes with each act but a few: with how many there are of each, and with what was agreed to.
    pub(super) fn digest(&self) -> u64 {
        let Self { requests, at_seller, at_operator, open, agreed, .. } = self;
        mixed(&[requests.len(), at_seller.len(), at_operator.len(), open.len()], &[*agreed])
    }
}
