//! `/v1/payments`: somebody pays for orders: what the payment is, where its page is, what has become of it. Must not be
//! added here: what an order costs; the platform says that.

mod opening;
mod shown;

pub use opening::{__path_open, PaymentForm, open, open_payment};
pub use shown::{OrderOfPayment, Payment, shown};

use super::subject::Subject;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::page::{Page, Paged};
use crate::paying::Effect;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::checkout::{self, Stage};
use linli_platform::{CheckoutAct, Code as RefusedAct};
use std::sync::Arc;

fn unknown(id: &str) -> Problem {
    Problem::new(Code::RefusedAct(RefusedAct::UnknownPayment), format!("there is no payment {id}"))
}

/// A payment that concerns the caller. One of nobody is shown to whoever has its id, which nobody can guess.
pub fn find<'r>(replica: &'r Replica, caller: &Caller, id: &str) -> Result<&'r checkout::Payment, Problem> {
    let payment = replica.platform().checkout.payment(id).ok_or_else(|| unknown(id))?;
    match (&caller.who, &payment.payer) {
        (Who::Staff { .. }, _) | (_, None) => Ok(payment),
        (Who::Member { id: member, .. }, Some(payer)) if member == payer => Ok(payment),
        _ => Err(unknown(id)),
    }
}

/// A payment
#[utoipa::path(
    get,
    path = "/v1/payments/{id}",
    tag = "Paying",
    params(
        ("id" = String, Path, description = "The payment's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "Where it stands, and where its payer goes", body = Payment)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<Payment>, Problem> {
    let (mut payment, waits) = app.look(|replica| {
        let payment = find(replica, &caller, &id)?;
        let waits = payment.stage == Stage::Open;
        Ok::<_, Problem>((shown(replica, &id, payment), waits))
    })??;
    if waits {
        payment.page = page_of_provider(&app, &id).await?;
    }
    Ok(Json(payment))
}

/// Where the payer goes. The provider is asked here as the outbox asks it: whoever comes first, it is one ask.
pub async fn page_of_provider(app: &Arc<App>, id: &str) -> Result<Option<String>, Problem> {
    let Some(ask) = Effect::Open(id.into()).ask(app).await? else { return Ok(None) };
    let (provider, now) = (app.payments.provider.get(), app.now().seconds);
    match tokio::task::spawn_blocking(move || provider.ask(&ask, now)).await {
        Ok(Ok(receipt)) => Ok(receipt.page),
        Ok(Err(error)) => {
            tracing::warn!(code = error.code(), "the provider gives no page");
            Ok(None)
        }
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

/// Call a payment off
///
/// Money that arrives all the same is taken for its orders if they can still be carried out, else it goes back.
#[utoipa::path(
    post,
    path = "/v1/payments/{id}/close",
    tag = "Paying",
    params(("id" = String, Path, description = "The payment's id")),
    responses((status = 200, description = "It waits for no money any more", body = Done)),
)]
pub async fn close(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    app.look(|replica| find(replica, &caller, &id).map(drop))??;
    perform(&app, &caller, &id, CheckoutAct::Closed { payment: id.clone() }).await
}

/// One's own payments
#[utoipa::path(
    get,
    path = "/v1/me/payments",
    tag = "Paying",
    params(
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The payments by id", body = Paged<Payment>)),
)]
pub async fn mine(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    page: Page,
) -> Result<Json<Paged<Payment>>, Problem> {
    let member = caller.member()?;
    app.look(|replica| {
        let checkout = &replica.platform().checkout;
        let after = page.after.as_deref().unwrap_or_default();
        let ids = checkout.payments_of(member).filter(|id| *id > after);
        let payments = ids.filter_map(|id| Some(shown(replica, id, checkout.payment(id)?)));
        Json(page.of(payments, |payment| payment.payment.clone()))
    })
}
