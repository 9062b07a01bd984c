//! Notices through the outbox, which tries again until they are sent. A row holds no phone number: whom it goes to is
//! looked up at each attempt, so that nothing of a person stays where it cannot be shredded. Must not be added here:
//! one-time codes, which are useless when they come late.

use super::{Message, SendFault, Sender};
use crate::deliver::{Deliver, Delivering, Outcome, Verdict};
use crate::row::Row;
use crate::schedule;
use std::pin::Pin;
use std::sync::Arc;

/// The kind of rows that are notices.
pub const KIND: &str = "notice";

/// A message that is being looked up.
pub type Finding<'a> = Pin<Box<dyn Future<Output = Result<Option<Message>, String>> + Send + 'a>>;

/// What makes a message of a row.
pub trait Notices: Send + Sync {
    /// The message of this row with the row's key; none if the person can no longer be reached or does not want it.
    /// The error, which is tried again and kept in the log, holds nothing of the person.
    fn find<'a>(&'a self, row: &'a Row) -> Finding<'a>;
}

/// Delivers rows that are notices.
pub struct NoticeDelivery {
    sender: Arc<dyn Sender>,
    notices: Arc<dyn Notices>,
}

impl NoticeDelivery {
    /// Delivers with this sender.
    #[must_use]
    pub fn new(sender: Arc<dyn Sender>, notices: Arc<dyn Notices>) -> Self {
        Self { sender, notices }
    }

    async fn try_once(&self, row: &Row, now: i64) -> Outcome {
        let message = match self.notices.find(row).await {
            Ok(Some(message)) => message,
            Ok(None) => {
                return Outcome::new(Verdict::Dead)
                    .because("person_not_reached: there is no message to send");
            }
            Err(why) => {
                return Outcome::new(Verdict::Retry { after: None })
                    .because(format!("message_not_found: {why}"));
            }
        };
        match self.sender.send(&message).await {
            Ok(()) => Outcome::new(Verdict::Done),
            Err(fault) => outcome(&fault, now),
        }
    }
}

fn outcome(fault: &SendFault, now: i64) -> Outcome {
    let (verdict, status) = match fault {
        SendFault::Refused { status, retry_after } => {
            let after = retry_after.as_deref().and_then(|value| schedule::retry_after(value, now));
            (Verdict::Retry { after }, Some(*status))
        }
        SendFault::Unreachable { .. } => (Verdict::Retry { after: None }, None),
        SendFault::Unfit { .. } => (Verdict::Dead, None),
    };
    Outcome { status, ..Outcome::new(verdict).because(format!("{}: {fault}", fault.code())) }
}

impl Deliver for NoticeDelivery {
    fn deliver<'a>(&'a self, row: &'a Row, now: i64) -> Delivering<'a> {
        Box::pin(self.try_once(row, now))
    }
}
