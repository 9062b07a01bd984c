//! `GET /v1/sandbox/messages`: what would have been sent to phones. It is there only where nothing is sent and nobody from
//! elsewhere can look.

use crate::app::App;
use crate::problem::Problem;
use crate::server::Messages;
use axum::Json;
use axum::extract::State;
use linli_economy::time::Instant;
use serde::Serialize;
use std::sync::Arc;

/// A message.
#[derive(Serialize)]
pub struct Shown {
    at: String,
    phone: String,
    /// None in a notice.
    code: Option<String>,
    text: String,
}

/// The last messages, the newest first.
pub async fn messages(State(app): State<Arc<App>>) -> Result<Json<Vec<Shown>>, Problem> {
    let Messages::Sandbox(sender) = &app.messages else { return Err(Problem::internal()) };
    let shown = sender.messages().into_iter().map(|shown| Shown {
        at: Instant { seconds: shown.at, nanoseconds: 0 }.to_string(),
        phone: shown.message.phone().into(),
        code: Some(shown.message.one_time_code().to_string()).filter(|code| !code.is_empty()),
        text: shown.message.text().into(),
    });
    Ok(Json(shown.collect()))
}
