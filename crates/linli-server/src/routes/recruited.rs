//! What members have brought: stores that they recruited, and people whom they invited. Of people there are counts and
//! sums alone, by level and day. Must not be added here: who anybody is.

use super::period::{Period, day_text};
use super::sales::{Sold, of_days, of_stores};
use super::subject::Subject;
use super::text::yuan;
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::Economy;
use linli_economy::handle::{MemberId, StoreId};
use linli_economy::refusal::Code as Refused;
use linli_engine::books::{DayOfMember, DayOfStore, day_of};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Days that are told if none are asked about, and at most.
const USUAL: i64 = 30;
const MOST: i64 = 366;

fn member(economy: &Economy, caller: &Caller) -> Result<MemberId, Problem> {
    // Whoever could log in is a member.
    economy.member_id(caller.member()?).ok_or_else(Problem::internal)
}

/// What a store's day brought a recruiter.
fn share(recruiter: MemberId) -> impl Fn(&DayOfStore) -> i64 {
    move |day| if day.holders[0] == Some(recruiter) { day.shares[0] } else { 0 }
}

/// The stores that one recruited
///
/// Each with its state, what it sold in these days, and what that brought.
#[utoipa::path(
    get,
    path = "/v1/me/recruited",
    tag = "Relations",
    params(
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day; 366 days at most"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The stores in the order of their opening", body = Paged<Sold>)),
)]
pub async fn stores(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    period: Period,
    page: Page,
) -> Result<Json<Paged<Sold>>, Problem> {
    let days = period.days(day_of(app.now()), USUAL, MOST)?;
    app.look_ledger(|replica, ledger| {
        let economy = replica.economy();
        let recruiter = member(economy, &caller)?;
        let stores = economy.state().stores().iter().enumerate();
        let stores = stores.filter(|(_, store)| store.recruiter == Some(recruiter));
        let stores: Vec<_> = stores.filter_map(|(place, _)| StoreId::at(place)).collect();
        Ok(Json(of_stores(replica, ledger, &page, &stores, &days, share(recruiter))))
    })
    .await?
}

/// The days of a store that one recruited
#[utoipa::path(
    get,
    path = "/v1/me/recruited/{id}/days",
    tag = "Relations",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day; 366 days at most"),
    ),
    responses((status = 200, description = "Each day that had something, the oldest first", body = Paged<Sold>)),
)]
pub async fn days(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    period: Period,
) -> Result<Json<Paged<Sold>>, Problem> {
    let days = period.days(day_of(app.now()), USUAL, MOST)?;
    app.look_ledger(|replica, ledger| {
        let economy = replica.economy();
        let recruiter = member(economy, &caller)?;
        let id = economy.store_id(&store);
        let id = id.filter(|id| economy.state().stores()[id.index()].recruiter == Some(recruiter));
        let unknown =
            || Problem::new(Code::Refused(Refused::UnknownStore), format!("there is no store {store}"));
        Ok(Json(of_days(ledger, &[id.ok_or_else(unknown)?], &days, share(recruiter))))
    })
    .await?
}

/// Whom one has invited, in counts, and what their orders brought.
#[derive(Serialize, ToSchema)]
pub struct InvitedPeople {
    /// By level: 1 are those who are bound to the member, 2 those who are bound to them.
    levels: Vec<InvitedLevel>,
    /// Of level 1, orders in stores of others and what they brought in these days.
    elsewhere: Elsewhere,
    /// Each day that had something, the oldest first.
    days: Vec<InvitedDay>,
    /// The last command that this includes.
    seq: u64,
}

/// One level.
#[derive(Serialize, ToSchema)]
struct InvitedLevel {
    #[schema(example = 1)]
    level: u8,
    /// How many there are now.
    #[schema(example = 12)]
    people: u64,
    /// Orders of theirs that were settled in these days.
    orders: u64,
    /// Yuan that they brought in these days, less what refunds took back.
    #[schema(example = "3.00")]
    earned: String,
}

/// What those who are locked to a store's owner bought in other people's stores.
#[derive(Serialize, ToSchema)]
struct Elsewhere {
    #[schema(example = 4)]
    orders: u64,
    /// Yuan that they brought, less what refunds took back.
    #[schema(example = "1.20")]
    earned: String,
}

/// One day.
#[derive(Serialize, ToSchema)]
struct InvitedDay {
    /// In Asia/Shanghai.
    #[schema(example = "2026-01-01")]
    day: String,
    /// Orders of level 1, and yuan that they brought.
    direct_orders: u64,
    #[schema(example = "3.00")]
    direct: String,
    /// Orders of level 2, and yuan that they brought.
    indirect_orders: u64,
    #[schema(example = "0.00")]
    indirect: String,
    /// Yuan by ranks.
    #[schema(example = "0.00")]
    levels: String,
}

fn shown(day: &DayOfMember) -> InvitedDay {
    let ([direct_orders, indirect_orders], [direct, indirect]) = (day.orders, day.invited);
    InvitedDay {
        day: day_text(day.day),
        direct_orders,
        direct: yuan(direct),
        indirect_orders,
        indirect: yuan(indirect),
        levels: yuan(day.levels),
    }
}

/// Whom one has invited
///
/// How many there are and what their orders brought, by level and day; never who they are.
#[utoipa::path(
    get,
    path = "/v1/me/invited",
    tag = "Relations",
    params(
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day; 366 days at most"),
    ),
    responses((status = 200, description = "Counts and sums", body = InvitedPeople)),
)]
pub async fn invited(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    period: Period,
) -> Result<Json<InvitedPeople>, Problem> {
    let days = period.days(day_of(app.now()), USUAL, MOST)?;
    app.look_ledger_and_books(|replica, books, ledger| {
        let id = member(replica.economy(), &caller)?;
        let days = ledger.days().of_member(id, days.clone());
        let has_people =
            |day: &&DayOfMember| day.invited != [0; 2] || day.orders != [0; 2] || day.levels != 0;
        let level = |place: usize, people: u64| InvitedLevel {
            level: u8::try_from(place + 1).expect("one of two"),
            people,
            orders: days.iter().map(|day| day.orders[place]).sum(),
            earned: yuan(days.iter().map(|day| i128::from(day.invited[place])).sum::<i128>()),
        };
        let invited = books.circle().invited_by(id);
        Ok(Json(InvitedPeople {
            levels: vec![level(0, invited.direct), level(1, invited.indirect)],
            elsewhere: Elsewhere {
                orders: days.iter().map(|day| day.elsewhere.0).sum(),
                earned: yuan(days.iter().map(|day| i128::from(day.elsewhere.1)).sum::<i128>()),
            },
            days: days.iter().filter(has_people).map(shown).collect(),
            seq: replica.tip().seq,
        }))
    })
    .await?
}
