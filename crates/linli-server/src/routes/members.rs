//! `GET /v1/members/{id}`: what a member has.

use super::subject::Subject;
use super::text::{amount, price_floor, yuan};
use crate::app::App;
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::Economy;
use linli_economy::account::{Account, Asset};
use linli_economy::handle::MemberId;
use linli_economy::refusal::Code as Refused;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What a member has.
#[derive(Serialize, ToSchema)]
pub struct Member {
    /// The member's id.
    #[schema(example = "M1")]
    member: String,
    /// Yuan in the wallet; below zero the member owes it.
    #[schema(example = "12.34")]
    available: String,
    /// Yuan that only pay in stores.
    #[schema(example = "0.00")]
    spend: String,
    /// Growth points.
    #[schema(example = "112.000000")]
    points: String,
    /// Yuan that the points are worth at today's price, rounded down, before a redemption's retention.
    #[schema(example = "160.00")]
    points_worth: String,
    /// Yuan per point, rounded down.
    #[schema(example = "1.4285")]
    price: String,
    /// Deduction points for the mall; below zero they are owed.
    #[schema(example = "2000.00")]
    deduction_points: String,
    /// Who invited the member.
    inviter: Option<String>,
    /// The member's rank.
    rank: Option<String>,
    /// Neither paid commission nor able to redeem or withdraw.
    is_suspended: bool,
    /// How often the member has exited.
    exits: u32,
    /// The last command that this includes.
    seq: u64,
}

/// A member's balances
#[utoipa::path(
    get,
    path = "/v1/members/{id}",
    tag = "Members",
    params(
        ("id" = String, Path, description = "The member's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "What the member has", body = Member),
)
)]
pub async fn member(
    _: UpToDate,
    Subject(id): Subject,
    State(app): State<Arc<App>>,
) -> Result<Json<Member>, Problem> {
    app.look(|replica| {
        let economy = replica.economy();
        let found = economy.member_id(&id).map(|member| Json(look(economy, member, replica.tip().seq)));
        found.ok_or_else(|| {
            Problem::new(Code::Refused(Refused::UnknownMember), format!("there is no member {id}"))
        })
    })?
}

pub fn look(economy: &Economy, id: MemberId, seq: u64) -> Member {
    let state = economy.state();
    let member = &state.members()[id.index()];
    let price = state.pool().price();
    Member {
        member: economy.member_name(id).to_string(),
        available: yuan(member.wallet.0),
        spend: yuan(member.spend.0),
        points: amount(member.points.0, Asset::Gp),
        points_worth: yuan(price.worth_floor(member.points).0),
        price: price_floor(price),
        deduction_points: amount(state.balance(Account::Deduction(id), Asset::Dp), Asset::Dp),
        inviter: member.inviter.map(|inviter| economy.member_name(inviter).to_string()),
        rank: member.rank.map(|rank| state.rank_name(rank).to_string()),
        is_suspended: member.suspended,
        exits: member.exits,
        seq,
    }
}
