//! Who calls: the gate in front of every route looks up its policy, finds out who calls by a signature or a session,
//! reads the body within its bounds, and makes sure that they may. A handler that takes a [`Caller`] gets one that has
//! passed. Must not be added here: a way around the gate.

mod body;
mod form;
mod session;
mod signed;

pub use form::Form;
pub use session::{cookie, token_digest};

use crate::app::App;
use crate::pages::Language;
use crate::policy::{self, Access, Desk, Policy};
use crate::problem::{Code, Problem};
use crate::rates::{self, Rate};
use axum::body::Body;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use linli_engine::Origin;
use linli_platform::{Actor, Role, Scope, TokenDigest};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes of what anybody may send to show who they are.
const OPEN_BYTES: usize = 4 << 10;

/// Bytes of what a browser sends with a button.
const BUTTON_BYTES: usize = 1 << 10;

/// Who calls.
#[derive(Clone, Debug)]
pub enum Who {
    /// A program with this key.
    Key { id: String, scopes: Vec<Scope> },
    /// A member, logged in.
    Member { id: String, token: TokenDigest },
    /// Somebody at a desk, logged in.
    Staff { id: String, token: TokenDigest, roles: BTreeSet<Role>, is_ready: bool },
    /// Somebody who does not say.
    Visitor,
}

/// Who has sent a request, and by what it is known when it is sent again.
#[derive(Clone, Debug)]
pub struct Caller {
    pub who: Who,
    /// The `Idempotency-Key` of a write.
    pub nonce: String,
    /// What makes another request under the same key another one.
    pub origin: Origin,
}

impl Caller {
    /// As whom the caller acts.
    pub fn actor(&self) -> Actor {
        match &self.who {
            Who::Key { id, .. } => Actor::Key(id.clone()),
            Who::Member { id, .. } => Actor::Member(id.clone()),
            Who::Staff { id, .. } => Actor::Staff(id.clone()),
            Who::Visitor => Actor::Visitor,
        }
    }

    /// The name of the stream that the caller's write is. An `Idempotency-Key` has no colon, and neither has an id, so
    /// no two writes have one name.
    pub fn stream(&self) -> String {
        match &self.who {
            Who::Key { id, .. } => format!("api:{id}:{}", self.nonce),
            Who::Member { id, .. } => format!("member:{id}:{}", self.nonce),
            Who::Staff { id, .. } => format!("staff:{id}:{}", self.nonce),
            Who::Visitor => format!("visitor::{}", self.nonce),
        }
    }

    /// An id for what the write makes: the same when it is sent again.
    pub fn new_id(&self, prefix: char) -> String {
        format!("{prefix}{}", &blake3::hash(self.stream().as_bytes()).to_hex()[..20])
    }

    /// An id for one of several things that the write makes.
    pub fn nth_id(&self, prefix: char, nth: usize) -> String {
        let name = format!("{}\n{nth}", self.stream());
        format!("{prefix}{}", &blake3::hash(name.as_bytes()).to_hex()[..20])
    }

    /// The member who calls.
    pub fn member(&self) -> Result<&str, Problem> {
        match &self.who {
            Who::Member { id, .. } => Ok(id),
            // Its policy lets others pass and its handler thinks otherwise.
            _ => Err(Problem::internal()),
        }
    }

    /// The account of the desk that calls.
    pub fn staff(&self) -> Result<&str, Problem> {
        match &self.who {
            Who::Staff { id, .. } => Ok(id),
            _ => Err(Problem::internal()),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Without one the route is public by its policy and its handler thinks otherwise.
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::internal)
    }
}

/// Lets a request pass if its route's policy does.
pub async fn gate(State(app): State<Arc<App>>, request: Request, next: Next) -> Result<Response, Problem> {
    let path = request.extensions().get::<MatchedPath>();
    let policy = path.and_then(|path| policy::find(request.method().as_str(), path.as_str()));
    if !matches!(policy, Some(Policy::Page | Policy::Form)) {
        return let_pass(&app, request, next).await;
    }
    let language = Language::of(request.headers());
    Ok(form::as_page(language, let_pass(&app, request, next).await))
}

async fn let_pass(app: &Arc<App>, request: Request, next: Next) -> Result<Response, Problem> {
    let Some(path) = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_string()) else {
        // Nothing is there; the fallback says so.
        return Ok(next.run(request).await);
    };
    let (request, rate) = match policy::find(request.method().as_str(), &path) {
        Some(Policy::Public) => (request, None),
        Some(Policy::Page) => form::look(app, request)?,
        Some(Policy::Form) => form::fill(app, request).await?,
        Some(Policy::Open) => {
            body::check_content_type(&request, "application/json")?;
            pass_within(app, request, OPEN_BYTES).await?
        }
        Some(Policy::Button) => pass_within(app, request, BUTTON_BYTES).await?,
        Some(Policy::Provider { content_type, most_bytes }) => {
            body::check_content_type(&request, content_type)?;
            pass_within(app, request, most_bytes).await?
        }
        Some(Policy::Read(access)) => pass(app, request, access, 0).await?,
        Some(Policy::Write { access, content_type, most_bytes }) => {
            body::check_content_type(&request, content_type)?;
            pass(app, request, access, most_bytes).await?
        }
        None => return Err(not_allowed(&path)),
    };
    let mut response = next.run(request).await;
    if let Some(rate) = rate {
        rate.tell(response.headers_mut());
    }
    Ok(response)
}

