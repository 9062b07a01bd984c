//! What stores sold, and what that brought somebody, by store and by day: for agents, recruiters and the desk. Must not be
//! added here: whose stores they are.

use super::period::day_text;
use super::text::yuan;
use crate::page::{Page, Paged};
use linli_economy::handle::StoreId;
use linli_engine::Replica;
use linli_engine::books::{DayOfStore, Ledger};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use utoipa::ToSchema;

/// What a store sold in some days, or what stores sold on one day.
#[derive(Serialize, ToSchema)]
pub struct Sold {
    /// The store, where it is one.
    #[schema(example = "S1")]
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<String>,
    /// `open` or `closed`, of a store.
    #[schema(example = "open")]
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    /// The code of a store's district.
    #[schema(example = "440106")]
    #[serde(skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    /// The day in Asia/Shanghai, where it is one.
    #[schema(example = "2026-01-01")]
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    /// Orders that were settled.
    #[schema(example = 3)]
    orders: u64,
    /// Yuan that they were for, less what was refunded.
    #[schema(example = "3000.00")]
    turnover: String,
    /// Yuan that they brought.
    #[schema(example = "15.00")]
    earned: String,
}

/// Sums of days; those of one economy's days fit.
#[derive(Clone, Copy, Default)]
struct Sum {
    orders: u64,
    turnover: i128,
    earned: i128,
}

impl Sum {
    fn add(&mut self, day: &DayOfStore, share: i64) {
        self.orders += day.orders;
        self.turnover += i128::from(day.turnover);
        self.earned += i128::from(share);
    }

    fn told(self) -> Sold {
        Sold {
            store: None,
            state: None,
            district: None,
            day: None,
            orders: self.orders,
            turnover: yuan(self.turnover),
            earned: yuan(self.earned),
        }
    }
}

/// What each of these stores sold in these days.
pub fn of_stores(
    replica: &Replica,
    ledger: &Ledger,
    page: &Page,
    stores: &[StoreId],
    days: &RangeInclusive<i64>,
    share: impl Fn(&DayOfStore) -> i64,
) -> Paged<Sold> {
    let economy = replica.economy();
    let following =
        super::subject::after(stores.iter(), page.after.as_deref(), |id| economy.store_name(**id));
    let sold = following.map(|id| {
        let mut sum = Sum::default();
        ledger.days().of_store(*id, days.clone()).iter().for_each(|day| sum.add(day, share(day)));
        let store = &economy.state().stores()[id.index()];
        Sold {
            store: Some(economy.store_name(*id).to_owned()),
            state: Some(if store.closed { "closed" } else { "open" }),
            district: Some(store.district.to_string()),
            ..sum.told()
        }
    });
    page.of(sold, |sold| sold.store.clone().unwrap_or_default())
}

/// What all of these stores sold on each of these days.
pub fn of_days(
    ledger: &Ledger,
    stores: &[StoreId],
    days: &RangeInclusive<i64>,
    share: impl Fn(&DayOfStore) -> i64,
) -> Paged<Sold> {
    let mut sums: BTreeMap<i64, Sum> = BTreeMap::new();
    for day in stores.iter().flat_map(|id| ledger.days().of_store(*id, days.clone())) {
        sums.entry(day.day).or_default().add(day, share(day));
    }
    let items = sums.into_iter().map(|(day, sum)| Sold { day: Some(day_text(day)), ..sum.told() });
    Paged { items: items.collect(), next: None }
}
