//! Codes by which stores are paid: the one on the counter, which is the store itself, and those with an amount. Must not
//! be added here: the picture of a code.

use super::subject::Subject;
use super::text::yuan;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::input::Input;
use crate::money::fen;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::rights;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_economy::refusal::Code as Refused;
use linli_economy::time::Instant;
use linli_engine::Replica;
use linli_platform::checkout::{CodeState, StoreCode};
use linli_platform::{CheckoutAct, Code as RefusedAct, StoreRight};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Minutes that a code is valid, if nothing else is said.
const USUAL_MINUTES: u8 = 5;

/// What is to be collected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectForm {
    /// Yuan.
    #[schema(example = "88.00")]
    amount: String,
    /// How long it is valid: 1 to 30, 5 if it is not said.
    #[schema(example = 5)]
    minutes: Option<u8>,
}

/// A store to be paid.
#[derive(Serialize, ToSchema)]
pub struct Payee {
    /// The store's id.
    #[schema(example = "S1")]
    store: String,
    /// Whether it takes orders.
    takes_orders: bool,
    /// Where it is paid, for the code on the counter: any amount.
    #[schema(example = "/v1/pay/stores/S1")]
    link: String,
}

/// A code with its amount.
#[derive(Serialize, ToSchema)]
pub struct PaymentCode {
    /// The code.
    #[schema(example = "C0123456789abcdef0123")]
    code: String,
    /// Whose it is.
    #[schema(example = "S1")]
    store: String,
    /// Yuan.
    #[schema(example = "88.00")]
    amount: String,
    /// Until when a payment can be opened with it.
    expires: String,
    /// `offered`, `held` (somebody is paying it), `used` (it is paid), `cancelled` or `expired`.
    #[schema(example = "offered")]
    state: &'static str,
    /// Where it is paid.
    link: String,
    /// The payment that pays it or has paid it, for the store alone.
    payment: Option<String>,
}

fn shown(id: &str, code: &StoreCode, now: Instant, for_store: bool) -> PaymentCode {
    let (state, payment) = match &code.state {
        CodeState::Offered if code.expires <= now => ("expired", None),
        CodeState::Offered => ("offered", None),
        CodeState::Held(payment) => ("held", Some(payment.clone())),
        CodeState::Used(payment) => ("used", Some(payment.clone())),
        CodeState::Cancelled => ("cancelled", None),
    };
    PaymentCode {
        code: id.into(),
        store: code.store.clone(),
        amount: yuan(code.fen),
        expires: code.expires.to_string(),
        state,
        link: format!("/v1/pay/codes/{id}"),
        payment: payment.filter(|_| for_store),
    }
}

fn unknown(id: &str) -> Problem {
    Problem::new(Code::RefusedAct(RefusedAct::UnknownCode), format!("there is no code {id}"))
}

/// Whoever may collect for a store: who may act for it, and programs that take payments.
fn check(replica: &Replica, caller: &Caller, store: &str) -> Result<(), Problem> {
    match &caller.who {
        Who::Member { id, .. } => rights::for_store(replica, store, id, StoreRight::TakePayments),
        _ => Ok(()),
    }
}

/// A store to pay
#[utoipa::path(
    get,
    path = "/v1/pay/stores/{id}",
    tag = "Paying",
    params(("id" = String, Path, description = "The store's id")),
    responses((status = 200, description = "Who is paid", body = Payee)),
)]
pub async fn store(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<Payee>, Problem> {
    app.look(|replica| {
        let economy = replica.economy();
        let known = economy.store_id(&id).map(|store| &economy.state().stores()[store.index()]);
        let known = known.ok_or_else(|| {
            Problem::new(Code::Refused(Refused::UnknownStore), format!("there is no store {id}"))
        })?;
        let link = format!("/v1/pay/stores/{id}");
        Ok(Json(Payee { store: id.clone(), takes_orders: !known.closed, link }))
    })?
}

/// A code to pay
#[utoipa::path(
    get,
    path = "/v1/pay/codes/{id}",
    tag = "Paying",
    params(("id" = String, Path, description = "The code")),
    responses((status = 200, description = "Who is paid, and how much", body = PaymentCode)),
)]
pub async fn to_pay(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<PaymentCode>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let code = replica.platform().checkout.code(&id).ok_or_else(|| unknown(&id))?;
        Ok(Json(shown(&id, code, now, false)))
    })?
}

/// Show a code with an amount
#[utoipa::path(
    post,
    path = "/v1/stores/{id}/codes",
    tag = "Paying",
    params(("id" = String, Path, description = "The store's id")),
    request_body = CollectForm,
    responses((status = 200, description = "The code can be paid once", body = Done)),
)]
pub async fn collect(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    Input(form): Input<CollectForm>,
) -> Result<Response, Problem> {
    let (fen, minutes) = (fen(&form.amount)?, form.minutes.unwrap_or(USUAL_MINUTES));
    app.look(|replica| check(replica, &caller, &store))??;
    let code = caller.new_id('C');
    let act = CheckoutAct::Collect { code: code.clone(), store, fen, minutes };
    perform(&app, &caller, &code, act).await
}

/// The codes that a store shows
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/codes",
    tag = "Paying",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "Those that are neither paid nor cancelled", body = Paged<PaymentCode>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    page: Page,
) -> Result<Json<Paged<PaymentCode>>, Problem> {
    let now = app.now();
    app.look(|replica| {
        check(replica, &caller, &store)?;
        let checkout = &replica.platform().checkout;
        let after = page.after.as_deref().unwrap_or_default();
        let ids = checkout.codes_of_store(&store).filter(|id| *id > after);
        let codes = ids.filter_map(|id| Some(shown(id, checkout.code(id)?, now, true)));
        Ok(Json(page.of(codes, |code| code.code.clone())))
    })?
}

/// A code of a store, for whoever shows it
pub fn find(replica: &Replica, caller: &Caller, id: &str) -> Result<StoreCode, Problem> {
    let code = replica.platform().checkout.code(id).ok_or_else(|| unknown(id))?;
    check(replica, caller, &code.store).map_err(|_| unknown(id))?;
    Ok(code.clone())
}

/// A code that was shown
#[utoipa::path(
    get,
    path = "/v1/codes/{id}",
    tag = "Paying",
    params(
        ("id" = String, Path, description = "The code"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "Whether it was paid", body = PaymentCode)),
)]
pub async fn code(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<PaymentCode>, Problem> {
    let now = app.now();
    app.look(|replica| Ok(Json(shown(&id, &find(replica, &caller, &id)?, now, true))))?
}

/// Call a code off
#[utoipa::path(
    post,
    path = "/v1/codes/{id}/cancel",
    tag = "Paying",
    params(("id" = String, Path, description = "The code")),
    responses((status = 200, description = "Nobody can pay it any more", body = Done)),
)]
pub async fn cancel(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    app.look(|replica| find(replica, &caller, &id).map(drop))??;
    perform(&app, &caller, &id, CheckoutAct::CancelCode { code: id.clone() }).await
}
