//! The frame around every page that the server makes. Must not be added here: what a page is about.

use super::{Language, Words};
use crate::docs_page::escape;

/// The style of the pages: the tokens that all pages share, what every page has, and what only these have.
pub const STYLE: &str = concat!(
    include_str!("../../../../web/shared/tokens.css"),
    include_str!("../../../../web/shared/base.css"),
    include_str!("../../assets/pages.css"),
);

/// What stands around a page.
pub struct Frame<'p> {
    pub words: Words,
    pub title: &'p str,
    /// The page's own path, for the other language.
    pub here: &'p str,
    /// The page is asked for again after so many seconds, or another one is.
    pub refresh: Option<(u8, &'p str)>,
}

impl Frame<'_> {
    /// The whole page in HTML.
    pub fn around(&self, body: &str) -> String {
        let Self { words, title, here, refresh } = self;
        let (title, here) = (escape(title), escape(here));
        let refresh = refresh.map_or(String::new(), |(seconds, to)| {
            format!("<meta http-equiv=refresh content=\"{seconds};url={}\">", escape(to))
        });
        let name = words.text("page.name");
        let links: String = Language::ALL
            .iter()
            .filter(|(language, _)| *language != words.language)
            .map(|(language, tag)| {
                let name = Words::of(*language).text("page.language");
                format!("<a href=\"{here}?language={tag}\" lang={tag} hreflang={tag}>{name}</a>")
            })
            .collect();
        format!(
            "<!doctype html><html lang={}><head><meta charset=utf-8>\
             <meta name=viewport content=\"width=device-width,initial-scale=1\">{refresh}<title>{title} · {name}</title>\
             <link rel=stylesheet href=\"/pages/style.css\"></head><body>\
             <header class=top><a class=home href=\"/\">{name}</a><nav aria-label=\"{}\">{links}</nav></header>\
             <main>{body}</main></body></html>",
            words.language.tag(),
            words.text("page.languages"),
        )
    }
}
