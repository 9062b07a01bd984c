//! Sending short messages to people: one-time codes and notices. A sandbox shows them, a live instance hands them to a
//! service over HTTPS. Must not be added here: the texts, or a phone number in a log.

mod https;
mod message;
mod notice;
mod sandbox;
mod template;

pub use https::{Authorization, HttpsSender, HttpsSenderConfig, SenderRefusal};
pub use message::{Kind, Message, MessageRefusal};
pub use notice::{Finding, KIND, NoticeDelivery, Notices};
pub use sandbox::{SandboxSender, Shown};
pub use template::{Template, TemplateRefusal};

use std::future::Future;
use std::pin::Pin;

/// A message that is being sent.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendFault>> + Send + 'a>>;

/// Whatever sends messages.
pub trait Sender: Send + Sync {
    /// Sends once, in bounded time. A code that was not sent is useless by the time of another attempt: whoever wants
    /// one asks for a new one. A notice goes through the outbox ([`NoticeDelivery`]), which tries again.
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a>;
}

/// Why a message was not sent, as far as is known. It names neither the phone number nor the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// The service did not answer with success.
    #[error("the service that sends messages has answered with status {status}")]
    Refused {
        /// The status.
        status: u16,
        /// What `Retry-After` says.
        retry_after: Option<String>,
    },
    /// The service did not answer.
    #[error("the service that sends messages cannot be reached ({code})")]
    Unreachable {
        /// The code of what hindered it.
        code: &'static str,
    },
    /// The sender has no template for such a message.
    #[error("the template of the sender has no place for {missing}")]
    Unfit {
        /// The placeholder.
        missing: &'static str,
    },
}

impl SendFault {
    /// What the fault is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "sender_refused",
            Self::Unreachable { .. } => "sender_unreachable",
            Self::Unfit { .. } => "sender_unfit",
        }
    }
}
