//! What suppliers and the desk do with products: draft, change, publish, withdraw, stock. Must not be added here: whether
//! it may be done in this state.

use super::form::ContentForm;
use super::party::for_supplier;
use super::shelf::find;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::Problem;
use crate::routes::subject::Subject;
use axum::extract::State;
use axum::response::Response;
use linli_platform::mall::product::ProductAct;
use linli_platform::{MallAct, Permission};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Which version is meant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductVersion {
    /// The version that was looked at.
    #[schema(example = 1)]
    version: u32,
}

/// What is said of a product from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedProduct {
    /// The version that was changed, so that nobody's change is lost.
    #[schema(example = 1)]
    version: u32,
    /// What is said of it.
    content: ContentForm,
}

/// Pieces that came, or that were taken away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StockForm {
    /// Of which variant.
    #[schema(example = "5kg")]
    variant: String,
    /// How many; below zero for those taken.
    #[schema(example = 100)]
    change: i32,
}

/// Draft a product
#[utoipa::path(
    post,
    path = "/v1/mall/suppliers/{id}/products",
    tag = "Mall: suppliers",
    params(("id" = String, Path, description = "The supplier's id")),
    request_body = ContentForm,
    responses((status = 200, description = "It is a draft, which the desk looks at", body = Done)),
)]
pub async fn draft(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(supplier): Subject,
    Input(content): Input<ContentForm>,
) -> Result<Response, Problem> {
    app.look(|replica| for_supplier(replica, &caller, &supplier, Permission::ManageMall).map(drop))??;
    let (product, content) = (caller.new_id('P'), content.read()?);
    let draft = ProductAct::Draft { product: product.clone(), supplier, content };
    perform(&app, &caller, &product, MallAct::Product(draft)).await
}

/// Does something with a product of the caller's.
async fn act(app: &Arc<App>, caller: &Caller, product: &str, act: ProductAct) -> Result<Response, Problem> {
    app.look(|replica| find(replica, caller, product, Permission::ManageMall).map(drop))??;
    perform(app, caller, product, MallAct::Product(act)).await
}

/// Change a product
///
/// What its supplier changes is a draft again; what the desk changes stays on sale. Orders keep what was ordered.
#[utoipa::path(
    post,
    path = "/v1/mall/products/{id}/change",
    tag = "Mall: suppliers",
    params(("id" = String, Path, description = "The product's id")),
    request_body = ChangedProduct,
    responses((status = 200, description = "It is changed", body = Done)),
)]
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(product): Subject,
    Input(ChangedProduct { version, content }): Input<ChangedProduct>,
) -> Result<Response, Problem> {
    let content = content.read()?;
    let edit = ProductAct::Edit { product: product.clone(), version, content };
    act(&app, &caller, &product, edit).await
}

/// Put a product on sale
#[utoipa::path(
    post,
    path = "/v1/mall/products/{id}/publish",
    tag = "Mall: desk",
    params(("id" = String, Path, description = "The product's id")),
    request_body = ProductVersion,
    responses((status = 200, description = "Members can buy it", body = Done)),
)]
pub async fn publish(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(product): Subject,
    Input(ProductVersion { version }): Input<ProductVersion>,
) -> Result<Response, Problem> {
    let sale = ProductAct::PutOnSale { product: product.clone(), version };
    act(&app, &caller, &product, sale).await
}

/// Withdraw a product
///
/// What was ordered is still shipped.
#[utoipa::path(
    post,
    path = "/v1/mall/products/{id}/withdraw",
    tag = "Mall: suppliers",
    params(("id" = String, Path, description = "The product's id")),
    responses((status = 200, description = "Nobody can buy it any more", body = Done)),
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(product): Subject,
) -> Result<Response, Problem> {
    act(&app, &caller, &product, ProductAct::Withdraw { product: product.clone() }).await
}

/// Add pieces to the stock, or take some
#[utoipa::path(
    post,
    path = "/v1/mall/products/{id}/stock",
    tag = "Mall: suppliers",
    params(("id" = String, Path, description = "The product's id")),
    request_body = StockForm,
    responses((status = 200, description = "There are so many more, or fewer", body = Done)),
)]
pub async fn stock(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(product): Subject,
    Input(StockForm { variant, change }): Input<StockForm>,
) -> Result<Response, Problem> {
    let stock = ProductAct::Stock { product: product.clone(), variant, change };
    act(&app, &caller, &product, stock).await
}
