//! Appointments as the desk and the agents themselves see them. Must not be added here: somebody else's appointment.

use super::holder;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::routes::period::day_text;
use crate::routes::subject::{Subject, after};
use crate::routes::text::yuan;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_engine::Replica;
use linli_engine::books::day_of;
use linli_platform::agency::{Appointment, Stage};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// An agent's appointment.
#[derive(Serialize, ToSchema)]
pub struct Appointed {
    /// The appointment.
    #[schema(example = "A0123456789abcdef0123")]
    id: String,
    /// The region.
    #[schema(example = "440106")]
    region: String,
    /// The member.
    #[schema(example = "M1")]
    agent: String,
    /// The first day in Asia/Shanghai.
    #[schema(example = "2026-01-01")]
    from: String,
    /// The last day.
    #[schema(example = "2026-12-31")]
    to: String,
    /// `waiting`, `serving`, `ended` or `dismissed`.
    #[schema(example = "serving")]
    state: &'static str,
    /// Since when.
    since: String,
    /// Whether the end was announced.
    is_end_announced: bool,
    /// Yuan that were agreed on as fees: for the appointment, and for each renewal.
    fees: Vec<String>,
    /// Why it was ended earlier.
    reason: Option<String>,
    /// Whether a program has given the region to somebody else.
    is_overridden: bool,
}

fn shown(replica: &Replica, id: &str, one: &Appointment) -> Appointed {
    let is_serving = one.stage == Stage::Serving;
    Appointed {
        id: id.to_owned(),
        region: one.region.clone(),
        agent: one.agent.clone(),
        from: day_text(day_of(one.from)),
        // A term ends when the day after its last one begins.
        to: day_text(day_of(one.until) - 1),
        state: match one.stage {
            Stage::Waiting => "waiting",
            Stage::Serving => "serving",
            Stage::Ended => "ended",
            Stage::Dismissed => "dismissed",
        },
        since: one.since.to_string(),
        is_end_announced: one.announced == Some(one.until),
        fees: one.fees_fen.iter().copied().map(yuan).collect(),
        reason: one.reason.clone(),
        is_overridden: is_serving && holder(replica, &one.region).as_deref() != Some(&one.agent),
    }
}

fn paged<'a>(
    replica: &Replica,
    page: &Page,
    all: impl Iterator<Item = (&'a str, &'a Appointment)>,
) -> Json<Paged<Appointed>> {
    let all = after(all, page.after.as_deref(), |(id, _)| *id);
    Json(page.of(all.map(|(id, one)| shown(replica, id, one)), |one| one.id.clone()))
}

/// All appointments
#[utoipa::path(
    get,
    path = "/v1/appointments",
    tag = "Regions",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The appointments by id, the ended ones included", body = Paged<Appointed>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    page: Page,
) -> Result<Json<Paged<Appointed>>, Problem> {
    app.look(|replica| paged(replica, &page, replica.platform().agencies.all()))
}

/// One's own appointments
#[utoipa::path(
    get,
    path = "/v1/me/appointments",
    tag = "Regions",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The appointments by id, the ended ones included", body = Paged<Appointed>)),
)]
pub async fn mine(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    page: Page,
) -> Result<Json<Paged<Appointed>>, Problem> {
    let member = caller.member()?;
    app.look(|replica| paged(replica, &page, replica.platform().agencies.of_agent(member)))
}

/// An appointment
#[utoipa::path(
    get,
    path = "/v1/appointments/{id}",
    tag = "Regions",
    params(("id" = String, Path, description = "The appointment's id")),
    responses((status = 200, description = "The appointment", body = Appointed)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<Appointed>, Problem> {
    app.look(|replica| {
        let found = replica.platform().agencies.get(&id).filter(|one| match &caller.who {
            Who::Member { id, .. } => one.agent == *id,
            Who::Staff { .. } | Who::Key { .. } => true,
            Who::Visitor => false,
        });
        let unknown = || {
            let code = Code::RefusedAct(linli_platform::Code::UnknownAppointment);
            Problem::new(code, format!("there is no appointment {id}"))
        };
        found.map(|one| Json(shown(replica, &id, one))).ok_or_else(unknown)
    })?
}
