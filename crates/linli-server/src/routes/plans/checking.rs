//! Plans before they are in force: what is to be said of each, and two of them side by side. Nothing changes here.

use super::check::{self, Change, Check};
use super::unknown;
use crate::app::App;
use crate::input::{Asked, Input};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::plan::Plan;
use linli_platform::Code as RefusedAct;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What stands for the plan in force where an id is asked for.
const IN_FORCE: &str = "in-force";

/// Check a plan
#[utoipa::path(
    get,
    path = "/v1/plans/{id}/check",
    tag = "Plans",
    params(("id" = String, Path, description = "The plan's id")),
    responses((status = 200, description = "What speaks against it, what it does and what it changes", body = Check)),
)]
pub async fn check_one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<Check>, Problem> {
    app.look(|replica| {
        let change = replica.platform().plan_changes.get(&id).ok_or_else(|| unknown(&id))?;
        Ok(Json(check::check(&app, replica, &change.text)))
    })?
}

/// A text to check.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToCheck {
    /// The plan file.
    text: String,
}

/// Check a text that is not saved
#[utoipa::path(
    post,
    path = "/v1/plans/check",
    tag = "Plans",
    request_body = ToCheck,
    responses((status = 200, description = "As of a saved one; nothing changes", body = Check)),
)]
pub async fn check_text(
    State(app): State<Arc<App>>,
    Input(input): Input<ToCheck>,
) -> Result<Json<Check>, Problem> {
    app.look(|replica| Json(check::check(&app, replica, &input.text)))
}

/// Which plans to compare.
#[derive(Deserialize)]
pub struct Pair {
    from: Option<String>,
    to: Option<String>,
}

/// Compare two plans key by key
#[utoipa::path(
    get,
    path = "/v1/plans/compare",
    tag = "Plans",
    params(
        ("from" = Option<String>, Query, description = "A plan's id, or `in-force`, which is meant if it is absent"),
        ("to" = Option<String>, Query, description = "The same"),
    ),
    responses((status = 200, description = "The keys whose values differ", body = Vec<Change>)),
)]
pub async fn compare(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Asked(pair): Asked<Pair>,
) -> Result<Json<Vec<Change>>, Problem> {
    app.look(|replica| {
        let find = |id: Option<String>| {
            let id = id.unwrap_or_else(|| IN_FORCE.into());
            if id == IN_FORCE {
                return Ok(replica.economy().state().plan().clone());
            }
            let change = replica.platform().plan_changes.get(&id).ok_or_else(|| unknown(&id))?;
            Plan::parse(&change.text).map_err(|refusals| {
                let detail = format!("{id} is no plan yet: {}", refusals.0[0]);
                Problem::new(Code::RefusedAct(RefusedAct::BadPlan), detail)
            })
        };
        Ok(Json(check::changes(&find(pair.from)?, &find(pair.to)?)))
    })?
}
