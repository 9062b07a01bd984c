//! Asking the provider what has become of what it was asked: reports get lost. Each thing that waits is asked about less
//! and less often, a payment also for two days after it has ended, since money may come late. Must not be added here:
//! what follows from a report.

use super::{Did, blocking, report};
use crate::app::App;
use crate::problem::Problem;
use linli_engine::Replica;
use linli_payments::{Id, Subject};
use linli_platform::checkout::ReturnState;
use linli_platform::withdrawal::State;
use std::sync::Arc;
use tokio::time::{MissedTickBehavior, interval};

/// Things that are asked about at one tick.
const TOGETHER: usize = 100;

/// Seconds after the end of a payment in which late money is asked for.
const LATE_SECONDS: i64 = 2 * 86_400;

/// Asks, again and again, until it is aborted.
pub async fn run(app: Arc<App>) {
    let mut ticks = interval(app.bounds.chores);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        for subject in app.paying.watched.due(app.now().seconds, TOGETHER) {
            // There is a next time.
            if let Err(problem) = ask(&app, &subject).await {
                tracing::warn!(%subject, ?problem, "what has become of it is not known");
            }
        }
    }
}

async fn ask(app: &Arc<App>, subject: &Subject) -> Result<(), Problem> {
    let (provider, now, of) = (app.payments.provider.get(), app.now().seconds, subject.clone());
    let events =
        blocking(move || provider.query(&of, now)).await.map_err(|error| Problem::of_provider(&error))?;
    for event in events {
        if report(app, event).await? == Did::Applied {
            tracing::info!(%subject, "a report that had not come was found");
        }
    }
    if app.look(|replica| is_over(replica, subject, now))? {
        app.paying.watched.forget(subject);
    }
    Ok(())
}

/// Whether there is nothing more to be learnt.
fn is_over(replica: &Replica, subject: &Subject, now: i64) -> bool {
    let (checkout, withdrawals) = (&replica.platform().checkout, &replica.platform().withdrawals);
    let is = |id: &Id, known: &dyn Fn(&str) -> Option<bool>| known(id.as_str()).unwrap_or(true);
    match subject {
        Subject::Payment(id) => {
            is(id, &|id| checkout.payment(id).map(|payment| payment.expires.seconds + LATE_SECONDS < now))
        }
        Subject::Refund(id) => {
            is(id, &|id| checkout.return_of(id).map(|one| one.state != ReturnState::Begun))
        }
        Subject::Payout(id) => is(id, &|id| withdrawals.get(id).map(|one| one.state() != State::InPayment)),
        Subject::Split(_) | Subject::Hold(_) => true,
    }
}
