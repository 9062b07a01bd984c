//! `/v1/me/home`: what a member has, is about to get, and owes, in one look that asks no other request and goes through
//! nothing but the member's own lots. Must not be added here: a figure that somebody else may see.

use super::subject::after;
use super::text::{amount, price_floor, yuan};
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::problem::Problem;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::account::{Account, Asset};
use linli_economy::handle::MemberId;
use linli_economy::pool::retained;
use linli_economy::state::State as Economy;
use linli_economy::time::Instant;
use linli_economy::units::Points;
use linli_engine::{Books, Replica};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What a member sees first.
#[derive(Serialize, ToSchema)]
pub struct Home {
    /// The member's id.
    #[schema(example = "M1")]
    member: String,
    /// Yuan that can be withdrawn.
    #[schema(example = "12.34")]
    available: String,
    /// Yuan that orders of others will bring by their terms, once they are settled.
    #[schema(example = "3.00")]
    pending: String,
    /// Yuan that the points are worth at today's price, before a redemption's retention.
    #[schema(example = "160.00")]
    points_worth: String,
    /// Yuan that the member owes; what comes in pays them first.
    #[schema(example = "0.00")]
    owed: String,
    /// Yuan that only pay in stores.
    #[schema(example = "0.00")]
    spend: String,
    points: HeldPoints,
    deduction: DeductionPoints,
    /// The member's rank.
    rank: Option<String>,
    /// Whether the member is bound to somebody.
    is_bound: bool,
    /// Neither paid commission nor able to redeem or withdraw.
    is_suspended: bool,
    /// How often the member has exited.
    exits: u32,
    /// The last command that this includes.
    seq: u64,
}

/// Growth points and what they are worth.
#[derive(Serialize, ToSchema)]
struct HeldPoints {
    /// How many.
    #[schema(example = "112.000000")]
    held: String,
    /// Yuan that redeeming all of them now pays.
    #[schema(example = "128.00")]
    redeemed_now: String,
    /// What a redemption leaves in the pool.
    #[schema(example = "20%")]
    retention: String,
    /// Where a redemption is paid to: `wallet`, or `spend`, which only pays in stores.
    #[schema(example = "wallet")]
    paid_to: &'static str,
    #[serde(flatten)]
    price: Priced,
}

/// The price of a point with the fraction that it is, and its time.
#[derive(Serialize, ToSchema)]
pub struct Priced {
    /// Yuan per point, rounded down; exactly it is pool / supply.
    #[schema(example = "1.4285")]
    price: String,
    /// Yuan in the pool.
    #[schema(example = "160.00")]
    pool: String,
    /// Points that there are.
    #[schema(example = "112.000000")]
    supply: String,
    /// The time of the price.
    #[schema(example = "2026-01-01T08:00:00Z")]
    at: String,
}

/// Points that pay a part of a price in the mall.
#[derive(Serialize, ToSchema)]
struct DeductionPoints {
    /// How many can be used now.
    #[schema(example = "2000.00")]
    usable: String,
    /// How many are owed; what is awarded pays them first.
    #[schema(example = "0.00")]
    owed: String,
    /// When the next of them expire.
    next_expiry: Option<Lot>,
}

/// Deduction points that one order awarded.
#[derive(Serialize, ToSchema)]
pub struct Lot {
    /// The order.
    #[schema(example = "O1")]
    order: String,
    /// How many are left.
    #[schema(example = "2000.00")]
    points: String,
    /// When they expire.
    #[schema(example = "2027-01-01T08:00:00Z")]
    expires_at: String,
}

impl Priced {
    /// The price of now.
    pub fn now(state: &Economy) -> Self {
        let pool = state.pool();
        Self {
            price: price_floor(pool.price()),
            pool: yuan(pool.reserve().0),
            supply: amount(pool.supply().0, Asset::Gp),
            at: state.clock().to_string(),
        }
    }
}

