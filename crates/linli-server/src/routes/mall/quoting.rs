//! `GET /v1/mall/quote`: what a basket would cost now, split by supplier, with the deduction points that would pay a part
//! of it. Must not be added here: a rounding of its own; the checkout quotes with the same words.

use super::party::unknown;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Asked;
use crate::problem::{Code, Problem};
use crate::routes::text::yuan;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_engine::Replica;
use linli_platform::Code as RefusedAct;
use linli_platform::checkout::quote::Quote;
use linli_platform::mall::product::{Product, ProductState, Variant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// Picks that one quote is of.
const MOST_PICKS: usize = 100;
/// Pieces of one pick.
const MOST_PIECES: u32 = 999;

/// What is wanted.
#[derive(Deserialize)]
pub struct Wanted {
    picks: String,
}

/// What a basket would cost.
#[derive(Serialize, ToSchema)]
pub struct ShownQuote {
    /// One order a supplier, as it is placed.
    orders: Vec<QuotedOrder>,
    /// Yuan at list prices.
    #[schema(example = "124.00")]
    list_total: String,
    /// Yuan that deduction points pay.
    points: String,
    /// Yuan to pay.
    cash: String,
}

/// One supplier's part.
#[derive(Serialize, ToSchema)]
struct QuotedOrder {
    /// From whom.
    supplier: String,
    /// What they are called.
    supplier_name: Option<String>,
    /// What.
    items: Vec<QuotedItem>,
    /// Yuan for freight.
    #[schema(example = "6.00")]
    freight: String,
    /// Yuan with freight, at list prices.
    list_total: String,
    /// Yuan that deduction points pay.
    points: String,
    /// Yuan to pay.
    cash: String,
}

/// Some pieces.
#[derive(Serialize, ToSchema)]
struct QuotedItem {
    /// Of which product.
    product: String,
    /// Of which variant.
    variant: String,
    /// What the product is called.
    title: String,
    /// What the variant is called.
    name: String,
    /// The version of the product that would be ordered.
    version: u32,
    /// How many.
    count: u32,
    /// Yuan for a piece.
    price: String,
    /// Whether so many are there.
    is_there: bool,
}

/// A pick that can be bought.
struct Pick<'r> {
    id: &'r str,
    product: &'r Product,
    variant: &'r Variant,
    count: u32,
}

fn read(picks: &str) -> Result<Vec<(&str, &str, u32)>, Problem> {
    let read: Option<Vec<_>> = picks.split(',').map(read_one).collect();
    read.filter(|read| read.len() <= MOST_PICKS).ok_or_else(|| {
        let detail = format!(
            "picks is product.variant.count, joined by commas, at most {MOST_PICKS}, of 1 to {MOST_PIECES} pieces each"
        );
        Problem::new(Code::BadParameter, detail)
    })
}

fn read_one(pick: &str) -> Option<(&str, &str, u32)> {
    let (rest, count) = pick.rsplit_once('.')?;
    let (product, variant) = rest.split_once('.')?;
    let count = count.parse().ok().filter(|count| (1..=MOST_PIECES).contains(count))?;
    Some((product, variant, count))
}

fn find<'r>(replica: &'r Replica, (id, variant, count): (&'r str, &str, u32)) -> Result<Pick<'r>, Problem> {
    let mall = &replica.platform().mall;
    let product = mall.products().get(id).filter(|product| product.state != ProductState::Draft);
    let product = product.ok_or_else(|| unknown(RefusedAct::UnknownProduct, "product", id))?;
    let is_sold = product.state == ProductState::OnSale
        && mall.suppliers().get(&product.supplier).is_some_and(|known| !known.is_suspended);
    let found = product.variant(variant).filter(|variant| variant.is_offered && is_sold);
    let variant = found.ok_or_else(|| {
        Problem::new(Code::RefusedAct(RefusedAct::NotOnSale), format!("{variant} of {id} is not on sale"))
    })?;
    Ok(Pick { id, product, variant, count })
}

impl QuotedItem {
    fn of(pick: &Pick<'_>) -> Self {
        let free = pick.product.pieces.get(&pick.variant.id).map_or(0, |pieces| pieces.free);
        Self {
            product: pick.id.to_owned(),
            variant: pick.variant.id.clone(),
            title: pick.product.content.title.clone(),
            name: pick.variant.name.clone(),
            version: pick.product.version,
            count: pick.count,
            price: yuan(pick.variant.price_fen),
            is_there: u64::from(pick.count) <= free,
        }
    }
}

/// What a basket would cost
///
/// Split by supplier, in the order in which it is placed: `POST /v1/mall/baskets` takes the orders as they are here.
#[utoipa::path(
    get,
    path = "/v1/mall/quote",
    tag = "Mall",
    params(
        ("picks" = String, Query, description = "`product.variant.count`, joined by commas; 1 to 100 of them"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "What it would cost the member now", body = ShownQuote)),
)]
pub async fn quote(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(Wanted { picks }): Asked<Wanted>,
) -> Result<Json<ShownQuote>, Problem> {
    let (picks, member, now) = (read(&picks)?, caller.member()?, app.now());
    app.look(|replica| {
        let economy = replica.economy();
        let mut quote = Quote::new(economy, economy.member_id(member), now);
        let mut by_supplier = BTreeMap::<&str, Vec<Pick<'_>>>::new();
        for pick in picks {
            let pick = find(replica, pick)?;
            by_supplier.entry(&pick.product.supplier).or_default().push(pick);
        }
        let (mut orders, mut list, mut cash) = (Vec::new(), 0, 0);
        for (supplier, picks) in by_supplier {
            let freight = picks.iter().map(|pick| pick.product.content.freight_fen).max().unwrap_or(0);
            let pieces = picks.iter().map(|pick| pick.variant.price_fen * u64::from(pick.count));
            let list_fen = pieces.sum::<u64>() + freight;
            let cash_fen = quote.cash(list_fen);
            (list, cash) = (list + list_fen, cash + cash_fen);
            let known = replica.platform().mall.suppliers().get(supplier);
            orders.push(QuotedOrder {
                supplier: supplier.to_owned(),
                supplier_name: known.map(|known| known.name.clone()),
                items: picks.iter().map(QuotedItem::of).collect(),
                freight: yuan(freight),
                list_total: yuan(list_fen),
                points: yuan(list_fen - cash_fen),
                cash: yuan(cash_fen),
            });
        }
        let (list_total, points) = (yuan(list), yuan(list - cash));
        Ok(Json(ShownQuote { orders, list_total, points, cash: yuan(cash) }))
    })?
}
