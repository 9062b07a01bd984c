//! `/v1/applications`: members apply to open stores, and the desk looks at what they say. Must not be added here: when
//! an application may move on.

mod form;
mod reviewing;
mod shown;

pub use form::{__path_change, __path_draft, change, draft};
pub use reviewing::{__path_approve, __path_ask, __path_contact, __path_refuse};
pub use reviewing::{approve, ask, contact, refuse};

use super::subject::Subject;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::store_application::Application;
use linli_platform::{Code as RefusedAct, StoreApplicationAct};
use shown::{ListedApplication, ShownApplication, listed, shown};
use std::sync::Arc;

fn unknown(id: &str) -> Problem {
    Problem::new(Code::RefusedAct(RefusedAct::UnknownApplication), format!("there is no application {id}"))
}

/// An application that is the caller's, or was handed in to the desk that asks.
fn find(replica: &Replica, caller: &Caller, id: &str) -> Result<Application, Problem> {
    let application = replica.platform().store_applications.get(id).ok_or_else(|| unknown(id))?;
    let may_see = match &caller.who {
        Who::Member { id, .. } => *id == application.member,
        _ => application.version > 0,
    };
    if may_see { Ok(application.clone()) } else { Err(unknown(id)) }
}

/// An application
#[utoipa::path(
    get,
    path = "/v1/applications/{id}",
    tag = "Applications",
    params(("id" = String, Path, description = "The application's id")),
    responses((status = 200, description = "The application; whom to reach is masked for the desk", body = ShownApplication)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<ShownApplication>, Problem> {
    let application = app.look(|replica| find(replica, &caller, &id))??;
    Ok(Json(shown(&app, &caller, &id, application).await?))
}

/// One's own applications
#[utoipa::path(
    get,
    path = "/v1/me/applications",
    tag = "Applications",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The applications by id", body = Paged<ListedApplication>)),
)]
pub async fn mine(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    page: Page,
) -> Result<Json<Paged<ListedApplication>>, Problem> {
    let member = caller.member()?;
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        let all = replica.platform().store_applications.of_member(member);
        let following = all.filter(|(id, _)| *id > after).map(|(id, one)| listed(id, one));
        Json(page.of(following, |listed| listed.id.clone()))
    })
}

/// What the desk is to look at
#[utoipa::path(
    get,
    path = "/v1/applications",
    tag = "Applications",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The applications that were handed in, the oldest first", body = Paged<ListedApplication>)),
)]
pub async fn waiting(
    _: UpToDate,
    State(app): State<Arc<App>>,
    page: Page,
) -> Result<Json<Paged<ListedApplication>>, Problem> {
    app.look(|replica| {
        let mut all = replica.platform().store_applications.submitted().peekable();
        if let Some(after) = &page.after {
            while all.next_if(|(id, _)| id != after).is_some() {}
            all.next();
        }
        Json(page.of(all.map(|(id, one)| listed(id, one)), |listed| listed.id.clone()))
    })
}

/// Hand an application in
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/submit",
    tag = "Applications",
    params(("id" = String, Path, description = "The application's id")),
    responses((status = 200, description = "The desk looks at it", body = Done)),
)]
pub async fn submit(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    let application = app.look(|replica| find(replica, &caller, &id))??;
    let (now, documents) = ((app.clock)(), &application.form.documents);
    // What was drafted weeks ago may name what is not there any more.
    app.files.need_documents(now, &application.member, documents).await?;
    app.files.need_photos(now, &application.form.page.photos).await?;
    perform(&app, &caller, &id, StoreApplicationAct::Submit { id: id.clone() }).await
}

/// Withdraw an application
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/withdraw",
    tag = "Applications",
    params(("id" = String, Path, description = "The application's id")),
    responses((status = 200, description = "Nothing becomes of it", body = Done)),
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    app.look(|replica| find(replica, &caller, &id).map(drop))??;
    perform(&app, &caller, &id, StoreApplicationAct::Withdraw { id: id.clone() }).await
}
