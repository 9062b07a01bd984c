//! `/v1/sessions`: where one is logged in, and ending it.

use super::subject::Subject;
use crate::app::App;
use crate::caller::{Caller, Who, cookie};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use linli_platform::{Account, SessionAct, TokenDigest};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A session.
#[derive(Serialize, ToSchema)]
pub struct ShownSession {
    /// Names the session; it opens nothing.
    #[schema(example = "0123456789abcdef")]
    id: String,
    /// What kind of device.
    #[schema(example = "Firefox, Android")]
    device: String,
    /// When it was opened.
    since: String,
    /// When it ends by itself.
    until: String,
    /// Whether it is this one.
    is_this: bool,
}

/// Whose sessions, and which is this one.
fn account(caller: &Caller) -> Result<(Account, TokenDigest), Problem> {
    match &caller.who {
        Who::Member { id, token } => Ok((Account::Member(id.clone()), *token)),
        Who::Staff { id, token, .. } => Ok((Account::Staff(id.clone()), *token)),
        Who::Key { .. } | Who::Visitor => Err(Problem::internal()),
    }
}

/// The first bytes of the digest: enough to tell the sessions of one account apart.
fn name(token: &TokenDigest) -> String {
    let first = token.first_chunk().expect("8 of 32 bytes");
    format!("{:016x}", u64::from_be_bytes(*first))
}

/// Where one is logged in
#[utoipa::path(
    get,
    path = "/v1/sessions",
    tag = "People",
    responses(
        (status = 200, description = "The sessions, oldest first", body = Vec<ShownSession>),
)
)]
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<ShownSession>>, Problem> {
    let (account, this) = account(&caller)?;
    app.look(|replica| {
        let sessions = replica.platform().sessions.of(&account, app.now());
        let shown = sessions.map(|(token, session)| ShownSession {
            id: name(token),
            device: session.label.clone(),
            since: session.since.to_string(),
            until: session.until.to_string(),
            is_this: *token == this,
        });
        Json(shown.collect())
    })
}

/// End a session
#[utoipa::path(
    post,
    path = "/v1/sessions/{id}/end",
    tag = "People",
    params(
        ("id" = String, Path, description = "The session's id"),
    ),
    responses(
        (status = 200, description = "It has ended", body = Done),
)
)]
pub async fn end(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    let (account, _) = account(&caller)?;
    let token = app.look(|replica| {
        let mut sessions = replica.platform().sessions.of(&account, app.now());
        sessions.find(|(token, _)| name(token) == id).map(|(token, _)| *token)
    })?;
    let unknown = Code::RefusedAct(linli_platform::Code::UnknownSession);
    let token = token.ok_or_else(|| Problem::new(unknown, format!("there is no session {id}")))?;
    perform(&app, &caller, &id, SessionAct::End { account, token }).await
}

/// End all other sessions
#[utoipa::path(
    post,
    path = "/v1/sessions/end-others",
    tag = "People",
    responses(
        (status = 200, description = "They have ended", body = Done),
)
)]
pub async fn end_others(State(app): State<Arc<App>>, caller: Caller) -> Result<Response, Problem> {
    let (account, this) = account(&caller)?;
    perform(&app, &caller, &name(&this), SessionAct::EndOthers { account, but: Some(this) }).await
}

/// Log out
#[utoipa::path(
    post,
    path = "/v1/logout",
    tag = "People",
    responses(
        (status = 200, description = "This session has ended", body = Done),
)
)]
pub async fn log_out(State(app): State<Arc<App>>, caller: Caller) -> Result<Response, Problem> {
    let (account, this) = account(&caller)?;
    let mut response = perform(&app, &caller, &name(&this), SessionAct::End { account, token: this }).await?;
    let gone = cookie("", 0, app.speaks_tls || app.behind_proxy);
    let gone = HeaderValue::from_str(&gone).expect("letters, digits and marks");
    response.headers_mut().insert(SET_COOKIE, gone);
    Ok(response)
}
