//! What the desk does about applications: asking for more, approving, refusing, and looking whom to reach. Who did it stands
//! in the journal. Must not be added here: a store that nobody applied for.

use super::form::ApplicationContact;
use super::shown::contact_of;
use super::{find, unknown};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform, perform_once};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::{PersonAct, StoreApplicationAct};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Characters of what the desk writes.
const NOTE: std::ops::RangeInclusive<usize> = 1..=500;

/// What the desk wants to know.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationAskForm {
    /// 1 to 500 characters.
    note: String,
}

/// Why there will be no store.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationRefuseForm {
    /// The version that was looked at.
    version: u32,
    /// 1 to 500 characters.
    reason: String,
}

/// The store is opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationApproveForm {
    /// The version that was looked at.
    version: u32,
    /// Whether it gets the rate that was asked for; otherwise it pays the plan's.
    #[serde(default)]
    with_wanted_rate: bool,
}

async fn seal(app: &App, caller: &Caller, id: &str, note: &str) -> Result<Vec<u8>, Problem> {
    let application = app.look(|replica| find(replica, caller, id))??;
    if !NOTE.contains(&note.chars().count()) {
        return Err(Problem::new(Code::BadParameter, "what the desk writes has 1 to 500 characters"));
    }
    app.secrets.seal(format!("member:{}", application.member), "note", note.into()).await
}

/// Ask for more
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/ask",
    tag = "Applications",
    params(("id" = String, Path, description = "The application's id")),
    request_body = ApplicationAskForm,
    responses((status = 200, description = "The member changes it and hands it in again", body = Done)),
)]
pub async fn ask(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(input): Input<ApplicationAskForm>,
) -> Result<Response, Problem> {
    let sealed_note = seal(&app, &caller, &id, &input.note).await?;
    perform(&app, &caller, &id, StoreApplicationAct::AskMore { id: id.clone(), sealed_note }).await
}

/// Refuse an application
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/refuse",
    tag = "Applications",
    params(("id" = String, Path, description = "The application's id")),
    request_body = ApplicationRefuseForm,
    responses((status = 200, description = "There will be no store", body = Done)),
)]
pub async fn refuse(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(ApplicationRefuseForm { version, reason }): Input<ApplicationRefuseForm>,
) -> Result<Response, Problem> {
    let sealed_note = seal(&app, &caller, &id, &reason).await?;
    perform(&app, &caller, &id, StoreApplicationAct::Refuse { id: id.clone(), version, sealed_note }).await
}

/// Approve an application
///
/// The store is open under the id that is answered, with the page that the application says.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/approve",
    tag = "Applications",
    params(("id" = String, Path, description = "The application's id")),
    request_body = ApplicationApproveForm,
    responses((status = 200, description = "The store is open; the id is the store's", body = Done)),
)]
pub async fn approve(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(ApplicationApproveForm { version, with_wanted_rate }): Input<ApplicationApproveForm>,
) -> Result<Response, Problem> {
    let application = app.look(|replica| find(replica, &caller, &id))??;
    let rate = application.form.rate.filter(|_| with_wanted_rate);
    let store = caller.new_id('S');
    let act = StoreApplicationAct::Approve { id, version, store: store.clone(), rate };
    perform(&app, &caller, &store, act).await
}

/// Look whom to reach about an application
///
/// The look itself stands in the journal.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/contact",
    tag = "Applications",
    params(("id" = String, Path, description = "The application's id")),
    responses((status = 200, description = "Whom to reach", body = ApplicationContact)),
)]
pub async fn contact(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<ApplicationContact>, Problem> {
    let application = app.look(|replica| find(replica, &caller, &id))??;
    let contact = contact_of(&app, &application).await?.ok_or_else(|| unknown(&id))?;
    perform_once(&app, caller.actor(), PersonAct::Reveal { member: application.member }).await?;
    Ok(Json(contact))
}
