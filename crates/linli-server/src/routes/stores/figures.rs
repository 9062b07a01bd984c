//! `GET /v1/stores/{id}/figures` and `/v1/stores/{id}/orders`: what a store has sold, by days of Asia/Shanghai, and what it is
//! owed. Must not be added here: who bought.

use crate::app::App;
use crate::caller::{Caller, Who};
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::rights;
use crate::routes::subject::Subject;
use crate::routes::text::yuan;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use linli_economy::handle::StoreId;
use linli_economy::order::{Order, Phase};
use linli_engine::Replica;
use linli_platform::StoreRight;
use linli_platform::day::{Day, Figures};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What was sold in some days.
#[derive(Serialize, ToSchema)]
pub struct SoldInDays {
    /// The first day.
    #[schema(example = "2026-01-01")]
    from: String,
    /// The last one, today.
    #[schema(example = "2026-01-31")]
    to: String,
    /// Orders that were paid.
    orders: u64,
    /// Yuan that were paid for them.
    #[schema(example = "1234.56")]
    turnover: String,
    /// What of that has gone back until now, whenever that was.
    #[schema(example = "12.34")]
    given_back: String,
    /// What is left of those that are not settled yet.
    #[schema(example = "100.00")]
    not_settled: String,
}

/// What a store sells and is owed.
#[derive(Serialize, ToSchema)]
pub struct StoreFigures {
    /// The time zone of the days, which begin at midnight there.
    #[schema(example = "Asia/Shanghai")]
    time_zone: &'static str,
    /// Today.
    today: SoldInDays,
    /// Since Monday.
    week: SoldInDays,
    /// Since the first.
    month: SoldInDays,
    /// Yuan that the store can withdraw; below zero it owes them.
    #[schema(example = "800.00")]
    balance: String,
    /// What was paid and is not settled, of all days: the store gets its part of it.
    #[schema(example = "100.00")]
    not_settled: String,
    /// Members who are bound to the owner.
    locked_members: usize,
    /// The last entry that this includes.
    seq: u64,
}

/// The store, for whoever may see what it is owed.
fn visible(replica: &Replica, caller: &Caller, store: &str) -> Result<StoreId, Problem> {
    if let Who::Member { id, .. } = &caller.who {
        rights::for_store(replica, store, id, StoreRight::SeeReceivables)?;
    }
    replica.economy().store_id(store).ok_or_else(|| rights::unknown_store(store))
}

fn sum(amount: u128) -> String {
    yuan(i128::try_from(amount).unwrap_or(i128::MAX))
}

/// What a store sells and is owed
///
/// A day's figures are of the orders that were paid on it, with what has become of them since.
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/figures",
    tag = "Stores",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "Today, since Monday, since the first", body = StoreFigures)),
)]
pub async fn figures(
    _: UpToDate,
    Subject(store): Subject,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<StoreFigures>, Problem> {
    let today = Day::of(app.now());
    app.look(|replica| {
        let id = visible(replica, &caller, &store)?;
        let economy = replica.economy();
        let (state, all) = (economy.state(), economy.state().orders());
        let of = |from: usize| {
            let sold = app.sold.of(economy, id, from, all.len());
            Figures::of(sold.iter().map(|order| &all[order.index()]))
        };
        let since = |day: Day| {
            let Figures { orders, paid, given_back, waiting } =
                of(replica.platform().days().orders_before(day, all.len()));
            SoldInDays {
                from: day.to_string(),
                to: today.to_string(),
                orders,
                turnover: sum(paid),
                given_back: sum(given_back),
                not_settled: sum(waiting),
            }
        };
        let known = &state.stores()[id.index()];
        Ok(Json(StoreFigures {
            time_zone: "Asia/Shanghai",
            today: since(today),
            week: since(today.week_begins()),
            month: since(today.month_begins()),
            balance: yuan(known.balance.0),
            not_settled: sum(of(0).waiting),
            locked_members: state.invited_by(known.owner).len(),
            seq: replica.tip().seq,
        }))
    })?
}

/// An order that a store has sold.
#[derive(Serialize, ToSchema)]
pub struct SoldOrder {
    /// The order.
    #[schema(example = "O1")]
    order: String,
    /// The day on which it was paid.
    #[schema(example = "2026-01-01")]
    day: Option<String>,
    /// `paid`, `settled` or `given_back`.
    #[schema(example = "paid")]
    state: &'static str,
    /// Since when: when it was paid, or settled.
    since: String,
    /// Yuan that were paid.
    #[schema(example = "100.00")]
    amount: String,
    /// What of that has gone back.
    #[schema(example = "0.00")]
    given_back: String,
    /// Number by which the page after it begins.
    #[serde(skip)]
    number: usize,
}

/// Which orders are asked for.
pub struct WantedOrders {
    state: Option<String>,
    day: Option<Day>,
}

#[derive(Deserialize)]
struct Asked {
    state: Option<String>,
    day: Option<String>,
}

const STATES: [&str; 3] = ["paid", "settled", "given_back"];

impl<S: Sync> FromRequestParts<S> for WantedOrders {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let bad = |detail: &str| Problem::new(Code::BadParameter, detail);
        let asked = Query::<Asked>::try_from_uri(&parts.uri);
        let Asked { state, day } = asked.map_err(|_| bad("state and day are there once"))?.0;
        if state.as_ref().is_some_and(|state| !STATES.contains(&state.as_str())) {
            return Err(bad("a state is paid, settled or given_back"));
        }
        let day = day.map(|day| Day::parse(&day).ok_or_else(|| bad("a day is a date such as 2026-01-31")));
        Ok(Self { state, day: day.transpose()? })
    }
}

fn state_of(order: &Order) -> &'static str {
    match order.phase {
        Phase::Paid => "paid",
        Phase::GivenBack => "given_back",
        Phase::Settled | Phase::SettledInOne => "settled",
    }
}

/// What a store has sold
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/orders",
    tag = "Stores",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("state" = Option<String>, Query, description = "`paid`, `settled` or `given_back`"),
        ("day" = Option<String>, Query, description = "The day of Asia/Shanghai on which it was paid, such as `2026-01-31`"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
    ),
    responses((status = 200, description = "The orders, the latest first", body = Paged<SoldOrder>)),
)]
pub async fn orders(
    _: UpToDate,
    page: Page,
    wanted: WantedOrders,
    Subject(store): Subject,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Paged<SoldOrder>>, Problem> {
    let before = usize::try_from(page.before()?).unwrap_or(usize::MAX);
    app.look(|replica| {
        let id = visible(replica, &caller, &store)?;
        let (economy, days) = (replica.economy(), replica.platform().days());
        let all = economy.state().orders();
        let (from, to) = match wanted.day {
            None => (0, all.len()),
            Some(day) => (days.orders_before(day, all.len()), days.orders_before(day.next(), all.len())),
        };
        let sold = app.sold.of(economy, id, from, to.min(before)).into_iter();
        let is_wanted = |order: &Order| wanted.state.as_deref().is_none_or(|state| state == state_of(order));
        let shown = sold.filter(|id| is_wanted(&all[id.index()])).map(|id| {
            let order = &all[id.index()];
            SoldOrder {
                order: economy.order_name(id).to_string(),
                day: days.of(id).map(|day| day.to_string()),
                state: state_of(order),
                since: order.since.to_string(),
                amount: yuan(order.paid),
                given_back: sum(Figures::of(std::iter::once(order)).given_back),
                number: id.index(),
            }
        });
        Ok(Json(page.of(shown, |shown| shown.number.to_string())))
    })?
}
