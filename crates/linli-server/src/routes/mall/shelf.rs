//! Products as their supplier and the desk see them, with cost and pieces. Must not be added here: what everybody sees;
//! what is done with them (`shelving.rs`).

use super::form::ContentForm;
use super::party::{for_supplier, party, unknown};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Asked;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_engine::Replica;
use linli_platform::mall::product::{Product, ProductState};
use linli_platform::{Code as RefusedAct, Permission};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A product as its supplier sees it.
#[derive(Serialize, ToSchema)]
pub struct OwnProduct {
    /// The product.
    #[schema(example = "P0123456789abcdef0123")]
    product: String,
    /// Who supplies it.
    supplier: String,
    /// `draft`, `on_sale` or `withdrawn`.
    state: &'static str,
    /// Counts its changes.
    version: u32,
    /// What is said of it.
    content: ContentForm,
    /// Its pieces.
    pieces: Vec<ShownPieces>,
}

/// Pieces of a variant.
#[derive(Serialize, ToSchema)]
struct ShownPieces {
    /// Of which variant.
    #[schema(example = "5kg")]
    variant: String,
    /// Anybody may order them.
    free: u64,
    /// Somebody has ordered them.
    reserved: u64,
    /// They were shipped and did not come back.
    sold: u64,
}

/// Which products.
#[derive(Deserialize)]
pub struct InState {
    state: Option<String>,
}

impl OwnProduct {
    fn of((id, product): (&str, &Product)) -> Self {
        let pieces = product.pieces.iter().map(|(variant, pieces)| ShownPieces {
            variant: variant.clone(),
            free: pieces.free,
            reserved: pieces.reserved,
            sold: pieces.sold,
        });
        Self {
            product: id.into(),
            supplier: product.supplier.clone(),
            state: product.state.name(),
            version: product.version,
            content: ContentForm::of(&product.content),
            pieces: pieces.collect(),
        }
    }
}

/// A product that the caller may look at or act on.
pub fn find<'r>(
    replica: &'r Replica,
    caller: &Caller,
    id: &str,
    permission: Permission,
) -> Result<&'r Product, Problem> {
    let product = replica.platform().mall.products().get(id);
    let product =
        product.filter(|product| party(replica, caller, (None, &product.supplier), permission).is_some());
    product.ok_or_else(|| unknown(RefusedAct::UnknownProduct, "product", id))
}

/// A supplier's products
#[utoipa::path(
    get,
    path = "/v1/mall/suppliers/{id}/products",
    tag = "Mall: suppliers",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The products by id, drafts and withdrawn ones too", body = Paged<OwnProduct>)),
)]
pub async fn of_supplier(
    _: UpToDate,
    page: Page,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(supplier): Subject,
) -> Result<Json<Paged<OwnProduct>>, Problem> {
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        for_supplier(replica, &caller, &supplier, Permission::ReadMall)?;
        let products = replica.platform().mall.products().of_supplier(&supplier, after);
        Ok(Json(page.of(products.map(OwnProduct::of), |shown| shown.product.clone())))
    })?
}

/// All products, for whoever reviews them
#[utoipa::path(
    get,
    path = "/v1/mall/products/all",
    tag = "Mall: desk",
    params(
        ("state" = Option<String>, Query, description = "`draft`, `on_sale` or `withdrawn`"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The products by id", body = Paged<OwnProduct>)),
)]
pub async fn all(
    _: UpToDate,
    page: Page,
    Asked(InState { state }): Asked<InState>,
    State(app): State<Arc<App>>,
) -> Result<Json<Paged<OwnProduct>>, Problem> {
    let states = [ProductState::Draft, ProductState::OnSale, ProductState::Withdrawn];
    let named = |name: &String| {
        let bad = || Problem::new(Code::BadParameter, "state is draft, on_sale or withdrawn");
        states.into_iter().find(|state| state.name() == name).ok_or_else(bad)
    };
    let state = state.as_ref().map(named).transpose()?;
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        let products = replica.platform().mall.products().after(after);
        let products = products.filter(|(_, product)| state.is_none_or(|state| product.state == state));
        Json(page.of(products.map(OwnProduct::of), |shown| shown.product.clone()))
    })
}

/// A product with its cost and its pieces
#[utoipa::path(
    get,
    path = "/v1/mall/products/{id}/own",
    tag = "Mall: suppliers",
    params(
        ("id" = String, Path, description = "The product's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The product", body = OwnProduct)),
)]
pub async fn own(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<OwnProduct>, Problem> {
    app.look(|replica| {
        let product = find(replica, &caller, &id, Permission::ReadMall)?;
        Ok(Json(OwnProduct::of((&id, product))))
    })?
}
