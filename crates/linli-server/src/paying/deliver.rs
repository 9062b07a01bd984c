//! Delivering the outbox's rows to the provider: asked until it has taken them. What it refuses for good ends the effect,
//! and money that could not be given back is due again. Must not be added here: what is asked.

use super::ask::Effect;
use super::blocking;
use crate::app::App;
use crate::perform::perform_once;
use crate::problem::{Code, Problem};
use linli_outbox::deliver::{Delivering, Telling};
use linli_outbox::{Deliver, Ending, Outcome, Row, Verdict};
use linli_payments::{Ask, Code as Refused, Error};
use linli_platform::{Actor, CheckoutAct, Code as RefusedAct};
use std::sync::Arc;

/// Attempts to close a payment that the provider does not know yet: it may be asked for at the same moment.
const ATTEMPTS_TO_CLOSE: u32 = 3;

/// Who delivers to the provider.
pub struct Asking(Arc<App>);

impl Asking {
    pub fn new(app: &Arc<App>) -> Self {
        Self(app.clone())
    }

    async fn deliver(&self, row: &Row) -> Outcome {
        let app = &self.0;
        let again = || Outcome::new(Verdict::Retry { after: None });
        let Ok(effect) = serde_json::from_slice::<Effect>(row.row.payload()) else {
            return Outcome::new(Verdict::Dead).because("unknown_effect");
        };
        let ask = match effect.ask(app).await {
            Ok(Some(ask)) => ask,
            Ok(None) => return Outcome::new(Verdict::Done).because("nothing to ask any more"),
            Err(problem) if problem.code() == Code::Internal => {
                return Outcome::new(Verdict::Dead).because(problem.code().name());
            }
            Err(problem) => return again().because(problem.code().name()),
        };
        let (provider, now, asked) = (app.payments.provider.get(), app.now().seconds, ask.clone());
        let answer = blocking(move || provider.ask(&asked, now)).await;
        app.paying.callbacks.notify_one();
        match answer {
            Ok(_) => Outcome::new(Verdict::Done),
            Err(error) if error.is_retryable() => again().because(error.code()),
            Err(Error::Refused(refusal)) => self.refused(row, &ask, refusal.code).await,
            Err(fault @ Error::Fault(_)) => {
                tracing::error!(key = row.row.key(), %fault, "the provider's records cannot be used");
                again().because(fault.code())
            }
        }
    }

    /// What the provider refuses: either it is over, or somebody must be told.
    async fn refused(&self, row: &Row, ask: &Ask, code: Refused) -> Outcome {
        let outcome = |verdict| Outcome::new(verdict).because(code.as_str());
        match (ask, code) {
            (Ask::Payment { .. }, Refused::AlreadyExpired | Refused::PaymentEnded)
            | (Ask::Close { .. }, Refused::PaymentEnded) => outcome(Verdict::Done),
            (Ask::Close { .. }, Refused::UnknownPayment) => {
                let tries = row.attempts < ATTEMPTS_TO_CLOSE;
                outcome(if tries { Verdict::Retry { after: None } } else { Verdict::Done })
            }
            _ => {
                tracing::error!(
                    key = row.row.key(),
                    code = code.as_str(),
                    "the provider refuses what it is asked"
                );
                outcome(Verdict::Dead)
            }
        }
    }

    /// A return that was given up is due again.
    async fn fail(&self, id: String) -> Result<(), Problem> {
        let why = "the provider has not taken it".to_string();
        match perform_once(&self.0, Actor::Service, CheckoutAct::ReturnFailed { id, why }).await {
            Err(problem) if is_ended(problem.code()) => Ok(()),
            done => done.map(drop),
        }
    }
}

/// Whether a return has ended before.
fn is_ended(code: Code) -> bool {
    matches!(
        code,
        Code::RefusedAct(RefusedAct::EventKnown | RefusedAct::ReturnEnded | RefusedAct::UnknownReturn)
    )
}

impl Deliver for Asking {
    fn deliver<'a>(&'a self, row: &'a Row, _: i64) -> Delivering<'a> {
        Box::pin(Self::deliver(self, row))
    }

    fn ending<'a>(&'a self, row: &'a Row, ending: Ending) -> Telling<'a> {
        Box::pin(async move {
            let effect = serde_json::from_slice(row.row.payload());
            match (ending, effect) {
                (Ending::Dead | Ending::Gone, Ok(Effect::Return(id))) => {
                    self.fail(id).await.map_err(|problem| problem.code().name().to_string())
                }
                _ => Ok(()),
            }
        })
    }
}
