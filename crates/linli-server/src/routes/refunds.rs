//! `/v1/refunds`: money asked back by members, answered by stores in time, else by the operator. Must not be added here:
//! whose turn it is.

mod acting;
mod shown;

pub use acting::{__path_answer, __path_appeal, __path_ask, __path_offer, __path_withdraw};
pub use acting::{answer, appeal, ask, offer, withdraw};

use super::subject::Subject;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::rights;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_engine::Replica;
use linli_platform::refund::{Request, Seller};
use linli_platform::{Code as RefusedAct, Permission, StoreRight};
use shown::{Listed, Refund, listed, shown};
use std::sync::Arc;

/// Who somebody is to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    Buyer,
    Seller,
    Desk,
}

/// Who the caller is to what was bought; whoever is nobody to it is told that there is none.
pub fn party(replica: &Replica, caller: &Caller, bought: &linli_platform::refund::Bought) -> Option<Party> {
    match (&caller.who, &bought.seller) {
        (Who::Staff { roles, .. }, _) => {
            let reads =
                Permission::DecideRefunds.is_granted_to(roles) || Permission::ReadOrders.is_granted_to(roles);
            reads.then_some(Party::Desk)
        }
        (Who::Member { id, .. }, _) if bought.member.as_ref() == Some(id) => Some(Party::Buyer),
        (Who::Member { id, .. }, Seller::Store(store)) => {
            rights::for_store(replica, store, id, StoreRight::AnswerRefunds).is_ok().then_some(Party::Seller)
        }
        _ => None,
    }
}

fn unknown(id: &str) -> Problem {
    Problem::new(Code::RefusedAct(RefusedAct::UnknownRequest), format!("there is no request {id}"))
}

/// A request that concerns the caller.
pub fn find(replica: &Replica, caller: &Caller, id: &str) -> Result<(Request, Party), Problem> {
    let request = replica.platform().refunds.get(id).ok_or_else(|| unknown(id))?;
    let party = party(replica, caller, &request.bought).ok_or_else(|| unknown(id))?;
    Ok((request.clone(), party))
}

/// A request for a refund
#[utoipa::path(
    get,
    path = "/v1/refunds/{id}",
    tag = "Refunds",
    params(("id" = String, Path, description = "The request's id")),
    responses((status = 200, description = "The request", body = Refund)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<Refund>, Problem> {
    let (request, _) = app.look(|replica| find(replica, &caller, &id))??;
    Ok(Json(shown(&app, &id, request).await?))
}

/// One's own requests for refunds
#[utoipa::path(
    get,
    path = "/v1/me/refunds",
    tag = "Refunds",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The requests by id", body = Paged<Listed>)),
)]
pub async fn mine(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    page: Page,
) -> Result<Json<Paged<Listed>>, Problem> {
    let member = caller.member()?;
    app.look(|replica| Json(paged(&page, replica.platform().refunds.of_member(member))))
}

/// What a store is to answer
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/refunds",
    tag = "Refunds",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The requests that wait for the store", body = Paged<Listed>)),
)]
pub async fn of_store(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    page: Page,
) -> Result<Json<Paged<Listed>>, Problem> {
    app.look(|replica| {
        rights::for_store(replica, &store, caller.member()?, StoreRight::AnswerRefunds)?;
        Ok(Json(paged(&page, replica.platform().refunds.at_seller(&Seller::Store(store.clone())))))
    })?
}

/// What the operator is to answer
#[utoipa::path(
    get,
    path = "/v1/refunds",
    tag = "Refunds",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The requests that wait for the operator, the oldest first", body = Paged<Listed>)),
)]
pub async fn waiting(
    _: UpToDate,
    State(app): State<Arc<App>>,
    page: Page,
) -> Result<Json<Paged<Listed>>, Problem> {
    app.look(|replica| Json(paged(&page, replica.platform().refunds.at_operator())))
}

/// The page that follows on its cursor, which is the id of the last one shown.
fn paged<'r>(page: &Page, all: impl Iterator<Item = (&'r str, &'r Request)>) -> Paged<Listed> {
    let mut all = all.peekable();
    if let Some(after) = &page.after {
        while all.next_if(|(id, _)| id != after).is_some() {}
        all.next();
    }
    page.of(all.map(|(id, request)| listed(id, request)), |listed| listed.id.clone())
}
