//! `/v1/staff`: the accounts of the desk.

use super::staff_me::sealed_password;
use super::subject::Subject;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::{Role, StaffAct};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// An account of the desk.
#[derive(Serialize, ToSchema)]
pub struct ShownAccount {
    /// The account.
    #[schema(example = "operator")]
    id: String,
    /// What colleagues call it.
    name: String,
    /// What they are.
    roles: Vec<&'static str>,
    /// Whether codes are set up.
    has_codes: bool,
    /// Whether a colleague has reported the codes as lost.
    has_lost_codes: bool,
    /// Whether it is of no use any more.
    has_ended: bool,
}

/// The accounts of the desk
#[utoipa::path(
    get,
    path = "/v1/staff",
    tag = "Desk",
    responses(
        (status = 200, description = "All accounts by id", body = Vec<ShownAccount>),
)
)]
pub async fn list(State(app): State<Arc<App>>) -> Result<Json<Vec<ShownAccount>>, Problem> {
    app.look(|replica| {
        let shown = replica.platform().staff.iter().map(|(id, account)| ShownAccount {
            id: id.into(),
            name: account.name.clone(),
            roles: account.roles.iter().map(|role| role.name()).collect(),
            has_codes: account.sealed_totp.is_some(),
            has_lost_codes: account.lost_totp.is_some(),
            has_ended: account.has_ended,
        });
        Json(shown.collect())
    })
}

/// A new account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// What they log in with.
    #[schema(example = "chen")]
    id: String,
    /// What colleagues call it.
    name: String,
    /// What they are.
    roles: Vec<String>,
    /// Their first password, which they must change.
    password: String,
}

/// The roles of these names.
fn roles(names: &[String]) -> Result<BTreeSet<Role>, Problem> {
    let named = |name: &String| {
        let known: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
        let detail = format!("there is no role {}: there are {}", name.escape_debug(), known.join(", "));
        Role::named(name).ok_or_else(|| Problem::new(Code::BadParameter, detail))
    };
    names.iter().map(named).collect()
}

/// Add an account
#[utoipa::path(
    post,
    path = "/v1/staff",
    tag = "Desk",
    request_body = NewAccount,
    responses(
        (status = 200, description = "It is added", body = Done),
)
)]
pub async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<NewAccount>,
) -> Result<Response, Problem> {
    let NewAccount { id, name, roles: names, password } = input;
    let roles = roles(&names)?;
    let sealed_password = sealed_password(&app, &id, password).await?;
    perform(&app, &caller, &id, StaffAct::Add { id: id.clone(), name, roles, sealed_password }).await
}

/// Other roles.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoles {
    /// What they are from now on.
    roles: Vec<String>,
}

/// Change somebody's roles
#[utoipa::path(
    post,
    path = "/v1/staff/{id}/roles",
    tag = "Desk",
    params(
        ("id" = String, Path, description = "The account"),
    ),
    request_body = NewRoles,
    responses(
        (status = 200, description = "They are changed, and the account's sessions have ended", body = Done),
)
)]
pub async fn set_roles(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(input): Input<NewRoles>,
) -> Result<Response, Problem> {
    let roles = roles(&input.roles)?;
    perform(&app, &caller, &id, StaffAct::SetRoles { id: id.clone(), roles }).await
}

/// An act on an account that says nothing more.
macro_rules! plain_act {
    ($name:ident, $path:literal, $act:ident, $title:literal, $done:literal) => {
        #[doc = $title]
        #[utoipa::path(
                                                    post,
                                                    path = $path,
                                                    tag = "Desk",
                                                    params(
                                                        ("id" = String, Path, description = "The account"),
                                                    ),
                                                    responses(
                                                        (status = 200, description = $done, body = Done),
                                                    ),
                                                )]
        pub async fn $name(
            State(app): State<Arc<App>>,
            caller: Caller,
            Subject(id): Subject,
        ) -> Result<Response, Problem> {
            perform(&app, &caller, &id, StaffAct::$act { id: id.clone() }).await
        }
    };
}

plain_act!(end, "/v1/staff/{id}/end", End, "End an account", "It has ended, and so have its sessions");
plain_act!(
    report_lost_totp,
    "/v1/staff/{id}/totp/lost",
    ReportLostTotp,
    "Report that somebody has lost their codes",
    "Another colleague has to confirm it"
);
plain_act!(
    confirm_lost_totp,
    "/v1/staff/{id}/totp/lost/confirm",
    ConfirmLostTotp,
    "Confirm that somebody has lost their codes",
    "They set up new ones when they log in"
);