/// The path has no such method, or was forgotten in the catalogue and is closed.
fn not_allowed(path: &str) -> Problem {
    let methods = policy::methods(path);
    Problem::new(Code::MethodNotAllowed, format!("{path} has {methods}")).allow(methods)
}

/// Reads the body of somebody who is known by their address alone.
async fn pass_within(
    app: &App,
    request: Request,
    most_bytes: usize,
) -> Result<(Request, Option<Rate>), Problem> {
    let (parts, body) = request.into_parts();
    let rate = app.rates.visitor.take(&rates::address(&parts, app.behind_proxy).to_string())?;
    let body = body::read(app, body, most_bytes).await?;
    Ok((Request::from_parts(parts, Body::from(body)), Some(rate)))
}

/// `most_bytes` is 0 for a read.
async fn pass(
    app: &App,
    request: Request,
    access: Access,
    most_bytes: usize,
) -> Result<(Request, Option<Rate>), Problem> {
    let is_write = most_bytes > 0;
    let is_signed =
        request.headers().contains_key("linli-key") || request.headers().contains_key("linli-signature");
    let (mut parts, body, caller, rate) = if access.visitor && !is_signed && !session::is_brought(&request) {
        // Nothing else tells two visitors apart: nobody can guess the key of another.
        let nonce = if is_write { body::visitor_key(&request)? } else { String::new() };
        let (parts, body) = request.into_parts();
        let rate = app.rates.visitor.take(&rates::address(&parts, app.behind_proxy).to_string())?;
        let body = body::read(app, body, most_bytes).await?;
        let origin = body::origin(&parts, &body);
        (parts, body, Caller { who: Who::Visitor, nonce, origin }, rate)
    } else if is_signed || !session::is_brought(&request) {
        let (parts, body, caller) = signed::verify(app, request, is_write, most_bytes).await?;
        let rate = app.rates.key.take(&caller.who.to_string())?;
        (parts, body, caller, rate)
    } else {
        let who = session::find(app, &request, is_write)?;
        let nonce = if is_write { body::idempotency_key(&request)? } else { String::new() };
        let rate = app.rates.account.take(&who.to_string())?;
        let (parts, body) = request.into_parts();
        let body = body::read(app, body, most_bytes).await?;
        let origin = body::origin(&parts, &body);
        (parts, body, Caller { who, nonce, origin }, rate)
    };
    check(&caller.who, access)?;
    parts.extensions.insert(caller);
    Ok((Request::from_parts(parts, Body::from(body)), Some(rate)))
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Key { id, .. } => write!(f, "key:{id}"),
            Self::Member { id, .. } => write!(f, "member:{id}"),
            Self::Staff { id, .. } => write!(f, "staff:{id}"),
            Self::Visitor => f.write_str("visitor"),
        }
    }
}

/// Whether this route is for whoever calls.
fn check(who: &Who, access: Access) -> Result<(), Problem> {
    let forbidden = |detail: String| Err(Problem::new(Code::Forbidden, detail));
    match (who, access.key, access.desk) {
        (Who::Key { scopes, .. }, Some(scope), _) if scopes.contains(&scope) => Ok(()),
        (Who::Key { .. }, Some(scope), _) => {
            Err(Problem::new(Code::ScopeMissing, format!("this needs the scope {}", scope.name())))
        }
        (Who::Key { .. }, None, _) => forbidden("this is for people who are logged in".into()),
        (Who::Member { .. }, ..) if access.member => Ok(()),
        (Who::Member { .. }, _, Some(Desk::With(permission))) => forbidden(permission.refusal()),
        (Who::Member { .. }, ..) => forbidden("this is not for members".into()),
        (Who::Staff { .. }, _, Some(Desk::Own)) => Ok(()),
        (Who::Staff { roles, is_ready, .. }, _, Some(Desk::With(permission))) => {
            if !is_ready {
                let detail = "change the first password and set up time-based codes first";
                return Err(Problem::new(Code::AccountNotReady, detail));
            }
            let supplies = access.supplier && roles.contains(&Role::Supplier);
            if supplies || permission.is_granted_to(roles) { Ok(()) } else { forbidden(permission.refusal()) }
        }
        (Who::Visitor, ..) if access.visitor => Ok(()),
        (Who::Visitor, ..) => Err(Problem::new(Code::NotLoggedIn, "log in first")),
        (Who::Staff { .. }, _, None) => forbidden("this is not for people at a desk".into()),
    }
}
