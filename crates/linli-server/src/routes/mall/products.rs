//! `GET /v1/mall/products/{id}`: a product as everybody sees it. What a supplier gets for a piece is not shown here. Must
//! not be added here: a draft.

use super::form::compared;
use super::party::unknown;
use crate::app::App;
use crate::problem::Problem;
use crate::routes::deals::ComparedForm;
use crate::routes::subject::Subject;
use crate::routes::text::yuan;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_engine::Replica;
use linli_platform::Code as RefusedAct;
use linli_platform::mall::product::{Product, ProductState, Variant};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A product in a list.
#[derive(Serialize, ToSchema)]
pub struct ProductLine {
    /// The product.
    #[schema(example = "P0123456789abcdef0123")]
    product: String,
    /// Who supplies it.
    supplier: String,
    /// Where it is found.
    category: String,
    /// What it is.
    title: String,
    /// The id of its first picture.
    picture: Option<String>,
    /// Yuan for the cheapest variant that can be chosen.
    #[schema(example = "59.00")]
    from_price: Option<String>,
    /// Whether there is a piece of any.
    is_there: bool,
}

/// A product.
#[derive(Serialize, ToSchema)]
pub struct ShownProduct {
    #[serde(flatten)]
    line: ProductLine,
    /// What the supplier is called.
    supplier_name: Option<String>,
    /// `on_sale` or `withdrawn`.
    state: &'static str,
    /// Counts its changes; an order keeps the version that was ordered.
    version: u32,
    /// Lines.
    description: String,
    /// Ids of pictures.
    pictures: Vec<String>,
    /// Yuan for freight; an order of several products pays the highest once.
    #[schema(example = "6.00")]
    freight: String,
    /// What can be chosen.
    variants: Vec<ShownVariant>,
}

/// One choice.
#[derive(Serialize, ToSchema)]
struct ShownVariant {
    /// Names it within the product.
    variant: String,
    /// What it is called.
    name: String,
    /// Yuan for a piece.
    #[schema(example = "59.00")]
    price: String,
    /// A higher price that it is compared with: whose, when, and the picture that shows it.
    compared: Option<ComparedForm>,
    /// The most of one piece with its freight that deduction points pay.
    #[schema(example = "32.50")]
    points_pay: String,
    /// Pieces that are there.
    left: u64,
}

fn left(product: &Product, variant: &str) -> u64 {
    product.pieces.get(variant).map_or(0, |pieces| pieces.free)
}

fn offered(product: &Product) -> impl Iterator<Item = &Variant> {
    product.content.variants.iter().filter(|variant| variant.is_offered)
}

impl ProductLine {
    pub fn of(id: &str, product: &Product) -> Self {
        let cheapest = offered(product).map(|variant| variant.price_fen).min();
        Self {
            product: id.into(),
            supplier: product.supplier.clone(),
            category: product.content.category.clone(),
            title: product.content.title.clone(),
            picture: product.content.pictures.first().cloned(),
            from_price: cheapest.map(yuan),
            is_there: offered(product).any(|variant| left(product, &variant.id) > 0),
        }
    }
}

impl ShownProduct {
    fn of(replica: &Replica, id: &str, product: &Product) -> Self {
        let deduct = replica.economy().state().plan().mall.deduct;
        let freight = product.content.freight_fen;
        let variants = offered(product).map(|variant| ShownVariant {
            variant: variant.id.clone(),
            name: variant.name.clone(),
            price: yuan(variant.price_fen),
            compared: variant.compared.as_ref().map(compared),
            points_pay: yuan(deduct.share_floor(variant.price_fen + freight)),
            left: left(product, &variant.id),
        });
        let supplier = replica.platform().mall.suppliers().get(&product.supplier);
        Self {
            line: ProductLine::of(id, product),
            supplier_name: supplier.map(|supplier| supplier.name.clone()),
            state: product.state.name(),
            version: product.version,
            description: product.content.description.clone(),
            pictures: product.content.pictures.clone(),
            freight: yuan(freight),
            variants: variants.collect(),
        }
    }
}

/// A product
///
/// Also one that is not sold any more, since somebody may have bought it.
#[utoipa::path(
    get,
    path = "/v1/mall/products/{id}",
    tag = "Mall",
    params(
        ("id" = String, Path, description = "The product's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The product", body = ShownProduct)),
)]
pub async fn one(
    _: UpToDate,
    Subject(id): Subject,
    State(app): State<Arc<App>>,
) -> Result<Json<ShownProduct>, Problem> {
    app.look(|replica| {
        let product = replica.platform().mall.products().get(&id);
        let product = product.filter(|product| product.state != ProductState::Draft);
        let shown = product.map(|product| Json(ShownProduct::of(replica, &id, product)));
        shown.ok_or_else(|| unknown(RefusedAct::UnknownProduct, "product", &id))
    })?
}
