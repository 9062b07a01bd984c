//! What the desk does about agents. A term is told in days of Asia/Shanghai, the first and the last. Must not be added
//! here: whether it may be done.

use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::money::fen;
use crate::perform::{Done, perform};
use crate::problem::Problem;
use crate::routes::period::day;
use crate::routes::subject::Subject;
use axum::extract::State;
use axum::response::Response;
use linli_engine::books::beginning_of;
use linli_platform::AgencyAct;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Who is appointed, for which region, from which day to which.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Appointing {
    /// Six digits, or the name of a macro-region.
    #[schema(example = "440106")]
    region: String,
    /// The member.
    #[schema(example = "M1")]
    agent: String,
    /// The first day; without it the term begins now.
    #[schema(example = "2026-01-01")]
    from: Option<String>,
    /// The last day.
    #[schema(example = "2026-12-31")]
    to: String,
    /// Yuan that were agreed on as the fee; its payment is proposed and approved by two people.
    #[schema(example = "5000.00")]
    fee: Option<String>,
}

/// Until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Renewing {
    /// The last day.
    #[schema(example = "2027-12-31")]
    to: String,
    /// Yuan that were agreed on as the fee.
    fee: Option<String>,
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dismissing {
    /// 1 to 200 characters.
    #[schema(example = "moved away")]
    reason: String,
}

fn fee(text: Option<&str>) -> Result<u64, Problem> {
    text.map_or(Ok(0), fen)
}

/// Appoint an agent
///
/// The term ends by itself after its last day, which is announced thirty days before.
#[utoipa::path(
    post,
    path = "/v1/appointments",
    tag = "Regions",
    request_body = Appointing,
    responses((status = 200, description = "The agent holds the region, or will from the first day on", body = Done)),
)]
pub async fn appoint(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<Appointing>,
) -> Result<Response, Problem> {
    let (id, now) = (caller.new_id('A'), app.now());
    let from = input.from.as_deref().map_or(Ok(now), |from| day(from).map(beginning_of))?;
    let (until, fee_fen) = (beginning_of(day(&input.to)? + 1), fee(input.fee.as_deref())?);
    let Appointing { region, agent, .. } = input;
    perform(&app, &caller, &id, AgencyAct::Appoint { id: id.clone(), region, agent, from, until, fee_fen })
        .await
}

/// Renew an agent's term
#[utoipa::path(
    post,
    path = "/v1/appointments/{id}/renew",
    tag = "Regions",
    params(("id" = String, Path, description = "The appointment's id")),
    request_body = Renewing,
    responses((status = 200, description = "The term ends later", body = Done)),
)]
pub async fn renew(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(input): Input<Renewing>,
) -> Result<Response, Problem> {
    let (until, fee_fen) = (beginning_of(day(&input.to)? + 1), fee(input.fee.as_deref())?);
    perform(&app, &caller, &id, AgencyAct::Renew { id: id.clone(), until, fee_fen }).await
}

/// End an agent's term earlier
#[utoipa::path(
    post,
    path = "/v1/appointments/{id}/dismiss",
    tag = "Regions",
    params(("id" = String, Path, description = "The appointment's id")),
    request_body = Dismissing,
    responses((status = 200, description = "Nobody holds the region any more", body = Done)),
)]
pub async fn dismiss(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(Dismissing { reason }): Input<Dismissing>,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, AgencyAct::Dismiss { id: id.clone(), reason }).await
}
