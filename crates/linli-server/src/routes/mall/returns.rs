//! Returns: asking for one, those of a member, of a supplier, all of them, and one. Must not be added here: what is
//! answered and done then (`returning.rs`).

use super::listing::{Wanted, page};
use super::orders;
use super::party::{Party, for_supplier, party, unknown};
use super::returned::{ReturnForm, ReturnLine, ShownReturn};
use super::sealing::{self, RETURN, of_member};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::Problem;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::mall::book::Owner;
use linli_platform::mall::items::Part;
use linli_platform::mall::returning::{Return, ReturnState};
use linli_platform::mall::returns::ReturnAct;
use linli_platform::{Code as RefusedAct, MallAct, Permission};
use std::sync::Arc;

type Lines = Result<Json<Paged<ReturnLine>>, Problem>;

/// A return that concerns the caller.
pub fn find<'r>(
    replica: &'r Replica,
    caller: &Caller,
    id: &str,
    permission: Permission,
) -> Result<(&'r Return, Party), Problem> {
    let found = replica.platform().mall.returns().get(id).and_then(|back| {
        let whose = (Some(&*back.member), &*back.supplier);
        party(replica, caller, whose, permission).map(|party| (back, party))
    });
    found.ok_or_else(|| unknown(RefusedAct::UnknownReturn, "return", id))
}

/// Ask to return something
///
/// Within the plan's days after it was received. The supplier answers within three days, else the desk.
#[utoipa::path(
    post,
    path = "/v1/mall/orders/{id}/returns",
    tag = "Mall",
    params(("id" = String, Path, description = "The order's id")),
    request_body = ReturnForm,
    responses((status = 200, description = "It is asked for, under this id", body = Done)),
)]
pub async fn ask(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(order): Subject,
    Input(form): Input<ReturnForm>,
) -> Result<Response, Problem> {
    let (of, member) = (caller.new_id('T'), caller.member()?.to_string());
    app.look(|replica| orders::find(replica, &caller, &order, Permission::ManageMall).map(drop))??;
    let sealed_text = sealing::seal_or_none(&app, of_member(&member), &RETURN, form.text.as_deref()).await?;
    let parts = form.items.iter().map(|part| Part { item: part.item, count: part.count }).collect();
    let (reason, pictures) = (form.reason.read(), form.pictures);
    let ask = ReturnAct::Ask { of: of.clone(), order, parts, reason, sealed_text, pictures };
    perform(&app, &caller, &of, MallAct::Return(ask)).await
}

/// One's returns
#[utoipa::path(
    get,
    path = "/v1/me/mall/returns",
    tag = "Mall",
    params(
        ("state" = Option<String>, Query, description = "Those in one state"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The returns, the latest first", body = Paged<ReturnLine>)),
)]
pub async fn mine(
    _: UpToDate,
    asked: Page,
    state: Wanted<ReturnState>,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Lines {
    let owner = Owner::Member(caller.member()?);
    app.look(|replica| {
        page((&asked, state), replica.platform().mall.returns(), Some(owner), ReturnLine::of).map(Json)
    })?
}

/// A supplier's returns
#[utoipa::path(
    get,
    path = "/v1/mall/suppliers/{id}/returns",
    tag = "Mall: suppliers",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("state" = Option<String>, Query, description = "Those in one state; `asked` are to be answered"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The returns, the latest first", body = Paged<ReturnLine>)),
)]
pub async fn of_supplier(
    _: UpToDate,
    asked: Page,
    state: Wanted<ReturnState>,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(supplier): Subject,
) -> Lines {
    app.look(|replica| {
        for_supplier(replica, &caller, &supplier, Permission::ReadMall)?;
        let owner = Some(Owner::Supplier(&supplier));
        page((&asked, state), replica.platform().mall.returns(), owner, ReturnLine::of).map(Json)
    })?
}

/// All returns
#[utoipa::path(
    get,
    path = "/v1/mall/returns",
    tag = "Mall: desk",
    params(
        ("state" = Option<String>, Query, description = "Those in one state; `escalated` wait for the desk"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The returns, the latest first", body = Paged<ReturnLine>)),
)]
pub async fn all(_: UpToDate, asked: Page, state: Wanted<ReturnState>, State(app): State<Arc<App>>) -> Lines {
    app.look(|replica| {
        page((&asked, state), replica.platform().mall.returns(), None, ReturnLine::of).map(Json)
    })?
}

/// A return
#[utoipa::path(
    get,
    path = "/v1/mall/returns/{id}",
    tag = "Mall",
    params(
        ("id" = String, Path, description = "The return's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The return", body = ShownReturn)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<ShownReturn>, Problem> {
    let (back, party) = app.look(|replica| {
        let (back, party) = find(replica, &caller, &id, Permission::ReadMall)?;
        Ok::<_, Problem>((back.clone(), party))
    })??;
    Ok(Json(ShownReturn::of(&app, back, party).await?))
}
