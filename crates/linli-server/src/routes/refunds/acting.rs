//! What is done about refunds: asking, answering, appealing, withdrawing, offering.

use super::shown::sealed_for;
use super::{Party, find, party};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::money::fen;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use axum::extract::State;
use axum::response::Response;
use linli_economy::refusal::Code as Refused;
use linli_platform::RefundAct;
use linli_platform::refund::{Answer, Bought, Side};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 1..=200;

/// How much, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// Yuan.
    #[schema(example = "12.34")]
    amount: String,
    /// 1 to 200 characters.
    reason: String,
}

/// Yes or no.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Whether the money goes back.
    agree: bool,
    /// Why not, in 1 to 200 characters, where it does not.
    reason: Option<String>,
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// 1 to 200 characters.
    reason: String,
}

async fn seal(app: &App, bought: &Bought, field: &'static str, text: &str) -> Result<Vec<u8>, Problem> {
    if !REASON.contains(&text.chars().count()) {
        return Err(Problem::new(Code::BadParameter, "a reason has 1 to 200 characters"));
    }
    app.secrets.seal(sealed_for(bought), field, text.as_bytes().to_vec()).await
}

/// An order that concerns the caller, and how.
fn bought(app: &App, caller: &Caller, order: &str) -> Result<(Bought, Party), Problem> {
    let unknown = || Problem::new(Code::Refused(Refused::UnknownOrder), format!("there is no order {order}"));
    app.look(|replica| {
        let bought = Bought::find(replica.economy(), order).map_err(|_| unknown())?;
        let party = party(replica, caller, &bought).ok_or_else(unknown)?;
        Ok((bought, party))
    })?
}

fn side(party: Party) -> Result<Side, Problem> {
    match party {
        Party::Seller => Ok(Side::Seller),
        Party::Desk => Ok(Side::Operator),
        Party::Buyer => {
            Err(Problem::new(Code::Forbidden, "the store answers, and after its time the operator"))
        }
    }
}

/// Ask for a refund
#[utoipa::path(
    post,
    path = "/v1/orders/{id}/refunds",
    tag = "Refunds",
    params(("id" = String, Path, description = "The order's id")),
    request_body = Wish,
    responses((status = 200, description = "The store answers within three days, else the operator", body = Done)),
)]
pub async fn ask(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(order): Subject,
    Input(wish): Input<Wish>,
) -> Result<Response, Problem> {
    let (fen, (bought, _)) = (fen(&wish.amount)?, bought(&app, &caller, &order)?);
    let (id, sealed_reason) = (caller.new_id('R'), seal(&app, &bought, "reason", &wish.reason).await?);
    perform(&app, &caller, &id, RefundAct::Ask { id: id.clone(), bought, fen, sealed_reason }).await
}

/// Offer a refund
#[utoipa::path(
    post,
    path = "/v1/orders/{id}/refunds/offer",
    tag = "Refunds",
    params(("id" = String, Path, description = "The order's id")),
    request_body = Wish,
    responses((status = 200, description = "The money has gone back", body = Done)),
)]
pub async fn offer(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(order): Subject,
    Input(wish): Input<Wish>,
) -> Result<Response, Problem> {
    let (fen, (bought, party)) = (fen(&wish.amount)?, bought(&app, &caller, &order)?);
    let (id, side) = (caller.new_id('R'), side(party)?);
    let sealed_reason = seal(&app, &bought, "reason", &wish.reason).await?;
    perform(&app, &caller, &id, RefundAct::Offer { id: id.clone(), bought, fen, side, sealed_reason }).await
}

/// Answer a request for a refund
#[utoipa::path(
    post,
    path = "/v1/refunds/{id}/answer",
    tag = "Refunds",
    params(("id" = String, Path, description = "The request's id")),
    request_body = Answered,
    responses((status = 200, description = "It is answered; where agreed, the money has gone back", body = Done)),
)]
pub async fn answer(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(input): Input<Answered>,
) -> Result<Response, Problem> {
    let (request, party) = app.look(|replica| find(replica, &caller, &id))??;
    let side = side(party)?;
    let answer = match (input.agree, input.reason) {
        (true, None) => Answer::Agree,
        (true, Some(_)) => return Err(Problem::new(Code::BadParameter, "only a refusal has a reason")),
        (false, reason) => {
            let reason = reason.unwrap_or_default();
            Answer::Refuse { sealed_reason: seal(&app, &request.bought, "refusal", &reason).await? }
        }
    };
    perform(&app, &caller, &id, RefundAct::Answer { id: id.clone(), side, answer }).await
}

/// Appeal against a store's refusal
#[utoipa::path(
    post,
    path = "/v1/refunds/{id}/appeal",
    tag = "Refunds",
    params(("id" = String, Path, description = "The request's id")),
    request_body = Why,
    responses((status = 200, description = "The operator answers", body = Done)),
)]
pub async fn appeal(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(why): Input<Why>,
) -> Result<Response, Problem> {
    let (request, _) = app.look(|replica| find(replica, &caller, &id))??;
    let sealed_reason = seal(&app, &request.bought, "appeal", &why.reason).await?;
    perform(&app, &caller, &id, RefundAct::Appeal { id: id.clone(), sealed_reason }).await
}

/// Withdraw a request for a refund
#[utoipa::path(
    post,
    path = "/v1/refunds/{id}/withdraw",
    tag = "Refunds",
    params(("id" = String, Path, description = "The request's id")),
    responses((status = 200, description = "It is asked no more", body = Done)),
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    app.look(|replica| find(replica, &caller, &id).map(drop))??;
    perform(&app, &caller, &id, RefundAct::Withdraw { id: id.clone() }).await
}
