//! What a browser sends from a page without a script: the fields of a form, among them the key by which it is known when it is
//! sent again. A page is for everybody, and knows the member who has logged in. Must not be added here: what a form asks for.

use super::{Caller, Who, body, session};
use crate::app::App;
use crate::pages::{AsPage, Language};
use crate::problem::{Code, Problem};
use crate::rates::{self, Rate};
use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use linli_engine::Origin;
use std::sync::Arc;

/// Bytes of a form at most.
const FORM_BYTES: usize = 4 << 10;

/// The field with the key.
const KEY: &str = "key";

/// The fields of a form.
#[derive(Clone, Debug, Default)]
pub struct Form(Arc<Vec<(String, String)>>);

impl Form {
    fn read(body: &[u8]) -> Self {
        Self(Arc::new(url::form_urlencoded::parse(body).into_owned().collect()))
    }

    /// A field; one that is missing is empty.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::internal)
    }
}

/// Whoever looks at a page: a member who has logged in, else somebody who does not say who they are.
pub fn look(app: &App, request: Request) -> Result<(Request, Option<Rate>), Problem> {
    let who = match session::is_brought(&request).then(|| session::find(app, &request, false)) {
        Some(Ok(who)) => who,
        Some(Err(problem)) if problem.code() != Code::NotLoggedIn => return Err(problem),
        _ => Who::Visitor,
    };
    let (mut parts, body) = request.into_parts();
    let rate = app.rates.visitor.take(&rates::address(&parts, app.behind_proxy).to_string())?;
    parts.extensions.insert(Caller { who, nonce: String::new(), origin: Origin::of(1, b"") });
    Ok((Request::from_parts(parts, body), Some(rate)))
}

/// Whoever sends a form. One with a session that has ended is told so: without an account they would get no points.
pub async fn fill(app: &App, request: Request) -> Result<(Request, Option<Rate>), Problem> {
    body::check_content_type(&request, "application/x-www-form-urlencoded")?;
    let who = match session::is_brought(&request) {
        true => session::find(app, &request, true)?,
        false => Who::Visitor,
    };
    let (mut parts, body) = request.into_parts();
    let rate = app.rates.visitor.take(&rates::address(&parts, app.behind_proxy).to_string())?;
    let body = body::read(app, body, FORM_BYTES).await?;
    let form = Form::read(&body);
    let nonce = form.get(KEY).to_string();
    body::check_visitor_key(&nonce)?;
    let origin = body::origin(&parts, &body);
    parts.extensions.insert(Caller { who, nonce, origin });
    parts.extensions.insert(form);
    Ok((Request::from_parts(parts, Body::from(body)), Some(rate)))
}

/// What goes wrong with a page is shown as one.
pub fn as_page(language: Language, answer: Result<Response, Problem>) -> Response {
    let mut response = answer.into_response();
    response.extensions_mut().insert(AsPage(language));
    response
}
