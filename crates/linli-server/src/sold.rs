//! Which orders each store has sold: orders only ever come to the end of the economy's list, so what was looked through
//! once is not looked through again. Must not be added here: a sum of money.

use linli_economy::Economy;
use linli_economy::handle::{OrderId, StoreId};
use linli_economy::order::Seller;
use std::sync::{PoisonError, RwLock};

/// The orders of every store, in the order in which they were paid.
#[derive(Default)]
pub struct Sold(RwLock<Known>);

#[derive(Default)]
struct Known {
    by_store: Vec<Vec<OrderId>>,
    /// Orders that were looked through.
    seen: usize,
}

impl Sold {
    /// The orders of a store from this number of the economy's on, to before that one, the latest first.
    pub fn of(&self, economy: &Economy, store: StoreId, from: usize, to: usize) -> Vec<OrderId> {
        let orders = economy.state().orders();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if known.seen < orders.len() {
            drop(known);
            self.0.write().unwrap_or_else(PoisonError::into_inner).look_through(economy);
            return self.of(economy, store, from, to);
        }
        let Some(sold) = known.by_store.get(store.index()) else { return Vec::new() };
        let first = sold.partition_point(|order| order.index() < from);
        let last = sold.partition_point(|order| order.index() < to);
        sold[first..last.max(first)].iter().rev().copied().collect()
    }
}

impl Known {
    fn look_through(&mut self, economy: &Economy) {
        let orders = economy.state().orders();
        for (number, order) in orders.iter().enumerate().skip(self.seen) {
            let Seller::Store(store) = order.seller else { continue };
            if self.by_store.len() <= store.index() {
                self.by_store.resize(store.index() + 1, Vec::new());
            }
            self.by_store[store.index()].extend(OrderId::at(number));
        }
        self.seen = self.seen.max(orders.len());
    }
}
