//! Members who have lost their phone: somebody at a desk makes sure who they are and reports it, somebody else confirms.

use super::login::{Number, Sent, read_phone, send, take_code};
use super::me::phone_of;
use super::subject::Subject;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::people::Purpose;
use crate::perform::{Done, perform};
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use linli_platform::PersonAct;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Who a member is.
#[derive(Serialize, ToSchema)]
pub struct Person {
    /// The member.
    member: String,
    /// The phone number.
    #[schema(example = "+8613800000000")]
    phone: String,
}

/// Reveal a member's phone number
///
/// The look itself stands in the log of accesses.
#[utoipa::path(
    get,
    path = "/v1/members/{id}/person",
    tag = "Desk",
    params(("id" = String, Path, description = "The member's id")),
    responses(
        (status = 200, description = "Who the member is", body = Person),
)
)]
pub async fn person(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(member): Subject,
) -> Result<Json<Person>, Problem> {
    let phone = phone_of(&app, &member).await?.whole().to_string();
    let act = PersonAct::Reveal { member: member.clone() };
    crate::perform::perform_once(&app, caller.actor(), act).await?;
    Ok(Json(Person { member, phone }))
}

/// Send a code to the new number of a member who has lost the old one
#[utoipa::path(
    post,
    path = "/v1/members/{id}/lost-phone/codes",
    tag = "Desk",
    params(
        ("id" = String, Path, description = "The member's id"),
    ),
    request_body = Number,
    responses(
        (status = 202, description = "A code is on its way", body = Sent),
)
)]
pub async fn send_code(
    State(app): State<Arc<App>>,
    Subject(_): Subject,
    Input(number): Input<Number>,
) -> Result<(StatusCode, Json<Sent>), Problem> {
    send(&app, &number.phone, Purpose::TakePhone).await.map(|sent| (StatusCode::ACCEPTED, Json(sent)))
}

/// The new number and the code that was sent to it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    /// The new number.
    #[schema(example = "13900000000")]
    phone: String,
    /// The code.
    code: String,
}

/// Report that a member has lost their phone
#[utoipa::path(
    post,
    path = "/v1/members/{id}/lost-phone",
    tag = "Desk",
    params(
        ("id" = String, Path, description = "The member's id"),
    ),
    request_body = Lost,
    responses(
        (status = 200, description = "Somebody else has to confirm it", body = Done),
)
)]
pub async fn report(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(member): Subject,
    Input(input): Input<Lost>,
) -> Result<Response, Problem> {
    let phone = read_phone(&input.phone)?;
    let reference = take_code(&app, &phone, &input.code, Purpose::TakePhone).await?;
    let sealed_phone = app.secrets.seal(format!("member:{member}"), "phone", phone.whole().into()).await?;
    let id = caller.new_id('L');
    let act = PersonAct::ReportLost { id: id.clone(), member, phone: reference, sealed_phone };
    perform(&app, &caller, &id, act).await
}

/// A report that waits.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// The report.
    id: String,
    /// The member.
    member: String,
    /// Who has reported it.
    by: String,
    /// When.
    since: String,
}

/// Lost phones that wait for a second person
#[utoipa::path(
    get,
    path = "/v1/lost-phones",
    tag = "Desk",
    responses(
        (status = 200, description = "The reports", body = Vec<Waiting>),
)
)]
pub async fn list(State(app): State<Arc<App>>) -> Result<Json<Vec<Waiting>>, Problem> {
    app.look(|replica| {
        let waiting = replica.platform().people.lost_phones().map(|(id, lost)| Waiting {
            id: id.into(),
            member: lost.member.clone(),
            by: lost.by.to_string(),
            since: lost.since.to_string(),
        });
        Json(waiting.collect())
    })
}

/// Confirm that a member has lost their phone
#[utoipa::path(
    post,
    path = "/v1/lost-phones/{id}/confirm",
    tag = "Desk",
    params(
        ("id" = String, Path, description = "The report"),
    ),
    responses(
        (status = 200, description = "The number is changed, and the member's sessions have ended", body = Done),
)
)]
pub async fn confirm(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, PersonAct::ConfirmLost { id: id.clone() }).await
}

/// Drop a report
#[utoipa::path(
    post,
    path = "/v1/lost-phones/{id}/drop",
    tag = "Desk",
    params(
        ("id" = String, Path, description = "The report"),
    ),
    responses(
        (status = 200, description = "It waits no more", body = Done),
)
)]
pub async fn drop_report(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, PersonAct::DropLost { id: id.clone() }).await
}
