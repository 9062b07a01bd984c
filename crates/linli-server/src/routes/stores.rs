//! `GET /v1/stores/{id}`: a store, its balance and who is behind it.

pub mod figures;
mod finding;
pub mod front;
pub mod page;
pub mod shifts;
pub mod staff;

use super::subject::Subject;
use super::text::yuan;
use crate::app::App;
use crate::problem::Problem;
use crate::rights::unknown_store;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::Economy;
use linli_economy::handle::{MemberId, StoreId};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A store.
#[derive(Serialize, ToSchema)]
pub struct Store {
    /// The store's id.
    #[schema(example = "S1")]
    store: String,
    /// Yuan that the store can withdraw; below zero it owes them.
    #[schema(example = "800.00")]
    balance: String,
    /// The member who owns it.
    #[schema(example = "M1")]
    owner: String,
    /// The member who brought it in.
    recruiter: Option<String>,
    /// The code of its district.
    #[schema(example = "440106")]
    district: String,
    /// Its own rate in millionths of an order; without one it pays the plan's.
    #[schema(example = 200_000)]
    own_rate_ppm: Option<u32>,
    /// Takes no new orders.
    is_closed: bool,
    /// The last command that this includes.
    seq: u64,
}

/// A store
#[utoipa::path(
    get,
    path = "/v1/stores/{id}",
    tag = "Stores",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "The store", body = Store),
)
)]
pub async fn store(
    _: UpToDate,
    Subject(id): Subject,
    State(app): State<Arc<App>>,
) -> Result<Json<Store>, Problem> {
    app.look(|replica| {
        let economy = replica.economy();
        let found = economy.store_id(&id).map(|store| Json(look(economy, store, replica.tip().seq)));
        found.ok_or_else(|| unknown_store(&id))
    })?
}

fn look(economy: &Economy, id: StoreId, seq: u64) -> Store {
    let store = &economy.state().stores()[id.index()];
    let name = |member: MemberId| economy.member_name(member).to_string();
    Store {
        store: economy.store_name(id).to_string(),
        balance: yuan(store.balance.0),
        owner: name(store.owner),
        recruiter: store.recruiter.map(name),
        district: store.district.to_string(),
        own_rate_ppm: store.own_rate.map(|rate| rate.0),
        is_closed: store.closed,
        seq,
    }
}
