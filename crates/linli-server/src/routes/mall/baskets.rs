//! `/v1/mall/baskets`: a member places a basket, all of it or nothing, and sees what is to be paid for it. Must not be
//! added here: a payment.

use super::addresses::sealed;
use super::party::unknown;
use super::shown::OrderLine;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::money;
use crate::perform::{Done, perform, repeated};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use crate::routes::text::yuan;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::checkout::{Checkout, Planned};
use linli_platform::mall::basket::{Basket, Pick, Wish};
use linli_platform::mall::order::{Order, OrderState};
use linli_platform::{Code as RefusedAct, MallAct, Scene};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What a member orders.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BasketForm {
    /// One of the member's addresses.
    #[schema(example = "A0123456789abcdef0123")]
    address: String,
    /// One for each supplier, 1 to 20.
    orders: Vec<WishForm>,
}

/// What is wanted from one supplier.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WishForm {
    /// From whom.
    #[schema(example = "U1")]
    supplier: String,
    /// The freight that the member has seen.
    #[schema(example = "6.00")]
    freight: String,
    /// What, 1 to 50.
    items: Vec<PickForm>,
}

/// Some pieces.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PickForm {
    /// Of which product.
    product: String,
    /// Of which variant.
    #[schema(example = "5kg")]
    variant: String,
    /// How many, 1 to 999.
    #[schema(example = 2)]
    count: u32,
    /// The price of a piece that the member has seen.
    #[schema(example = "59.00")]
    price: String,
}

/// A basket that was placed.
#[derive(Serialize, ToSchema)]
pub struct ShownBasket {
    /// The basket.
    #[schema(example = "B0123456789abcdef0123")]
    basket: String,
    /// Its orders.
    orders: Vec<OrderLine>,
    /// What is to be paid now, order by order.
    to_pay: Vec<OrderToPay>,
    /// Yuan to pay for all of them together.
    #[schema(example = "62.00")]
    cash: String,
}

/// What is to be paid for an order.
#[derive(Serialize, ToSchema)]
struct OrderToPay {
    /// The order.
    order: String,
    /// Yuan that deduction points will pay.
    points: String,
    /// Yuan to pay.
    cash: String,
}

impl WishForm {
    fn read(self, order: String) -> Result<Wish, Problem> {
        let picks = self.items.into_iter().map(|item| {
            let PickForm { product, variant, count, price } = item;
            Ok(Pick { product, variant, count, price_fen: money::fen(&price)? })
        });
        let picks = picks.collect::<Result<_, Problem>>()?;
        let freight_fen = money::fen_or_none(&self.freight)?;
        Ok(Wish { order, supplier: self.supplier, freight_fen, picks })
    }
}

/// Place a basket
///
/// All of it, at the prices and the freight that were seen, or nothing. Its pieces are kept for fifteen minutes; its
/// orders are to be paid within them. The answer's id is the basket's, the orders' are that with `-1`, `-2` and so on.
#[utoipa::path(
    post,
    path = "/v1/mall/baskets",
    tag = "Mall",
    request_body = BasketForm,
    responses((status = 200, description = "The orders wait for their payment", body = Done)),
)]
pub async fn place(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(form): Input<BasketForm>,
) -> Result<Response, Problem> {
    let (member, id) = (caller.member()?.to_string(), caller.new_id('B'));
    let sealed_address = match sealed(&app, &member, &form.address) {
        Ok(sealed) => sealed,
        // It may have been there when this was sent first.
        Err(gone) => return repeated(&app, &caller, &id).await?.ok_or(gone),
    };
    let wishes = (1..).zip(form.orders).map(|(number, wish)| wish.read(format!("{id}-{number}")));
    let orders = wishes.collect::<Result<_, _>>()?;
    let basket = Basket { id: id.clone(), member, sealed_address, orders };
    perform(&app, &caller, &id, MallAct::Place(basket)).await
}

/// A basket of the caller's.
fn own<'r>(replica: &'r Replica, basket: &str, member: &str) -> Result<Vec<&'r Order>, Problem> {
    let orders: Vec<_> = replica.platform().mall.basket(basket).collect();
    let is_own = orders.first().is_some_and(|order| order.member == member);
    is_own.then_some(orders).ok_or_else(|| unknown(RefusedAct::UnknownBasket, "basket", basket))
}

/// A basket that one has placed
#[utoipa::path(
    get,
    path = "/v1/mall/baskets/{id}",
    tag = "Mall",
    params(
        ("id" = String, Path, description = "The basket's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "Its orders, and what is to be paid", body = ShownBasket)),
)]
pub async fn basket(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(basket): Subject,
) -> Result<Json<ShownBasket>, Problem> {
    let (member, now) = (caller.member()?, app.now());
    app.look(|replica| {
        let orders = own(replica, &basket, member)?;
        let economy = replica.economy();
        let scene = Scene::new(economy, replica.platform(), Some(now));
        let is_unpaid =
            |order: &&&Order| order.state == OrderState::Placed && economy.order_id(&order.id).is_none();
        let unpaid: Vec<_> = orders.iter().filter(is_unpaid).copied().collect();
        let ids: Vec<_> = unpaid.iter().map(|order| order.id.clone()).collect();
        let planned = Checkout::quote(&scene, member, &ids)
            .map_err(|refusal| Problem::new(Code::RefusedAct(refusal.code), refusal.message))?;
        let to_pay = unpaid.iter().zip(&planned).map(|(order, planned)| OrderToPay {
            order: order.id.clone(),
            points: yuan(order.list_total_fen() - planned.fen()),
            cash: yuan(planned.fen()),
        });
        Ok(Json(ShownBasket {
            orders: orders.iter().map(|order| OrderLine::of(replica, order)).collect(),
            to_pay: to_pay.collect(),
            cash: yuan(planned.iter().map(Planned::fen).sum::<u64>()),
            basket: basket.clone(),
        }))
    })?
}
