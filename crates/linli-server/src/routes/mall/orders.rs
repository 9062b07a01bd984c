//! Orders of the mall: those of a member, of a supplier, all of them, and one. Must not be added here: what is done with
//! them (`shipping.rs`).

use super::listing::{Wanted, page};
use super::party::{Party, for_supplier, party, unknown};
use super::shown::{OrderLine, ShownOrder, opened, unsealed};
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::problem::Problem;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_engine::Replica;
use linli_platform::mall::book::Owner;
use linli_platform::mall::order::{Order, OrderState};
use linli_platform::{Code as RefusedAct, Permission};
use std::sync::Arc;

type Lines = Result<Json<Paged<OrderLine>>, Problem>;

/// An order that concerns the caller.
pub fn find<'r>(
    replica: &'r Replica,
    caller: &Caller,
    id: &str,
    permission: Permission,
) -> Result<(&'r Order, Party), Problem> {
    let order = replica.platform().mall.orders().get(id);
    let found = order.and_then(|order| {
        let whose = (Some(&*order.member), &*order.supplier);
        party(replica, caller, whose, permission).map(|party| (order, party))
    });
    found.ok_or_else(|| unknown(RefusedAct::UnknownMallOrder, "order", id))
}

/// One's orders of the mall
#[utoipa::path(
    get,
    path = "/v1/me/mall/orders",
    tag = "Mall",
    params(
        ("state" = Option<String>, Query, description = "Those in one state"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The orders, the latest first", body = Paged<OrderLine>)),
)]
pub async fn mine(
    _: UpToDate,
    asked: Page,
    state: Wanted<OrderState>,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Lines {
    let owner = Owner::Member(caller.member()?);
    app.look(|replica| {
        let orders = replica.platform().mall.orders();
        page((&asked, state), orders, Some(owner), |order| OrderLine::of(replica, order)).map(Json)
    })?
}

/// A supplier's orders
#[utoipa::path(
    get,
    path = "/v1/mall/suppliers/{id}/orders",
    tag = "Mall: suppliers",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("state" = Option<String>, Query, description = "Those in one state; `paid` are to be shipped"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The orders, the latest first", body = Paged<OrderLine>)),
)]
pub async fn of_supplier(
    _: UpToDate,
    asked: Page,
    state: Wanted<OrderState>,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(supplier): Subject,
) -> Lines {
    app.look(|replica| {
        for_supplier(replica, &caller, &supplier, Permission::ReadMall)?;
        let (orders, owner) = (replica.platform().mall.orders(), Owner::Supplier(&supplier));
        page((&asked, state), orders, Some(owner), |order| OrderLine::of(replica, order)).map(Json)
    })?
}

/// All orders of the mall
#[utoipa::path(
    get,
    path = "/v1/mall/orders",
    tag = "Mall: desk",
    params(
        ("state" = Option<String>, Query, description = "Those in one state"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The orders, the latest first", body = Paged<OrderLine>)),
)]
pub async fn all(_: UpToDate, asked: Page, state: Wanted<OrderState>, State(app): State<Arc<App>>) -> Lines {
    app.look(|replica| {
        let orders = replica.platform().mall.orders();
        page((&asked, state), orders, None, |order| OrderLine::of(replica, order)).map(Json)
    })?
}

/// An order of the mall
#[utoipa::path(
    get,
    path = "/v1/mall/orders/{id}",
    tag = "Mall",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The order, as whoever asks may see it", body = ShownOrder)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<ShownOrder>, Problem> {
    let (shown, order, party) = app.look(|replica| {
        let (order, party) = find(replica, &caller, &id, Permission::ReadMall)?;
        Ok::<_, Problem>((unsealed(replica, order, party), order.clone(), party))
    })??;
    Ok(Json(opened(&app, shown, order, party).await?))
}
