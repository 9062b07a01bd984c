//! `/v1/notifications/settings`: which notifications somebody wants, and how. Must not be added here: a wish of somebody else.

use super::kind;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::notices::account_text;
use crate::perform::{Done, perform};
use crate::problem::Problem;
use crate::routes::documents::reading::account;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::NoticeAct;
use linli_platform::notice::{NoticeKind, Wishes};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A kind of notification, and whether it is wanted.
#[derive(Serialize, ToSchema)]
pub struct NotificationSetting {
    /// The kind.
    #[schema(example = "commission")]
    kind: &'static str,
    /// What people call it.
    name_zh: &'static str,
    /// The same in English.
    name_en: &'static str,
    /// Whether it is shown.
    is_shown: bool,
    /// Whether it is sent to the phone too.
    is_sent: bool,
}

/// Which kinds are wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationWishes {
    /// The kinds that are shown; `rule` always is one of them.
    #[schema(example = json!(["order", "withdrawal", "rule"]))]
    shown: Vec<String>,
    /// Those of them that are sent to the phone too.
    #[schema(example = json!(["withdrawal"]))]
    sent: Vec<String>,
}

/// What one wants to be told
#[utoipa::path(
    get,
    path = "/v1/notifications/settings",
    tag = "Notifications",
    responses((status = 200, description = "Every kind", body = Vec<NotificationSetting>)),
)]
pub async fn look(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Vec<NotificationSetting>>, Problem> {
    let account = account(&caller)?;
    let wishes = app.look(|replica| replica.platform().notices.wishes(&account))?;
    let setting = |kind: &NoticeKind| {
        let (name_en, name_zh) = kind.texts();
        let (is_shown, is_sent) = (wishes.shown.contains(kind), wishes.sent.contains(kind));
        NotificationSetting { kind: kind.name(), name_zh, name_en, is_shown, is_sent }
    };
    Ok(Json(NoticeKind::ALL.iter().map(setting).collect()))
}

/// Say what one wants to be told
#[utoipa::path(
    post,
    path = "/v1/notifications/settings",
    tag = "Notifications",
    request_body = NotificationWishes,
    responses((status = 200, description = "What happens from now on is told so", body = Done)),
)]
pub async fn set(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<NotificationWishes>,
) -> Result<Response, Problem> {
    let account = account(&caller)?;
    let kinds = |names: &[String]| names.iter().map(|name| kind(name)).collect::<Result<_, _>>();
    let wishes = Wishes { shown: kinds(&input.shown)?, sent: kinds(&input.sent)? };
    let id = account_text(&account);
    perform(&app, &caller, &id, NoticeAct::SetWishes { account, wishes }).await
}
