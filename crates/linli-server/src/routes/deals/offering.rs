//! Deals as their store sees them: drafts and withdrawn ones too, and what it does with them. Must not be added here: who
//! may act for a store.

use super::{SaleForm, ShownDeal, TermsForm, unknown};
use crate::app::App;
use crate::caller::Caller;
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
use linli_platform::{DealAct, StoreRight};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A deal as its store sees it.
#[derive(Serialize, ToSchema)]
pub struct OwnDeal {
    #[serde(flatten)]
    deal: ShownDeal,
    /// Pieces that are reserved, can be used or were used.
    taken: u64,
}

/// All deals of one's store
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/deals/all",
    tag = "Deals",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "The deals by id, drafts and withdrawn ones too", body = Paged<OwnDeal>),
)
)]
pub async fn all(
    _: UpToDate,
    page: Page,
    Subject(store): Subject,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Paged<OwnDeal>>, Problem> {
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        rights::for_store(replica, &store, caller.member()?, StoreRight::ManageDeals)?;
        let deals = replica.platform().deals.of_store(&store).filter(|(id, _)| *id > after);
        let shown = deals.map(|(id, deal)| OwnDeal { deal: ShownDeal::of(id, deal), taken: deal.taken() });
        Ok(Json(page.of(shown, |shown| shown.deal.deal.clone())))
    })?
}

/// What is sold, and how.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealForm {
    /// What is sold; frozen for every purchase.
    terms: TermsForm,
    /// How it is sold.
    sale: SaleForm,
}

/// Draft a deal
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/deals",
    tag = "Deals",
    params(
        ("id" = String, Path, description = "The store's id"),
    ),
    request_body = DealForm,
    responses(
        (status = 200, description = "It is a draft, under this id", body = Done),
)
)]
pub async fn offer(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(input): Input<DealForm>,
) -> Result<Response, Problem> {
    app.look(|replica| rights::for_store(replica, &store, caller.member()?, StoreRight::ManageDeals))??;
    let (deal, terms, sale) = (caller.new_id('G'), input.terms.read()?, input.sale.read()?);
    perform(&app, &caller, &deal, DealAct::Offer { deal: deal.clone(), store, terms, sale }).await
}

/// The store of a deal that the caller may change.
fn store_of(app: &App, caller: &Caller, deal: &str) -> Result<String, Problem> {
    app.look(|replica| {
        let known = replica.platform().deals.get(deal).ok_or_else(|| unknown(deal))?;
        rights::for_store(replica, &known.store, caller.member()?, StoreRight::ManageDeals)?;
        Ok(known.store.clone())
    })?
}

/// Change a deal
///
/// Other terms are a new version, for whoever buys from then on.
#[utoipa::path(
    post,
    path = "/v1/deals/{id}/change",
    tag = "Deals",
    params(
        ("id" = String, Path, description = "The deal's id"),
    ),
    request_body = DealForm,
    responses(
        (status = 200, description = "It is changed", body = Done),
)
)]
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(deal): Subject,
    Input(input): Input<DealForm>,
) -> Result<Response, Problem> {
    let store = store_of(&app, &caller, &deal)?;
    let (terms, sale) = (input.terms.read()?, input.sale.read()?);
    perform(&app, &caller, &deal, DealAct::Change { deal: deal.clone(), store, terms, sale }).await
}

/// Put a draft on sale
#[utoipa::path(
    post,
    path = "/v1/deals/{id}/publish",
    tag = "Deals",
    params(
        ("id" = String, Path, description = "The deal's id"),
    ),
    responses(
        (status = 200, description = "It is sold within its times", body = Done),
)
)]
pub async fn publish(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(deal): Subject,
) -> Result<Response, Problem> {
    let store = store_of(&app, &caller, &deal)?;
    perform(&app, &caller, &deal, DealAct::Publish { deal: deal.clone(), store }).await
}

/// Withdraw a deal
///
/// What was bought stays valid.
#[utoipa::path(
    post,
    path = "/v1/deals/{id}/withdraw",
    tag = "Deals",
    params(
        ("id" = String, Path, description = "The deal's id"),
    ),
    responses(
        (status = 200, description = "It is not sold any more", body = Done),
)
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(deal): Subject,
) -> Result<Response, Problem> {
    let store = store_of(&app, &caller, &deal)?;
    perform(&app, &caller, &deal, DealAct::Withdraw { deal: deal.clone(), store }).await
}
