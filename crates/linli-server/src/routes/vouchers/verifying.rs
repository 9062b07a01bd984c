//! `/v1/stores/{id}/vouchers`: a store looks codes up and verifies uses. Each time it needs the code from whoever brings it,
//! and an answer says nothing of the person; codes of elsewhere are answered like those that there are not. Must not be
//! added here: a way to use a voucher without its code.

use super::code::VoucherCode;
use super::{expires_at, terms_of};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::rights;
use crate::routes::subject::Subject;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::deal::Purchase;
use linli_platform::{Code as RefusedAct, DealAct, StoreRight};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// The code that somebody brings.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    /// Twelve digits, perhaps in groups.
    #[schema(example = "0123 4567 8901")]
    code: String,
}

/// A voucher as its store sees it.
#[derive(Serialize, ToSchema)]
pub struct FoundVoucher {
    /// Its order's id.
    #[schema(example = "D0123456789abcdef0123")]
    order: String,
    /// The deal.
    deal: String,
    /// What was bought, as it was called then.
    title: String,
    /// What is in it, as it was said then.
    text: String,
    /// `valid`, `expiring`, `used`, `given_back`, `expired` or `void`.
    #[schema(example = "valid")]
    state: &'static str,
    /// Uses of it.
    uses: u32,
    /// Uses that are not verified.
    uses_left: u32,
    /// Before when it can be used.
    expires_at: Option<String>,
}

/// Looks a code up for who may act for the store, not too often in one store.
async fn find<T>(
    app: &App,
    caller: &Caller,
    (store, right): (&String, StoreRight),
    code: &str,
    look: impl FnOnce(&Replica, &Purchase) -> Result<T, Problem>,
) -> Result<T, Problem> {
    app.look(|replica| rights::for_store(replica, store, caller.member()?, right))??;
    let code = VoucherCode::read(code)?;
    app.rates.voucher.take(store)?;
    let digest = code.digest(app).await?;
    app.look(|replica| {
        // What nobody has paid is nobody's voucher yet, and its code was shown to nobody.
        let is_here = |purchase: &&Purchase| {
            purchase.store == *store && purchase.standing(replica.economy()).order().is_some()
        };
        let found = replica.platform().deals.by_code(&digest).filter(is_here);
        let unknown = || Problem::new(Code::UnknownVoucher, "no voucher of this store has this code");
        look(replica, found.ok_or_else(unknown)?)
    })?
}

/// Look a voucher up
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/vouchers/look",
    tag = "Vouchers",
    params(
        ("id" = String, Path, description = "The store's id"),
    ),
    request_body = CodeForm,
    responses(
        (status = 200, description = "What it is for, and what is left of it", body = FoundVoucher),
)
)]
pub async fn look(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(input): Input<CodeForm>,
) -> Result<Json<FoundVoucher>, Problem> {
    let now = app.now();
    find(&app, &caller, (&store, StoreRight::VerifyVouchers), &input.code, |replica, purchase| {
        let terms = terms_of(replica, purchase)?;
        Ok(Json(FoundVoucher {
            order: purchase.order.clone(),
            deal: purchase.deal.clone(),
            title: terms.title.clone(),
            text: terms.text.clone(),
            state: purchase.status(replica.economy(), now).name(),
            uses: purchase.uses,
            uses_left: purchase.left(),
            expires_at: expires_at(replica, purchase).map(|at| at.to_string()),
        }))
    })
    .await
}

async fn order_of(
    app: &App,
    caller: &Caller,
    of: (&String, StoreRight),
    code: &str,
) -> Result<String, Problem> {
    find(app, caller, of, code, |_, purchase| Ok(purchase.order.clone())).await
}

/// Uses of a voucher that are to be verified.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyForm {
    /// Twelve digits, perhaps in groups.
    #[schema(example = "0123 4567 8901")]
    code: String,
    /// How many uses.
    #[schema(example = 1)]
    uses: u32,
}

/// Verify uses of a voucher
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/vouchers/verify",
    tag = "Vouchers",
    params(
        ("id" = String, Path, description = "The store's id"),
    ),
    request_body = VerifyForm,
    responses(
        (status = 200, description = "They are used; the id names the verification", body = Done),
)
)]
pub async fn verify(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(VerifyForm { code, uses }): Input<VerifyForm>,
) -> Result<Response, Problem> {
    let order = order_of(&app, &caller, (&store, StoreRight::VerifyVouchers), &code).await?;
    let id = caller.new_id('V');
    perform(&app, &caller, &id, DealAct::Verify { verification: id.clone(), order, store, uses }).await
}

/// Give back what is unused of a voucher of one's store
///
/// The money of all uses that are not verified goes back to the way it was paid, and the voucher ends.
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/vouchers/give-back",
    tag = "Vouchers",
    params(
        ("id" = String, Path, description = "The store's id"),
    ),
    request_body = CodeForm,
    responses(
        (status = 200, description = "The money has gone back; the id names that", body = Done),
)
)]
pub async fn give_back(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(input): Input<CodeForm>,
) -> Result<Response, Problem> {
    let order = order_of(&app, &caller, (&store, StoreRight::AnswerRefunds), &input.code).await?;
    let cancel = caller.new_id('C');
    let act = DealAct::GiveBack { cancel: cancel.clone(), order, store: Some(store) };
    perform(&app, &caller, &cancel, act).await
}

/// A verification that was a mistake.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoForm {
    /// The voucher's order.
    #[schema(example = "D0123456789abcdef0123")]
    order: String,
    /// The verification.
    #[schema(example = "V0123456789abcdef0123")]
    verification: String,
}

/// Undo a verification
///
/// For ten minutes after it.
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/vouchers/undo",
    tag = "Vouchers",
    params(
        ("id" = String, Path, description = "The store's id"),
    ),
    request_body = UndoForm,
    responses(
        (status = 200, description = "Its uses can be used again", body = Done),
)
)]
pub async fn undo(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(UndoForm { order, verification }): Input<UndoForm>,
) -> Result<Response, Problem> {
    app.look(|replica| {
        rights::for_store(replica, &store, caller.member()?, StoreRight::VerifyVouchers)?;
        let purchase = replica.platform().deals.purchase(&order).filter(|purchase| purchase.store == store);
        let is_known = purchase.is_some_and(|purchase| purchase.verification(&verification).is_some());
        let unknown = Code::RefusedAct(RefusedAct::UnknownVerification);
        let detail = "this store has not verified this";
        is_known.then_some(()).ok_or_else(|| Problem::new(unknown, detail))
    })??;
    let undo = DealAct::UndoVerify { verification: verification.clone(), order, store };
    perform(&app, &caller, &verification, undo).await
}
