//! `/v1/keys`: the keys of programs, made and ended while the service runs. A secret is told once. Must not be added here:
//! a way to read a secret again.

use super::subject::Subject;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform, perform_telling_once};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::{KeyAct, Scope};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use utoipa::ToSchema;

/// Random bytes of a secret, which is their text in hexadecimal.
const SECRET_BYTES: usize = 32;

/// A key of a program.
#[derive(Serialize, ToSchema)]
pub struct ShownKey {
    /// By what requests name it.
    #[schema(example = "till-1")]
    id: String,
    /// What people call it.
    name: String,
    /// What it may be used for.
    scopes: Vec<&'static str>,
    /// `in_force`, `waits` for a second person, or `ended`.
    #[schema(example = "in_force")]
    state: &'static str,
    /// Who has added it, while it waits.
    added_by: Option<String>,
}

/// The keys of programs
#[utoipa::path(
    get,
    path = "/v1/keys",
    tag = "Keys",
    responses((status = 200, description = "All keys by id, without their secrets", body = Vec<ShownKey>)),
)]
pub async fn list(_: UpToDate, State(app): State<Arc<App>>) -> Result<Json<Vec<ShownKey>>, Problem> {
    app.look(|replica| {
        let shown = replica.platform().keys.iter().map(|(id, key)| ShownKey {
            id: id.into(),
            name: key.name.clone(),
            scopes: key.scopes.iter().map(|scope| scope.name()).collect(),
            state: match (key.has_ended, key.is_in_force()) {
                (true, _) => "ended",
                (_, true) => "in_force",
                (_, false) => "waits",
            },
            added_by: key.unconfirmed.as_ref().map(ToString::to_string),
        });
        Json(shown.collect())
    })
}

/// A new key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// By what requests name it: 1 to 64 letters, digits, `-` and `_`.
    #[schema(example = "till-1")]
    id: String,
    /// What people call it.
    #[schema(example = "Till 1")]
    name: String,
    /// `read`, `orders`, `commands`.
    #[schema(example = json!(["read", "orders"]))]
    scopes: Vec<String>,
}

/// A key that was added.
#[derive(Serialize, ToSchema)]
pub struct Added {
    #[serde(flatten)]
    done: Done,
    /// What requests are signed with, as it is written. A repeat of the request does not have it.
    #[schema(required = false, nullable = false)]
    secret: Option<String>,
}

/// Add a key
///
/// The secret is told this once. A key that may send any command waits until somebody else has confirmed it.
#[utoipa::path(
    post,
    path = "/v1/keys",
    tag = "Keys",
    request_body = NewKey,
    responses((status = 200, description = "The key and its secret", body = Added)),
)]
pub async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(NewKey { id, name, scopes }): Input<NewKey>,
) -> Result<Response, Problem> {
    let named = |name: &String| {
        let known = Scope::ALL.map(Scope::name).join(", ");
        Scope::named(name).ok_or_else(|| Problem::new(Code::BadParameter, format!("scopes are {known}")))
    };
    let scopes = scopes.iter().map(named).collect::<Result<BTreeSet<_>, _>>()?.into_iter().collect();
    let is_fit =
        id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !is_fit || app.look(|replica| replica.platform().keys.get(&id).is_some())? {
        // Refused by the platform, before the vault has a secret of it.
        let act = KeyAct::Add { id: id.clone(), name, scopes, sealed_secret: vec![0] };
        return perform(&app, &caller, &id, act).await;
    }
    let secret = secret();
    let sealed_secret = app.secrets.seal(format!("key:{id}"), "secret", secret.clone().into_bytes()).await?;
    let act = KeyAct::Add { id: id.clone(), name, scopes, sealed_secret };
    perform_telling_once(&app, &caller, &id, &secret, act).await
}

fn secret() -> String {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).expect("the system has random bytes");
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes whatever is written");
        text
    })
}

/// Confirm a key that may send any command
#[utoipa::path(
    post,
    path = "/v1/keys/{id}/confirm",
    tag = "Keys",
    params(("id" = String, Path, description = "The key")),
    responses((status = 200, description = "It is in force", body = Done)),
)]
pub async fn confirm(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, KeyAct::Confirm { id: id.clone() }).await
}

/// End a key
#[utoipa::path(
    post,
    path = "/v1/keys/{id}/end",
    tag = "Keys",
    params(("id" = String, Path, description = "The key")),
    responses((status = 200, description = "It is of no use any more", body = Done)),
)]
pub async fn end(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, KeyAct::End { id: id.clone() }).await
}
