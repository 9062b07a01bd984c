//! What the provider reports becomes an act, once, however often and in whatever order it is told. Must not be added
//! here: whether a report is believed; the provider's side says that before.

use crate::app::App;
use crate::paying::PaymentProvider;
use crate::perform::perform_once;
use crate::problem::{Code, Problem};
use linli_economy::time::Instant;
use linli_payments::{Account, Event, Happened};
use linli_platform::withdrawal::WithdrawalAct;
use linli_platform::{Act, Actor, CheckoutAct, Code as RefusedAct, Deed, Reference, Scene};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What a report did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Did {
    /// It stands in the journal now.
    Applied,
    /// It was known.
    Known,
    /// It is kept, and the platform has nothing to do with it: reconciling shows it.
    Nothing,
}

/// Does what follows from a report.
///
/// # Errors
/// It contradicts what is known, or it cannot be written now.
pub async fn report(app: &Arc<App>, event: Event) -> Result<Did, Problem> {
    let Some(act) = act_of(app, event).await? else { return Ok(Did::Nothing) };
    let deed = Deed::new(Actor::Provider, act);
    // A report that comes again is known without an entry of the journal.
    let now = app.now();
    let checked = app.look(|replica| {
        let scene = Scene::new(replica.economy(), replica.platform(), Some(now));
        scene.check(&deed).map(drop)
    })?;
    let problem = match checked {
        Err(refusal) => Problem::new(Code::RefusedAct(refusal.code), refusal.message),
        Ok(()) => match perform_once(app, deed.by, deed.act).await {
            Ok(_) => return Ok(Did::Applied),
            Err(problem) => problem,
        },
    };
    match problem.code() {
        Code::RefusedAct(RefusedAct::EventKnown) => Ok(Did::Known),
        Code::RefusedAct(
            RefusedAct::UnknownPayment | RefusedAct::UnknownReturn | RefusedAct::UnknownWithdrawal,
        ) => {
            tracing::warn!(code = problem.code().name(), "the provider reports what was not asked for here");
            Ok(Did::Nothing)
        }
        code => {
            tracing::error!(code = code.name(), "a report of the provider is refused");
            Err(problem)
        }
    }
}

/// By what an account of a payer is called once only its reference is known.
const REFERENCE: &str = "reference:";

/// An event as it may be kept: an account of a payer is known by its reference alone. What the sandbox tells has no
/// account of anybody.
///
/// # Errors
/// The vault cannot be used.
pub async fn concealed(app: &App, event: Event) -> Result<Event, Problem> {
    let (PaymentProvider::External { .. }, Happened::Paid { payment, charge, amount, payer: Some(account) }) =
        (&app.payments.provider, &event.happened)
    else {
        return Ok(event);
    };
    let reference = u128::from_be_bytes(app.secrets.reference("payer", account.reveal()).await?);
    let payer = Some(Account::new(&format!("{REFERENCE}{reference:032x}")).expect("42 letters and digits"));
    let happened =
        Happened::Paid { payment: payment.clone(), charge: charge.clone(), amount: *amount, payer };
    Ok(Event { happened, ..event })
}

/// The reference of an account, which may be all that is known of it.
async fn reference_of(app: &App, account: &Account) -> Result<Reference, Problem> {
    let known = account.reveal().strip_prefix(REFERENCE).and_then(|text| u128::from_str_radix(text, 16).ok());
    match known {
        Some(known) => Ok(known.to_be_bytes()),
        None => app.secrets.reference("payer", account.reveal()).await,
    }
}

async fn act_of(app: &App, event: Event) -> Result<Option<Act>, Problem> {
    let at = Instant { seconds: event.at, nanoseconds: 0 };
    Ok(match event.happened {
        Happened::Paid { payment, charge, amount, payer } => {
            let payer_account = match &payer {
                Some(account) => Some(reference_of(app, account).await?),
                None => None,
            };
            let (payment, event, charge) = (payment.into(), event.id.into(), charge.into());
            Some(CheckoutAct::Arrived { payment, event, charge, fen: amount.fen(), payer_account, at }.into())
        }
        Happened::Declined { payment, .. } => Some(CheckoutAct::Declined { payment: payment.into() }.into()),
        Happened::Closed { payment } => {
            // One that has waited for too long is not called off: the platform's own clock ends it.
            let payment = String::from(payment);
            let waited = app.look(|replica| {
                replica.platform().checkout.payment(&payment).is_some_and(|known| known.expires <= at)
            })?;
            (!waited).then(|| CheckoutAct::Closed { payment }.into())
        }
        Happened::Refunded { refund, .. } => Some(CheckoutAct::ReturnDone { id: refund.into(), at }.into()),
        Happened::RefundFailed { refund, why } => {
            Some(CheckoutAct::ReturnFailed { id: refund.into(), why: why.as_str().into() }.into())
        }
        Happened::PaidOut { payout, .. } => Some(WithdrawalAct::Paid { id: payout.into() }.into()),
        Happened::PayoutFailed { payout, why, .. } => {
            Some(WithdrawalAct::Failed { id: payout.into(), reason: why.as_str().into() }.into())
        }
        Happened::Split { .. } | Happened::SplitFailed { .. } | Happened::Released { .. } => None,
    })
}
