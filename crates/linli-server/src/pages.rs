//! What the pages that the server makes have in common: the language of whoever looks, the words in it, and the frame. They
//! work without a script. Must not be added here: a route, an amount.

mod frame;
mod language;
mod words;

pub use frame::{Frame, STYLE};
pub use language::{Language, Spoken};
pub use words::{Words, filled};

use crate::docs_page::escape;
use crate::problem::Problem;
use crate::request_id::RequestId;
use axum::http::HeaderValue;

/// Like every page of the service, but with forms that come back here.
pub const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// That an answer is a page in this language: what goes wrong with it is shown as one.
#[derive(Clone, Copy, Debug)]
pub struct AsPage(pub Language);

/// What went wrong, for people: what it means, what to do, and the id of the request for whoever is asked.
pub fn refused(problem: &Problem, language: Language, id: &RequestId) -> String {
    let words = Words::of(language);
    let (english, chinese) = problem.code().messages();
    let message = match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    let body = format!(
        "<section class=card><h1>{}</h1><p class=wrong role=alert>{}</p><p class=soft>{}</p>\
         <p><a class=button href=\"/\">{}</a></p><p class=soft>{} <code>{}</code></p></section>",
        words.text("page.refused"),
        escape(message),
        words.text("page.refused_hint"),
        words.text("page.to_start"),
        words.text("page.request"),
        escape(id.as_str()),
    );
    Frame { words, title: words.text("page.refused"), here: "/", refresh: None }.around(&body)
}
