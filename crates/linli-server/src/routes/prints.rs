//! Codes, sheets and posters to print, each at one address: of stores, and of a member's invitation. Must not be added here:
//! an amount, or a promise.

use super::codes;
use super::subject::Subject;
use crate::app::App;
use crate::caller::Caller;
use crate::problem::{Code, Problem};
use crate::rights::unknown_store;
use crate::sheets::{Drawn, Form, Printed};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use linli_sheets::Instruction;
use std::sync::Arc;

fn form(name: &str) -> Result<Form, Problem> {
    let names = || Form::ALL.map(|(name, _)| name).join(", ");
    Form::named(name).ok_or_else(|| Problem::new(Code::UnknownFile, format!("there are {}", names())))
}

/// A store's code, sheet or poster
///
/// They say the link of its pay page, which stays.
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/prints/{form}",
    tag = "Stores",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("form" = String, Path, description = "`qr.svg`, `qr.png`, `sheet-a4.pdf`, `sheet-a4.png`, `sheet-a6.pdf`, `sheet-a6.png`, `poster.png` or `poster.pdf`"),
    ),
    responses(
        (status = 200, description = "The file", content((Vec<u8> = "image/svg+xml"), (Vec<u8> = "image/png"), (Vec<u8> = "application/pdf"))),
        (status = 304, description = "It is as it was"),
    ),
)]
pub async fn of_store(
    State(app): State<Arc<App>>,
    Path((store, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let form = form(&name)?;
    let title = app.look(|replica| {
        replica.economy().store_id(&store).ok_or_else(|| unknown_store(&store))?;
        let front = replica.platform().storefronts.get(&store);
        Ok::<_, Problem>(front.map_or_else(|| store.clone(), |front| front.page.name.clone()))
    })??;
    let link = app.links.store(&store);
    answer(&app, form, Printed { title, instruction: Instruction::STORE, link }, &headers).await
}

/// One's invitation as a code, a sheet or a poster
///
/// They say the link of the invitation, which stays.
#[utoipa::path(
    get,
    path = "/v1/me/prints/{form}",
    tag = "Me",
    params(
        ("form" = String, Path, description = "As for stores, such as `poster.png`"),
    ),
    responses(
        (status = 200, description = "The file", content((Vec<u8> = "image/svg+xml"), (Vec<u8> = "image/png"), (Vec<u8> = "application/pdf"))),
        (status = 304, description = "It is as it was"),
    ),
)]
pub async fn of_member(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let form = form(&name)?;
    // A member has no name here that anybody may see.
    let title = "邻里 邀请函".to_string();
    let link = app.links.member(caller.member()?);
    answer(&app, form, Printed { title, instruction: Instruction::INVITATION, link }, &headers).await
}

/// A code with an amount, as a picture to scan
#[utoipa::path(
    get,
    path = "/v1/codes/{id}/qr.svg",
    tag = "Paying",
    params(("id" = String, Path, description = "The code")),
    responses(
        (status = 200, description = "It says the link of the code's pay page", body = Vec<u8>, content_type = "image/svg+xml"),
        (status = 304, description = "It is as it was"),
    ),
)]
pub async fn of_code(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(code): Subject,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = app.look(|replica| codes::find(replica, &caller, &code))??;
    let printed =
        Printed { title: found.store, instruction: Instruction::STORE, link: app.links.code(&code) };
    answer(&app, form("qr.svg")?, printed, &headers).await
}

async fn answer(app: &App, form: Form, printed: Printed, headers: &HeaderMap) -> Result<Response, Problem> {
    let tag = format!("\"{}\"", printed.digest(form));
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let about = [(ETAG, tag.clone()), (CACHE_CONTROL, "no-cache".to_string())];
    if known.flat_map(|value| value.split(',')).any(|one| one.trim().trim_start_matches("W/") == tag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let Drawn { bytes, .. } = app.sheets.draw(form, printed).await?;
    Ok((about, [(CONTENT_TYPE, form.content_type())], bytes.to_vec()).into_response())
}
