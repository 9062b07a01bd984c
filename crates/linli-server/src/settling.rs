//! Settling: orders of stores are final when their plan's days have passed, those of deals when their vouchers are done
//! with too, and are then settled by the service. What is due follows from the state, so a service that was down settles
//! it when it is back. Must not be added here: when an order is final.

use crate::app::App;
use crate::perform::carry_out;
use crate::problem::Problem;
use linli_economy::command::{Command, Id, Line};
use linli_engine::{Group, Holds};
use std::borrow::Cow;
use std::sync::Arc;
use tokio::time::{MissedTickBehavior, interval};

/// Orders that are settled together.
const TOGETHER: usize = 1_000;

/// Settles what is final, again and again, until it is aborted.
pub async fn run(app: Arc<App>) {
    let mut holds = Holds::default();
    let mut ticks = interval(app.bounds.settling);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // Nothing is lost by waiting for the next time.
        if let Err(problem) = settle_all(&app, &mut holds).await {
            tracing::warn!(?problem, "orders that are final could not be settled");
        }
    }
}

async fn settle_all(app: &Arc<App>, holds: &mut Holds) -> Result<(), Problem> {
    while let Some(count) = settle_due(app, holds).await? {
        tracing::info!(count, "settled orders that are final");
        if count < TOGETHER {
            break;
        }
    }
    Ok(())
}

/// Settles the oldest orders that are due; gives how many, if any.
async fn settle_due(app: &Arc<App>, holds: &mut Holds) -> Result<Option<usize>, Problem> {
    let now = app.now();
    let due = app.look(|replica| {
        let (economy, deals) = (replica.economy(), &replica.platform().deals);
        holds.due(economy, deals, now, TOGETHER)
    })?;
    if due.is_empty() {
        return Ok(None);
    }
    let mut group = Group::new();
    for order in &due {
        let order = Id::new(Cow::Borrowed(order)).expect("it is the id of an order");
        group.push(&Ok(Line::new(Command::Settle { order }, None)));
    }
    let answers = carry_out(app, group, now).await?;
    if let Some((seq, refusal)) = answers.refused.first() {
        // Somebody may have settled it meanwhile; trying again at once would not help where it is something else.
        return Err(Problem::refused(*seq, refusal));
    }
    Ok(Some(due.len()))
}
