//! Opening a session: the token that whoever has logged in gets, once.

use super::Device;
use crate::app::App;
use crate::caller::{cookie, token_digest};
use crate::perform::perform_once;
use crate::problem::Problem;
use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use linli_economy::time::Instant;
use linli_platform::{Account, SessionAct};
use serde::Serialize;
use std::fmt::Write;
use std::sync::Arc;
use utoipa::ToSchema;

/// Somebody has logged in.
#[derive(Serialize, ToSchema)]
pub struct LoggedIn {
    /// The member or the account of the desk.
    #[schema(example = "M0123456789abcdef0123")]
    pub account: String,
    /// What requests bring: in the cookie, or as `Authorization: Bearer`.
    pub token: String,
    /// When the session ends by itself.
    #[schema(example = "2026-01-31T00:00:00Z")]
    pub until: String,
    /// Whether the account was made by this request.
    pub is_new: bool,
}

/// Opens a session and answers with its token, also in a cookie.
pub async fn open_session(
    app: &Arc<App>,
    account: Account,
    device: &Device,
    totp_step: Option<u64>,
    seconds: i64,
    is_new: bool,
) -> Result<Response, Problem> {
    let token = random_text();
    let until = Instant { seconds: (app.clock)() + seconds, nanoseconds: 0 };
    let address = app.secrets.reference("address", &device.address).await?;
    let reference = match &device.id {
        Some(id) => Some(app.secrets.reference("device", id).await?),
        None => None,
    };
    let act = SessionAct::Open {
        account: account.clone(),
        token: token_digest(&token),
        label: device.label.clone(),
        device: reference,
        address,
        totp_step,
        until,
    };
    perform_once(app, account.actor(), act).await?;
    let is_tls = app.speaks_tls || app.behind_proxy;
    let cookie = cookie(&token, seconds, is_tls);
    let account = match account {
        Account::Member(id) | Account::Staff(id) => id,
    };
    let body = Json(LoggedIn { account, token, until: until.to_string(), is_new });
    let cookie = HeaderValue::from_str(&cookie).expect("letters, digits and marks");
    Ok(([(SET_COOKIE, cookie)], body).into_response())
}

/// Thirty-two random bytes in hexadecimal.
pub fn random_text() -> String {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the system has random bytes");
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes whatever is written");
        text
    })
}
