//! What a desk does in the sandbox: it moves the clock forward, lets the next refund or payout fail, and has a payout come
//! back. Must not be added here: a way back for the clock.

use super::ask;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::perform;
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use linli_payments::sandbox::{DeskAct, DeskWrite, Failing, Wrote};
use linli_payments::{Code as RefusedByProvider, Id, Line};
use linli_platform::ClockAct;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How far the clock is moved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    seconds: u32,
}

/// What is to fail.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fail {
    next: What,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Refund,
    Payout,
    Split,
}

/// Why a payout comes back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    why: String,
}

/// That it is set.
#[derive(Serialize)]
pub struct Set {
    ok: bool,
}

/// Everything that follows the service's clock follows it, also after a restart: the act stands in the journal.
pub async fn move_clock(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(Move { seconds }): Input<Move>,
) -> Result<Response, Problem> {
    let answer = perform(&app, &caller, "clock", ClockAct::Move { seconds }).await;
    app.set_clock();
    app.paying.callbacks.notify_one();
    answer
}

/// Has the sandbox do it, once for each write.
async fn once(app: &Arc<App>, caller: &Caller, act: DeskAct) -> Result<Response, Problem> {
    let write = DeskWrite { name: caller.stream(), digest: caller.origin.digest };
    let wrote = ask(app, move |sandbox, now| sandbox.write(&write, &act, now)).await?;
    let mut answer = Json(Set { ok: true }).into_response();
    if wrote == Wrote::Again {
        answer.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    }
    Ok(answer)
}

pub async fn fail_next(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(Fail { next }): Input<Fail>,
) -> Result<Response, Problem> {
    let what = match next {
        What::Refund => Failing::Refund,
        What::Payout => Failing::Payout,
        What::Split => Failing::Split,
    };
    once(&app, &caller, DeskAct::FailNext(what)).await
}

pub async fn return_payout(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(Back { why }): Input<Back>,
) -> Result<Response, Problem> {
    let refused = |refusal: linli_payments::Refusal| {
        Problem::new(Code::RefusedByProvider(refusal.code), refusal.message)
    };
    let unknown = |_| {
        Problem::new(Code::RefusedByProvider(RefusedByProvider::UnknownPayout), "there is no such payout")
    };
    let (payout, why) = (Id::new(&id).map_err(unknown)?, Line::new(&why).map_err(refused)?);
    once(&app, &caller, DeskAct::ReturnPayout { payout, why }).await
}
