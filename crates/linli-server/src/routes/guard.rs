//! `/v1/guard`: what the rules of its jurisdiction say of the plan in force. Must not be added here: a rule; those are in
//! rule files.

use crate::app::App;
use crate::guard::{Judged, ShownFinding};
use crate::problem::Problem;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What the guard says of the plan in force.
#[derive(Serialize, ToSchema)]
pub struct Guarded {
    /// The plan.
    #[schema(example = "seed-one")]
    plan: String,
    /// The rules that were asked; none if there are none of the plan's jurisdiction.
    #[schema(example = "cn")]
    profile: Option<String>,
    /// Whether money of the world is moved here: then DENY is refused, else it is only told.
    is_live: bool,
    /// What was found, the gravest first.
    findings: Vec<ShownFinding>,
    /// Rules that could not be asked here, as nobody has measured what they read.
    unasked: Vec<String>,
}

/// What the guard says of the plan in force
///
/// Each finding with the law behind it, why it was found, and what would mend it. None of this is legal advice.
#[utoipa::path(
    get,
    path = "/v1/guard",
    tag = "Plans",
    responses((status = 200, description = "The findings", body = Guarded)),
)]
pub async fn guard(_: UpToDate, State(app): State<Arc<App>>) -> Result<Json<Guarded>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let plan = replica.economy().state().plan();
        let Judged { profile, findings, unasked } = app.guard.judge(plan, replica, now);
        Json(Guarded { plan: plan.name.clone(), profile, is_live: app.guard.is_live, findings, unasked })
    })
}
