//! What the stores of a region sold and brought its agent, by store and by day. An agent sees the days of their terms, and
//! of the shares their own. Must not be added here: an order or a buyer.

use super::unknown;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::page::{Page, Paged};
use crate::problem::Problem;
use crate::routes::period::Period;
use crate::routes::sales::{Sold, of_days, of_stores};
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::handle::{MemberId, StoreId};
use linli_economy::region::Region;
use linli_engine::Replica;
use linli_engine::books::{DayOfStore, day_of};
use linli_platform::agency::is_region;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Days that are told if none are asked about, and at most.
const USUAL: i64 = 30;
const MOST: i64 = 92;

/// What somebody may see of a region.
struct View {
    /// The place of its level among a store's agents, from the district up.
    level: usize,
    region: Region,
    /// Whose shares; of whoever held it, for the desk.
    agent: Option<MemberId>,
    days: RangeInclusive<i64>,
}

impl View {
    /// Whether the caller may see the region, and which of these days.
    fn of(
        replica: &Replica,
        caller: &Caller,
        region: &str,
        days: RangeInclusive<i64>,
    ) -> Result<Self, Problem> {
        let parsed = Region::parse(region).filter(|_| is_region(region)).ok_or_else(|| unknown(region))?;
        let level = level(parsed);
        let Who::Member { id, .. } = &caller.who else {
            return Ok(Self { level, region: parsed, agent: None, days });
        };
        let economy = replica.economy();
        let agent = economy.member_id(id).ok_or_else(Problem::internal)?;
        let own = replica.platform().agencies.of_region(region).filter(|(_, one)| one.agent == *id);
        let first = own.map(|(_, one)| day_of(one.from)).min();
        let holds = economy.state().agent_of(parsed) == Some(agent);
        match (first, holds) {
            (None, false) => Err(unknown(region)),
            // Whom a program appointed has no date.
            (None, true) => Ok(Self { level, region: parsed, agent: Some(agent), days }),
            (Some(first), _) => {
                let days = first.max(*days.start())..=*days.end();
                Ok(Self { level, region: parsed, agent: Some(agent), days })
            }
        }
    }

    fn stores(&self, replica: &Replica) -> Vec<StoreId> {
        let stores = replica.economy().state().stores().iter().enumerate();
        let inside = stores.filter(|(_, store)| store.district.regions()[self.level] == Some(self.region));
        inside.filter_map(|(place, _)| StoreId::at(place)).collect()
    }

    /// What a store's day brought for the region.
    fn share(&self, day: &DayOfStore) -> i64 {
        let (holder, share) = (day.holders[1 + self.level], day.shares[1 + self.level]);
        if self.agent.is_none() || holder == self.agent { share } else { 0 }
    }
}

/// The place of a region's level among a store's agents.
fn level(region: Region) -> usize {
    match region {
        Region::Macro(_) => 3,
        Region::Code(code) if code % 10_000 == 0 => 2,
        Region::Code(code) if code % 100 == 0 => 1,
        Region::Code(_) => 0,
    }
}

/// A region's stores
///
/// For its agent and the desk: what each store sold in these days, and what that brought the agent.
#[utoipa::path(
    get,
    path = "/v1/regions/{id}/stores",
    tag = "Regions",
    params(
        ("id" = String, Path, description = "The region"),
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day; 92 days at most"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The stores in the order of their opening", body = Paged<Sold>)),
)]
pub async fn stores(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(region): Subject,
    period: Period,
    page: Page,
) -> Result<Json<Paged<Sold>>, Problem> {
    let days = period.days(day_of(app.now()), USUAL, MOST)?;
    app.look_ledger(|replica, ledger| {
        let view = View::of(replica, &caller, &region, days)?;
        let stores = view.stores(replica);
        Ok(Json(of_stores(replica, ledger, &page, &stores, &view.days, |day| view.share(day))))
    })
    .await?
}

/// A region's days
///
/// For its agent and the desk: what all its stores sold on each of these days, and what that brought the agent.
#[utoipa::path(
    get,
    path = "/v1/regions/{id}/days",
    tag = "Regions",
    params(
        ("id" = String, Path, description = "The region"),
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day; 92 days at most"),
    ),
    responses((status = 200, description = "Each day that had something, the oldest first", body = Paged<Sold>)),
)]
pub async fn days(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(region): Subject,
    period: Period,
) -> Result<Json<Paged<Sold>>, Problem> {
    let days = period.days(day_of(app.now()), USUAL, MOST)?;
    app.look_ledger(|replica, ledger| {
        let view = View::of(replica, &caller, &region, days)?;
        let stores = view.stores(replica);
        Ok(Json(of_days(ledger, &stores, &view.days, |day| view.share(day))))
    })
    .await?
}
