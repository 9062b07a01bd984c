//! `/v1/notifications`: what somebody is told, and what they want to be told. Must not be added here: somebody else's.

pub mod settings;

use super::documents::reading::account;
use super::subject::Subject;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::notices::account_text;
use crate::page::Page;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::up_to_date::{self, UpToDate};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use linli_economy::time::Instant;
use linli_outbox::store::{Note, NoteFilter};
use linli_platform::notice::{NoticeKind, Params, Template};
use linli_platform::{Code as RefusedAct, NoticeAct};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// A notification.
#[derive(Serialize, ToSchema)]
pub struct Notification {
    /// Its id.
    #[schema(example = "17-0")]
    id: String,
    /// Of which kind it is.
    #[schema(example = "commission")]
    kind: String,
    /// What it says, by name, for programs.
    #[schema(example = "commission_direct")]
    template: String,
    /// What it says, in Chinese.
    text_zh: String,
    /// What it says, in English.
    text_en: String,
    /// Amounts and ids that it names, as texts.
    params: BTreeMap<String, String>,
    /// When it happened.
    at: String,
    /// The entry of the journal that it follows from.
    seq: u64,
    /// When it was read; none if not yet.
    read_at: Option<String>,
}

/// A page of notifications.
#[derive(Serialize, ToSchema)]
pub struct NotificationPage {
    /// What is on it, the latest first.
    items: Vec<Notification>,
    /// What `after` is for the next page; none if this is the last.
    next: Option<String>,
    /// How many of all are unread.
    unread: u64,
}

/// Which are wanted.
#[derive(Deserialize)]
pub struct Wanted {
    kind: Option<String>,
    unread: Option<bool>,
}

/// Up to which.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadUpTo {
    /// The `seq` of the latest one that was seen.
    #[schema(example = 17)]
    up_to: u64,
}

pub fn kind(name: &str) -> Result<NoticeKind, Problem> {
    let known = || NoticeKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    let unknown = || {
        let detail = format!("there is no kind {}: there are {}", name.escape_debug(), known());
        Problem::new(Code::BadParameter, detail)
    };
    NoticeKind::named(name).ok_or_else(unknown)
}

fn shown(Note { note, read_at, .. }: Note) -> Notification {
    let time = |seconds| Instant { seconds, nanoseconds: 0 }.to_string();
    // What a later release has said is shown as what it is called.
    let params: Params = serde_json::from_str(&note.params).unwrap_or_default();
    let said = Template::named(&note.template).map(|template| template.say(&params));
    let (text_en, text_zh) = said.unwrap_or_else(|| (note.template.clone(), note.template.clone()));
    Notification {
        id: note.key,
        kind: note.kind,
        template: note.template,
        text_zh,
        text_en,
        params,
        at: time(note.at),
        seq: note.seq,
        read_at: read_at.map(time),
    }
}

/// One's own notifications
#[utoipa::path(
    get,
    path = "/v1/notifications",
    tag = "Notifications",
    params(
        ("kind" = Option<String>, Query, description = "Only those of this kind"),
        ("unread" = Option<bool>, Query, description = "Only those that were not read"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The notifications, the latest first", body = NotificationPage)),
)]
pub async fn list(
    UpToDate(seq): UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    page: Page,
    Query(wanted): Query<Wanted>,
) -> Result<Json<NotificationPage>, Problem> {
    up_to_date::followed(&app, seq).await?;
    let (account, before, most) = (account_text(&account(&caller)?), page.before()?, page.limit + 1);
    let kind = wanted.kind.as_deref().map(kind).transpose()?;
    let (unread_only, before) =
        (wanted.unread.unwrap_or(false), i64::try_from(before).map_or(None, |_| Some(before)));
    let found = app.outbox.call(move |rows| {
        let kind = kind.map(NoticeKind::name);
        let filter = NoteFilter { account: &account, key: None, kind, unread_only, before };
        Ok((rows.notes(&filter, most)?, rows.unread(&account)?))
    });
    let (notes, unread) = found.await?;
    let paged = page.of(notes.into_iter(), |note| note.id.to_string());
    let items = paged.items.into_iter().map(shown).collect();
    Ok(Json(NotificationPage { items, next: paged.next, unread }))
}

/// Mark a notification as read
#[utoipa::path(
    post,
    path = "/v1/notifications/{id}/read",
    tag = "Notifications",
    params(("id" = String, Path, description = "The notification")),
    responses((status = 200, description = "It is marked", body = Done)),
)]
pub async fn read(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    let account = account(&caller)?;
    let (text, key) = (account_text(&account), id.clone());
    let found = app.outbox.call(move |rows| {
        let (kind, unread_only, before) = (None, false, None);
        rows.notes(&NoteFilter { account: &text, key: Some(&key), kind, unread_only, before }, 1)
    });
    if found.await?.is_empty() {
        let detail = format!("there is no notification {}", id.escape_debug());
        return Err(Problem::new(Code::RefusedAct(RefusedAct::UnknownNotification), detail));
    }
    perform(&app, &caller, &id, NoticeAct::Read { account, notices: vec![id.clone()] }).await
}

/// Mark all notifications as read
#[utoipa::path(
    post,
    path = "/v1/notifications/read",
    tag = "Notifications",
    request_body = ReadUpTo,
    responses((status = 200, description = "All up to this seq are marked; later ones are not", body = Done)),
)]
pub async fn read_up_to(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(ReadUpTo { up_to }): Input<ReadUpTo>,
) -> Result<Response, Problem> {
    let account = account(&caller)?;
    let id = account_text(&account);
    perform(&app, &caller, &id, NoticeAct::ReadUpTo { account, seq: up_to }).await
}
