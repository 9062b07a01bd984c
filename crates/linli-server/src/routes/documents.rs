//! `/v1/rules`, `/v1/announcements`, `/v1/documents`: what everybody may read of the platform's rules and announcements. Must
//! not be added here: a draft, which is the desk's.

pub mod editing;
pub mod reading;
mod shown;

use super::subject::Subject;
use crate::app::App;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_platform::Code as RefusedAct;
use linli_platform::document::{Document, Kind, Topic};
use serde::Serialize;
use shown::{DocumentHead, FIRST_TERMS_ID, WholeDocument, first_terms, first_terms_headed, headed, whole};
use std::sync::Arc;
use utoipa::ToSchema;

/// The rules on one topic.
#[derive(Serialize, ToSchema)]
pub struct RulesOn {
    /// What about.
    #[schema(example = "terms")]
    topic: &'static str,
    /// What people call it.
    name_zh: &'static str,
    /// The same in English.
    name_en: &'static str,
    /// What holds now, if anything was published.
    in_force: Option<DocumentHead>,
    /// What will hold.
    coming: Option<DocumentHead>,
}

pub fn unknown(id: &str) -> Problem {
    Problem::new(Code::RefusedAct(RefusedAct::UnknownDocument), format!("there is no document {id}"))
}

fn topic(name: &str) -> Result<Topic, Problem> {
    let known = || Topic::ALL.iter().map(|topic| topic.name()).collect::<Vec<_>>().join(", ");
    let unknown = || {
        let detail = format!("there are no rules on this: there are {}", known());
        Problem::new(Code::RefusedAct(RefusedAct::UnknownDocument), detail)
    };
    Topic::named(name).ok_or_else(unknown)
}

/// The rules in force, and what comes
#[utoipa::path(
    get,
    path = "/v1/rules",
    tag = "Rules",
    responses((status = 200, description = "Every topic", body = Vec<RulesOn>)),
)]
pub async fn rules(_: UpToDate, State(app): State<Arc<App>>) -> Result<Json<Vec<RulesOn>>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let documents = &replica.platform().documents;
        let on = |topic: &Topic| {
            let (name_en, name_zh) = topic.texts();
            let in_force = documents.in_force(*topic, now).map(|document| headed(document, now));
            let in_force =
                in_force.or_else(|| (*topic == Topic::Terms).then(|| first_terms_headed("in_force")));
            let coming = documents.coming(*topic, now).map(|document| headed(document, now));
            RulesOn { topic: topic.name(), name_zh, name_en, in_force, coming }
        };
        Json(Topic::ALL.iter().map(on).collect())
    })
}

/// The history of the rules on a topic
#[utoipa::path(
    get,
    path = "/v1/rules/{topic}",
    tag = "Rules",
    params(("topic" = String, Path, description = "The topic, such as `terms`")),
    responses((status = 200, description = "Every version, the latest first", body = Vec<DocumentHead>)),
)]
pub async fn history(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(name): Subject,
) -> Result<Json<Vec<DocumentHead>>, Problem> {
    let (topic, now) = (topic(&name)?, app.now());
    app.look(|replica| {
        let documents = &replica.platform().documents;
        let in_force = documents.in_force(topic, now).map(|document| document.id.clone());
        let shown = |document: &Document| {
            let headed = headed(document, now);
            let is_past = document.is_in_force(now) && in_force.as_ref() != Some(&document.id);
            if is_past { headed.past() } else { headed }
        };
        let mut history: Vec<_> = documents.versions(topic).rev().map(shown).collect();
        if topic == Topic::Terms {
            history.push(first_terms_headed(if in_force.is_some() { "past" } else { "in_force" }));
        }
        Json(history)
    })
}

/// Announcements
#[utoipa::path(
    get,
    path = "/v1/announcements",
    tag = "Rules",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "Those that are shown now, the latest first", body = Paged<DocumentHead>)),
)]
pub async fn announcements(
    _: UpToDate,
    State(app): State<Arc<App>>,
    page: Page,
) -> Result<Json<Paged<DocumentHead>>, Problem> {
    let (before, now) = (page.before()?, app.now());
    app.look(|replica| {
        let all = replica.platform().documents.before(before);
        let shown =
            all.filter(|(_, document)| document.kind == Kind::Announcement && document.is_public(now));
        let Paged { items, next } = page.of(shown, |(number, _)| number.to_string());
        Json(Paged { items: items.into_iter().map(|(_, document)| headed(document, now)).collect(), next })
    })
}

/// A rule or an announcement as it stands
#[utoipa::path(
    get,
    path = "/v1/documents/{id}",
    tag = "Rules",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 200, description = "What it says", body = WholeDocument)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<WholeDocument>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let documents = &replica.platform().documents;
        if id == FIRST_TERMS_ID {
            let holds = documents.in_force(Topic::Terms, now).is_none();
            return Ok(Json(first_terms(if holds { "in_force" } else { "past" })));
        }
        let document = documents.get(&id).filter(|document| document.is_public(now));
        document.map(|document| Json(whole(document, now))).ok_or_else(|| unknown(&id))
    })?
}
