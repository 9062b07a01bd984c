//! What follows from what was touched: rows of the outbox, and returns that are begun. A service that starts looks at
//! everything once. Must not be added here: whether something is owed.

use super::ask::Effect;
use super::hear::Touched;
use crate::app::App;
use crate::perform::perform_once;
use crate::problem::{Code, Problem};
use linli_economy::time::Instant;
use linli_engine::Replica;
use linli_platform::checkout::{DueBack, Payment, ReturnState, Stage};
use linli_platform::withdrawal::State;
use linli_platform::{Actor, CheckoutAct};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::time::{MissedTickBehavior, interval};

/// Payments or returns that are looked at together.
const TOGETHER: usize = 1_000;

/// Seconds until money that could not be given back is tried again: twice as long each time, a day at most.
const REST_SECONDS: i64 = 600;
const MOST_REST_SECONDS: i64 = 86_400;

/// Follows, again and again, until it is aborted.
pub async fn run(app: Arc<App>) {
    let mut following = Following::default();
    let mut ticks = interval(app.bounds.chores);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = app.paying.news.notified() => {}
        }
        // Nothing is lost by waiting for the next time: what was touched stays so.
        if let Err(problem) = following.step(&app).await {
            tracing::warn!(?problem, "what follows for the payment provider could not be done");
        }
    }
}

/// How far a first look at everything has come.
#[derive(Default)]
enum Looked {
    #[default]
    Nowhere,
    /// Up to this payment.
    Payments(String),
    /// Up to this return.
    Returns(String),
    Everywhere,
}

#[derive(Default)]
struct Following {
    looked: Looked,
    /// By payment: how often a return has failed, and until when it rests.
    resting: BTreeMap<String, (u32, i64)>,
}

/// What is to be done.
#[derive(Default)]
struct Todo {
    effects: Vec<Effect>,
    due: Vec<DueBack>,
    seq: u64,
}

impl Following {
    async fn step(&mut self, app: &Arc<App>) -> Result<(), Problem> {
        while self.look_around(app)? {}
        self.wake(app);
        let touched = app.paying.take();
        if touched.is_empty() {
            return Ok(());
        }
        let done = self.follow(app, &touched).await;
        if done.is_err() {
            app.paying.put_back(touched);
        }
        done
    }

    /// Touches some of what there is; gives whether there is more. Readers are let in between.
    fn look_around(&mut self, app: &App) -> Result<bool, Problem> {
        let mut touched = Touched::default();
        let next = app.look(|replica| {
            let platform = replica.platform();
            match &self.looked {
                Looked::Nowhere => Looked::Payments(String::new()),
                Looked::Payments(after) => {
                    touched.payments =
                        platform.checkout.payments_after(after, TOGETHER).map(|(id, _)| id.into()).collect();
                    touched.payments.last().cloned().map_or(Looked::Returns(String::new()), Looked::Payments)
                }
                Looked::Returns(after) => {
                    touched.returns =
                        platform.checkout.returns_after(after, TOGETHER).map(|(id, _)| id.into()).collect();
                    let last = touched.returns.last().cloned();
                    if last.is_none() {
                        let waiting = platform.withdrawals.queue(State::InPayment);
                        touched.withdrawals = waiting.map(|withdrawal| withdrawal.id.clone()).collect();
                    }
                    last.map_or(Looked::Everywhere, Looked::Returns)
                }
                Looked::Everywhere => Looked::Everywhere,
            }
        })?;
        let has_more = !matches!(self.looked, Looked::Everywhere);
        self.looked = next;
        app.paying.touch(touched);
        Ok(has_more)
    }

    /// Touches what has rested.
    fn wake(&mut self, app: &App) {
        let now = app.now().seconds;
        let over = self.resting.iter().filter(|(_, (_, until))| *until <= now);
        let payments = over.map(|(payment, _)| payment.clone()).collect();
        app.paying.touch(Touched { payments, ..Touched::default() });
    }

