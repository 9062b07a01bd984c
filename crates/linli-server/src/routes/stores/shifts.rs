//! `/v1/stores/{id}/shifts`: who works in a store begins and ends shifts, and what was collected, verified and given back in
//! each. The owner sees all of them, others their own. Must not be added here: who paid.

use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::rights;
use crate::routes::subject::Subject;
use crate::routes::text::yuan;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::store_staff::{Shift, Totals};
use linli_platform::{Code as RefusedAct, StoreStaffAct};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What somebody did in a store.
#[derive(Serialize, ToSchema)]
pub struct ShiftTotals {
    /// Codes of theirs that were paid.
    collected: u64,
    /// Yuan that those brought.
    #[schema(example = "123.40")]
    collected_amount: String,
    /// Uses of vouchers that they verified.
    verified_uses: u64,
    /// Uses that they took back.
    undone_uses: u64,
    /// Refunds that they agreed to or offered.
    refunds: u64,
    /// Yuan that those gave back.
    #[schema(example = "12.34")]
    refunded_amount: String,
}

/// A shift.
#[derive(Serialize, ToSchema)]
pub struct ShownShift {
    /// The shift.
    #[schema(example = "H0123456789abcdef0123")]
    id: String,
    /// Whose.
    member: String,
    /// Since when.
    opened: String,
    /// Until when; none while it is open.
    closed: Option<String>,
    #[serde(flatten)]
    totals: ShiftTotals,
    /// By which the page after it begins.
    #[serde(skip)]
    number: u64,
}

impl ShiftTotals {
    fn of(totals: Totals) -> Self {
        let sum = |fen: u128| yuan(i128::try_from(fen).expect("sums of amounts of at most 2^44 fen"));
        Self {
            collected: totals.collected,
            collected_amount: sum(totals.collected_fen),
            verified_uses: totals.verified_uses,
            undone_uses: totals.undone_uses,
            refunds: totals.refunds,
            refunded_amount: sum(totals.refunded_fen),
        }
    }
}

fn shown(number: u64, id: &str, shift: &Shift) -> ShownShift {
    ShownShift {
        id: id.into(),
        member: shift.member.clone(),
        opened: shift.opened.to_string(),
        closed: shift.closed.map(|closed| closed.to_string()),
        totals: ShiftTotals::of(shift.totals),
        number,
    }
}

/// The shifts of a store
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/shifts",
    tag = "Stores",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
    ),
    responses((status = 200, description = "The latest first: all of them for the owner, for others their own", body = Paged<ShownShift>)),
)]
pub async fn list(
    _: UpToDate,
    page: Page,
    Subject(store): Subject,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Paged<ShownShift>>, Problem> {
    let before = page.before()?;
    app.look(|replica| {
        let member = caller.member()?;
        rights::works_in(replica, &store, member)?;
        let sees_all = rights::owner(replica, &store)? == member;
        let shifts = replica.platform().store_staff.shifts_of(&store, before);
        let visible = shifts.filter(|(_, _, shift)| sees_all || shift.member == member);
        let shown = visible.map(|(number, id, shift)| shown(number, id, shift));
        Ok(Json(page.of(shown, |shown| shown.number.to_string())))
    })?
}

/// Begin a shift
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/shifts",
    tag = "Stores",
    params(("id" = String, Path, description = "The store's id")),
    responses((status = 200, description = "It has begun; the id is the shift's", body = Done)),
)]
pub async fn open(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
) -> Result<Response, Problem> {
    app.look(|replica| rights::works_in(replica, &store, caller.member()?))??;
    let id = caller.new_id('H');
    perform(&app, &caller, &id, StoreStaffAct::OpenShift { id: id.clone(), store }).await
}

/// End a shift
///
/// One's own, or in one's store.
#[utoipa::path(
    post,
    path = "/v1/shifts/{id}/close",
    tag = "Stores",
    params(("id" = String, Path, description = "The shift's id")),
    responses((status = 200, description = "It has ended", body = Done)),
)]
pub async fn close(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    app.look(|replica| {
        let member = caller.member()?;
        let unknown =
            || Problem::new(Code::RefusedAct(RefusedAct::UnknownShift), format!("there is no shift {id}"));
        let shift = replica.platform().store_staff.shift(&id).ok_or_else(unknown)?;
        let may = shift.member == member || rights::owner(replica, &shift.store)? == member;
        may.then_some(()).ok_or_else(unknown)
    })??;
    perform(&app, &caller, &id, StoreStaffAct::CloseShift { id: id.clone() }).await
}
