//! `/v1/prices`: the price of a point day by day, for a chart. Must not be added here: a price of a day to come.

use super::period::{Period, day_text};
use super::text::{amount, price_floor, yuan};
use crate::app::App;
use crate::problem::Problem;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::account::Asset;
use linli_economy::pool::Price;
use linli_engine::books::{DayOfPrice, Ledger, day_of};
use serde::Serialize;
use std::ops::RangeInclusive;
use std::sync::Arc;
use utoipa::ToSchema;

/// Days that are told if none are asked about, and at most.
pub const USUAL: i64 = 30;
pub const MOST: i64 = 1_098;

/// The price day by day.
#[derive(Serialize, ToSchema)]
pub struct Prices {
    /// The days, the oldest first; days before the first command are left out.
    items: Vec<DayPrice>,
    /// The last command that this includes.
    seq: u64,
}

/// The price on a day. It never falls, so that the first is the lowest and the last the highest.
#[derive(Serialize, ToSchema)]
struct DayPrice {
    /// In Asia/Shanghai.
    #[schema(example = "2026-01-01")]
    day: String,
    /// Yuan per point when the day began, rounded down.
    #[schema(example = "1.0000")]
    first: String,
    /// Yuan per point when it ended, or now; exactly it is pool / supply.
    #[schema(example = "1.4285")]
    last: String,
    /// Yuan in the pool at the end.
    #[schema(example = "160.00")]
    pool: String,
    /// Points at the end.
    #[schema(example = "112.000000")]
    supply: String,
}

/// Prices day by day
#[utoipa::path(
    get,
    path = "/v1/prices",
    tag = "Economy",
    params(
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day; 1098 days at most"),
    ),
    responses((status = 200, description = "What a chart is drawn from", body = Prices)),
)]
pub async fn prices(
    _: UpToDate,
    State(app): State<Arc<App>>,
    period: Period,
) -> Result<Json<Prices>, Problem> {
    let today = day_of(app.now());
    let days = period.days(today, USUAL, MOST)?;
    app.look_ledger(|replica, ledger| {
        Json(Prices {
            items: every_day(ledger, *days.start()..=(*days.end()).min(today)),
            seq: replica.tip().seq,
        })
    })
    .await
}

/// The last price of each of these days, in micro-yuan, rounded down.
pub fn points(ledger: &Ledger, days: RangeInclusive<i64>) -> Vec<u128> {
    known_days(ledger, days).map(|day| day.last.micro_yuan_floor()).collect()
}

/// Each of these days as it is told.
fn every_day(ledger: &Ledger, days: RangeInclusive<i64>) -> Vec<DayPrice> {
    known_days(ledger, days).map(shown).collect()
}

/// Each of these days; one without a command has the price of the one before.
fn known_days(ledger: &Ledger, days: RangeInclusive<i64>) -> impl Iterator<Item = DayOfPrice> {
    let mut before = ledger.days().price_before(*days.start());
    let known = ledger.days().prices(days.clone());
    let day_of_price =
        move |day: i64| known.binary_search_by_key(&day, |known| known.day).ok().map(|place| known[place]);
    days.filter_map(move |day| {
        let known = day_of_price(day);
        // What the first command of a day found is what the day before ended with.
        let first = before.or(known.map(|known| known.first))?;
        let last = known.map_or(first, |known| known.last);
        before = Some(last);
        Some(DayOfPrice { day, first, last })
    })
}

fn shown(DayOfPrice { day, first, last }: DayOfPrice) -> DayPrice {
    let Price { pool, supply } = last;
    DayPrice {
        day: day_text(day),
        first: price_floor(first),
        last: price_floor(last),
        pool: yuan(pool.0),
        supply: amount(supply.0, Asset::Gp),
    }
}
