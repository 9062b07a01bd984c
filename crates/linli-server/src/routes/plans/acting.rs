//! What is done about plans: drafting, submitting with a date, approving by a second person, and the ends that are none.

use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use axum::extract::State;
use axum::response::Response;
use linli_economy::time::Instant;
use linli_platform::PlanChangeAct;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A plan file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The file in TOML, up to 64 KiB; it need not be a plan yet.
    text: String,
    /// What it is to change, in 1 to 500 characters.
    #[schema(example = "a lower take for new stores")]
    note: String,
}

/// From when on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Date {
    /// From when on it is to hold: after its notice, within a year.
    #[schema(example = "2026-02-01T00:00:00+08:00")]
    active_from: String,
}

/// WhyWithdrawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyWithdrawn {
    /// 1 to 200 characters.
    reason: String,
}

/// Draft a plan
#[utoipa::path(
    post,
    path = "/v1/plans",
    tag = "Plans",
    request_body = Text,
    responses((status = 200, description = "It is a draft", body = Done)),
)]
pub async fn draft(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(Text { text, note }): Input<Text>,
) -> Result<Response, Problem> {
    let id = caller.new_id('G');
    perform(&app, &caller, &id, PlanChangeAct::Draft { id: id.clone(), text, note }).await
}

/// Go on with a draft
///
/// What was submitted is a draft again.
#[utoipa::path(
    post,
    path = "/v1/plans/{id}/edit",
    tag = "Plans",
    params(("id" = String, Path, description = "The plan's id")),
    request_body = Text,
    responses((status = 200, description = "It is written", body = Done)),
)]
pub async fn edit(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(Text { text, note }): Input<Text>,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, PlanChangeAct::Edit { id: id.clone(), text, note }).await
}

/// Submit a draft
#[utoipa::path(
    post,
    path = "/v1/plans/{id}/submit",
    tag = "Plans",
    params(("id" = String, Path, description = "The plan's id")),
    request_body = Date,
    responses((status = 200, description = "It waits for a second person", body = Done)),
)]
pub async fn submit(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(date): Input<Date>,
) -> Result<Response, Problem> {
    let detail = "active_from is a time of RFC 3339, such as 2026-02-01T00:00:00+08:00";
    let active_from = Instant::parse(&date.active_from);
    let active_from = active_from.ok_or_else(|| Problem::new(Code::BadParameter, detail))?;
    perform(&app, &caller, &id, PlanChangeAct::Submit { id: id.clone(), active_from }).await
}

/// Approve a plan that somebody else has written and submitted
#[utoipa::path(
    post,
    path = "/v1/plans/{id}/approve",
    tag = "Plans",
    params(("id" = String, Path, description = "The plan's id")),
    responses((status = 200, description = "It comes into force by itself on its date", body = Done)),
)]
pub async fn approve(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, PlanChangeAct::Approve { id: id.clone() }).await
}

/// Refuse a plan
#[utoipa::path(
    post,
    path = "/v1/plans/{id}/refuse",
    tag = "Plans",
    params(("id" = String, Path, description = "The plan's id")),
    request_body = WhyWithdrawn,
    responses((status = 200, description = "It will not come into force", body = Done)),
)]
pub async fn refuse(
    state: State<Arc<App>>,
    caller: Caller,
    id: Subject,
    why: Input<WhyWithdrawn>,
) -> Result<Response, Problem> {
    withdraw(state, caller, id, why).await
}

/// Withdraw a plan
#[utoipa::path(
    post,
    path = "/v1/plans/{id}/withdraw",
    tag = "Plans",
    params(("id" = String, Path, description = "The plan's id")),
    request_body = WhyWithdrawn,
    responses((status = 200, description = "It will not come into force", body = Done)),
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(why): Input<WhyWithdrawn>,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, PlanChangeAct::Withdraw { id: id.clone(), reason: why.reason }).await
}
