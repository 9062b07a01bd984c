//! `POST /v1/commands`: many commands at once, each answered with its result line as `linli ingest` prints it.

use crate::app::App;
use crate::caller::Caller;
use crate::problem::{Code, Problem};
use crate::write::Write;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use linli_economy::command::Line;
use linli_engine::{Origin, Stamp};
use std::sync::Arc;

/// Commands of one call at most.
const MOST: u32 = 10_000;

/// Many commands at once
///
/// JSON Lines: a command a line as docs/commands.md has it, up to 10,000. Each is answered with a result line; one that
/// is refused, or is no command, is a result line too and the others go on. All of them become durable together.
#[utoipa::path(
    post,
    path = "/v1/commands",
    tag = "Economy",
    request_body(
        content = String,
        content_type = "application/x-ndjson",
        example = "{\"cmd\":\"open_member\",\"member\":\"M1\"}\n{\"cmd\":\"settle\",\"order\":\"O1\"}\n",
    ),
    responses(
        (status = 200, description = "A result a line", body = String, content_type = "application/x-ndjson"),
)
)]
pub async fn commands(State(app): State<Arc<App>>, caller: Caller, body: Bytes) -> Result<Response, Problem> {
    // Reading ten thousand lines would make other requests wait.
    let reading = tokio::task::spawn_blocking(move || read(&caller, &body));
    let write = reading.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))?;
    let outcome = write.carry_out(&app, Stamp::AsSent).await?;
    Ok(outcome
        .into_answer("application/x-ndjson", |outcome| outcome.written.answers.json.clone().into_response()))
}

/// The lines that are not blank, under their numbers in the body.
fn read(caller: &Caller, body: &[u8]) -> Result<Write, Problem> {
    let mut write = Write::of(caller);
    for (line, number) in body.split(|byte| *byte == b'\n').zip(1..) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if write.count() == MOST {
            return Err(Problem::new(Code::TooManyCommands, format!("line {number} is the first too many")));
        }
        write.push(Origin::of(number, line), &Line::read(number, line));
    }
    if write.count() == 0 {
        return Err(Problem::new(Code::BadBody, "the body holds no command"));
    }
    Ok(write)
}
