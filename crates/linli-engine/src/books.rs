//! What readers ask for and the state does not say at once: orders under way, who invited how many, every account's
//! statement, what each day brought. A view keeps them beside its replica, from each entry that it follows, so that no
//! request looks through all orders and none replays a journal. Must not be added here: anything that decides; a balance
//! is the economy's.

mod circle;
mod ledger;
mod pending;

pub use circle::{Circle, Invited};
pub use ledger::{
    DayOfMember, DayOfPrice, DayOfStore, Days, Ledger, Noted, Posted, StatementOf, Written, beginning_of,
    day_of,
};
pub use pending::Pending;

use crate::answered::Answered;
use crate::entries::Entry;
use crate::replica::Replica;

/// The books beside a replica.
#[derive(Clone, Debug, Default)]
pub struct Books {
    pending: Pending,
    circle: Circle,
    ledger: Option<Ledger>,
}

impl Books {
    /// The books of a replica as far as its state alone has them; the ledger needs every entry from the first.
    #[must_use]
    pub fn of(replica: &Replica) -> Self {
        let economy = replica.economy();
        Self { pending: Pending::of(economy), circle: Circle::of(economy), ledger: None }
    }

    /// What orders that are paid and not settled will bring.
    #[must_use]
    pub fn pending(&self) -> &Pending {
        &self.pending
    }

    /// Who has invited how many.
    #[must_use]
    pub fn circle(&self) -> &Circle {
        &self.circle
    }

    /// The postings of every account; none as long as it is being read from the journal.
    #[must_use]
    pub fn ledger(&self) -> Option<&Ledger> {
        self.ledger.as_ref()
    }

    /// From now on the ledger is kept; it has everything up to the replica's place.
    pub(crate) fn keep(&mut self, ledger: Ledger) {
        self.ledger = Some(ledger);
    }

    /// Takes the next entry with its answer.
    pub(crate) fn take(&mut self, entry: &Entry<'_>, answer: &Answered<'_>) {
        self.pending.take(entry, answer);
        self.circle.take(entry, answer);
        if let Some(ledger) = &mut self.ledger {
            ledger.take(entry, answer);
        }
    }
}
