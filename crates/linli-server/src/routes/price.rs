//! `GET /v1/price`: the price of a point with the fraction that it is, for everybody.

use super::text::{amount, price_floor, yuan};
use crate::app::App;
use crate::problem::Problem;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::account::Asset;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The price of a point.
#[derive(Serialize, ToSchema)]
pub struct PriceNow {
    /// Yuan per point, rounded down; exactly it is pool / supply.
    #[schema(example = "1.4285")]
    price: String,
    /// Yuan in the pool.
    #[schema(example = "160.00")]
    pool: String,
    /// Points that there are.
    #[schema(example = "112.000000")]
    supply: String,
    /// The time of the last command.
    #[schema(example = "2026-01-01T08:00:00Z")]
    at: String,
    /// The last command that this includes.
    seq: u64,
}

/// The price of a point
#[utoipa::path(
    get,
    path = "/v1/price",
    tag = "Economy",
    params(("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included")),
    responses(
        (status = 200, description = "The price and the fraction that it is", body = PriceNow),
)
)]
pub async fn price(_: UpToDate, State(app): State<Arc<App>>) -> Result<Json<PriceNow>, Problem> {
    app.look(|replica| {
        let (seq, state) = (replica.tip().seq, replica.economy().state());
        let pool = state.pool();
        Json(PriceNow {
            price: price_floor(pool.price()),
            pool: yuan(pool.reserve().0),
            supply: amount(pool.supply().0, Asset::Gp),
            at: state.clock().to_string(),
            seq,
        })
    })
}
