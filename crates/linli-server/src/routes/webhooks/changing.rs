//! Endpoints of webhooks: adding, changing, pausing, ending them, and their secrets. A URL is looked at before it is kept, and
//! a secret is shown once, with what made it; whoever sends that again is shown the same.

use super::find;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform, perform_telling};
use crate::problem::{Code, Problem};
use crate::result_line::ResultLine;
use crate::routes::subject::Subject;
use crate::webhooks::person;
use axum::extract::State;
use axum::response::Response;
use linli_outbox::Target;
use linli_outbox::webhook::Secret;
use linli_platform::WebhookAct;
use linli_platform::webhook::{EndpointForm, EventKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// Where to, and of what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointInput {
    /// What people call it, in 1 to 64 characters.
    #[schema(example = "Online shop")]
    name: String,
    /// Where webhooks are posted to: https, a public address, no user and no fragment.
    #[schema(example = "https://shop.example/hooks")]
    url: String,
    /// Of what it hears: names of `/v1/webhooks/events`.
    #[schema(example = json!(["order.paid", "order.settled"]))]
    events: Vec<String>,
}

/// What has got a secret.
#[derive(Serialize, ToSchema)]
pub struct EndpointSecret {
    /// The endpoint.
    pub id: String,
    /// What its webhooks are signed with.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: String,
    #[serde(flatten)]
    pub result: ResultLine,
}

impl EndpointInput {
    /// The form as the journal keeps it; what may not be called is refused here.
    async fn sealed(self, app: &App, id: &str) -> Result<EndpointForm, Problem> {
        let target = Target::parse(&self.url, app.client.reach());
        let target =
            target.map_err(|unfit| Problem::new(Code::BadUrl, format!("{}: {unfit}", unfit.code())))?;
        let checked = app.client.check(&target).await;
        checked.map_err(|fault| Problem::new(Code::BadUrl, format!("{}: {fault}", fault.code())))?;
        let events = self.events.iter().map(|name| kind(name)).collect::<Result<BTreeSet<_>, _>>()?;
        let url = target.as_str().as_bytes().to_vec();
        let sealed_url = app.secrets.seal(person(id), "url", url).await?;
        Ok(EndpointForm { name: self.name, events, sealed_url, shown: target.to_string() })
    }
}

fn kind(name: &str) -> Result<EventKind, Problem> {
    let detail = || format!("there is no event {}: GET /v1/webhooks/events has all", name.escape_debug());
    EventKind::named(name).ok_or_else(|| Problem::new(Code::BadParameter, detail()))
}

/// The secret that a write makes, and the same sealed. Only who has the vault's key can make it, and who sends the write
/// again gets the same.
async fn secret(app: &App, caller: &Caller, id: &str) -> Result<(String, Vec<u8>), Problem> {
    let bytes = app.secrets.digest(person(id), "secret", caller.stream().into_bytes()).await?;
    let secret = Secret::of(bytes.to_vec()).expect("32 bytes are a secret").reveal();
    let sealed = app.secrets.seal(person(id), "secret", secret.as_bytes().to_vec()).await?;
    Ok((secret, sealed))
}

/// Add an endpoint
#[utoipa::path(
    post,
    path = "/v1/webhooks",
    tag = "Webhooks",
    request_body = EndpointInput,
    responses((status = 200, description = "What happens from now on is sent there", body = EndpointSecret)),
)]
pub async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(form): Input<EndpointInput>,
) -> Result<Response, Problem> {
    let id = caller.new_id('W');
    let form = form.sealed(&app, &id).await?;
    let (secret, sealed_secret) = secret(&app, &caller, &id).await?;
    let act = WebhookAct::Add { id: id.clone(), form, sealed_secret };
    perform_telling(&app, &caller, &id, &[("secret", &secret)], act).await
}

/// Change an endpoint
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/change",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    request_body = EndpointInput,
    responses((status = 200, description = "The secret stays", body = Done)),
)]
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(form): Input<EndpointInput>,
) -> Result<Response, Problem> {
    find(&app, &id)?;
    let form = form.sealed(&app, &id).await?;
    perform(&app, &caller, &id, WebhookAct::Change { id: id.clone(), form }).await
}

/// Pause an endpoint
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/pause",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 200, description = "What happens is kept and not sent", body = Done)),
)]
pub async fn pause(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, WebhookAct::Pause { id: id.clone() }).await
}

/// Resume an endpoint
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/resume",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 200, description = "What was kept is sent", body = Done)),
)]
pub async fn resume(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, WebhookAct::Resume { id: id.clone() }).await
}

/// Replace an endpoint's secret
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/rotate",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 200, description = "For 24 hours both secrets sign", body = EndpointSecret)),
)]
pub async fn rotate(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    find(&app, &id)?;
    let (secret, sealed_secret) = secret(&app, &caller, &id).await?;
    let act = WebhookAct::Rotate { id: id.clone(), sealed_secret };
    perform_telling(&app, &caller, &id, &[("secret", &secret)], act).await
}

/// End an endpoint
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/end",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 200, description = "Nothing is sent there any more", body = Done)),
)]
pub async fn end(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, WebhookAct::End { id: id.clone() }).await
}
