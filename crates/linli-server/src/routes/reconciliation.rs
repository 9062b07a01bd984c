//! Reconciliation of a day: orders = the provider's bill = the journal, and every difference with its cause. Must not be
//! added here: mending one; what a lost report says is asked for again, and then stands in the journal like any other.

use super::subject::Subject;
use super::text::yuan;
use crate::app::App;
use crate::paying::{Did, Sides, report};
use crate::problem::{Code, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use linli_payments::reconcile::Sum;
use linli_payments::{Bill, Cause, Day, Entry, Kind, Reconciliation, Subject as Asked, reconcile};
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// A day, compared.
#[derive(Serialize, ToSchema)]
pub struct Compared {
    /// The day, of Asia/Shanghai.
    #[schema(example = "2026-01-31")]
    day: String,
    /// Whether all sides have the same.
    is_even: bool,
    /// How much each side has, by kind.
    totals: Vec<OfKind>,
    /// Every difference.
    differences: Vec<Differs>,
}

/// How much each side has of one kind.
#[derive(Serialize, ToSchema)]
struct OfKind {
    /// `payment`, `refund`, `payout`, `payout_returned` or `split`.
    kind: &'static str,
    platform: Counted,
    /// Yuan of the platform's that stand apart from the journal: they wait for their orders, or paid none.
    apart: String,
    bill: Counted,
    journal: Counted,
}

/// Movements together.
#[derive(Serialize, ToSchema)]
struct Counted {
    count: u64,
    /// Yuan.
    #[schema(example = "88.00")]
    amount: String,
}

/// A movement that the sides do not have alike.
#[derive(Serialize, ToSchema)]
struct Differs {
    /// The provider's id of the charge, or the id of the refund, the payout or the split.
    key: String,
    /// What kind of movement, and why: a stable code.
    #[schema(example = "payment_not_recorded")]
    cause: String,
    /// The same in words.
    detail: String,
    /// Yuan of each side; none where it has nothing.
    platform: Option<String>,
    apart: String,
    bill: Option<String>,
    journal: Option<String>,
}

/// What asking again has found.
#[derive(Serialize, ToSchema)]
pub struct Found {
    /// Reports that stand in the journal now.
    applied: u32,
    /// Movements that are still not recorded here.
    not_recorded: u32,
}

/// Sums of amounts, of which a day has few enough.
fn text(fen: u128) -> String {
    yuan(i128::try_from(fen).expect("below 2^127"))
}

fn counted(sum: Sum) -> Counted {
    Counted { count: sum.count, amount: text(sum.fen) }
}

fn shown(compared: &Reconciliation) -> Compared {
    let totals = compared.totals.iter().map(|(kind, totals)| OfKind {
        kind: kind.as_str(),
        platform: counted(totals.platform),
        apart: text(totals.apart_fen),
        bill: counted(totals.provider),
        journal: counted(totals.journal),
    });
    let differences = compared.differences.iter().map(|one| Differs {
        key: one.key.to_string(),
        cause: one.code(),
        detail: one.cause.to_string(),
        platform: one.platform_fen.map(text),
        apart: text(one.apart_fen),
        bill: one.provider_fen.map(text),
        journal: one.journal_fen.map(text),
    });
    Compared {
        day: compared.day.to_string(),
        is_even: compared.is_even(),
        totals: totals.collect(),
        differences: differences.collect(),
    }
}

/// The provider's bill of a day that is over.
async fn bill_of(app: &Arc<App>, day: &str) -> Result<Bill, Problem> {
    let refused = |refusal: linli_payments::Refusal| {
        Problem::new(Code::RefusedByProvider(refusal.code), refusal.message)
    };
    let day = Day::parse(day).map_err(refused)?;
    let (provider, now) = (app.payments.provider.get(), app.now().seconds);
    let bill = tokio::task::spawn_blocking(move || provider.bill(day, now)).await;
    let bill = bill.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    bill.map_err(|error| Problem::of_provider(&error))
}

async fn compare(app: &Arc<App>, bill: Bill) -> Result<(Bill, Reconciliation), Problem> {
    let app = app.clone();
    let compared = tokio::task::spawn_blocking(move || {
        let sides = Sides::of(&app, &bill)?;
        let provider: Vec<Entry> = bill.lines.iter().map(Entry::of_line).collect();
        let all =
            linli_payments::Sides { platform: &sides.platform, provider: &provider, journal: &sides.journal };
        let compared = reconcile(bill.day, &all);
        Ok((bill, compared))
    });
    compared.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
}

/// The provider's bill of a day
#[utoipa::path(
    get,
    path = "/v1/bills/{id}",
    tag = "Reconciliation",
    params(("id" = String, Path, description = "The day, such as 2026-01-31")),
    responses((status = 200, description = "A line for each movement, and a last one that counts and sums them", body = String, content_type = "text/csv; charset=utf-8")),
)]
pub async fn bill(State(app): State<Arc<App>>, Subject(day): Subject) -> Result<Response, Problem> {
    let bill = bill_of(&app, &day).await?;
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], bill.write()).into_response())
}

