//! `GET /v1/disclosure`: what members of this economy really got back, which stands beside every price, chart and invitation.
//! Must not be added here: a figure that the journal does not give.

use super::text::{percent, price_floor, yuan};
use crate::app::App;
use crate::problem::Problem;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::pool::retained;
use linli_economy::rate::Rate;
use linli_economy::units::Points;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// One point.
const POINT: Points = Points(1_000_000);

/// What members really got back.
#[derive(Serialize, ToSchema)]
pub struct Disclosure {
    /// Members who have spent something.
    #[schema(example = 1200)]
    members: u64,
    /// Yuan that the median of them was paid for points, of 100 yuan that they spent and did not get refunded.
    #[schema(example = "3.20")]
    median_back_of_100: String,
    /// The share of them who have reached the cap, ever.
    #[schema(example = "0.40%")]
    reached_cap: String,
    /// When these were looked up; they are of each day's first look.
    at: String,
    /// Yuan that one point redeemed now pays, by the plan in force.
    #[schema(example = "1.14")]
    redeemed_now: String,
    /// Yuan per point, rounded down, which is no promise.
    #[schema(example = "1.4285")]
    price: String,
    /// The last command that the last two include.
    seq: u64,
}

/// What members really got back
#[utoipa::path(
    get,
    path = "/v1/disclosure",
    tag = "Economy",
    responses((status = 200, description = "Figures of the journal, for everybody", body = Disclosure)),
)]
pub async fn disclosure(_: UpToDate, State(app): State<Arc<App>>) -> Result<Json<Disclosure>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let state = replica.economy().state();
        let (figures, at) = app.disclosing.figures(state, now);
        let price = state.pool().price();
        Json(Disclosure {
            members: figures.members,
            median_back_of_100: yuan(figures.median_of_100.0),
            reached_cap: percent(Rate(figures.capped_ppm())),
            at: at.to_string(),
            redeemed_now: yuan(retained(price.worth_floor(POINT), state.plan().points.retention).0),
            price: price_floor(price),
            seq: replica.tip().seq,
        })
    })
}
