//! `/v1/staff/me`: somebody's own account at a desk: password and time-based codes.

use crate::app::App;
use crate::caller::{Caller, Who};
use crate::input::Input;
use crate::people::{hash, too_weak};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::mall::supplier::Suppliers;
use linli_platform::{Permission, StaffAct};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// One's own account.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// The account.
    #[schema(example = "operator")]
    id: String,
    /// What one is.
    roles: Vec<&'static str>,
    /// What one may do.
    permissions: Vec<&'static str>,
    /// The supplier of the mall that one acts for.
    supplier: Option<String>,
    /// Whether the first password is changed and codes are set up; until then one may do nothing else.
    is_ready: bool,
}

/// One's own account
#[utoipa::path(
    get,
    path = "/v1/staff/me",
    tag = "Desk",
    responses(
        (status = 200, description = "The account", body = Me),
)
)]
pub async fn me(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Me>, Problem> {
    let Who::Staff { id, roles, is_ready, .. } = caller.who else { return Err(Problem::internal()) };
    let granted = Permission::ALL.iter().filter(|permission| permission.is_granted_to(&roles));
    let acts_for = |suppliers: &Suppliers| suppliers.of_login(&id).map(String::from);
    let supplier = app.look(|replica| acts_for(replica.platform().mall.suppliers()))?;
    Ok(Json(Me {
        id,
        supplier,
        permissions: granted.map(|permission| permission.name()).collect(),
        roles: roles.iter().map(|role| role.name()).collect(),
        is_ready,
    }))
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// 12 to 128 characters.
    password: String,
}

/// Change one's password
#[utoipa::path(
    post,
    path = "/v1/staff/me/password",
    tag = "Desk",
    request_body = NewPassword,
    responses(
        (status = 200, description = "It is changed", body = Done),
)
)]
pub async fn set_password(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<NewPassword>,
) -> Result<Response, Problem> {
    let id = caller.staff()?.to_string();
    let sealed_password = sealed_password(&app, &id, input.password).await?;
    perform(&app, &caller, &id, StaffAct::SetPassword { id: id.clone(), sealed_password }).await
}

/// The hash of a password that is good enough, sealed.
pub async fn sealed_password(app: &App, id: &str, password: String) -> Result<Vec<u8>, Problem> {
    if let Some(why) = too_weak(id, &password) {
        return Err(Problem::new(Code::RefusedAct(linli_platform::Code::BadText), why));
    }
    let hashing = tokio::task::spawn_blocking(move || hash(&password));
    let hash = hashing.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    app.secrets.seal(format!("staff:{id}"), "password", hash.into()).await
}

/// A secret for an app that makes codes.
#[derive(Serialize, ToSchema)]
pub struct Secret {
    /// To be typed.
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    secret: String,
    /// To be shown as a QR code.
    uri: String,
}

/// Begin to set up time-based codes
#[utoipa::path(
    post,
    path = "/v1/staff/me/totp",
    tag = "Desk",
    responses(
        (status = 200, description = "The secret, which is in use once a code of it was confirmed", body = Secret),
)
)]
pub async fn begin_totp(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Secret>, Problem> {
    let (secret, uri) = app.enrolling.begin(caller.staff()?, (app.world_clock)());
    Ok(Json(Secret { secret, uri }))
}

/// A code of the secret that was shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpCode {
    /// The code.
    #[schema(example = "123456")]
    code: String,
}

/// Confirm time-based codes
#[utoipa::path(
    post,
    path = "/v1/staff/me/totp/confirm",
    tag = "Desk",
    request_body = TotpCode,
    responses(
        (status = 200, description = "They are set up", body = Done),
)
)]
pub async fn confirm_totp(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<TotpCode>,
) -> Result<Response, Problem> {
    let id = caller.staff()?.to_string();
    let secret = app.enrolling.secret(&id, &input.code, (app.world_clock)());
    let secret =
        secret.ok_or_else(|| Problem::new(Code::Mistyped, "it is no code of the secret that was shown"))?;
    let sealed_totp = app.secrets.seal(format!("staff:{id}"), "totp", secret).await?;
    let response = perform(&app, &caller, &id, StaffAct::EnrolTotp { id: id.clone(), sealed_totp }).await?;
    app.enrolling.end(&id);
    Ok(response)
}
