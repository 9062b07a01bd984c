//! `/v1/stores/{id}/staff`: who works in a store and what they may do there; and `GET /v1/me/stores`, where one does. Must
//! not be added here: what a right allows.

use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::rights;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_economy::handle::StoreId;
use linli_platform::store_staff::Hired;
use linli_platform::{StoreRight, StoreStaffAct};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// Somebody who works in a store.
#[derive(Serialize, ToSchema)]
pub struct ShownHired {
    /// The member.
    #[schema(example = "M0123456789abcdef0123")]
    member: String,
    /// What they may do: `payments.take`, `vouchers.verify`, `refunds.answer`, `receivables.see`, `deals.manage`.
    #[schema(example = json!(["payments.take"]))]
    rights: Vec<&'static str>,
    /// Since when, with these rights.
    since: String,
}

fn names(hired: &Hired) -> Vec<&'static str> {
    hired.rights.iter().map(|right| right.name()).collect()
}

/// Who works in one's store
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/staff",
    tag = "Stores",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
    ),
    responses((status = 200, description = "The members who work there by id", body = Paged<ShownHired>)),
)]
pub async fn list(
    _: UpToDate,
    page: Page,
    Subject(store): Subject,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Paged<ShownHired>>, Problem> {
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        rights::owns(replica, &store, caller.member()?)?;
        let hired = replica.platform().store_staff.of_store(replica.economy(), &store);
        let shown = hired.filter(|(member, _)| *member > after).map(|(member, hired)| ShownHired {
            member: member.into(),
            rights: names(hired),
            since: hired.since.to_string(),
        });
        Ok(Json(page.of(shown, |shown| shown.member.clone())))
    })?
}

/// A member, and all that they may do.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HireForm {
    /// The member.
    member: String,
    /// All of `payments.take`, `vouchers.verify`, `refunds.answer`, `receivables.see` and `deals.manage` that they may.
    #[schema(example = json!(["payments.take", "vouchers.verify"]))]
    rights: Vec<String>,
}

/// Give a member rights in one's store
///
/// They replace those that the member had.
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/staff",
    tag = "Stores",
    params(("id" = String, Path, description = "The store's id")),
    request_body = HireForm,
    responses((status = 200, description = "The member may do this from now on", body = Done)),
)]
pub async fn admit(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(HireForm { member, rights }): Input<HireForm>,
) -> Result<Response, Problem> {
    app.look(|replica| rights::owns(replica, &store, caller.member()?))??;
    let read = |name: &String| {
        let unknown = || Problem::new(Code::BadParameter, format!("there is no right {name:.40}"));
        StoreRight::named(name).ok_or_else(unknown)
    };
    let rights = rights.iter().map(read).collect::<Result<BTreeSet<_>, _>>()?;
    perform(&app, &caller, &member, StoreStaffAct::Admit { store, member: member.clone(), rights }).await
}

/// A member.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DismissForm {
    /// The member.
    member: String,
}

/// End a member's rights in a store
///
/// The owner ends anybody's, others their own.
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/staff/dismiss",
    tag = "Stores",
    params(("id" = String, Path, description = "The store's id")),
    request_body = DismissForm,
    responses((status = 200, description = "The member may do nothing there any more", body = Done)),
)]
pub async fn dismiss(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(DismissForm { member }): Input<DismissForm>,
) -> Result<Response, Problem> {
    app.look(|replica| {
        let caller = caller.member()?;
        if caller == member {
            rights::owner(replica, &store).map(drop)
        } else {
            rights::owns(replica, &store, caller)
        }
    })??;
    perform(&app, &caller, &member, StoreStaffAct::Dismiss { store, member: member.clone() }).await
}

/// A store that one owns or works in.
#[derive(Serialize, ToSchema)]
pub struct OwnStore {
    /// The store.
    #[schema(example = "S1")]
    store: String,
    /// Whether it is one's own.
    is_owner: bool,
    /// What one may do there.
    rights: Vec<&'static str>,
    /// Takes no new orders.
    is_closed: bool,
}

/// The stores that one owns or works in
#[utoipa::path(
    get,
    path = "/v1/me/stores",
    tag = "Stores",
    params(
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
    ),
    responses((status = 200, description = "The stores by id", body = Paged<OwnStore>)),
)]
pub async fn mine(
    _: UpToDate,
    page: Page,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Paged<OwnStore>>, Problem> {
    let member = caller.member()?;
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        let economy = replica.economy();
        let all = economy.state().stores();
        let own = economy.member_id(member).into_iter().flat_map(|id| {
            let named = (0..all.len()).filter_map(StoreId::at);
            named.filter(move |store| all[store.index()].owner == id)
        });
        let everything = || StoreRight::ALL.iter().map(|right| right.name()).collect();
        let own = own.map(|store| (economy.store_name(store).to_string(), true, everything()));
        let works = replica.platform().store_staff.of_member(economy, member);
        let works = works.map(|(store, hired)| (store.to_string(), false, names(hired)));
        let mut stores: Vec<_> = own.chain(works).filter(|(store, ..)| store.as_str() > after).collect();
        stores.sort();
        let shown = stores.into_iter().map(|(store, is_owner, rights)| {
            let is_closed = economy.store_id(&store).is_some_and(|id| all[id.index()].closed);
            OwnStore { store, is_owner, rights, is_closed }
        });
        Json(page.of(shown, |shown| shown.store.clone()))
    })
}
