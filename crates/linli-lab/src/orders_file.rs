//! Real orders, handed in row by row: who, where, when, how much. Texts become dense numbers in the order in which they
//! come. Must not be added: reading a file; whoever hands the rows in knows their lines and columns.

use crate::scenario::Date;
use linli_economy::time::Instant;
use std::collections::BTreeMap;

/// One order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileOrder {
    /// When it was paid.
    pub at: Instant,
    /// The number of its member, where it has one.
    pub member: Option<u32>,
    /// The number of its store.
    pub store: u32,
    /// In fen.
    pub amount: u64,
}

/// The orders of a file.
#[derive(Clone, Debug, Default)]
pub struct FileOrders {
    orders: Vec<FileOrder>,
    members: BTreeMap<String, u32>,
    stores: BTreeMap<String, u32>,
}

impl FileOrders {
    /// Adds an order, which must not be earlier than the one before.
    ///
    /// # Errors
    /// Why it cannot be added.
    pub fn push(
        &mut self,
        at: Instant,
        member: Option<&str>,
        store: &str,
        amount: u64,
    ) -> Result<(), String> {
        if let Some(last) = self.orders.last().filter(|last| at < last.at) {
            return Err(format!("{at} is before {}, the time of the order before it", last.at));
        }
        let member = member.map(|member| number(&mut self.members, member));
        let store = number(&mut self.stores, store);
        self.orders.push(FileOrder { at, member, store, amount });
        Ok(())
    }

    /// In the order of payment.
    #[must_use]
    pub fn orders(&self) -> &[FileOrder] {
        &self.orders
    }

    /// How many stores they were paid in.
    #[must_use]
    pub fn stores(&self) -> usize {
        self.stores.len()
    }

    /// How many members paid them.
    #[must_use]
    pub fn members(&self) -> usize {
        self.members.len()
    }

    /// The day of the first.
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        self.orders.first().map(|order| Date::of(order.at))
    }
}

fn number(numbers: &mut BTreeMap<String, u32>, name: &str) -> u32 {
    let next = u32::try_from(numbers.len()).expect("fewer than four billion names");
    match numbers.get(name) {
        Some(number) => *number,
        None => *numbers.entry(name.to_string()).or_insert(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_numbers_and_time_runs_forwards() {
        let mut orders = FileOrders::default();
        let at = |seconds| Instant { seconds, nanoseconds: 0 };
        orders.push(at(5), Some("b"), "s", 100).expect("the first");
        orders.push(at(5), Some("a"), "s", 200).expect("at the same time");
        orders.push(at(6), Some("b"), "t", 300).expect("later");
        assert_eq!(orders.orders()[2], FileOrder { at: at(6), member: Some(0), store: 1, amount: 300 });
        assert_eq!((orders.members(), orders.stores()), (2, 2));
        assert!(orders.push(at(5), None, "t", 1).is_err());
    }
}
