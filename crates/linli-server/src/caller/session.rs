//! Requests of people who have logged in: the token in a cookie or in `Authorization`, and whose it is. A cookie is sent
//! by the browser whoever asks it to, so a write that comes with one must come from our own pages.

use super::Who;
use crate::app::App;
use crate::problem::{Code, Problem};
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE as COOKIES, HOST, ORIGIN};
use linli_platform::{Account, TokenDigest};

/// The cookie's name; with the prefix, browsers take it over TLS only, for this host only.
pub const COOKIE: [&str; 2] = ["linli_session", "__Host-linli_session"];

/// The digest by which a token is known.
pub fn token_digest(token: &str) -> TokenDigest {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// The value of `Set-Cookie` that brings a token, or takes it away if it is empty.
pub fn cookie(token: &str, seconds: i64, is_tls: bool) -> String {
    let (name, secure) = if is_tls { (COOKIE[1], "; Secure") } else { (COOKIE[0], "") };
    format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// Whether the request brings a token.
pub fn is_brought(request: &Request) -> bool {
    bearer(request.headers()).is_some() || in_cookie(request.headers()).is_some()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn in_cookie(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get_all(COOKIES).iter().filter_map(|header| header.to_str().ok());
    let mut pairs = pairs.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (COOKIE.contains(&name) && !value.is_empty()).then_some(value))
}

/// Who has logged in with the token that the request brings.
pub fn find(app: &App, request: &Request, is_write: bool) -> Result<Who, Problem> {
    let headers = request.headers();
    let token = match (bearer(headers), in_cookie(headers)) {
        (Some(token), _) => token,
        (None, Some(token)) => {
            if is_write && !is_from_here(headers) {
                let detail = "a request with a cookie that writes must come from a page of this service";
                return Err(Problem::new(Code::CrossSite, detail));
            }
            token
        }
        (None, None) => return Err(ended()),
    };
    let (token, now) = (token_digest(token), app.now());
    app.look(|replica| {
        let platform = replica.platform();
        let session = platform.sessions.find(&token, now).ok_or_else(ended)?;
        match &session.account {
            Account::Member(id) => Ok(Who::Member { id: id.clone(), token }),
            Account::Staff(id) => {
                let account = platform.staff.in_force(id).map_err(|_| ended())?;
                let is_ready = account.sealed_totp.is_some() && !account.has_first_password;
                Ok(Who::Staff { id: id.clone(), token, roles: account.roles.clone(), is_ready })
            }
        }
    })?
}

fn ended() -> Problem {
    Problem::new(Code::NotLoggedIn, "the session has ended, or there never was one: log in")
}

/// Browsers say where a request comes from, and pages cannot change it.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let (origin, host) = (text(ORIGIN.as_str()), text(HOST.as_str()));
    let of_origin = origin.and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    of_origin.is_some() && of_origin == host
}