/// Where redemptions are paid to by the plan in force.
pub fn paid_to(state: &Economy) -> &'static str {
    match state.plan().points.redeem {
        linli_economy::plan::RedeemTo::Money => "wallet",
        linli_economy::plan::RedeemTo::Spend => "spend",
    }
}

/// A member's home
#[utoipa::path(
    get,
    path = "/v1/me/home",
    tag = "Me",
    params(("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included")),
    responses((status = 200, description = "What the member has, is about to get, and owes", body = Home)),
)]
pub async fn home(_: UpToDate, State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Home>, Problem> {
    let (id, now) = (caller.member()?, app.now());
    app.look_up(|replica, books| {
        // Whoever could log in is a member.
        let member = replica.economy().member_id(id).ok_or_else(Problem::internal)?;
        Ok(Json(look(replica, books, member, now)))
    })?
}

fn look(replica: &Replica, books: &Books, id: MemberId, now: Instant) -> Home {
    let economy = replica.economy();
    let state = economy.state();
    let member = &state.members()[id.index()];
    Home {
        member: economy.member_name(id).to_string(),
        available: yuan(member.wallet.0.max(0)),
        pending: yuan(books.pending().on(Account::Wallet(id))),
        points_worth: yuan(state.pool().price().worth_floor(member.points).0),
        owed: yuan((-member.wallet.0).max(0)),
        spend: yuan(member.spend.0),
        points: points(state, id),
        deduction: deduction(replica, id, now),
        rank: member.rank.map(|rank| state.rank_name(rank).to_string()),
        is_bound: member.inviter.is_some(),
        is_suspended: member.suspended,
        exits: member.exits,
        seq: replica.tip().seq,
    }
}

fn points(state: &Economy, id: MemberId) -> HeldPoints {
    let member = &state.members()[id.index()];
    let retention = state.plan_at(member.cycle).points.retention;
    let worth = state.pool().price().worth_floor(member.points);
    HeldPoints {
        held: amount(member.points.0, Asset::Gp),
        redeemed_now: yuan(if member.points > Points::ZERO { retained(worth, retention).0 } else { 0 }),
        retention: retention.to_string(),
        paid_to: paid_to(state),
        price: Priced::now(state),
    }
}

fn deduction(replica: &Replica, id: MemberId, now: Instant) -> DeductionPoints {
    let state = replica.economy().state();
    let (mut usable, mut next) = (0, None);
    for lot in state.lots_left(id).filter(|(_, _, expiry)| *expiry > now) {
        usable += i128::from(lot.1);
        next = Some(lot);
    }
    DeductionPoints {
        usable: amount(usable, Asset::Dp),
        owed: amount(state.paybacks()[id.index()].deduction_owed.0, Asset::Dp),
        next_expiry: next.map(|lot| shown(replica, lot)),
    }
}

fn shown(replica: &Replica, (order, left, expiry): (linli_economy::handle::OrderId, u64, Instant)) -> Lot {
    Lot {
        order: replica.economy().order_name(order).to_string(),
        points: amount(left.into(), Asset::Dp),
        expires_at: expiry.to_string(),
    }
}

/// One's deduction points
///
/// Each line is what is left of the points that one order awarded; the newest first.
#[utoipa::path(
    get,
    path = "/v1/me/deduction-points",
    tag = "Me",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "What can be used, by the order that it is from", body = Paged<Lot>)),
)]
pub async fn deduction_points(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    page: Page,
) -> Result<Json<Paged<Lot>>, Problem> {
    let (id, now) = (caller.member()?, app.now());
    app.look(|replica| {
        let economy = replica.economy();
        let member = economy.member_id(id).ok_or_else(Problem::internal)?;
        let lots = economy.state().lots_left(member).filter(|(_, _, expiry)| *expiry > now);
        let lots = after(lots, page.after.as_deref(), |(order, ..)| economy.order_name(*order));
        Ok(Json(page.of(lots.map(|lot| shown(replica, lot)), |lot| lot.order.clone())))
    })?
}
