//! `GET /v1/me/orders`: what a member has bought, in stores and in the mall, the latest first. Must not be added here: what
//! became of an order's money, which `/v1/orders/{id}/split` has.

use super::text::{amount, yuan};
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::problem::Problem;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::account::Asset;
use linli_economy::handle::OrderId;
use linli_economy::order::{Phase, Seller};
use linli_engine::Replica;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// An order that a member has paid.
#[derive(Serialize, ToSchema)]
pub struct BoughtOrder {
    /// The order.
    #[schema(example = "O1")]
    order: String,
    /// The store that sold.
    store: Option<String>,
    /// The store's name, once it has a page.
    store_name: Option<String>,
    /// The supplier of the mall that sold.
    supplier: Option<String>,
    /// `paid`, `settled` or `given_back`.
    #[schema(example = "paid")]
    state: &'static str,
    /// Since when: when it was paid, or settled.
    since: String,
    /// Yuan that were paid.
    #[schema(example = "100.00")]
    amount: String,
    /// Yuan of it that were given back before settling.
    #[schema(example = "0.00")]
    cancelled: String,
    /// Yuan of it that were given back after settling.
    #[schema(example = "0.00")]
    refunded: String,
    /// Points minted for the member.
    #[schema(example = "11.200000")]
    minted: String,
    /// Number by which the page after it begins.
    #[serde(skip)]
    number: usize,
}

/// One's own orders
#[utoipa::path(
    get,
    path = "/v1/me/orders",
    tag = "Me",
    params(
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
    ),
    responses((status = 200, description = "The orders, the latest first", body = Paged<BoughtOrder>)),
)]
pub async fn mine(
    _: UpToDate,
    page: Page,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Paged<BoughtOrder>>, Problem> {
    let before = usize::try_from(page.before()?).unwrap_or(usize::MAX);
    let member = caller.member()?;
    app.look(|replica| {
        let economy = replica.economy();
        let member = economy.member_id(member).ok_or_else(Problem::internal)?;
        let bought = app.sold.to(economy, member, before).into_iter();
        Ok(Json(page.of(bought.map(|id| shown(replica, id)), |shown| shown.number.to_string())))
    })?
}

fn shown(replica: &Replica, id: OrderId) -> BoughtOrder {
    let economy = replica.economy();
    let order = &economy.state().orders()[id.index()];
    let store = match order.seller {
        Seller::Store(store) => Some(economy.store_name(store).to_string()),
        Seller::Mall(_) => None,
    };
    let front = store.as_deref().and_then(|store| replica.platform().storefronts.get(store));
    let mall = economy.state().mall_part(order);
    BoughtOrder {
        order: economy.order_name(id).to_string(),
        store_name: front.map(|front| front.page.name.clone()),
        store,
        supplier: mall.map(|mall| economy.supplier_name(mall.supplier).to_string()),
        state: match order.phase {
            Phase::Paid => "paid",
            Phase::GivenBack => "given_back",
            Phase::Settled | Phase::SettledInOne => "settled",
        },
        since: order.since.to_string(),
        amount: yuan(order.paid),
        cancelled: yuan(order.cancelled),
        refunded: yuan(order.refunded),
        minted: amount(order.minted.into(), Asset::Gp),
        number: id.index(),
    }
}
