//! `/v1/me`: a member's home, and their phone number.

use super::login::{Sent, read_phone, send, take_code};
use super::members::{Member, look};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::people::{Phone, Purpose};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use linli_platform::PersonAct;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What a member has
#[utoipa::path(
    get,
    path = "/v1/me",
    tag = "Me",
    params(("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included")),
    responses(
        (status = 200, description = "What the member has", body = Member),
)
)]
pub async fn me(_: UpToDate, State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Member>, Problem> {
    let id = caller.member()?;
    app.look(|replica| {
        let economy = replica.economy();
        // Whoever could log in is a member.
        let member = economy.member_id(id).ok_or_else(Problem::internal)?;
        Ok(Json(look(economy, member, replica.tip().seq)))
    })?
}

/// Which of the two numbers is to get a code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNumber {
    /// The number that the member will have; without it the code goes to the one that they have.
    phone: Option<String>,
}

/// Send a code to change the phone number
#[utoipa::path(
    post,
    path = "/v1/me/phone/codes",
    tag = "Me",
    request_body = NewNumber,
    responses(
        (status = 202, description = "A code is on its way", body = Sent),
)
)]
pub async fn send_phone_code(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<NewNumber>,
) -> Result<(StatusCode, Json<Sent>), Problem> {
    let (phone, purpose) = match input.phone {
        Some(phone) => (phone, Purpose::TakePhone),
        None => (phone_of(&app, caller.member()?).await?.whole().to_string(), Purpose::LeavePhone),
    };
    send(&app, &phone, purpose).await.map(|sent| (StatusCode::ACCEPTED, Json(sent)))
}

/// The phone number of a member.
pub async fn phone_of(app: &App, member: &str) -> Result<Phone, Problem> {
    let sealed = app.look(|replica| {
        let person = replica.platform().people.get(member);
        person.map(|person| person.sealed_phone.clone())
    })?;
    let unknown = |what: &str| Problem::new(Code::RefusedAct(linli_platform::Code::UnknownPerson), what);
    let sealed = sealed.ok_or_else(|| unknown("nobody has registered as this member"))?;
    let opened = app.secrets.open(format!("member:{member}"), "phone", sealed).await?;
    let phone = opened.and_then(|phone| Phone::parse(std::str::from_utf8(&phone).ok()?));
    phone.ok_or_else(|| unknown("the number was deleted"))
}

/// The new number, and the codes that were sent to both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePhone {
    /// The new number.
    #[schema(example = "13900000000")]
    phone: String,
    /// The code that was sent to the new number.
    code: String,
    /// The code that was sent to the number before.
    old_code: String,
}

/// Change the phone number
#[utoipa::path(
    post,
    path = "/v1/me/phone",
    tag = "Me",
    request_body = ChangePhone,
    responses(
        (status = 200, description = "It is changed", body = Done),
)
)]
pub async fn change_phone(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<ChangePhone>,
) -> Result<Response, Problem> {
    let member = caller.member()?.to_string();
    let (old, new) = (phone_of(&app, &member).await?, read_phone(&input.phone)?);
    take_code(&app, &old, &input.old_code, Purpose::LeavePhone).await?;
    let phone = take_code(&app, &new, &input.code, Purpose::TakePhone).await?;
    let sealed_phone = app.secrets.seal(format!("member:{member}"), "phone", new.whole().into()).await?;
    perform(&app, &caller, &member, PersonAct::ChangePhone { member: member.clone(), phone, sealed_phone })
        .await
}
