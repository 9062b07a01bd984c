//! What was sent to an endpoint: deliveries with their attempts, a test, and sending again. Must not be added here: an answer
//! of somebody else's endpoint.

use super::find;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use linli_economy::time::Instant;
use linli_outbox::store::{Filter, Logged};
use linli_outbox::{Row, State as RowState};
use linli_platform::{Code as RefusedAct, WebhookAct};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A webhook and how it stands.
#[derive(Serialize, ToSchema)]
pub struct EndpointDelivery {
    /// What `webhook-id` is, at each attempt the same.
    #[schema(example = "webhook:W0123456789abcdef0123:17")]
    id: String,
    /// What has happened.
    #[schema(example = "order.settled")]
    event: String,
    /// The entry of the journal that it follows from; 0 for a test.
    follows_from: u64,
    /// `pending`, `done` or `dead`: given up until somebody has it sent again.
    #[schema(example = "done")]
    state: &'static str,
    /// Attempts so far.
    attempts: u32,
    /// When it is tried next, or is held until; only of a pending one.
    due_at: Option<String>,
    /// When it was delivered or given up.
    ended_at: Option<String>,
}

/// An attempt to deliver.
#[derive(Serialize, ToSchema)]
pub struct EndpointAttempt {
    /// The delivery.
    #[schema(example = "webhook:W0123456789abcdef0123:17")]
    delivery: String,
    /// When.
    at: String,
    /// The status of the answer, if there was one.
    #[schema(example = 200)]
    status: Option<u16>,
    /// Why it did not succeed: a code, and words where there are any.
    error: Option<String>,
    /// How long it took.
    duration_ms: u32,
    /// The beginning of what was answered.
    answer: String,
}

/// One delivery, or all that follow from these entries.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendAgain {
    /// A delivery's id.
    delivery: Option<String>,
    /// The first entry.
    first_seq: Option<u64>,
    /// The last.
    last_seq: Option<u64>,
}

/// What of a list is wanted.
#[derive(Deserialize)]
pub struct Wanted {
    state: Option<String>,
    delivery: Option<String>,
}

impl Wanted {
    fn state(&self) -> Result<Option<RowState>, Problem> {
        let Some(name) = &self.state else { return Ok(None) };
        let bad = || Problem::new(Code::BadParameter, "state is pending, done or dead");
        RowState::of(name).map(Some).ok_or_else(bad)
    }
}

fn time(seconds: i64) -> String {
    Instant { seconds, nanoseconds: 0 }.to_string()
}

fn shown(row: &Row) -> EndpointDelivery {
    #[derive(Deserialize)]
    struct Named {
        r#type: String,
    }
    let named = serde_json::from_slice(row.row.payload());
    EndpointDelivery {
        id: row.row.key().into(),
        event: named.map_or_else(|_| String::new(), |Named { r#type }| r#type),
        follows_from: row.row.seq(),
        state: row.state.name(),
        attempts: row.attempts,
        due_at: (row.state == RowState::Pending).then(|| time(row.row.due_at())),
        ended_at: row.ended_at.map(time),
    }
}

/// What was sent to an endpoint
#[utoipa::path(
    get,
    path = "/v1/webhooks/{id}/deliveries",
    tag = "Webhooks",
    params(
        ("id" = String, Path, description = "The endpoint"),
        ("state" = Option<String>, Query, description = "`pending`, `done` or `dead`"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The deliveries, the latest first; those done are kept for 30 days", body = Paged<EndpointDelivery>)),
)]
pub async fn deliveries(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
    page: Page,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Paged<EndpointDelivery>>, Problem> {
    find(&app, &id)?;
    let (before, state, most) = (page.before()?, wanted.state()?, page.limit + 1);
    let rows = app.outbox.call(move |rows| {
        rows.rows(&Filter { key: None, target: Some(&id), state, before: Some(before) }, most)
    });
    let Paged { items, next } = page.of(rows.await?.into_iter(), |row| row.id.to_string());
    Ok(Json(Paged { items: items.iter().map(shown).collect(), next }))
}

/// The attempts to deliver to an endpoint
#[utoipa::path(
    get,
    path = "/v1/webhooks/{id}/attempts",
    tag = "Webhooks",
    params(
        ("id" = String, Path, description = "The endpoint"),
        ("delivery" = Option<String>, Query, description = "Only those of this delivery"),
        ("state" = Option<String>, Query, description = "Only those of deliveries that stand so now"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The attempts, the latest first", body = Paged<EndpointAttempt>)),
)]
pub async fn attempts(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
    page: Page,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Paged<EndpointAttempt>>, Problem> {
    find(&app, &id)?;
    let (before, state, most) = (page.before()?, wanted.state()?, page.limit + 1);
    let log = app.outbox.call(move |rows| {
        let key = wanted.delivery.as_deref();
        rows.log(&Filter { key, target: Some(&id), state, before: Some(before) }, most)
    });
    let Paged { items, next } = page.of(log.await?.into_iter(), |logged| logged.id.to_string());
    let shown = |Logged { key, attempt, .. }: Logged| EndpointAttempt {
        delivery: key,
        at: time(attempt.at),
        status: attempt.status,
        error: attempt.error,
        duration_ms: attempt.duration_ms,
        answer: attempt.answer,
    };
    Ok(Json(Paged { items: items.into_iter().map(shown).collect(), next }))
}

/// Send an event that says only that the endpoint works
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/test",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 200, description = "`linli.test` is on its way", body = Done)),
)]
pub async fn test(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, WebhookAct::Test { id: id.clone() }).await
}

/// Send again what was delivered or given up
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/replay",
    tag = "Webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    request_body = SendAgain,
    responses((status = 200, description = "Under the ids that they had", body = Done)),
)]
pub async fn replay(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(again): Input<SendAgain>,
) -> Result<Response, Problem> {
    find(&app, &id)?;
    let act = match again {
        SendAgain { delivery: Some(delivery), first_seq: None, last_seq: None } => {
            find_delivery(&app, &id, &delivery).await?;
            WebhookAct::Replay { id: id.clone(), delivery }
        }
        SendAgain { delivery: None, first_seq: Some(first), last_seq: Some(last) } => {
            WebhookAct::ReplayRange { id: id.clone(), first, last }
        }
        _ => {
            let detail = "say a delivery, or first_seq and last_seq";
            return Err(Problem::new(Code::BadParameter, detail));
        }
    };
    perform(&app, &caller, &id, act).await
}

/// A delivery to somebody else is answered like none.
async fn find_delivery(app: &App, id: &str, delivery: &str) -> Result<(), Problem> {
    let (target, key) = (id.to_string(), delivery.to_string());
    let found = app.outbox.call(move |rows| {
        rows.rows(&Filter { key: Some(&key), target: Some(&target), ..Filter::default() }, 1)
    });
    if !found.await?.is_empty() {
        return Ok(());
    }
    Err(Problem::new(
        Code::RefusedAct(RefusedAct::UnknownDelivery),
        format!("the endpoint {id} has no such delivery: those done are kept for 30 days"),
    ))
}
