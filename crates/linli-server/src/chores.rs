//! Chores: what the platform does by itself when its time has come: payments that expire, orders to carry out, requests
//! to pass on, plans to activate. What is due follows from the state, so a service that was down does it when it is
//! back. Must not be added here: when something is due.

use crate::app::App;
use crate::perform::perform_once;
use crate::problem::{Code, Problem};
use linli_economy::refusal::Code as Refused;
use linli_platform::checkout::CheckoutAct;
use linli_platform::plan_change::PlanChangeAct;
use linli_platform::{Act, Actor};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::time::{MissedTickBehavior, interval};

/// Acts between two looks for what is due.
const TOGETHER: usize = 100;

/// Seconds until what was refused is tried again.
const REST_SECONDS: i64 = 600;

/// What was refused, by kind and subject, with when to try it again.
type Resting = BTreeMap<(&'static str, String), i64>;

/// Does what is due, again and again, until it is aborted.
pub async fn run(app: Arc<App>) {
    let mut resting = Resting::new();
    let mut ticks = interval(app.bounds.chores);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // Nothing is lost by waiting for the next time.
        if let Err(problem) = do_due(&app, &mut resting).await {
            tracing::warn!(?problem, "what is due could not be done");
        }
    }
}

async fn do_due(app: &Arc<App>, resting: &mut Resting) -> Result<(), Problem> {
    loop {
        let now = app.now();
        resting.retain(|_, until| now.seconds < *until);
        let most = TOGETHER + resting.len();
        let due = app.look(|replica| replica.platform().due(replica.economy(), now, most))?;
        let due: Vec<Act> = due.into_iter().filter(|act| !resting.contains_key(&key(act))).collect();
        if due.is_empty() {
            return Ok(());
        }
        for act in due {
            do_one(app, act, resting).await?;
        }
    }
}

fn key(act: &Act) -> (&'static str, String) {
    (act.name(), act.subject().to_string())
}

/// Does one act; what is refused rests, unless the refusal itself is an answer.
async fn do_one(app: &Arc<App>, act: Act, resting: &mut Resting) -> Result<(), Problem> {
    let Err(problem) = perform_once(app, Actor::Service, act.clone()).await else { return Ok(()) };
    let code = problem.code();
    let (Code::Refused(_) | Code::RefusedAct(_)) = code else { return Err(problem) };
    if let Some(instead) = instead(&act, code) {
        return perform_once(app, Actor::Service, instead).await.map(drop);
    }
    tracing::warn!(
        act = act.name(),
        subject = act.subject(),
        code = code.name(),
        "an act that is due is refused"
    );
    resting.insert(key(&act), app.now().seconds + REST_SECONDS);
    Ok(())
}

/// What follows from a refusal that stays: the money goes back, the plan is not activated.
fn instead(act: &Act, code: Code) -> Option<Act> {
    if code == Code::Refused(Refused::TimeReversed) {
        return None;
    }
    let name = code.name().to_string();
    match act {
        Act::Checkout(CheckoutAct::CarryOut { payment, order }) => {
            let (payment, order) = (payment.clone(), order.clone());
            Some(CheckoutAct::GiveUp { payment, order, code: name }.into())
        }
        Act::PlanChange(PlanChangeAct::Activate { id }) => {
            Some(PlanChangeAct::Fail { id: id.clone(), why: name }.into())
        }
        _ => None,
    }
}
