//! Takes away uploaded files that nothing uses, once an hour. Must not be added here: what is used.

use crate::app::App;
use crate::files::sweep;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

const EVERY: Duration = Duration::from_secs(3_600);

/// Looks again and again, until it is aborted.
pub async fn run(app: Arc<App>) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match sweep(&app).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "unused uploads were taken away"),
            Err(problem) => tracing::warn!(?problem, "unused uploads could not be taken away"),
        }
    }
}
