//! `/sandbox/pay/{id}`: the page on which a payer of the sandbox decides. It works without a script, and its address, which
//! nobody can guess, is all that it takes. Must not be added here: an account.

use super::{ask, html};
use crate::app::App;
use crate::problem::{Code, Problem};
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse, Redirect, Response};
use linli_payments::sandbox::PayerAct;
use linli_payments::{Code as RefusedByProvider, Id};
use std::sync::Arc;

/// Like every page of the service, but with forms that come back here.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// The acts, by what stands in the address of their buttons.
pub const ACTS: [(&str, PayerAct); 6] = [
    ("approve", PayerAct::Approve),
    ("decline", PayerAct::Decline),
    ("delay", PayerAct::Delay { seconds: 60 }),
    ("delay-late", PayerAct::Delay { seconds: 20 * 60 }),
    ("answer-twice", PayerAct::ApproveTwice),
    ("pay-twice", PayerAct::PayTwice),
];

/// What is no reference has no page.
fn reference(id: &str) -> Result<Id, Problem> {
    Id::new(id).map_err(|_| {
        Problem::new(Code::RefusedByProvider(RefusedByProvider::UnknownPayment), "there is no such payment")
    })
}

pub async fn page(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let reference = reference(&id)?;
    let page = ask(&app, move |sandbox, now| sandbox.page(&reference, now)).await?;
    Ok(([(CONTENT_SECURITY_POLICY, POLICY)], Html(html::page(&id, &page))).into_response())
}

pub async fn decide(
    State(app): State<Arc<App>>,
    Path((id, act)): Path<(String, String)>,
) -> Result<Redirect, Problem> {
    let reference = reference(&id)?;
    let act = ACTS.iter().find(|(name, _)| *name == act).map(|(_, act)| *act);
    let act = act.ok_or_else(|| Problem::new(Code::UnknownRoute, "the page has no such button"))?;
    match ask(&app, move |sandbox, now| sandbox.decide(&reference, act, now)).await {
        // A second click finds the page as the first has left it.
        Err(problem) if problem.code() != Code::RefusedByProvider(RefusedByProvider::PaymentEnded) => {
            Err(problem)
        }
        _ => Ok(Redirect::to(&format!("/sandbox/pay/{id}"))),
    }
}
