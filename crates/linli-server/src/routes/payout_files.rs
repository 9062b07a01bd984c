//! `/v1/payout-files`: approved withdrawals on their way to the bank, in one file, and what the bank says of it. The
//! numbers of accounts are in the file alone, and each look into it is an entry of the journal.

mod file;
mod results;

pub use results::{__path_results, results};

use super::subject::Subject;
use super::text::yuan;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform, perform_once};
use crate::problem::{Code, Problem};
use crate::routes::withdrawals::shown::{self, For, Withdrawal};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::withdrawal::{Batch, State as Standing};
use linli_platform::{Code as RefusedAct, WithdrawalAct};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Withdrawals that go into a file if none are named.
const MOST: usize = 1_000;

/// A payout file in a list.
#[derive(Serialize, ToSchema)]
pub struct ListedFile {
    /// The file.
    #[schema(example = "B0123456789abcdef0123")]
    id: String,
    /// Who had it made.
    by: String,
    /// When.
    at: String,
    /// How many withdrawals.
    count: usize,
    /// Their sum in yuan.
    #[schema(example = "100.00")]
    amount: String,
    /// How many have arrived.
    paid: usize,
    /// How many have failed.
    failed: usize,
    /// How many the bank has not reported.
    waiting: usize,
}

/// A payout file with its withdrawals, without numbers of accounts.
#[derive(Serialize, ToSchema)]
pub struct PayoutFile {
    #[serde(flatten)]
    listed: ListedFile,
    /// In the file's order.
    withdrawals: Vec<Withdrawal>,
}

fn unknown(id: &str) -> Problem {
    Problem::new(Code::RefusedAct(RefusedAct::UnknownBatch), format!("there is no payout file {id}"))
}

fn find<'r>(replica: &'r Replica, id: &str) -> Result<&'r Batch, Problem> {
    replica.platform().withdrawals.batch(id).ok_or_else(|| unknown(id))
}

fn listed(replica: &Replica, batch: &Batch) -> ListedFile {
    let all = &replica.platform().withdrawals;
    let states = batch.withdrawals.iter().filter_map(|id| Some(all.get(id)?.state()));
    let count = |wanted| states.clone().filter(|state| *state == wanted).count();
    ListedFile {
        id: batch.id.clone(),
        by: batch.by.to_string(),
        at: batch.at.to_string(),
        count: batch.withdrawals.len(),
        amount: yuan(batch.fen),
        paid: count(Standing::Paid),
        failed: count(Standing::Failed),
        waiting: count(Standing::InPayment),
    }
}

/// What goes into a file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    /// Approved withdrawals in the file's order, up to 1,000; if none are named, those that have waited longest.
    withdrawals: Option<Vec<String>>,
}

/// Put approved withdrawals into a payout file
#[utoipa::path(
    post,
    path = "/v1/payout-files",
    tag = "Withdrawals",
    request_body = NewFile,
    responses((status = 200, description = "They are in payment; the file can be fetched", body = Done)),
)]
pub async fn make(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<NewFile>,
) -> Result<Response, Problem> {
    let withdrawals = match input.withdrawals {
        Some(withdrawals) => withdrawals,
        None => app.look(|replica| {
            let approved = replica.platform().withdrawals.queue(Standing::Approved).take(MOST);
            approved.map(|one| one.id.clone()).collect()
        })?,
    };
    let batch = caller.new_id('B');
    perform(&app, &caller, &batch, WithdrawalAct::Batch { batch: batch.clone(), withdrawals }).await
}

/// Payout files, the latest first
#[utoipa::path(
    get,
    path = "/v1/payout-files",
    tag = "Withdrawals",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The files", body = Paged<ListedFile>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    page: Page,
) -> Result<Json<Paged<ListedFile>>, Problem> {
    app.look(|replica| {
        let mut all = replica.platform().withdrawals.batches().rev().peekable();
        if let Some(after) = &page.after {
            while all.next_if(|batch| batch.id != *after).is_some() {}
            all.next();
        }
        Json(page.of(all.map(|batch| listed(replica, batch)), |listed| listed.id.clone()))
    })
}

/// A payout file and where its withdrawals stand
#[utoipa::path(
    get,
    path = "/v1/payout-files/{id}",
    tag = "Withdrawals",
    params(("id" = String, Path, description = "The file's id")),
    responses((status = 200, description = "The file without numbers of accounts", body = PayoutFile)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<PayoutFile>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let batch = find(replica, &id)?;
        let all = &replica.platform().withdrawals;
        let one = |id| Some(shown::withdrawal(replica, all.get(id)?, For::Desk, now));
        let withdrawals = batch.withdrawals.iter().filter_map(|id| one(id)).collect();
        Ok(Json(PayoutFile { listed: listed(replica, batch), withdrawals }))
    })?
}

/// The accounts of a file, after the look at them stands in the journal.
async fn open(app: &Arc<App>, caller: &Caller, id: &str) -> Result<file::File, Problem> {
    let batch = app.look(|replica| find(replica, id).cloned())??;
    perform_once(app, caller.actor(), WithdrawalAct::ReadFile { batch: id.into() }).await?;
    file::open(app, batch).await
}

/// The headers of a file that is saved.
fn saved(kind: &'static str, name: &str) -> [(HeaderName, HeaderValue); 2] {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.expect("the id of a file has letters, digits, - and _");
    [(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, disposition)]
}

/// The payout file for the bank, as CSV
///
/// It has the numbers of accounts: each look into it stands in the journal. The same file has the same bytes.
#[utoipa::path(
    get,
    path = "/v1/payout-files/{id}/csv",
    tag = "Withdrawals",
    params(("id" = String, Path, description = "The file's id")),
    responses((status = 200, description = "A row a withdrawal, the totals last", body = String, content_type = "text/csv; charset=utf-8")),
)]
pub async fn csv(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<([(HeaderName, HeaderValue); 2], Vec<u8>), Problem> {
    let file = open(&app, &caller, &id).await?;
    Ok((saved("text/csv; charset=utf-8", &format!("payout-{id}.csv")), file.csv()))
}
