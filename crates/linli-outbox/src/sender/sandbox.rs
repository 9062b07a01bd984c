//! The sender of a sandbox: it sends nothing, and keeps the last messages to be shown on a page. Must not be added here:
//! a way to use it in a live instance by accident.

use super::{Message, Sender, Sending};
use crate::worker::Clock;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// A message that would have been sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// When, in seconds since 1970.
    pub at: i64,
    /// The message.
    pub message: Message,
}

/// Keeps messages instead of sending them.
pub struct SandboxSender {
    most: usize,
    clock: Clock,
    messages: Mutex<VecDeque<Shown>>,
}

impl SandboxSender {
    /// Keeps the last `most` messages.
    #[must_use]
    pub fn new(most: usize, clock: Clock) -> Self {
        Self { most, clock, messages: Mutex::default() }
    }

    /// The messages, the newest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Shown> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }
}

impl fmt::Debug for SandboxSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxSender").field("most", &self.most).finish_non_exhaustive()
    }
}

impl Sender for SandboxSender {
    /// A message with a key that is there already is a repeat, and is not shown twice.
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        if !messages.iter().any(|shown| shown.message.key() == message.key()) {
            messages.push_back(Shown { at: (self.clock)(), message: message.clone() });
            if messages.len() > self.most {
                messages.pop_front();
            }
        }
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[tokio::test]
    async fn the_last_messages_are_shown_once_each_the_newest_first() {
        let sender = SandboxSender::new(3, Arc::new(|| 7));
        for key in ["a", "b", "c", "c", "d"] {
            let message = Message::notice("13800000000", "a text", key).expect("a message");
            sender.send(&message).await.expect("kept");
        }
        let shown: Vec<_> =
            sender.messages().iter().map(|shown| (shown.at, shown.message.key().to_owned())).collect();
        assert_eq!(shown, ["d", "c", "b"].map(|key| (7, key.to_owned())));
    }
}
