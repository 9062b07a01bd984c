//! Callbacks of the sandbox: what was told is sent until it is taken, as often and as far apart as a large provider in
//! China does. Must not be added here: sending.

use super::happen::Step;
use crate::book::{number, time};
use crate::error::{Code, Error, Refusal};
use crate::event::Event;
use crate::id::Id;
use crate::records::{Space, decode};
use crate::signature::{Secret, SignedCall};
use serde::{Deserialize, Serialize};

/// Seconds between an attempt and the next: 16 attempts, the last 24 hours and 4 minutes after the first.
pub const GAPS: [i64; 15] =
    [15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600, 10_800, 10_800, 10_800, 21_600, 21_600];

/// As many callbacks as are looked at for an order other than theirs.
const MOST_REORDERED: usize = 10_000;

/// A callback to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// Its id, by which it is answered.
    pub id: Id,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// What is sent.
    pub call: SignedCall,
}

/// In which order callbacks are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Those that are due longest first.
    AsDue,
    /// The other way round.
    Reversed,
    /// In an order that follows from this number.
    Shuffled(u64),
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The other side has it.
    Taken,
    /// It has not, or nobody knows.
    NotTaken,
}

/// A callback as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    event: Id,
    attempts: u32,
    /// The place in the queue; none when it was taken or given up.
    due: Option<String>,
}

impl Step<'_> {
    /// Has an event sent now. A copy is sent besides.
    pub(super) fn call_back(&mut self, event: &Event, copy: u8) -> Result<(), Error> {
        let id = Id::derived(&["callback", event.id.as_str(), &copy.to_string()]);
        let due = self.enqueue(&id, self.now.min(event.at))?;
        let kept = Kept { event: event.id.clone(), attempts: 0, due: Some(due) };
        Ok(self.book.tx.save(Space::Callback, id.as_str(), &kept)?)
    }

    pub(super) fn due_callbacks(
        &mut self,
        secret: &Secret,
        order: Order,
        most: usize,
    ) -> Result<Vec<Callback>, Error> {
        let after_now = time(self.now.saturating_add(1));
        let looked_at = if order == Order::AsDue { most } else { MOST_REORDERED };
        let queue = self.book.tx.range(Space::CallbackDue, "", &after_now, looked_at)?;
        let ids: Result<Vec<Id>, _> =
            queue.iter().map(|(key, value)| decode(Space::CallbackDue, key, value)).collect();
        let mut ids = ids?;
        match order {
            Order::AsDue => {}
            Order::Reversed => ids.reverse(),
            Order::Shuffled(seed) => {
                ids.sort_by_cached_key(|id| Id::derived(&[&seed.to_string(), id.as_str()]));
            }
        }
        ids.truncate(most);
        ids.into_iter().map(|id| self.attempt(secret, id)).collect()
    }

    fn attempt(&mut self, secret: &Secret, id: Id) -> Result<Callback, Error> {
        let mut kept = self.callback(&id)?;
        let event = self.book.event(&kept.event)?;
        let event = event.ok_or_else(|| unknown(&id))?;
        self.dequeue(&mut kept)?;
        let gap = usize::try_from(kept.attempts).ok().and_then(|attempts| GAPS.get(attempts));
        if let Some(gap) = gap {
            kept.due = Some(self.enqueue(&id, self.now.saturating_add(*gap))?);
        }
        kept.attempts += 1;
        self.book.tx.save(Space::Callback, id.as_str(), &kept)?;
        let call_id = Id::derived(&[id.as_str(), &kept.attempts.to_string()]);
        let call = SignedCall::sign(secret, call_id, self.now, event.write());
        Ok(Callback { id, attempt: kept.attempts, call })
    }

    pub(super) fn callback_answered(&mut self, id: &Id, answer: Answer) -> Result<(), Error> {
        let mut kept = self.callback(id)?;
        if answer == Answer::Taken {
            self.dequeue(&mut kept)?;
            self.book.tx.save(Space::Callback, id.as_str(), &kept)?;
        }
        Ok(())
    }

    fn callback(&mut self, id: &Id) -> Result<Kept, Error> {
        let kept = self.book.tx.load(Space::Callback, id.as_str())?;
        Ok(kept.ok_or_else(|| unknown(id))?)
    }

    fn enqueue(&mut self, id: &Id, at: i64) -> Result<String, Error> {
        let key = format!("{}/{}", time(at), number(self.book.next("callback")?));
        self.book.tx.save(Space::CallbackDue, &key, id)?;
        Ok(key)
    }

    fn dequeue(&mut self, kept: &mut Kept) -> Result<(), Error> {
        if let Some(key) = kept.due.take() {
            self.book.tx.remove(Space::CallbackDue, &key)?;
        }
        Ok(())
    }
}

fn unknown(id: &Id) -> Refusal {
    Refusal::new(Code::UnknownCallback, format!("there is no callback {id}"))
}
