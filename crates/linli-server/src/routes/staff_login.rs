//! `POST /v1/staff/login`: people at a desk show who they are by a password and a time-based code.

use super::login::{Device, LoggedIn, open_session};
use crate::app::App;
use crate::input::Input;
use crate::people::{SECRET_BYTES, Totp, hash, is_right};
use crate::problem::{Code, Problem};
use axum::extract::State;
use axum::response::Response;
use linli_platform::Account;
use serde::Deserialize;
use std::sync::{Arc, LazyLock};
use utoipa::ToSchema;

/// Seconds that a session at a desk lasts.
const STAFF_SECONDS: i64 = 12 * 3_600;

/// What is compared with where there is no account, so that the time tells nothing.
static NO_HASH: LazyLock<String> = LazyLock::new(|| hash("a password that nobody has"));

/// Name, password and code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffLogIn {
    /// The account.
    #[schema(example = "operator")]
    id: String,
    /// The password.
    password: String,
    /// The time-based code, once codes are set up.
    #[schema(example = "123456")]
    code: Option<String>,
}

/// Log in at a desk
///
/// Until the first password is changed and codes are set up, the session opens only what does that.
#[utoipa::path(
    post,
    path = "/v1/staff/login",
    tag = "Desk",
    request_body = StaffLogIn,
    responses(
        (status = 200, description = "Who has logged in, and the token", body = LoggedIn),
)
)]
pub async fn log_in(
    State(app): State<Arc<App>>,
    device: Device,
    Input(input): Input<StaffLogIn>,
) -> Result<Response, Problem> {
    app.rates.log_in.take(&format!("staff:{}", input.id))?;
    let sealed = app.look(|replica| {
        let account = replica.platform().staff.in_force(&input.id).ok();
        account.map(|account| (account.sealed_password.clone(), account.sealed_totp.clone()))
    })?;
    let person = format!("staff:{}", input.id);
    let (kept, sealed_totp) = match sealed {
        Some((password, totp)) => (app.secrets.open(person.clone(), "password", password).await?, totp),
        None => (None, None),
    };
    let kept = kept.and_then(|kept| String::from_utf8(kept).ok());
    let is_known = kept.is_some();
    let comparing =
        tokio::task::spawn_blocking(move || is_right(&input.password, kept.as_deref().unwrap_or(&NO_HASH)));
    let is_right = comparing.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    if !(is_right && is_known) {
        return Err(wrong());
    }
    let step = match sealed_totp {
        Some(sealed) => Some(step(&app, person, sealed, input.code.as_deref()).await?),
        None => None,
    };
    open_session(&app, Account::Staff(input.id), &device, step, STAFF_SECONDS, false).await
}

async fn step(app: &App, person: String, sealed: Vec<u8>, code: Option<&str>) -> Result<u64, Problem> {
    let opened = app.secrets.open(person, "totp", sealed).await?;
    let secret: [u8; SECRET_BYTES] =
        opened.and_then(|secret| secret.try_into().ok()).ok_or_else(Problem::internal)?;
    Totp::of(secret).step_of(code.unwrap_or_default(), (app.world_clock)()).ok_or_else(wrong)
}

/// The same whatever is wrong.
fn wrong() -> Problem {
    Problem::new(Code::LogInWrong, "the name, the password or the code is not right")
}
