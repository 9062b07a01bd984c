//! `/v1/records`: what people at a desk, the machine's own command line and the service on their behalf have done, with
//! what it changed. Must not be added here: what is a person's; records have nothing of it.

use super::text::amount;
use crate::app::App;
use crate::input::Asked;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::routes::day::Day;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_engine::chronicle::{self, Balance, Record};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use utoipa::ToSchema;

/// An administrative act.
#[derive(Serialize, ToSchema)]
pub struct ShownRecord {
    /// The number of the entry in the journal.
    seq: u64,
    /// When.
    #[schema(example = "2026-01-01T08:00:00Z")]
    at: String,
    /// Who.
    #[schema(example = "staff:ann")]
    by: String,
    /// What kind of act.
    #[schema(example = "approve_withdrawal")]
    kind: String,
    /// The id that it is about.
    subject: String,
    /// What it is about as it was; none if there was no such thing.
    before: Option<Value>,
    /// As it was afterwards.
    after: Option<Value>,
    /// Balances that changed with it, at most 20.
    balances: Vec<ShownBalance>,
    /// How many changed.
    balance_count: u64,
}

/// A balance before and after.
#[derive(Serialize, ToSchema)]
struct ShownBalance {
    /// Such as `pool:reserve`.
    #[schema(example = "pool:reserve")]
    account: String,
    /// `CNY`, `GP` or `DP`.
    asset: &'static str,
    /// Before.
    #[schema(example = "0.00")]
    before: String,
    /// After.
    #[schema(example = "1000.00")]
    after: String,
}

/// Which records.
#[derive(Deserialize)]
pub struct Filter {
    by: Option<String>,
    kind: Option<String>,
    subject: Option<String>,
    day: Option<String>,
}

fn shown_balance(balance: &Balance) -> ShownBalance {
    let units = |units| amount(units, balance.asset);
    ShownBalance {
        account: balance.account.clone(),
        asset: balance.asset.name(),
        before: units(balance.before),
        after: units(balance.after),
    }
}

fn shown(seq: u64, record: &Record) -> ShownRecord {
    let json = |text: &Option<String>| {
        text.as_ref().map(|text| serde_json::from_str(text).expect("it was written as JSON"))
    };
    ShownRecord {
        seq,
        at: record.at.to_string(),
        by: record.by.clone(),
        kind: record.kind.clone(),
        subject: record.subject.clone(),
        before: json(&record.before),
        after: json(&record.after),
        balances: record.balances.iter().map(shown_balance).collect(),
        balance_count: record.balance_count,
    }
}

/// Who did what, the latest first
#[utoipa::path(
    get,
    path = "/v1/records",
    tag = "Records",
    params(
        ("by" = Option<String>, Query, description = "Who, such as `staff:ann`, `machine` or `service`"),
        ("kind" = Option<String>, Query, description = "What kind of act, such as `approve_withdrawal`"),
        ("subject" = Option<String>, Query, description = "The id that it is about"),
        ("day" = Option<String>, Query, description = "A day of Asia/Shanghai, such as `2026-01-31`"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "Each with what it changed", body = Paged<ShownRecord>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Asked(filter): Asked<Filter>,
    page: Page,
) -> Result<Json<Paged<ShownRecord>>, Problem> {
    let day = filter.day.as_deref().map(Day::parse).transpose()?;
    let before = page.before()?;
    let is_asked =
        |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted == found);
    app.look(|replica| {
        let all = replica.chronicle().records_before(before);
        let fit = all.filter(|(_, record)| {
            is_asked(&filter.by, &record.by)
                && is_asked(&filter.kind, &record.kind)
                && is_asked(&filter.subject, &record.subject)
                && day.is_none_or(|day| chronicle::day(record.at) == day.number())
        });
        Json(page.of(fit.map(|(seq, record)| shown(seq, record)), |shown| shown.seq.to_string()))
    })
}

/// An administrative act
#[utoipa::path(
    get,
    path = "/v1/records/{id}",
    tag = "Records",
    params(("id" = String, Path, description = "The number of the entry in the journal")),
    responses((status = 200, description = "What it changed", body = ShownRecord)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<ShownRecord>, Problem> {
    let unknown = || Problem::new(Code::UnknownRecord, format!("there is no record {id}"));
    let seq: u64 = id.parse().map_err(|_| unknown())?;
    app.look(|replica| {
        let mut latest = replica.chronicle().records_before(seq.saturating_add(1));
        let found = latest.next().filter(|(found, _)| *found == seq);
        found.map(|(seq, record)| Json(shown(seq, record))).ok_or_else(unknown)
    })?
}
