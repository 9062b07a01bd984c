//! `/v1/provider`: what the payment provider reports, signed by it. A call is answered once what it says is on disk; until
//! then it is sent again. Must not be added here: what follows from a report.

use crate::app::App;
use crate::input::bad_body;
use crate::paying::{Did, PaymentProvider, concealed, report};
use crate::problem::{Code, Problem};
use crate::routes::withdrawals::account::{self, BankAccount};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use linli_payments::{Ask, Asked, External, Secret, SignedCall};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Where reports come in.
pub const CALLBACKS: &str = "/v1/provider/events";

/// Asks that are shown at once, if nothing else is said, and at most.
const USUAL_ASKS: usize = 50;
const MOST_ASKS: usize = 200;

/// Who moves money here.
#[derive(Serialize, ToSchema)]
pub struct ProviderHere {
    /// `sandbox` or `external`.
    #[schema(example = "sandbox")]
    provider: &'static str,
    /// Whether it moves money of the world.
    is_live: bool,
}

/// That a report was taken.
#[derive(Serialize, ToSchema)]
pub struct Taken {
    /// The report's id.
    event: String,
    /// What it did.
    did: Did,
}

/// A call as it was signed.
pub fn signed(headers: &HeaderMap, body: &Bytes) -> Result<SignedCall, Problem> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    SignedCall::from_headers(header, body.to_vec())
        .map_err(|refusal| Problem::new(Code::RefusedByProvider(refusal.code), refusal.message))
}

/// Who moves money here
#[utoipa::path(
    get,
    path = "/v1/provider",
    tag = "Paying",
    responses((status = 200, description = "The payment provider", body = ProviderHere)),
)]
pub async fn here(State(app): State<Arc<App>>) -> Json<ProviderHere> {
    let provider = app.payments.provider.get();
    Json(ProviderHere { provider: provider.name(), is_live: provider.is_real() })
}

/// Report what has happened
///
/// Signed in the headers `linli-payment-time`, `linli-payment-id` and `linli-payment-signature`, as docs/api.md says. A
/// report that comes again, late or in another order is taken all the same.
#[utoipa::path(
    post,
    path = "/v1/provider/events",
    tag = "Provider",
    request_body(content = String, content_type = "application/json", description = "An event"),
    responses((status = 200, description = "It is taken", body = Taken)),
)]
pub async fn event(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Taken>, Problem> {
    let call = signed(&headers, &body)?;
    let provider = app.payments.provider.get();
    let now = match &app.payments.provider {
        PaymentProvider::Sandbox(_) => (app.clock)(),
        // Others sign by the world's time.
        PaymentProvider::External { .. } => (app.world_clock)(),
    };
    let read = tokio::task::spawn_blocking(move || provider.read_callback(&call, now)).await;
    let read = read.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    let event = concealed(&app, read.map_err(|error| Problem::of_provider(&error))?).await?;
    let (provider, kept) = (app.payments.provider.get(), event.clone());
    let keeping = tokio::task::spawn_blocking(move || provider.keep(&kept)).await;
    let keeping = keeping.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    keeping.map_err(|error| Problem::of_provider(&error))?;
    let id = event.id.to_string();
    let did = report(&app, event).await?;
    Ok(Json(Taken { event: id, did }))
}

/// That a bill was taken.
#[derive(Serialize, ToSchema)]
pub struct BillTaken {
    /// Of which day.
    #[schema(example = "2026-01-31")]
    day: String,
}

/// What is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AsksForm {
    /// The number of the last ask that is known; 0 for none.
    after: u64,
    /// How many at most: 1 to 200, 50 if it is not said.
    most: Option<usize>,
}

/// One ask.
#[derive(Serialize, ToSchema)]
pub struct ShownAsk {
    /// What is asked and when; amounts are in fen, as in events.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    asked: Asked,
    /// For a payout that is not over: the account of the bank that it goes to.
    account: Option<BankAccount>,
}

/// What the payment system is asked, in order.
#[derive(Serialize, ToSchema)]
pub struct Asks {
    asks: Vec<ShownAsk>,
    /// What `after` is for those that follow; none if there are no more now.
    next: Option<u64>,
}

/// The operator's own system; where there is none, nobody calls.
fn external(app: &App) -> Result<(Arc<External>, Vec<Secret>), Problem> {
    match &app.payments.provider {
        PaymentProvider::External { system, secrets } => Ok((system.clone(), secrets.clone())),
        PaymentProvider::Sandbox(_) => {
            Err(Problem::new(Code::UnknownRoute, "a payment system calls here where there is one"))
        }
    }
}

/// Hand in the bill of a day
///
/// As CSV, signed like an event, once the day is over. A bill never changes; the same again is taken again.
#[utoipa::path(
    post,
    path = "/v1/provider/bills",
    tag = "Provider",
    request_body(content = String, content_type = "text/csv", description = "kind,id,payment,charge,amount,at and a last line with the total"),
    responses((status = 200, description = "It is taken", body = BillTaken)),
)]
pub async fn bill(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<BillTaken>, Problem> {
    let (call, now) = (signed(&headers, &body)?, (app.world_clock)());
    let (system, _) = external(&app)?;
    let taken = tokio::task::spawn_blocking(move || system.take_bill(&call, now)).await;
    let taken = taken.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    let day = taken.map_err(|error| Problem::of_provider(&error))?.to_string();
    Ok(Json(BillTaken { day }))
}

/// What is to be done
///
/// Signed like an event. Each ask has an id by which it is known when it is seen again; what becomes of it is reported.
#[utoipa::path(
    post,
    path = "/v1/provider/asks",
    tag = "Provider",
    request_body = AsksForm,
    responses((status = 200, description = "Payments to expect or to close, refunds and payouts to make", body = Asks)),
)]
pub async fn asks(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Asks>, Problem> {
    let (call, now) = (signed(&headers, &body)?, (app.world_clock)());
    let (system, secrets) = external(&app)?;
    let body = call.verify(&secrets, now);
    let body =
        body.map_err(|refusal| Problem::new(Code::RefusedByProvider(refusal.code), refusal.message))?;
    let form: AsksForm = serde_json::from_slice(body).map_err(|error| bad_body(&error))?;
    let most = form.most.unwrap_or(USUAL_ASKS);
    if !(1..=MOST_ASKS).contains(&most) {
        return Err(Problem::new(Code::BadBody, format!("most is a number from 1 to {MOST_ASKS}")));
    }
    let asked = tokio::task::spawn_blocking(move || system.asked(form.after, most)).await;
    let asked = asked.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    let asks = asked.map_err(|error| Problem::of_provider(&error))?;
    let next = asks.last().map(|last| last.seq).filter(|_| asks.len() == most);
    let mut shown = Vec::with_capacity(asks.len());
    for asked in asks {
        let account = account_of(&app, &asked.ask).await?;
        shown.push(ShownAsk { asked, account });
    }
    Ok(Json(Asks { asks: shown, next }))
}

/// The account that a payout goes to; nothing of it is kept once the payout is over.
async fn account_of(app: &App, ask: &Ask) -> Result<Option<BankAccount>, Problem> {
    let Ask::Payout { id, .. } = ask else { return Ok(None) };
    let found = app.look(|replica| {
        let withdrawal = replica.platform().withdrawals.get(id.as_str())?;
        let is_open = !withdrawal.sealed_account.is_empty();
        is_open.then(|| (withdrawal.owner.clone(), withdrawal.sealed_account.clone()))
    })?;
    match found {
        Some((owner, sealed)) => account::open(app, &owner, sealed).await,
        None => Ok(None),
    }
}