/// Compare a day
#[utoipa::path(
    get,
    path = "/v1/reconciliations/{id}",
    tag = "Reconciliation",
    params(("id" = String, Path, description = "The day, such as 2026-01-31")),
    responses((status = 200, description = "Orders, bill and journal, and every difference with its cause", body = Compared)),
)]
pub async fn day(State(app): State<Arc<App>>, Subject(day): Subject) -> Result<Json<Compared>, Problem> {
    let bill = bill_of(&app, &day).await?;
    let (_, compared) = compare(&app, bill).await?;
    Ok(Json(shown(&compared)))
}

/// Ask for lost reports
///
/// What the bill has and the platform has not recorded is asked of the provider once more.
#[utoipa::path(
    post,
    path = "/v1/reconciliations/{id}/ask",
    tag = "Reconciliation",
    params(("id" = String, Path, description = "The day, such as 2026-01-31")),
    responses((status = 200, description = "What was found", body = Found)),
)]
pub async fn ask(State(app): State<Arc<App>>, Subject(day): Subject) -> Result<Json<Found>, Problem> {
    let (bill, compared) = compare(&app, bill_of(&app, &day).await?).await?;
    let lost = compared.differences.iter().filter(|one| one.cause == Cause::NotRecorded);
    let lost: BTreeSet<_> = lost.map(|one| (one.kind, one.key.clone())).collect();
    let mut found = Found { applied: 0, not_recorded: 0 };
    for line in &bill.lines {
        let entry = Entry::of_line(line);
        if !lost.contains(&(entry.kind, entry.key)) {
            continue;
        }
        let subject = match line.kind {
            Kind::Payment => Asked::Payment(line.id.clone()),
            Kind::Refund => Asked::Refund(line.id.clone()),
            Kind::Payout | Kind::PayoutReturned => Asked::Payout(line.id.clone()),
            Kind::Split => Asked::Split(line.id.clone()),
        };
        if ask_about(&app, subject).await? == Did::Applied {
            found.applied += 1;
        } else {
            found.not_recorded += 1;
        }
    }
    Ok(Json(found))
}

/// What asking about one thing has done at most.
async fn ask_about(app: &Arc<App>, subject: Asked) -> Result<Did, Problem> {
    let (provider, now) = (app.payments.provider.get(), app.now().seconds);
    let events = tokio::task::spawn_blocking(move || provider.query(&subject, now)).await;
    let events = events.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    let mut did = Did::Nothing;
    for event in events.map_err(|error| Problem::of_provider(&error))? {
        match report(app, event).await {
            Ok(Did::Applied) => did = Did::Applied,
            Ok(Did::Known | Did::Nothing) => {}
            // What contradicts stays a difference, for people to look at.
            Err(problem) if matches!(problem.code(), Code::RefusedAct(_) | Code::Refused(_)) => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(did)
}
