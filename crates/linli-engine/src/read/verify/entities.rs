//! The comparison of what is rewritten: each stored row leads by its key to what the economy has of it now, and at the
//! end nothing of the economy may be left without a row.

use super::super::database::Database;
use super::super::fault::ReadFault;
use super::super::gather::{self, Dates, Touched};
use super::super::rows::{Row, Rows, Value, unescaped};
use super::super::schema::TableId;
use super::difference::{Difference, What, compare};
use super::order::InOrder;
use linli_economy::Economy;
use linli_economy::account::{Account, Asset};
use linli_economy::handle::{MemberId, OrderId, PayoutId, StoreId};
use std::collections::BTreeMap;

/// Compares balances, orders, members, stores and payouts.
///
/// # Errors
/// [`ReadFault::Differs`], and what hinders reading.
pub fn compare_all(
    database: &mut dyn Database,
    economy: &Economy,
    touched: &Touched,
) -> Result<(), ReadFault> {
    let state = economy.state();
    balances(database, economy)?;
    let orders = Entities {
        table: TableId::Orders,
        count: state.orders().len(),
        find: &|id| economy.order_id(id).map(OrderId::index),
        row: &|rows, place| {
            let id = OrderId::at(place).expect("it has a handle");
            gather::order(rows, economy, id, dates(&touched.orders, id));
        },
    };
    let members = Entities {
        table: TableId::Members,
        count: state.members().len(),
        find: &|id| economy.member_id(id).map(MemberId::index),
        row: &|rows, place| {
            let id = MemberId::at(place).expect("it has a handle");
            gather::member(rows, economy, id, dates(&touched.members, id));
        },
    };
    let stores = Entities {
        table: TableId::Stores,
        count: state.stores().len(),
        find: &|id| economy.store_id(id).map(StoreId::index),
        row: &|rows, place| {
            let id = StoreId::at(place).expect("it has a handle");
            gather::store(rows, economy, id, dates(&touched.stores, id));
        },
    };
    let payouts = Entities {
        table: TableId::Payouts,
        count: state.payouts().len(),
        find: &|id| economy.payout_id(id).map(PayoutId::index),
        row: &|rows, place| {
            let id = PayoutId::at(place).expect("it has a handle");
            gather::payout(rows, economy, id, dates(&touched.payouts, id));
        },
    };
    [orders, members, stores, payouts].iter().try_for_each(|entities| entities.compare(database))
}

fn dates<H: Ord + Copy>(touched: &BTreeMap<H, Dates>, id: H) -> Dates {
    touched.get(&id).copied().unwrap_or_default()
}

/// All of a kind, by their places in the economy.
struct Entities<'a> {
    table: TableId,
    count: usize,
    /// The place of an id.
    find: &'a dyn Fn(&str) -> Option<usize>,
    /// Adds the row of a place.
    row: &'a dyn Fn(&mut Rows, usize),
}

impl Entities<'_> {
    fn compare(&self, database: &mut dyn Database) -> Result<(), ReadFault> {
        let mut stored = InOrder::new(self.table);
        let mut seen = vec![false; self.count];
        let mut expected = Rows::new(self.table);
        while let Some(found) = stored.peek(database)? {
            let place = text(found, 0).and_then(|id| (self.find)(&unescaped(id)));
            let Some(place) = place else { return Err(Difference::fault(self.table, found, What::Surplus)) };
            expected.clear();
            (self.row)(&mut expected, place);
            compare(self.table, found, expected.row(0))?;
            seen[place] = true;
            stored.take();
        }
        match seen.iter().position(|seen| !seen) {
            None => Ok(()),
            Some(place) => {
                expected.clear();
                (self.row)(&mut expected, place);
                Err(Difference::fault(self.table, expected.row(0), What::Missing))
            }
        }
    }
}

fn balances(database: &mut dyn Database, economy: &Economy) -> Result<(), ReadFault> {
    let table = TableId::Balances;
    let mut stored = InOrder::new(table);
    let mut seen = Vec::new();
    let mut expected = Rows::new(table);
    while let Some(found) = stored.peek(database)? {
        let place = text(found, 0)
            .zip(text(found, 1))
            .and_then(|(account, asset)| Some((economy.find_account(&unescaped(account))?, named(asset)?)));
        let held = place.map(|(account, asset)| (account, asset, economy.state().balance(account, asset)));
        let Some((account, asset, amount)) = held.filter(|&(_, _, amount)| amount != 0) else {
            return Err(Difference::fault(table, found, What::Surplus));
        };
        expected.clear();
        gather::balance(&mut expected, economy, account, asset, amount);
        compare(table, found, expected.row(0))?;
        seen.push((account, asset));
        stored.take();
    }
    seen.sort_unstable();
    let is_missing =
        |&(account, asset, _): &(Account, Asset, i128)| seen.binary_search(&(account, asset)).is_err();
    match economy.state().balances().into_iter().find(is_missing) {
        None => Ok(()),
        Some((account, asset, amount)) => {
            expected.clear();
            gather::balance(&mut expected, economy, account, asset, amount);
            Err(Difference::fault(table, expected.row(0), What::Missing))
        }
    }
}

fn named(asset: &str) -> Option<Asset> {
    [Asset::Cny, Asset::Gp, Asset::Dp].into_iter().find(|known| known.name() == asset)
}

fn text(row: Row<'_>, column: usize) -> Option<&str> {
    match row.get(column) {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
