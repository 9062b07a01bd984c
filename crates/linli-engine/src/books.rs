//! What readers ask for and the state does not say at once: sums over orders that are under way. A view keeps them
//! beside its replica, from each entry that it follows, so that no request looks through all orders. Must not be added
//! here: anything that decides; a balance is the economy's.

mod pending;

pub use pending::Pending;

use crate::answered::Answered;
use crate::entries::Entry;
use crate::replica::Replica;

/// The sums beside a replica.
#[derive(Clone, Debug, Default)]
pub struct Books {
    pending: Pending,
}

impl Books {
    /// The books of a replica, looked up in all its orders once.
    #[must_use]
    pub fn of(replica: &Replica) -> Self {
        Self { pending: Pending::of(replica.economy()) }
    }

    /// What orders that are paid and not settled will bring.
    #[must_use]
    pub fn pending(&self) -> &Pending {
        &self.pending
    }

    /// Takes the next entry with its answer.
    pub(crate) fn take(&mut self, entry: &Entry<'_>, answer: &Answered<'_>) {
        self.pending.take(entry, answer);
    }
}
