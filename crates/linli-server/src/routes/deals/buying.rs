//! `POST /v1/deals/{id}/buy`: a member takes pieces of a deal, and has a while to pay for them. Must not be added here: a
//! payment.

use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::Problem;
use crate::routes::subject::Subject;
use crate::routes::vouchers::VoucherCode;
use axum::extract::State;
use axum::response::Response;
use linli_platform::DealAct;
use linli_platform::deal::Buying;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What a member buys.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuyForm {
    /// The version of the terms that they have seen.
    #[schema(example = 1)]
    version: u32,
    /// How many pieces.
    #[schema(example = 2)]
    count: u32,
}

/// Buy a deal
///
/// The pieces are kept for fifteen minutes; the order, whose id is the answer's, is to be paid within them.
#[utoipa::path(
    post,
    path = "/v1/deals/{id}/buy",
    tag = "Deals",
    params(
        ("id" = String, Path, description = "The deal's id"),
    ),
    request_body = BuyForm,
    responses(
        (status = 200, description = "They are kept, and the order waits for its payment", body = Done),
)
)]
pub async fn buy(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(deal): Subject,
    Input(BuyForm { version, count }): Input<BuyForm>,
) -> Result<Response, Problem> {
    let (order, member) = (caller.new_id('D'), caller.member()?.to_string());
    let code = VoucherCode::of_order(&app, &member, &order).await?;
    let code_digest = code.digest(&app).await?;
    let sealed_code = code.seal(&app, &member).await?;
    let buying = Buying { order: order.clone(), deal, version, member, count, code_digest, sealed_code };
    perform(&app, &caller, &order, DealAct::Buy(buying)).await
}
