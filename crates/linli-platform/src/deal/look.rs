//! What others ask of the deals: lists, vouchers by their codes, what a checkout has to pay, when an order is final, and
//! what is due. Must not be added here: a list that is searched from end to end.

use super::DealAct;
use super::book::Deals;
use super::offer::Deal;
use super::purchase::{Purchase, Verification};
use linli_economy::Economy;
use linli_economy::time::Instant;
use std::collections::BTreeSet;
use std::ops::Bound::{Excluded, Included, Unbounded};

/// What a payment of a purchase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedOrder<'d> {
    /// The economy's store.
    pub store: &'d str,
    /// The economy's member.
    pub member: &'d str,
    /// The whole price.
    pub amount_fen: u64,
    /// From when on its pieces may be given to others.
    pub until: Instant,
}

impl Deals {
    /// A deal, withdrawn ones included.
    #[must_use]
    pub fn get(&self, deal: &str) -> Option<&Deal> {
        self.deals.get(deal)
    }

    /// All deals by id after this one, withdrawn ones included.
    pub fn iter(&self, after: &str) -> impl Iterator<Item = (&str, &Deal)> {
        let deals = self.deals.range::<str, _>((Excluded(after), Unbounded));
        deals.map(|(id, deal)| (id.as_str(), deal))
    }

    /// The deals of a store by id, withdrawn ones included.
    pub fn of_store(&self, store: &str) -> impl Iterator<Item = (&str, &Deal)> {
        let first = (store.to_owned(), String::new());
        let offered = self.offered.range(first..).take_while(move |(of, _)| of == store);
        offered.map(|(_, id)| (id.as_str(), &self.deals[id]))
    }

    /// The purchase of this order, unless it has lapsed.
    #[must_use]
    pub fn purchase(&self, order: &str) -> Option<&Purchase> {
        self.orders.get(order).map(|number| &self.purchases[number])
    }

    /// The purchase whose voucher has this code.
    #[must_use]
    pub fn by_code(&self, code_digest: &[u8; 16]) -> Option<&Purchase> {
        self.codes.get(code_digest).map(|number| &self.purchases[number])
    }

    /// The purchases of a deal before this number, the latest first, each with its number.
    pub fn bought_of_deal(&self, deal: &str, before: u64) -> impl Iterator<Item = (u64, &Purchase)> {
        self.latest(&self.of_deals, deal, before)
    }

    /// The purchases in a store before this number, the latest first, each with its number.
    pub fn bought_in_store(&self, store: &str, before: u64) -> impl Iterator<Item = (u64, &Purchase)> {
        self.latest(&self.of_stores, store, before)
    }

    /// The purchases of a member before this number, the latest first, each with its number.
    pub fn bought_by_member(&self, member: &str, before: u64) -> impl Iterator<Item = (u64, &Purchase)> {
        self.latest(&self.of_members, member, before)
    }

    fn latest<'d>(
        &'d self,
        index: &'d BTreeSet<(String, u64)>,
        of: &str,
        before: u64,
    ) -> impl Iterator<Item = (u64, &'d Purchase)> + use<'d> {
        let range = (Included((of.to_owned(), 0)), Excluded((of.to_owned(), before)));
        index.range(range).rev().map(|(_, number)| (*number, &self.purchases[number]))
    }

    /// What a store verified in acts before this number, the latest first, each with the act's number and the purchase.
    pub fn verified_in_store(
        &self,
        store: &str,
        before: u64,
    ) -> impl Iterator<Item = (u64, &Purchase, &Verification)> {
        let range = (Included((store.to_owned(), 0)), Excluded((store.to_owned(), before)));
        self.verified_in.range(range).rev().map(|((_, seq), (number, place))| {
            let purchase = &self.purchases[number];
            (*seq, purchase, &purchase.verifications[*place as usize])
        })
    }

    /// The purchases of a member whose payment is not confirmed.
    pub(super) fn unconfirmed_of(&self, member: &str) -> impl Iterator<Item = &Purchase> {
        self.latest(&self.unconfirmed, member, u64::MAX).map(|(_, purchase)| purchase)
    }

    /// What pays for a purchase, as long as its pieces are kept. A payment that comes when there is nothing has to go
    /// back to whoever sent it.
    #[must_use]
    pub fn planned(&self, order: &str) -> Option<PlannedOrder<'_>> {
        let purchase = self.purchase(order).filter(|purchase| purchase.is_unconfirmed())?;
        let Purchase { store, member, amount_fen, reserved_until, .. } = purchase;
        Some(PlannedOrder { store, member, amount_fen: *amount_fen, until: *reserved_until })
    }

    /// Whether an order is one of a deal: it is then final when [`Deals::final_at`] says so, and never before.
    #[must_use]
    pub fn is_deal(&self, order: &str) -> bool {
        self.orders.contains_key(order)
    }

    /// When the order of a deal can be settled, if that is known yet and it was not settled.
    #[must_use]
    pub fn final_at(&self, economy: &Economy, order: &str) -> Option<Instant> {
        self.purchase(order)?.final_at(economy)
    }

    /// The purchases that were done with from this instant on, in that order, each with the instant: their orders become
    /// final, each at its time. Whoever settles goes on where the last one was that is settled, since whatever is done
    /// with later comes at the same instant or later.
    pub fn done(&self, from: Instant) -> impl Iterator<Item = (Instant, &Purchase)> + use<'_> {
        self.done.range((from, 0)..).map(|(at, number)| (*at, &self.purchases[number]))
    }

    /// What the service has to do at this time, the longest due first, at most so many acts.
    #[must_use]
    pub fn due(&self, economy: &Economy, now: Instant, most: usize) -> Vec<DealAct> {
        let due = self.deadlines.range(..=(now, u64::MAX)).take(most);
        due.map(|&(_, number)| self.due_act(economy, number)).collect()
    }

    fn due_act(&self, economy: &Economy, number: u64) -> DealAct {
        let purchase = &self.purchases[&number];
        let order = purchase.order.clone();
        match purchase.standing(economy).order() {
            _ if !purchase.is_unconfirmed() => {
                DealAct::Expire { cancel: format!("deal-expired-{number}"), order }
            }
            Some(paid) => DealAct::Confirm { order, paid_at: paid.since },
            None => DealAct::Lapse { order },
        }
    }
}
