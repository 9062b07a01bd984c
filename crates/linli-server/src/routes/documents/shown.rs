//! Documents as they are shown, with and without what they say.

use linli_economy::time::Instant;
use linli_platform::document::{Document, FIRST_TERMS, Kind, State, Texts, Topic};
use serde::Serialize;
use utoipa::ToSchema;

/// The id of the terms that the program comes with. No document has a colon in its id.
pub const FIRST_TERMS_ID: &str = "terms:1";

/// A document without its text.
#[derive(Serialize, ToSchema)]
pub struct DocumentHead {
    /// Its id.
    #[schema(example = "D0123456789abcdef0123")]
    pub id: String,
    /// `rule` or `announcement`.
    kind: &'static str,
    /// The topic of a rule.
    #[schema(example = "terms")]
    topic: Option<&'static str>,
    /// Which version of its topic it is.
    version: Option<u32>,
    /// The title in Chinese.
    title_zh: String,
    /// The title in English.
    title_en: String,
    /// `draft`, `coming`, `in_force`, `past` or `withdrawn`.
    #[schema(example = "in_force")]
    state: &'static str,
    /// When it was published.
    published_at: Option<String>,
    /// PublishFrom when on it holds or is shown.
    from: Option<String>,
}

/// A document with its text.
#[derive(Serialize, ToSchema)]
pub struct WholeDocument {
    #[serde(flatten)]
    headed: DocumentHead,
    /// What it says, in Chinese.
    text_zh: String,
    /// What it says, in English.
    text_en: String,
}

impl DocumentHead {
    /// The same of one that another version has taken the place of.
    pub fn past(self) -> Self {
        Self { state: "past", ..self }
    }
}

pub fn headed(document: &Document, now: Instant) -> DocumentHead {
    let state = match document.state {
        State::Draft | State::Withdrawn => document.state.name(),
        State::Published if document.is_in_force(now) => "in_force",
        State::Published => "coming",
    };
    let (kind, topic) = match document.kind {
        Kind::Rule(topic) => ("rule", Some(topic.name())),
        Kind::Announcement => ("announcement", None),
    };
    DocumentHead {
        id: document.id.clone(),
        kind,
        topic,
        version: document.version,
        title_zh: document.texts.title_zh.clone(),
        title_en: document.texts.title_en.clone(),
        state,
        published_at: document.published.as_ref().map(|mark| mark.at.to_string()),
        from: document.from.map(|from| from.to_string()),
    }
}

pub fn whole(document: &Document, now: Instant) -> WholeDocument {
    let Texts { text_zh, text_en, .. } = document.texts.clone();
    WholeDocument { headed: headed(document, now), text_zh, text_en }
}

/// The terms that the program comes with.
pub fn first_terms_headed(state: &'static str) -> DocumentHead {
    let Texts { title_zh, title_en, .. } = Texts::first_terms();
    DocumentHead {
        id: FIRST_TERMS_ID.into(),
        kind: "rule",
        topic: Some(Topic::Terms.name()),
        version: Some(FIRST_TERMS),
        title_zh,
        title_en,
        state,
        published_at: None,
        from: None,
    }
}

pub fn first_terms(state: &'static str) -> WholeDocument {
    let Texts { text_zh, text_en, .. } = Texts::first_terms();
    WholeDocument { headed: first_terms_headed(state), text_zh, text_en }
}