    async fn follow(&mut self, app: &Arc<App>, touched: &Touched) -> Result<(), Problem> {
        let now = app.now();
        self.rest(app, touched, now)?;
        let todo = app.look(|replica| self.todo(replica, touched, now, app.payments.pays_out))?;
        app.paying.watch(&todo.effects, now.seconds);
        let rows: Result<Vec<_>, _> = todo.effects.iter().map(|effect| effect.row(now)).collect();
        let rows = rows.map_err(|refusal| {
            tracing::error!(%refusal, "an effect on the provider cannot be written down");
            Problem::internal()
        })?;
        app.outbox.add(rows).await?;
        for due in todo.due {
            begin(app, todo.seq, due).await?;
        }
        Ok(())
    }

    /// Payments of which a return has just failed rest.
    fn rest(&mut self, app: &App, touched: &Touched, now: Instant) -> Result<(), Problem> {
        let failed: Vec<String> = app.look(|replica| {
            let returns = touched.failed.iter().filter_map(|id| replica.platform().checkout.return_of(id));
            returns.map(|failed| failed.payment.clone()).collect()
        })?;
        for payment in failed {
            let (times, until) = self.resting.entry(payment).or_default();
            *until = now.seconds + (REST_SECONDS << (*times).min(8)).min(MOST_REST_SECONDS);
            *times += 1;
        }
        Ok(())
    }

    fn todo(&mut self, replica: &Replica, touched: &Touched, now: Instant, pays_out: bool) -> Todo {
        let (checkout, economy) = (&replica.platform().checkout, replica.economy());
        let mut todo = Todo { seq: replica.tip().seq, ..Todo::default() };
        let of_orders = touched.orders.iter().filter_map(|order| checkout.payment_of(order));
        let mut payments: Vec<&str> = touched.payments.iter().map(String::as_str).chain(of_orders).collect();
        payments.sort_unstable();
        payments.dedup();
        for id in payments {
            let Some(payment) = checkout.payment(id) else { continue };
            todo.effects.extend(effect_of(id, payment, now));
            if self.resting.get(id).is_none_or(|(_, until)| *until <= now.seconds) {
                let due = checkout.due_back_of(economy, id);
                if due.is_empty() {
                    self.resting.remove(id);
                }
                todo.due.extend(due);
            }
        }
        let is_begun =
            |id: &&String| checkout.return_of(id).is_some_and(|one| one.state == ReturnState::Begun);
        todo.effects.extend(touched.returns.iter().filter(is_begun).cloned().map(Effect::Return));
        if pays_out {
            let withdrawals = &replica.platform().withdrawals;
            let waits = |id: &&String| withdrawals.get(id).is_some_and(|one| one.state() == State::InPayment);
            todo.effects.extend(touched.withdrawals.iter().filter(waits).cloned().map(Effect::PayOut));
        }
        todo
    }
}

/// What the provider is to know of a payment. One that has waited for too long closes there by itself.
fn effect_of(id: &str, payment: &Payment, now: Instant) -> Option<Effect> {
    match payment.stage {
        Stage::Open if payment.fen > 0 => Some(Effect::Open(id.into())),
        Stage::Declined | Stage::Closed if payment.fen > 0 && now < payment.expires => {
            Some(Effect::Close(id.into()))
        }
        _ => None,
    }
}

/// Begins to give back what is due; what is due no more, or another amount by now, has been touched again.
async fn begin(app: &Arc<App>, seq: u64, due: DueBack) -> Result<(), Problem> {
    let DueBack { payment, source, fen, .. } = due;
    let hash = blake3::hash(format!("{payment}:{source:?}:{seq}").as_bytes()).to_hex();
    let id = format!("B{}", &hash[..20]);
    match perform_once(app, Actor::Service, CheckoutAct::ReturnBegun { id, payment, source, fen }).await {
        Err(problem) if matches!(problem.code(), Code::RefusedAct(_)) => {
            tracing::warn!(?problem, "money that was due back is not");
            Ok(())
        }
        begun => begun.map(drop),
    }
}
