//! Deals as everybody sees them: those of a store that are on sale, and one. Must not be added here: a draft, which is its
//! store's alone.

pub mod buying;
mod form;
pub mod offering;

pub use form::{ComparedForm, SaleForm, TermsForm, ValidForm};

use super::subject::Subject;
use crate::app::App;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::Economy;
use linli_economy::refusal::Code as Refused;
use linli_platform::Code as RefusedAct;
use linli_platform::deal::{Deal, DealState};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A deal.
#[derive(Serialize, ToSchema)]
pub struct ShownDeal {
    /// The deal's id.
    #[schema(example = "G0123456789abcdef0123")]
    deal: String,
    /// The store that sells it, where its vouchers are used.
    #[schema(example = "S1")]
    store: String,
    /// `draft`, `on_sale` or `withdrawn`.
    #[schema(example = "on_sale")]
    state: &'static str,
    /// The version of its terms; whoever buys says which one they have seen.
    version: u32,
    /// What is sold.
    terms: TermsForm,
    /// How it is sold.
    sale: SaleForm,
    /// Pieces that are left, if they are limited.
    left: Option<u64>,
}

impl ShownDeal {
    fn of(id: &str, deal: &Deal) -> Self {
        let left = deal.sale.stock.map(|stock| u64::from(stock).saturating_sub(deal.taken()));
        Self {
            deal: id.into(),
            store: deal.store.clone(),
            state: deal.state.name(),
            version: deal.version(),
            terms: TermsForm::of(deal.terms()),
            sale: SaleForm::of(&deal.sale),
            left,
        }
    }
}

/// There is no such deal, or whoever asks does not see it.
fn unknown(deal: &str) -> Problem {
    Problem::new(Code::RefusedAct(RefusedAct::UnknownDeal), format!("there is no deal {deal}"))
}

/// Whether a store takes no orders any more.
fn is_closed(economy: &Economy, store: &str) -> Result<bool, Problem> {
    let id = economy.store_id(store).ok_or_else(|| {
        Problem::new(Code::Refused(Refused::UnknownStore), format!("there is no store {store}"))
    })?;
    Ok(economy.state().stores()[id.index()].closed)
}

/// A store's deals on sale
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/deals",
    tag = "Deals",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "The deals that can be bought now, by id", body = Paged<ShownDeal>),
)
)]
pub async fn on_sale(
    _: UpToDate,
    page: Page,
    Subject(store): Subject,
    State(app): State<Arc<App>>,
) -> Result<Json<Paged<ShownDeal>>, Problem> {
    let now = app.now();
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        let is_open = !is_closed(replica.economy(), &store)?;
        let deals = replica.platform().deals.of_store(&store);
        let deals = deals.filter(|(id, deal)| is_open && *id > after && deal.is_on_sale(now).is_ok());
        let shown = deals.map(|(id, deal)| ShownDeal::of(id, deal));
        Ok(Json(page.of(shown, |shown| shown.deal.clone())))
    })?
}

/// A deal
///
/// Also one that is not sold any more, since somebody may have bought it.
#[utoipa::path(
    get,
    path = "/v1/deals/{id}",
    tag = "Deals",
    params(
        ("id" = String, Path, description = "The deal's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "The deal, with the terms for whoever buys now", body = ShownDeal),
)
)]
pub async fn deal(
    _: UpToDate,
    Subject(id): Subject,
    State(app): State<Arc<App>>,
) -> Result<Json<ShownDeal>, Problem> {
    app.look(|replica| {
        let deal = replica.platform().deals.get(&id).filter(|deal| deal.state != DealState::Draft);
        deal.map(|deal| Json(ShownDeal::of(&id, deal))).ok_or_else(|| unknown(&id))
    })?
}
