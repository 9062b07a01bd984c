//! `/v1/webhooks`: where programs of others hear of what happens. Must not be added here: how it is delivered.

pub mod changing;
pub mod sending;

use super::subject::Subject;
use crate::app::App;
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use crate::webhooks::person;
use axum::Json;
use axum::extract::State;
use linli_platform::Code as RefusedAct;
use linli_platform::webhook::{Endpoint, EventKind};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A kind of event.
#[derive(Serialize, ToSchema)]
pub struct HeardOf {
    /// What `type` is in its webhooks.
    #[schema(example = "order.settled")]
    event: &'static str,
    /// When it is sent.
    about_en: &'static str,
    /// The same in Chinese.
    about_zh: &'static str,
}

/// What can be heard of
#[utoipa::path(
    get,
    path = "/v1/webhooks/events",
    tag = "Webhooks",
    responses((status = 200, description = "Every kind of event", body = Vec<HeardOf>)),
)]
pub async fn events() -> Json<Vec<HeardOf>> {
    let kind = |kind: &EventKind| {
        let (about_en, about_zh) = kind.texts();
        HeardOf { event: kind.name(), about_en, about_zh }
    };
    Json(EventKind::ALL.iter().map(kind).collect())
}

/// An endpoint in a list.
#[derive(Serialize, ToSchema)]
pub struct ListedEndpoint {
    /// The endpoint.
    #[schema(example = "W0123456789abcdef0123")]
    id: String,
    /// What people call it.
    name: String,
    /// Scheme, host and port of its URL.
    #[schema(example = "https://shop.example")]
    address: String,
    /// Of what it hears.
    events: Vec<&'static str>,
    /// `active`, `paused`, `gone` (it answered 410), `failing` (it took nothing for days) or `ended`.
    #[schema(example = "active")]
    state: &'static str,
    /// When it was added.
    since: String,
    /// Until when the secret of before signs too.
    replaced_secret_until: Option<String>,
}

/// An endpoint.
#[derive(Serialize, ToSchema)]
pub struct WholeEndpoint {
    #[serde(flatten)]
    listed: ListedEndpoint,
    /// Where it goes; none once that was shredded.
    #[schema(example = "https://shop.example/hooks?token=1")]
    url: Option<String>,
}

fn listed(app: &App, id: &str, endpoint: &Endpoint) -> ListedEndpoint {
    let replaced = endpoint.replaced.as_ref().filter(|replaced| app.now() < replaced.until);
    ListedEndpoint {
        id: id.into(),
        name: endpoint.form.name.clone(),
        address: endpoint.form.shown.clone(),
        events: endpoint.form.events.iter().map(|kind| kind.name()).collect(),
        state: endpoint.state.name(),
        since: endpoint.since.to_string(),
        replaced_secret_until: replaced.map(|replaced| replaced.until.to_string()),
    }
}

/// The endpoint of this id.
fn find(app: &App, id: &str) -> Result<Endpoint, Problem> {
    let found = app.look(|replica| replica.platform().webhooks.get(id).cloned())?;
    found.ok_or_else(|| {
        Problem::new(Code::RefusedAct(RefusedAct::UnknownEndpoint), format!("there is no endpoint {id}"))
    })
}

/// The endpoints
#[utoipa::path(
    get,
    path = "/v1/webhooks",
    tag = "Webhooks",
    responses((status = 200, description = "All endpoints by id, ended ones too", body = Vec<ListedEndpoint>)),
)]
pub async fn list(_: UpToDate, State(app): State<Arc<App>>) -> Result<Json<Vec<ListedEndpoint>>, Problem> {
    app.look(|replica| {
        let endpoints = replica.platform().webhooks.iter();
        Json(endpoints.map(|(id, endpoint)| listed(&app, id, endpoint)).collect())
    })
}

/// An endpoint
#[utoipa::path(
    get,
    path = "/v1/webhooks/{id}",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 200, description = "The endpoint with its URL", body = WholeEndpoint)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<WholeEndpoint>, Problem> {
    let endpoint = find(&app, &id)?;
    let listed = listed(&app, &id, &endpoint);
    let url = app.secrets.open(person(&id), "url", endpoint.form.sealed_url).await?;
    let url = url.map(|url| String::from_utf8_lossy(&url).into_owned());
    Ok(Json(WholeEndpoint { listed, url }))
}
