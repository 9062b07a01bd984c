//! Whether the service lives and whether it can work, for whoever watches over it.

use crate::app::App;
use crate::problem::{Code, Problem};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// How it is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `alive` or `ready`.
    #[schema(example = "ready")]
    status: &'static str,
}

/// Whether the program answers at all
#[utoipa::path(
    get,
    path = "/health/live",
    tag = "Health",
    responses(
        (status = 200, description = "It does", body = Health),
)
)]
pub async fn live() -> Json<Health> {
    Json(Health { status: "alive" })
}

/// Whether commands are taken and what was answered can be read
#[utoipa::path(
    get,
    path = "/health/ready",
    tag = "Health",
    responses(
        (status = 200, description = "They are, and it can", body = Health),
)
)]
pub async fn ready(State(app): State<Arc<App>>) -> Result<Json<Health>, Problem> {
    app.look(|_| ())?;
    let open = app.with_writer(linli_engine::Writer::check);
    match open {
        Some(Ok(())) => Ok(Json(Health { status: "ready" })),
        Some(Err(busy)) => {
            let problem = Problem::new(Code::NotReady, busy.why);
            Err(busy.retry_after.into_iter().fold(problem, Problem::retry_after))
        }
        None => Err(Problem::new(Code::NotReady, "the service is ending")),
    }
}
