//! What is answered to a return and done with it: the supplier within its days, else the desk; the member sends back,
//! withdraws or appeals. The money follows by itself. Must not be added here: whose turn it is.

use super::returns::find;
use super::sealing::{self, ANSWER, of_member};
use super::shipping::ParcelForm;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use axum::extract::State;
use axum::response::Response;
use linli_platform::mall::returning::{Goods, Restock};
use linli_platform::mall::returns::ReturnAct;
use linli_platform::{MallAct, Permission};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnAnswer {
    /// Whether the supplier agrees.
    agree: bool,
    /// Where the goods are to be sent, if they are to come back; without it the member keeps them.
    send_to: Option<String>,
    /// Why not, where it is refused.
    reason: Option<String>,
}

/// Goods that have come back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArrivedForm {
    /// Whether they can be sold again.
    restock: bool,
}

/// Makes sure that a return concerns the caller; gives its member.
fn member_of(app: &App, caller: &Caller, id: &str, permission: Permission) -> Result<String, Problem> {
    app.look(|replica| find(replica, caller, id, permission).map(|(back, _)| back.member.clone()))?
}

async fn act(app: &Arc<App>, caller: &Caller, id: &str, act: ReturnAct) -> Result<Response, Problem> {
    member_of(app, caller, id, Permission::ManageMall)?;
    perform(app, caller, id, MallAct::Return(act)).await
}

/// Answer a return
///
/// The supplier within three days, after that and after an appeal the desk. Goods that have come back can still be
/// refused by the desk.
#[utoipa::path(
    post,
    path = "/v1/mall/returns/{id}/answer",
    tag = "Mall: suppliers",
    params(("id" = String, Path, description = "The return's id")),
    request_body = ReturnAnswer,
    responses((status = 200, description = "It is answered", body = Done)),
)]
pub async fn answer(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(form): Input<ReturnAnswer>,
) -> Result<Response, Problem> {
    let person = of_member(&member_of(&app, &caller, &id, Permission::DecideRefunds)?);
    let of = id.clone();
    let act = match (form.agree, form.send_to, form.reason) {
        (true, Some(to), None) => {
            let sealed_address = sealing::seal(&app, person, &ANSWER, &to).await?;
            ReturnAct::Agree { of, goods: Goods::Back, sealed_address }
        }
        (true, None, None) => ReturnAct::Agree { of, goods: Goods::Kept, sealed_address: Vec::new() },
        (false, None, Some(reason)) => {
            ReturnAct::Refuse { of, sealed_reason: sealing::seal(&app, person, &ANSWER, &reason).await? }
        }
        _ => {
            let detail = "a refusal has a reason; who agrees says where to send the goods, or nothing";
            return Err(Problem::new(Code::BadParameter, detail));
        }
    };
    perform(&app, &caller, &id, MallAct::Return(act)).await
}

/// Appeal against a supplier's refusal
#[utoipa::path(
    post,
    path = "/v1/mall/returns/{id}/appeal",
    tag = "Mall",
    params(("id" = String, Path, description = "The return's id")),
    responses((status = 200, description = "The desk answers", body = Done)),
)]
pub async fn appeal(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    act(&app, &caller, &id, ReturnAct::Appeal { of: id.clone() }).await
}

/// Withdraw a return
#[utoipa::path(
    post,
    path = "/v1/mall/returns/{id}/withdraw",
    tag = "Mall",
    params(("id" = String, Path, description = "The return's id")),
    responses((status = 200, description = "It is asked no more", body = Done)),
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    act(&app, &caller, &id, ReturnAct::Withdraw { of: id.clone() }).await
}

/// Say that the goods are on their way back
#[utoipa::path(
    post,
    path = "/v1/mall/returns/{id}/send-back",
    tag = "Mall",
    params(("id" = String, Path, description = "The return's id")),
    request_body = ParcelForm,
    responses((status = 200, description = "They are on their way; without a word they count as arrived after ten days", body = Done)),
)]
pub async fn send_back(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(ParcelForm { carrier, number }): Input<ParcelForm>,
) -> Result<Response, Problem> {
    act(&app, &caller, &id, ReturnAct::SendBack { of: id.clone(), carrier, number }).await
}

/// Say that the goods have come back
///
/// The money of a settled order, and of one that is back as a whole, follows at once; else when the order is settled.
#[utoipa::path(
    post,
    path = "/v1/mall/returns/{id}/arrived",
    tag = "Mall: suppliers",
    params(("id" = String, Path, description = "The return's id")),
    request_body = ArrivedForm,
    responses((status = 200, description = "They have come, and the money follows", body = Done)),
)]
pub async fn arrived(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(ArrivedForm { restock }): Input<ArrivedForm>,
) -> Result<Response, Problem> {
    let restock = if restock { Restock::Yes } else { Restock::No };
    act(&app, &caller, &id, ReturnAct::Arrive { of: id.clone(), restock }).await
}
