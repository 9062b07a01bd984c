//! Which orders each store has sold, and each member bought: orders only ever come to the end of the economy's list, so what was looked through
//! once is not looked through again. Must not be added here: a sum of money.

use linli_economy::Economy;
use linli_economy::handle::{MemberId, OrderId, StoreId};
use linli_economy::order::Seller;
use std::sync::{PoisonError, RwLock};

/// The orders of every store and of every member, in the order in which they were paid.
#[derive(Default)]
pub struct Sold(RwLock<Known>);

#[derive(Default)]
struct Known {
    by_store: Vec<Vec<OrderId>>,
    by_member: Vec<Vec<OrderId>>,
    /// Orders that were looked through.
    seen: usize,
}

impl Sold {
    /// The orders of a store from this number of the economy's on, to before that one, the latest first.
    pub fn of(&self, economy: &Economy, store: StoreId, from: usize, to: usize) -> Vec<OrderId> {
        self.look(economy, |known| part(known.by_store.get(store.index()), from, to))
    }

    /// The orders of a member before this number of the economy's, the latest first.
    pub fn to(&self, economy: &Economy, member: MemberId, before: usize) -> Vec<OrderId> {
        self.look(economy, |known| part(known.by_member.get(member.index()), 0, before))
    }

    fn look<T>(&self, economy: &Economy, look: impl FnOnce(&Known) -> T) -> T {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if known.seen >= economy.state().orders().len() {
            return look(&known);
        }
        drop(known);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.look_through(economy);
        look(&known)
    }
}

/// Those from one number to before another, the latest first.
fn part(all: Option<&Vec<OrderId>>, from: usize, to: usize) -> Vec<OrderId> {
    let all = all.map_or(&[][..], Vec::as_slice);
    let first = all.partition_point(|order| order.index() < from);
    let last = all.partition_point(|order| order.index() < to);
    all[first..last.max(first)].iter().rev().copied().collect()
}

impl Known {
    fn look_through(&mut self, economy: &Economy) {
        let orders = economy.state().orders();
        for (number, order) in orders.iter().enumerate().skip(self.seen) {
            let Some(id) = OrderId::at(number) else { continue };
            if let Seller::Store(store) = order.seller {
                add(&mut self.by_store, store.index(), id);
            }
            if let Some(member) = order.member {
                add(&mut self.by_member, member.index(), id);
            }
        }
        self.seen = self.seen.max(orders.len());
    }
}

fn add(lists: &mut Vec<Vec<OrderId>>, place: usize, id: OrderId) {
    if lists.len() <= place {
        lists.resize(place + 1, Vec::new());
    }
    lists[place].push(id);
}
