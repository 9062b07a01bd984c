//! `/v1/me/redemptions`: a member's points become money. What they would pay can be asked before. Must not be added here:
//! a price that is not the pool's.

use super::home::{Priced, paid_to};
use super::text::{amount, yuan};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::money::micro_points;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use linli_economy::account::Asset;
use linli_economy::pool::retained;
use linli_economy::refusal::Code as Refused;
use linli_economy::units::Points;
use linli_platform::RedemptionAct;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// How many points.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedeemedPoints {
    /// Points, with at most six decimals.
    #[schema(example = "12.5")]
    points: String,
}

/// What a redemption would pay now.
#[derive(Serialize, ToSchema)]
pub struct RedemptionQuote {
    /// Points that would be given back.
    #[schema(example = "12.500000")]
    points: String,
    /// Yuan that they are worth: ⌊points × pool / supply⌋.
    #[schema(example = "17.85")]
    gross: String,
    /// What of it stays in the pool.
    #[schema(example = "20%")]
    retention: String,
    /// Yuan that stay in the pool.
    #[schema(example = "3.57")]
    retained: String,
    /// Yuan that are paid: ⌊gross × (1 − retention)⌋.
    #[schema(example = "14.28")]
    payout: String,
    /// Where to: `wallet`, or `spend`, which only pays in stores.
    #[schema(example = "wallet")]
    paid_to: &'static str,
    /// Points that would be left.
    #[schema(example = "99.500000")]
    left: String,
    #[serde(flatten)]
    price: Priced,
    /// The last command that this includes.
    seq: u64,
}

/// What a redemption would pay
#[utoipa::path(
    get,
    path = "/v1/me/redemptions/quote",
    tag = "Me",
    params(("points" = String, Query, description = "Points, with at most six decimals")),
    responses((status = 200, description = "The numbers of now, which no later command makes less", body = RedemptionQuote)),
)]
pub async fn quote(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    wanted: Result<Query<RedeemedPoints>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<RedemptionQuote>, Problem> {
    let bad =
        |_| Problem::new(Code::BadParameter, "points is a number such as 12.5, and nothing else is asked");
    let points = Points::from(micro_points(&wanted.map_err(bad)?.0.points)?);
    let id = caller.member()?;
    app.look(|replica| {
        let state = replica.economy().state();
        let member = replica.economy().member_id(id).ok_or_else(Problem::internal)?;
        let member = &state.members()[member.index()];
        if member.points < points {
            let detail = format!("{points} points asked for, {} there", member.points);
            return Err(Problem::new(Code::Refused(Refused::InsufficientPoints), detail));
        }
        let retention = state.plan_at(member.cycle).points.retention;
        let gross = state.pool().price().worth_floor(points);
        let payout = retained(gross, retention);
        Ok(Json(RedemptionQuote {
            points: amount(points.0, Asset::Gp),
            gross: yuan(gross.0),
            retention: retention.to_string(),
            retained: yuan((gross - payout).0),
            payout: yuan(payout.0),
            paid_to: paid_to(state),
            left: amount((member.points - points).0, Asset::Gp),
            price: Priced::now(state),
            seq: replica.tip().seq,
        }))
    })?
}

/// Redeem points
#[utoipa::path(
    post,
    path = "/v1/me/redemptions",
    tag = "Me",
    request_body = RedeemedPoints,
    responses((status = 200, description = "They are paid; `payout` says with how much", body = Done)),
)]
pub async fn redeem(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(wanted): Input<RedeemedPoints>,
) -> Result<Response, Problem> {
    let micro_points = micro_points(&wanted.points)?;
    let (id, member) = (caller.new_id('P'), caller.member()?.to_string());
    perform(&app, &caller, &id, RedemptionAct::Redeem { id: id.clone(), member, micro_points }).await
}
