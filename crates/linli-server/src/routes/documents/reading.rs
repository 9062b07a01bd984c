//! Who has read what: one's own receipts, and those that the desk looks at. Must not be added here: that somebody has read
//! what nobody showed them.

use super::shown::{DocumentHead, headed};
use super::unknown;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::document::Document;
use linli_platform::{Account, DocumentAct};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A document and when one has read it.
#[derive(Serialize, ToSchema)]
pub struct OwnDocument {
    #[serde(flatten)]
    headed: DocumentHead,
    /// When one has read it; none if not yet.
    read_at: Option<String>,
}

/// Somebody has read a document.
#[derive(Serialize, ToSchema)]
pub struct ReadReceipt {
    /// `member` or `staff`.
    account_kind: &'static str,
    /// Who.
    account: String,
    /// When.
    at: String,
}

/// What is to be read, and what one has read
#[utoipa::path(
    get,
    path = "/v1/me/documents",
    tag = "Rules",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "Rules and announcements, the latest first", body = Paged<OwnDocument>)),
)]
pub async fn own(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    page: Page,
) -> Result<Json<Paged<OwnDocument>>, Problem> {
    let (before, now, account) = (page.before()?, app.now(), account(&caller)?);
    app.look(|replica| {
        let documents = &replica.platform().documents;
        let public = documents.before(before).filter(|(_, document)| document.is_public(now));
        let Paged { items, next } = page.of(public, |(number, _)| number.to_string());
        let own = |(_, document): (u64, &Document)| {
            let read_at = documents.read_at(&document.id, &account).map(|at| at.to_string());
            OwnDocument { headed: headed(document, now), read_at }
        };
        Json(Paged { items: items.into_iter().map(own).collect(), next })
    })
}

/// The account that calls.
pub fn account(caller: &Caller) -> Result<Account, Problem> {
    match &caller.who {
        Who::Member { id, .. } => Ok(Account::Member(id.clone())),
        Who::Staff { id, .. } => Ok(Account::Staff(id.clone())),
        // Its policy lets others pass and its handler thinks otherwise.
        Who::Key { .. } | Who::Visitor => Err(Problem::internal()),
    }
}

/// Say that one has read a rule or an announcement
#[utoipa::path(
    post,
    path = "/v1/documents/{id}/read",
    tag = "Rules",
    params(("id" = String, Path, description = "The document")),
    responses((status = 200, description = "It is kept when; the first time counts", body = Done)),
)]
pub async fn read(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    let account = account(&caller)?;
    perform(&app, &caller, &id, DocumentAct::Read { id: id.clone(), account }).await
}

/// Who has read a document
#[utoipa::path(
    get,
    path = "/v1/documents/{id}/receipts",
    tag = "Rules",
    params(
        ("id" = String, Path, description = "The document"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "Members by id, then people at a desk", body = Paged<ReadReceipt>)),
)]
pub async fn receipts(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
    page: Page,
) -> Result<Json<Paged<ReadReceipt>>, Problem> {
    let after = page.after.as_deref().map(parse).transpose()?;
    app.look(|replica| {
        let documents = &replica.platform().documents;
        documents.get(&id).ok_or_else(|| unknown(&id))?;
        let receipts = documents.readers(&id, after.as_ref()).map(|(account, at)| {
            let (account_kind, account) = named(account);
            ReadReceipt { account_kind, account: account.into(), at: at.to_string() }
        });
        Ok(Json(page.of(receipts, |receipt| format!("{}:{}", receipt.account_kind, receipt.account))))
    })?
}

fn named(account: &Account) -> (&'static str, &str) {
    match account {
        Account::Member(id) => ("member", id),
        Account::Staff(id) => ("staff", id),
    }
}

fn parse(cursor: &str) -> Result<Account, Problem> {
    match cursor.split_once(':') {
        Some(("member", id)) => Ok(Account::Member(id.into())),
        Some(("staff", id)) => Ok(Account::Staff(id.into())),
        _ => Err(Problem::new(Code::BadParameter, "after is what next was")),
    }
}
