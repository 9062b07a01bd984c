//! Deliveries that run at the same time: at most so many, and so many to one target. Must not be added here: what they
//! do.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use tokio::task::{Id, JoinSet};

/// The deliveries that run.
pub struct Slots {
    running: JoinSet<()>,
    targets: HashMap<Id, String>,
    counts: BTreeMap<String, usize>,
    most: usize,
    most_to_one: usize,
}

impl Slots {
    pub fn new(most: usize, most_to_one: usize) -> Self {
        let (running, targets, counts) = (JoinSet::new(), HashMap::new(), BTreeMap::new());
        Self { running, targets, counts, most: most.max(1), most_to_one: most_to_one.max(1) }
    }

    pub fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    pub fn free(&self) -> usize {
        self.most.saturating_sub(self.running.len())
    }

    pub fn has_room_for(&self, target: &str) -> bool {
        self.free() > 0 && self.counts.get(target).is_none_or(|count| *count < self.most_to_one)
    }

    /// The targets that have as many as one may have.
    pub fn full_targets(&self) -> Vec<String> {
        let full = self.counts.iter().filter(|(_, count)| **count >= self.most_to_one);
        full.map(|(target, _)| target.clone()).collect()
    }

    pub fn begin(&mut self, target: String, delivery: impl Future<Output = ()> + Send + 'static) {
        *self.counts.entry(target.clone()).or_default() += 1;
        self.targets.insert(self.running.spawn(delivery).id(), target);
    }

    /// Waits until one has ended; for ever if none runs. It can be dropped and asked again.
    pub async fn ended(&mut self) {
        let Some(ended) = self.running.join_next_with_id().await else {
            return std::future::pending().await;
        };
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => {
                // The row comes back when its claim ends.
                tracing::error!(%error, "a bug has ended a delivery");
                error.id()
            }
        };
        let Some(target) = self.targets.remove(&id) else { return };
        if let Some(count) = self.counts.get_mut(&target) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&target);
            }
        }
    }
}
