//! In which language somebody reads: what the address says, what they chose before, or what their browser prefers. Must not
//! be added here: a text.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use std::convert::Infallible;

/// The cookie with the choice; the pages of the browser read and write it too.
const CHOICE: &str = "linli_language";

/// A language that the platform speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 中文, which comes first.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Each with its tag.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Chinese, "zh-CN"), (Self::English, "en")];

    /// The language of a tag such as `en-GB`.
    fn tagged(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        let of = |language: &str| tag == language || tag.starts_with(&format!("{language}-"));
        if of("zh") {
            Some(Self::Chinese)
        } else if of("en") {
            Some(Self::English)
        } else {
            None
        }
    }

    /// What somebody chose before, else what their browser prefers, else Chinese.
    pub fn of(headers: &HeaderMap) -> Self {
        let texts = |name| headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        let pairs = texts(COOKIE).flat_map(|header| header.split(';'));
        let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
        let chosen = pairs.find_map(|(name, tag)| (name == CHOICE).then(|| Self::tagged(tag)).flatten());
        let wanted = || {
            let tags = texts(ACCEPT_LANGUAGE).flat_map(|header| header.split(','));
            tags.filter_map(|tag| Self::tagged(tag.split(';').next().unwrap_or_default())).next()
        };
        chosen.or_else(wanted).unwrap_or(Self::Chinese)
    }

    /// As `lang` and links have it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The value of `Set-Cookie` that keeps the choice for a year.
    fn kept(self) -> String {
        format!("{CHOICE}={}; Path=/; Max-Age=31536000; SameSite=Lax", self.tag())
    }
}

/// The language of a request, and the cookie to set if its address says one: `?language=en`.
pub struct Spoken {
    pub language: Language,
    pub kept: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Spoken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let asked = parts.uri.query().unwrap_or_default().split('&');
        let asked = asked.filter_map(|pair| pair.strip_prefix("language=")).find_map(Language::tagged);
        let language = asked.unwrap_or_else(|| Language::of(&parts.headers));
        Ok(Self { language, kept: asked.map(Language::kept) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_choice_wins_over_the_browser_and_chinese_over_nothing() {
        let of = |cookie: &'static str, accepted: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_static(cookie));
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(accepted));
            Language::of(&headers)
        };
        assert_eq!(of("", ""), Language::Chinese);
        assert_eq!(of("", "fr, en-GB;q=0.8"), Language::English);
        assert_eq!(of("a=b; linli_language=zh-CN", "en"), Language::Chinese);
        assert_eq!(of("linli_language=en", "zh-CN"), Language::English);
        assert_eq!(of("linli_language=xx", "zh-TW,en"), Language::Chinese);
    }
}
