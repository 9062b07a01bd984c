//! All payments, codes and returns, with what finds them. Must not be added here: a rule.

use super::{Payment, Return, Source, StoreCode};
use crate::index::paired;
use crate::part::mixed;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// The payments of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    pub(super) codes: BTreeMap<String, StoreCode>,
    /// By store: the codes that are neither paid nor cancelled.
    pub(super) shown: BTreeSet<(String, String)>,
    pub(super) payments: BTreeMap<String, Payment>,
    /// The payments of each member who paid.
    pub(super) by_payer: BTreeSet<(String, String)>,
    /// Of each order the payment that is nearest to paying it.
    pub(super) by_order: BTreeMap<String, String>,
    /// The open payments, by when they expire.
    pub(super) open: BTreeSet<(Instant, String)>,
    /// The payments with orders to be carried out, by when the money arrived.
    pub(super) arrived: BTreeSet<(Instant, String)>,
    pub(super) returns: BTreeMap<String, Return>,
    /// The returns of each payment.
    pub(super) by_payment: BTreeSet<(String, String)>,
    /// What is due back by what happened here; what the economy gives back is found from its orders.
    pub(super) owing: BTreeSet<(String, Source)>,
    pub(super) totals: Totals,
}

/// Sums over all payments, in fen, for comparing with the provider's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// What arrived.
    pub arrived: u128,
    /// What of it is in orders that were carried out, those given back later included.
    pub carried_out: u128,
    /// What the provider was asked to give back, without what failed.
    pub returned: u128,
}

impl Checkout {
    /// A payment.
    #[must_use]
    pub fn payment(&self, id: &str) -> Option<&Payment> {
        self.payments.get(id)
    }

    /// All payments by id.
    pub fn payments(&self) -> impl Iterator<Item = (&str, &Payment)> {
        self.payments.iter().map(|(id, payment)| (id.as_str(), payment))
    }

    /// At most so many payments whose ids come after this one, by id.
    pub fn payments_after(&self, after: &str, most: usize) -> impl Iterator<Item = (&str, &Payment)> {
        let after = (Bound::Excluded(after), Bound::Unbounded);
        self.payments.range::<str, _>(after).map(|(id, payment)| (id.as_str(), payment)).take(most)
    }

    /// The ids of the payments of a member.
    pub fn payments_of(&self, member: &str) -> impl Iterator<Item = &str> {
        paired(&self.by_payer, &member.to_owned())
    }

    /// The payment that an order is paid by, or, before it is paid, the one that is nearest to it.
    #[must_use]
    pub fn payment_of(&self, order: &str) -> Option<&str> {
        self.by_order.get(order).map(String::as_str)
    }

    /// Whether a payment for this order was ever opened.
    #[must_use]
    pub fn is_known(&self, order: &str) -> bool {
        self.by_order.contains_key(order)
    }

    /// A code with an amount.
    #[must_use]
    pub fn code(&self, code: &str) -> Option<&StoreCode> {
        self.codes.get(code)
    }

    /// The ids of a store's codes that are neither paid nor cancelled, some of which may have expired.
    pub fn codes_of_store(&self, store: &str) -> impl Iterator<Item = &str> {
        paired(&self.shown, &store.to_owned())
    }

    /// What the provider was asked to give back, by the id of that.
    #[must_use]
    pub fn return_of(&self, id: &str) -> Option<&Return> {
        self.returns.get(id)
    }

    /// All that the provider was ever asked to give back.
    pub fn returns(&self) -> impl Iterator<Item = (&str, &Return)> {
        self.returns.iter().map(|(id, one)| (id.as_str(), one))
    }

    /// At most so many of them whose ids come after this one, by id.
    pub fn returns_after(&self, after: &str, most: usize) -> impl Iterator<Item = (&str, &Return)> {
        let after = (Bound::Excluded(after), Bound::Unbounded);
        self.returns.range::<str, _>(after).map(|(id, one)| (id.as_str(), one)).take(most)
    }

    /// All that was asked to be given back of a payment.
    pub fn returns_of(&self, payment: &str) -> impl Iterator<Item = (&str, &Return)> {
        paired(&self.by_payment, &payment.to_owned()).map(|id| (id, &self.returns[id]))
    }

    /// Sums over all payments.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Changes with each act but a few: with how much there is of everything, and with every sum.
    pub(super) fn digest(&self) -> u64 {
        let Self { codes, shown, payments, open, arrived, returns, owing, totals, .. } = self;
        let counts =
            [codes.len(), shown.len(), payments.len(), open.len(), arrived.len(), returns.len(), owing.len()];
        mixed(&counts, &[totals.arrived, totals.carried_out, totals.returned])
    }
}
