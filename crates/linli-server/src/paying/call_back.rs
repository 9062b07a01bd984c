//! The sandbox calls back: what it has to tell goes, signed, through the same door as any provider's call, again and
//! again until it is taken. Must not be added here: a way past the door.

use super::blocking;
use crate::app::App;
use crate::problem::Problem;
use crate::routes::CALLBACKS;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::CONTENT_TYPE;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use linli_payments::Sandbox;
use linli_payments::sandbox::{Answer, Callback, Order};
use std::sync::Arc;
use tokio::time::{MissedTickBehavior, interval};

/// Callbacks that are sent between two looks.
const TOGETHER: usize = 50;

/// Calls back, again and again, until it is aborted.
pub async fn run(app: Arc<App>, sandbox: Arc<Sandbox>, router: Router) {
    let mut ticks = interval(app.bounds.chores);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = app.paying.callbacks.notified() => {}
        }
        // Each is sent again.
        if let Err(problem) = send_due(&app, &sandbox, &router).await {
            tracing::warn!(?problem, "the sandbox could not call back");
        }
    }
}

async fn send_due(app: &Arc<App>, sandbox: &Arc<Sandbox>, router: &Router) -> Result<(), Problem> {
    let (asked, now) = (sandbox.clone(), app.now().seconds);
    let due = blocking(move || asked.due_callbacks(Order::AsDue, TOGETHER, now)).await;
    for callback in due.map_err(|error| Problem::of_provider(&error))? {
        let answer = send(router, &callback).await;
        let (asked, now) = (sandbox.clone(), app.now().seconds);
        let kept = blocking(move || asked.callback_answered(&callback.id, answer, now)).await;
        kept.map_err(|error| Problem::of_provider(&error))?;
    }
    Ok(())
}

async fn send(router: &Router, callback: &Callback) -> Answer {
    let request = Request::post(CALLBACKS).header(CONTENT_TYPE, "application/json");
    let request = callback
        .call
        .headers()
        .into_iter()
        .fold(request, |request, (name, value)| request.header(name, value));
    let request =
        request.body(Body::from(callback.call.body().to_vec())).expect("ids and numbers fit into headers");
    let service = TowerToHyperService::new(router.clone());
    match service.call(request).await {
        Ok(response) if response.status().is_success() => Answer::Taken,
        Ok(_) => Answer::NotTaken,
        Err(never) => match never {},
    }
}
