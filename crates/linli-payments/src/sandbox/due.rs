//! What the sandbox will do by itself, and when. Must not be added here: what happens at once.

use super::happen::Step;
use crate::book::{number, time};
use crate::error::Error;
use crate::event::Happened;
use crate::id::Id;
use crate::records::{Space, decode};
use crate::subject::Subject;
use serde::{Deserialize, Serialize};

/// How much is looked up at once.
const BATCH: usize = 100;

/// Something that will be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Due {
    /// This happens.
    Tell(Happened),
    /// A payment that was not paid closes.
    Expire(Id),
    /// A charge that is held still is released.
    Release { payment: Id, charge: Id },
}

impl Step<'_> {
    /// Has something done at this time.
    pub fn at(&mut self, at: i64, due: &Due) -> Result<(), Error> {
        let key = format!("{}/{}", time(at), number(self.book.next("due")?));
        Ok(self.book.tx.save(Space::Due, &key, &(at, due))?)
    }

    /// Does everything that is due by now, in the order of time; that may make more due.
    pub(super) fn let_happen(&mut self) -> Result<(), Error> {
        let after_now = time(self.now.saturating_add(1));
        loop {
            let batch = self.book.tx.range(Space::Due, "", &after_now, BATCH)?;
            if batch.is_empty() {
                return Ok(());
            }
            for (key, value) in batch {
                let (at, due) = decode(Space::Due, &key, &value)?;
                self.book.tx.remove(Space::Due, &key)?;
                self.do_due(at, due)?;
            }
        }
    }

    fn do_due(&mut self, at: i64, due: Due) -> Result<(), Error> {
        match due {
            Due::Tell(happened) => self.tell(happened, at),
            Due::Expire(payment) => {
                let is_ended = self.has(&Subject::Payment(payment.clone()), |happened| {
                    matches!(happened, Happened::Paid { .. } | Happened::Closed { .. })
                })?;
                if is_ended { Ok(()) } else { self.tell(Happened::Closed { payment }, at) }
            }
            Due::Release { payment, charge } => {
                let is_released = self.has(&Subject::Hold(charge.clone()), |_| true)?;
                if is_released { Ok(()) } else { self.tell(Happened::Released { payment, charge }, at) }
            }
        }
    }
}
