//! What is done with an order of the mall on its way: shipped, corrected, received, cancelled. What is due by itself the
//! service does. Must not be added here: returns.

use super::orders::find;
use super::party::Party;
use super::sealing::{self, CANCEL, of_member};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::Problem;
use crate::routes::subject::Subject;
use axum::extract::State;
use axum::response::Response;
use linli_platform::mall::delivery::OrderAct;
use linli_platform::{MallAct, Permission};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A parcel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParcelForm {
    /// Who carries it.
    #[schema(example = "顺丰")]
    pub carrier: String,
    /// The carrier's number of it.
    #[schema(example = "SF1234567890")]
    pub number: String,
}

/// Why; a member need not say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelForm {
    /// 1 to 200 characters.
    reason: Option<String>,
}

/// Makes sure that an order concerns the caller; gives its member.
fn member_of(app: &App, caller: &Caller, order: &str) -> Result<(String, Party), Problem> {
    app.look(|replica| {
        let (order, party) = find(replica, caller, order, Permission::ManageMall)?;
        Ok((order.member.clone(), party))
    })?
}

async fn act(app: &Arc<App>, caller: &Caller, act: OrderAct, order: &str) -> Result<Response, Problem> {
    member_of(app, caller, order)?;
    perform(app, caller, order, MallAct::Order(act)).await
}

/// Ship an order
#[utoipa::path(
    post,
    path = "/v1/mall/orders/{id}/ship",
    tag = "Mall: suppliers",
    params(("id" = String, Path, description = "The order's id")),
    request_body = ParcelForm,
    responses((status = 200, description = "It is on its way", body = Done)),
)]
pub async fn ship(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(order): Subject,
    Input(ParcelForm { carrier, number }): Input<ParcelForm>,
) -> Result<Response, Problem> {
    act(&app, &caller, OrderAct::Ship { order: order.clone(), carrier, number }, &order).await
}

/// Correct what was said of a parcel
#[utoipa::path(
    post,
    path = "/v1/mall/orders/{id}/correct",
    tag = "Mall: suppliers",
    params(("id" = String, Path, description = "The order's id")),
    request_body = ParcelForm,
    responses((status = 200, description = "It is corrected; what was said before is shown with it", body = Done)),
)]
pub async fn correct(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(order): Subject,
    Input(ParcelForm { carrier, number }): Input<ParcelForm>,
) -> Result<Response, Problem> {
    act(&app, &caller, OrderAct::Correct { order: order.clone(), carrier, number }, &order).await
}

/// Say that an order has come
///
/// Whoever says nothing is taken to have it ten days after it was shipped.
#[utoipa::path(
    post,
    path = "/v1/mall/orders/{id}/receive",
    tag = "Mall",
    params(("id" = String, Path, description = "The order's id")),
    responses((status = 200, description = "It is received, and settled after the plan's days", body = Done)),
)]
pub async fn receive(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(order): Subject,
) -> Result<Response, Problem> {
    act(&app, &caller, OrderAct::Receive { order: order.clone() }, &order).await
}

/// Cancel an order
///
/// The member until it is shipped, the supplier and the desk, with a reason, until it is received. Its pieces are free
/// again, and its money goes back, points included.
#[utoipa::path(
    post,
    path = "/v1/mall/orders/{id}/cancel",
    tag = "Mall",
    params(("id" = String, Path, description = "The order's id")),
    request_body = CancelForm,
    responses((status = 200, description = "It is cancelled", body = Done)),
)]
pub async fn cancel(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(order): Subject,
    Input(CancelForm { reason }): Input<CancelForm>,
) -> Result<Response, Problem> {
    let (member, party) = member_of(&app, &caller, &order)?;
    if party != Party::Buyer && reason.is_none() {
        sealing::check(CANCEL.what, &CANCEL.length, "")?;
    }
    let sealed_reason = sealing::seal_or_none(&app, of_member(&member), &CANCEL, reason.as_deref()).await?;
    let cancel = OrderAct::Cancel { order: order.clone(), sealed_reason };
    perform(&app, &caller, &order, MallAct::Order(cancel)).await
}
