//! What is there only in a sandbox: messages that nobody was sent, pages on which payers decide, and a desk that makes
//! things go wrong. Must not be added here: anything that could move money.

mod desk;
mod html;
mod messages;
mod page;

pub use messages::messages;

use crate::app::App;
use crate::paying::PaymentProvider;
use crate::problem::Problem;
use axum::Router;
use axum::routing::{get, post};
use linli_payments::Sandbox;
use std::sync::Arc;

/// The routes of the payment provider's sandbox.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/sandbox/pay/{id}", get(page::page))
        .route("/sandbox/pay/{id}/{act}", post(page::decide))
        .route("/v1/sandbox/clock", post(desk::move_clock))
        .route("/v1/sandbox/failures", post(desk::fail_next))
        .route("/v1/sandbox/payouts/{id}/return", post(desk::return_payout))
}

/// The sandbox; these routes are there only where it is.
fn sandbox(app: &App) -> Result<Arc<Sandbox>, Problem> {
    match &app.payments.provider {
        PaymentProvider::Sandbox(sandbox) => Ok(sandbox.clone()),
        PaymentProvider::External { .. } => Err(Problem::internal()),
    }
}

/// Asks the sandbox, which waits for a disk.
async fn ask<T: Send + 'static>(
    app: &Arc<App>,
    ask: impl FnOnce(&Sandbox, i64) -> Result<T, linli_payments::Error> + Send + 'static,
) -> Result<T, Problem> {
    let (sandbox, now) = (sandbox(app)?, app.now().seconds);
    let asked = tokio::task::spawn_blocking(move || ask(&sandbox, now)).await;
    let asked = asked.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    app.paying.callbacks.notify_one();
    asked.map_err(|error| Problem::of_provider(&error))
}
