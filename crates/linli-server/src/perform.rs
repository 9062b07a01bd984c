//! Acts: what people ask for by a write becomes an entry of the journal, once, and is answered with its result. Must not
//! be added here: which act it is.

use crate::app::App;
use crate::caller::Caller;
use crate::guard;
use crate::problem::Problem;
use crate::repeat;
use crate::result_line::ResultLine;
use crate::up_to_date;
use crate::write::{Outcome, Write, unanswered};
use axum::response::{IntoResponse, Response};
use linli_economy::time::Instant;
use linli_engine::{Answers, Form, Group, Request, Stamp};
use linli_platform::{Act, Actor, Deed};
use std::sync::Arc;
use tokio::sync::oneshot;

/// What an act is answered with: its result line, with an id.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Done {
    /// The id of what was made or changed.
    #[schema(example = "W0123456789abcdef0123")]
    pub id: String,
    /// Words in what was typed that live would refuse or that are to be watched; absent if there are none.
    #[schema(required = false, nullable = false)]
    pub warnings: Option<Vec<guard::Warning>>,
    #[serde(flatten)]
    pub result: ResultLine,
}

/// Does what a caller asks for, or finds what it was answered before; `id` names what was made.
pub async fn perform(
    app: &Arc<App>,
    caller: &Caller,
    id: &str,
    act: impl Into<Act>,
) -> Result<Response, Problem> {
    perform_telling(app, caller, id, &[], act).await
}

/// The same, and tells more with the answer: what is the same when it is asked again.
pub async fn perform_telling(
    app: &Arc<App>,
    caller: &Caller,
    id: &str,
    more: &[(&str, &str)],
    act: impl Into<Act>,
) -> Result<Response, Problem> {
    perform_answering(app, caller, id, (more, None), act).await
}

/// The same, and the first time, and only then, the answer has `secret` too.
pub async fn perform_telling_once(
    app: &Arc<App>,
    caller: &Caller,
    id: &str,
    secret: &str,
    act: impl Into<Act>,
) -> Result<Response, Problem> {
    perform_answering(app, caller, id, (&[], Some(secret)), act).await
}

async fn perform_answering(
    app: &Arc<App>,
    caller: &Caller,
    id: &str,
    (more, secret): (&[(&str, &str)], Option<&str>),
    act: impl Into<Act>,
) -> Result<Response, Problem> {
    let act = act.into();
    let warnings = guard::read(app, &act)?;
    let mut write = Write::of(caller);
    write.push_act(caller.origin, &Deed::new(caller.actor(), act));
    Ok(answer(id, (more, secret), &warnings, write.carry_out(app, Stamp::At(app.now())).await?))
}

/// What a write was answered with before, if it was sent before: for one that needs what may be gone by now.
pub async fn repeated(app: &Arc<App>, caller: &Caller, id: &str) -> Result<Option<Response>, Problem> {
    let written = repeat::find(app, &caller.stream(), &[caller.origin]).await?;
    Ok(written.map(|written| answer(id, (&[], None), &[], Outcome { written, is_repeat: true })))
}

fn answer(
    id: &str,
    (more, secret): (&[(&str, &str)], Option<&str>),
    warnings: &[guard::Warning],
    outcome: Outcome,
) -> Response {
    if let Some((seq, refusal)) = outcome.written.answers.refused.first() {
        let refused = Problem::refused(*seq, refusal);
        return outcome.into_answer("application/json", |_| refused.into_response());
    }
    let secret = secret.filter(|_| !outcome.is_repeat).map(|secret| ("secret", secret));
    let fields = std::iter::once(("id", id)).chain(more.iter().copied()).chain(secret);
    let fields: String = fields.map(|(name, text)| format!("\"{name}\":{},", json_text(text))).collect();
    let warnings = match warnings {
        [] => String::new(),
        some => format!("\"warnings\":{},", serde_json::to_string(some).expect("texts are JSON")),
    };
    outcome.into_answer("application/json", |outcome| {
        // A result line is an object with something in it.
        let line = outcome.written.answers.json.trim_end();
        format!("{{{fields}{warnings}{}", &line[1..]).into_response()
    })
}

fn json_text(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

/// Does something that nobody sends again: log-ins, and what the service does by itself.
pub async fn perform_once(app: &Arc<App>, by: Actor, act: impl Into<Act>) -> Result<Answers, Problem> {
    let mut group = Group::new();
    group.push_act(None, &Deed::new(by, act));
    let answers = carry_out(app, group, app.now()).await?;
    match answers.refused.first() {
        Some((seq, refusal)) => Err(Problem::refused(*seq, refusal)),
        None => Ok(answers),
    }
}

/// Hands to the writer what nobody sends again, and waits until it can be seen: who looks earlier does it twice.
pub async fn carry_out(app: &Arc<App>, group: Group, now: Instant) -> Result<Answers, Problem> {
    let (sender, receiver) = oneshot::channel();
    app.submit(Request::new(group, Stamp::At(now), Form::Refusals, move |answer| {
        // Whoever asked may have gone.
        let _ = sender.send(answer);
    }))?;
    let answers = receiver.await.map_err(|_| Problem::internal())?.map_err(unanswered)?;
    up_to_date::reaches(app, answers.last_seq).await;
    Ok(answers)
}
