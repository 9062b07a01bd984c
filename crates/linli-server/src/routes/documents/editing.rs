//! The desk's side of rules and announcements: drafting, publishing with notice, withdrawing. Must not be added here: how much
//! notice; the platform says that.

use super::shown::{DocumentHead, WholeDocument, headed, whole};
use super::{topic, unknown};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_economy::time::Instant;
use linli_platform::DocumentAct;
use linli_platform::document::{Document, Kind, Texts};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What a document says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentSays {
    /// The title in Chinese, in 1 to 100 characters.
    #[schema(example = "用户协议")]
    title_zh: String,
    /// The title in English.
    #[schema(example = "Terms of use")]
    title_en: String,
    /// The text in Chinese, in 1 to 60,000 bytes.
    text_zh: String,
    /// The text in English.
    text_en: String,
}

/// A new document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentDraft {
    /// The topic of a rule, such as `terms`; without it, it is an announcement.
    #[schema(example = "terms")]
    topic: Option<String>,
    /// What it says.
    says: DocumentSays,
}

/// PublishFrom when on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishFrom {
    /// Without it a rule holds as soon as it may, and an announcement is shown at once.
    #[schema(example = "2026-02-01T00:00:00+08:00")]
    from: Option<String>,
}

/// WithdrawWhy.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawWhy {
    /// 1 to 200 characters.
    reason: String,
}

/// A document as the desk sees it.
#[derive(Serialize, ToSchema)]
pub struct KeptDocument {
    #[serde(flatten)]
    headed: DocumentHead,
    /// Who began it.
    drafted_by: String,
    /// Who wrote what it says now.
    written_by: String,
    /// Who published it.
    published_by: Option<String>,
    /// Who withdrew it.
    withdrawn_by: Option<String>,
    /// WithdrawWhy.
    why: Option<String>,
    /// How many have read it.
    readers: usize,
}

impl DocumentSays {
    fn texts(self) -> Texts {
        let Self { title_zh, title_en, text_zh, text_en } = self;
        Texts { title_zh, title_en, text_zh, text_en }
    }
}

/// All documents
#[utoipa::path(
    get,
    path = "/v1/documents",
    tag = "Rules",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "Drafts and withdrawn ones too, the latest first", body = Paged<KeptDocument>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    page: Page,
) -> Result<Json<Paged<KeptDocument>>, Problem> {
    let (before, now) = (page.before()?, app.now());
    app.look(|replica| {
        let documents = &replica.platform().documents;
        let Paged { items, next } = page.of(documents.before(before), |(number, _)| number.to_string());
        let kept = |(_, document): (u64, &Document)| KeptDocument {
            headed: headed(document, now),
            drafted_by: document.drafted.by.to_string(),
            written_by: document.written.by.to_string(),
            published_by: document.publisher().map(ToString::to_string),
            withdrawn_by: document.withdrawn.as_ref().map(|mark| mark.by.to_string()),
            why: document.why.clone(),
            readers: documents.count_readers(&document.id),
        };
        Json(Paged { items: items.into_iter().map(kept).collect(), next })
    })
}

/// A document, also a draft
#[utoipa::path(
    get,
    path = "/v1/documents/{id}/draft",
    tag = "Rules",
    params(("id" = String, Path, description = "The document")),
    responses((status = 200, description = "What it says", body = WholeDocument)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<WholeDocument>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let document = replica.platform().documents.get(&id);
        document.map(|document| Json(whole(document, now))).ok_or_else(|| unknown(&id))
    })?
}

/// Draft a rule or an announcement
#[utoipa::path(
    post,
    path = "/v1/documents",
    tag = "Rules",
    request_body = DocumentDraft,
    responses((status = 200, description = "A draft", body = Done)),
)]
pub async fn draft(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(draft): Input<DocumentDraft>,
) -> Result<Response, Problem> {
    let kind = match draft.topic {
        Some(name) => Kind::Rule(topic(&name)?),
        None => Kind::Announcement,
    };
    let id = caller.new_id('D');
    let act = DocumentAct::Draft { id: id.clone(), kind, texts: draft.says.texts() };
    perform(&app, &caller, &id, act).await
}

/// Go on with a draft
#[utoipa::path(
    post,
    path = "/v1/documents/{id}/edit",
    tag = "Rules",
    params(("id" = String, Path, description = "The draft")),
    request_body = DocumentSays,
    responses((status = 200, description = "It says this now", body = Done)),
)]
pub async fn edit(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(says): Input<DocumentSays>,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, DocumentAct::Edit { id: id.clone(), texts: says.texts() }).await
}

/// Make a document known
#[utoipa::path(
    post,
    path = "/v1/documents/{id}/publish",
    tag = "Rules",
    params(("id" = String, Path, description = "The draft")),
    request_body = PublishFrom,
    responses((status = 200, description = "Everybody may read it, or will from its date on", body = Done)),
)]
pub async fn publish(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(when): Input<PublishFrom>,
) -> Result<Response, Problem> {
    let bad = || Problem::new(Code::BadParameter, "from is a time such as 2026-02-01T00:00:00+08:00");
    let from = when.from.map(|text| Instant::parse(&text).ok_or_else(bad)).transpose()?;
    perform(&app, &caller, &id, DocumentAct::Publish { id: id.clone(), from }).await
}

/// Withdraw a document
#[utoipa::path(
    post,
    path = "/v1/documents/{id}/withdraw",
    tag = "Rules",
    params(("id" = String, Path, description = "The document")),
    request_body = WithdrawWhy,
    responses((status = 200, description = "It is shown no more", body = Done)),
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(why): Input<WithdrawWhy>,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, DocumentAct::Withdraw { id: id.clone(), reason: why.reason }).await
}
