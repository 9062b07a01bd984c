//! `/v1/withdrawals`: money on its way out, as its owners and a desk see it, and what a desk does about it. Must not be
//! added here: what a step allows; the platform says that.

pub mod account;
pub mod owners;
pub mod reviewing;
pub mod shown;

use super::subject::Subject;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::input::Asked;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::rights;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::withdrawal::{Owner, State as Standing, Withdrawal as Kept};
use linli_platform::{Code as RefusedAct, Permission, WithdrawalAct};
use serde::Deserialize;
use shown::{For, Withdrawal};
use std::sync::Arc;

fn unknown(id: &str) -> Problem {
    let detail = format!("there is no withdrawal {id}");
    Problem::new(Code::RefusedAct(RefusedAct::UnknownWithdrawal), detail)
}

/// A withdrawal that concerns the caller, and how.
fn find<'r>(replica: &'r Replica, caller: &Caller, id: &str) -> Result<(&'r Kept, For), Problem> {
    let one = replica.platform().withdrawals.get(id).ok_or_else(|| unknown(id))?;
    let to = match (&caller.who, &one.owner) {
        // An account that is not ready opens nothing, as the gate says where it asks for a permission.
        (Who::Staff { is_ready: false, .. }, _) => None,
        (Who::Staff { roles, .. }, _) if Permission::ReadMoney.is_granted_to(roles) => Some(For::Desk),
        (Who::Staff { id, .. }, Owner::Supplier(supplier)) => {
            let theirs = replica.platform().mall.suppliers().of_login(id) == Some(&**supplier);
            theirs.then_some(For::Owner)
        }
        (Who::Member { id, .. }, Owner::Member(owner)) => (id == owner).then_some(For::Owner),
        (Who::Member { id, .. }, Owner::Store(store)) => {
            rights::owns(replica, store, id).is_ok().then_some(For::Owner)
        }
        _ => None,
    };
    to.map(|to| (one, to)).ok_or_else(|| unknown(id))
}

/// A withdrawal with its timeline
#[utoipa::path(
    get,
    path = "/v1/withdrawals/{id}",
    tag = "Withdrawals",
    params(("id" = String, Path, description = "The withdrawal's id")),
    responses((status = 200, description = "What has happened and what is promised", body = Withdrawal)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<Withdrawal>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let (one, to) = find(replica, &caller, &id)?;
        Ok(Json(shown::withdrawal(replica, one, to, now)))
    })?
}

/// Take a withdrawal back that nobody has begun to review
#[utoipa::path(
    post,
    path = "/v1/withdrawals/{id}/take-back",
    tag = "Withdrawals",
    params(("id" = String, Path, description = "The withdrawal's id")),
    responses((status = 200, description = "The money is on the balance again", body = Done)),
)]
pub async fn take_back(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    app.look(|replica| {
        let (one, to) = find(replica, &caller, &id)?;
        may_take_back(&caller, &one.owner, to)
    })??;
    perform(&app, &caller, &id, WithdrawalAct::TakeBack { id: id.clone() }).await
}

/// Owners take back what is theirs; what is the platform's, whoever reviews.
fn may_take_back(caller: &Caller, owner: &Owner, to: For) -> Result<(), Problem> {
    match &caller.who {
        _ if to == For::Owner => Ok(()),
        Who::Staff { roles, .. } if owner.is_platform() => {
            let permission = Permission::ReviewWithdrawals;
            let may = permission.is_granted_to(roles);
            if may { Ok(()) } else { Err(Problem::new(Code::Forbidden, permission.refusal())) }
        }
        _ => Err(Problem::new(Code::Forbidden, "only whoever asked for the money takes that back")),
    }
}

/// Which withdrawals.
#[derive(Deserialize)]
pub struct Filter {
    state: Option<String>,
    late: Option<bool>,
}

/// The state of this name.
fn state(name: &str) -> Result<Standing, Problem> {
    let named = Standing::ALL.into_iter().find(|state| state.name() == name);
    named.ok_or_else(|| {
        let names = Standing::ALL.map(Standing::name).join(", ");
        Problem::new(Code::BadParameter, format!("state is one of {names}"))
    })
}

/// Everybody's withdrawals
///
/// With `state` those in it, the ones that have waited longest first; with `late=true` those whose promised time has
/// passed; without either all, the latest first.
#[utoipa::path(
    get,
    path = "/v1/withdrawals",
    tag = "Withdrawals",
    params(
        ("state" = Option<String>, Query, description = "`submitted`, `in_review`, `approved`, `in_payment`, `paid`, `rejected`, `failed` or `taken_back`"),
        ("late" = Option<bool>, Query, description = "Only what is later than promised"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The withdrawals", body = Paged<Withdrawal>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Asked(filter): Asked<Filter>,
    page: Page,
) -> Result<Json<Paged<Withdrawal>>, Problem> {
    let (now, after) = (app.now(), page.after.as_deref());
    let state = filter.state.as_deref().map(state).transpose()?;
    let is_late =
        |one: &&Kept| filter.late != Some(true) || one.last().promised.is_some_and(|promised| promised < now);
    app.look(|replica| {
        let all = &replica.platform().withdrawals;
        let show = |one: &Kept| shown::withdrawal(replica, one, For::Desk, now);
        let cursor = |one: &Withdrawal| one.id.clone();
        Json(match (state, filter.late) {
            (Some(state), _) => page.of(all.queue_after(state, after).filter(is_late).map(show), cursor),
            (None, Some(true)) => {
                let mut late = all.overdue(now).peekable();
                if let Some(after) = after {
                    while late.next_if(|one| one.id != after).is_some() {}
                    late.next();
                }
                page.of(late.map(show), cursor)
            }
            (None, _) => page.of(all.latest_before(after).map(show), cursor),
        })
    })
}
