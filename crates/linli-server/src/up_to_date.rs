//! Reading one's own writes: a read may ask for a seq, by `at_least_seq` in the query or `Linli-At-Least-Seq` in the
//! headers, and waits a moment until the view has it. Must not be added here: what is read.

use crate::app::App;
use crate::problem::{Code, Problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use std::sync::Arc;
use std::time::Duration;

/// The view has reached what was asked for, if anything was.
pub struct UpToDate(pub Option<u64>);

impl FromRequestParts<Arc<App>> for UpToDate {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let Some(wanted) = wanted(parts)? else { return Ok(Self(None)) };
        if reaches(app, wanted).await { Ok(Self(Some(wanted))) } else { Err(not_yet(wanted, app.view.seq())) }
    }
}

/// Waits a moment for the view to reach a seq; gives whether it has.
pub async fn reaches(app: &App, wanted: u64) -> bool {
    let mut seen = app.seen.clone();
    let reached = tokio::time::timeout(app.bounds.seen, seen.wait_for(|seq| *seq >= wanted)).await;
    matches!(reached, Ok(Ok(_)))
}

/// Waits a moment until what follows for others from the entries up to a seq is there, if one was asked for.
pub async fn followed(app: &App, wanted: Option<u64>) -> Result<(), Problem> {
    let Some(wanted) = wanted else { return Ok(()) };
    let mut followed = app.outbox.followed.subscribe();
    let reached = tokio::time::timeout(app.bounds.seen, followed.wait_for(|seq| *seq >= wanted)).await;
    match reached {
        Ok(Ok(_)) => Ok(()),
        _ => Err(not_yet(wanted, *app.outbox.followed.borrow())),
    }
}

fn not_yet(wanted: u64, seq: u64) -> Problem {
    let detail = format!("seq {wanted} was asked for, and seq {seq} can be seen");
    Problem::new(Code::NotYetSeen, detail).retry_after(Duration::from_secs(1))
}

fn wanted(parts: &Parts) -> Result<Option<u64>, Problem> {
    let bad =
        || Problem::new(Code::BadParameter, "at_least_seq is a number, once in the query or in the header");
    let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(|_| bad())?.0;
    let in_query =
        query.iter().filter(|(name, _)| name == "at_least_seq").map(|(_, value)| Some(value.as_str()));
    let in_headers = parts.headers.get_all("linli-at-least-seq").iter().map(|value| value.to_str().ok());
    let values: Vec<Option<&str>> = in_query.chain(in_headers).collect();
    let value = match values[..] {
        [] => return Ok(None),
        [value] => value,
        _ => return Err(bad()),
    };
    let digits = value.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).map(Some).ok_or_else(bad)
}
