//! Stores as visitors see them: `GET /v1/stores` and `/v1/stores/{id}/page`; and their owners changing and closing them.
//! Must not be added here: a balance.

use super::finding::{FoundStore, Wanted, find};
use super::page::PageForm;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::input::Input;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::Problem;
use crate::rights;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::{StorefrontAct, division};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A store as everybody sees it.
#[derive(Serialize, ToSchema)]
pub struct StoreFront {
    /// The store.
    #[schema(example = "S1")]
    store: String,
    /// Its page, once it has one.
    page: Option<PageForm>,
    /// The published code of its district.
    #[schema(example = "440106")]
    district: String,
    /// Province, city and district.
    #[schema(example = "广东省广州市天河区")]
    region: String,
    /// Takes no new orders.
    is_closed: bool,
    /// The link that its code on the counter says.
    #[schema(example = "https://linli.example/s/S1")]
    link: String,
}

/// Find stores
///
/// In a district, city or province, by a part of the name, or the nearest ones to a place. Closed ones are left out.
#[utoipa::path(
    get,
    path = "/v1/stores",
    tag = "Stores",
    params(
        ("region" = Option<String>, Query, description = "A published code of two, four or six digits"),
        ("name" = Option<String>, Query, description = "A part of the name, up to 40 characters"),
        ("near" = Option<String>, Query, description = "Millionths of a degree north and east, with a comma: `23129163,113264435`; the nearest come first"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
    ),
    responses((status = 200, description = "The stores by id, or by distance", body = Paged<FoundStore>)),
)]
pub async fn list(
    _: UpToDate,
    page: Page,
    wanted: Wanted,
    State(app): State<Arc<App>>,
) -> Result<Json<Paged<FoundStore>>, Problem> {
    app.look(|replica| find(replica, &wanted, &page).map(Json))?
}

/// A store's page
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/page",
    tag = "Stores",
    params(("id" = String, Path, description = "The store's id")),
    responses((status = 200, description = "The store as everybody sees it", body = StoreFront)),
)]
pub async fn front(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(store): Subject,
) -> Result<Json<StoreFront>, Problem> {
    let (page, district, is_closed) = app.look(|replica| {
        let economy = replica.economy();
        let id = economy.store_id(&store).ok_or_else(|| rights::unknown_store(&store))?;
        let known = &economy.state().stores()[id.index()];
        let page = replica.platform().storefronts.get(&store).map(|front| front.page.clone());
        Ok::<_, Problem>((page, known.district.to_string(), known.closed))
    })??;
    let page = match page {
        Some(page) => Some(PageForm::shown(&app, page).await?),
        None => None,
    };
    let (region, link) = (region_name(&district), app.links.store(&store));
    Ok(Json(StoreFront { store, page, district, region, is_closed, link }))
}

/// Province, city and district by name, as far as they are published.
pub fn region_name(district: &str) -> String {
    let codes = [2, 4, 6].into_iter().filter_map(|length| district.get(..length));
    let names = codes.filter_map(division::find).map(|division| division.name);
    // In a municipality the second level only says that it is one.
    let mut names: Vec<_> = names.filter(|name| !matches!(*name, "市辖区" | "县")).collect();
    names.dedup();
    names.concat()
}

/// Who may change this store's page, and for whom a number on it is sealed.
fn owner_for(app: &App, caller: &Caller, store: &str) -> Result<String, Problem> {
    app.look(|replica| {
        if let Who::Member { id, .. } = &caller.who {
            rights::owns(replica, store, id)?;
        }
        Ok(rights::owner(replica, store)?.to_string())
    })?
}

/// Change a store's page
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/page",
    tag = "Stores",
    params(("id" = String, Path, description = "The store's id")),
    request_body = PageForm,
    responses((status = 200, description = "Everybody sees it like this", body = Done)),
)]
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(form): Input<PageForm>,
) -> Result<Response, Problem> {
    let owner = owner_for(&app, &caller, &store)?;
    let page = form.read(&app, &owner).await?;
    perform(&app, &caller, &store, StorefrontAct::Change { store: store.clone(), page }).await
}

/// Close a store
///
/// It takes no new orders any more, for good; what was paid is still settled.
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/close",
    tag = "Stores",
    params(("id" = String, Path, description = "The store's id")),
    responses((status = 200, description = "It is closed", body = Done)),
)]
pub async fn close(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
) -> Result<Response, Problem> {
    owner_for(&app, &caller, &store)?;
    perform(&app, &caller, &store, StorefrontAct::Close { store: store.clone() }).await
}
