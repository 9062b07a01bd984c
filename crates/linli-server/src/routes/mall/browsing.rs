//! `GET /v1/mall/products`: what is on sale, by category, supplier and name. Must not be added here: what cannot be
//! bought.

use super::products::ProductLine;
use crate::app::App;
use crate::input::Asked;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_platform::mall::product::{Product, ProductState};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Products that one page looks at: looking for a name that nothing has must not take long.
const LOOKED_AT: usize = 2_000;

/// Characters of a name that is looked for.
const MOST_NAME: usize = 60;

/// A category.
#[derive(Serialize, ToSchema)]
pub struct MallCategory {
    /// What it is called.
    #[schema(example = "粮油")]
    category: String,
    /// Products of it that are on sale.
    products: usize,
}

/// What is looked for.
#[derive(Deserialize)]
pub struct Looking {
    category: Option<String>,
    supplier: Option<String>,
    name: Option<String>,
}

/// What is on sale
///
/// A page may be short, or empty, and still have a `next`: then there is more to look through.
#[utoipa::path(
    get,
    path = "/v1/mall/products",
    tag = "Mall",
    params(
        ("category" = Option<String>, Query, description = "Of this category"),
        ("supplier" = Option<String>, Query, description = "Of this supplier"),
        ("name" = Option<String>, Query, description = "With this in its title, whatever its case; 1 to 60 characters"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "What can be bought, by id", body = Paged<ProductLine>)),
)]
pub async fn list(
    _: UpToDate,
    page: Page,
    Asked(looking): Asked<Looking>,
    State(app): State<Arc<App>>,
) -> Result<Json<Paged<ProductLine>>, Problem> {
    let name = looking.name.as_deref().map(str::to_lowercase);
    if name.as_ref().is_some_and(|name| !(1..=MOST_NAME).contains(&name.chars().count())) {
        return Err(Problem::new(Code::BadParameter, "name has 1 to 60 characters"));
    }
    app.look(|replica| {
        let mall = &replica.platform().mall;
        let after = page.after.as_deref().unwrap_or_default();
        let products: Box<dyn Iterator<Item = (&str, &Product)> + '_> =
            match (&looking.category, &looking.supplier) {
                (Some(category), _) => Box::new(mall.products().of_category(category, after)),
                (None, Some(supplier)) => Box::new(mall.products().of_supplier(supplier, after)),
                (None, None) => Box::new(mall.products().after(after)),
            };
        let is_fit = |product: &Product| {
            let is_sold = mall.suppliers().get(&product.supplier).is_some_and(|known| !known.is_suspended);
            let of_supplier = looking.supplier.as_ref().is_none_or(|supplier| product.supplier == *supplier);
            let has_name =
                name.as_ref().is_none_or(|name| product.content.title.to_lowercase().contains(name));
            product.state == ProductState::OnSale && is_sold && of_supplier && has_name
        };
        Json(look_through(&page, products, is_fit))
    })
}

/// The page of what fits among the next products, and where to go on.
fn look_through<'r>(
    page: &Page,
    products: impl Iterator<Item = (&'r str, &'r Product)>,
    is_fit: impl Fn(&Product) -> bool,
) -> Paged<ProductLine> {
    let (mut items, mut last) = (Vec::new(), None);
    for (count, (id, product)) in products.enumerate() {
        if items.len() == page.limit || count == LOOKED_AT {
            return Paged { items, next: last };
        }
        last = Some(id.to_owned());
        if is_fit(product) {
            items.push(ProductLine::of(id, product));
        }
    }
    Paged { items, next: None }
}

/// The categories of what is on sale
#[utoipa::path(
    get,
    path = "/v1/mall/categories",
    tag = "Mall",
    params(
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The categories by name", body = Paged<MallCategory>)),
)]
pub async fn categories(
    _: UpToDate,
    page: Page,
    State(app): State<Arc<App>>,
) -> Result<Json<Paged<MallCategory>>, Problem> {
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        let all = replica.platform().mall.products().categories().filter(|(category, _)| *category > after);
        let shown = all.map(|(category, products)| MallCategory { category: category.into(), products });
        Json(page.of(shown, |shown| shown.category.clone()))
    })
}
