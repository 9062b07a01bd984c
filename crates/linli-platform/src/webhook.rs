//! Webhooks: where programs of others want to hear of what happens, and of what. An endpoint's address and secret are
//! sealed; a secret that is replaced holds a day longer, so that no receiver misses anything. Must not be added here: what
//! was delivered, which the outbox alone knows; what follows from an entry.

mod endpoint;
mod event;
mod part;
#[cfg(test)]
mod tests;

pub use endpoint::{Cause, Endpoint, EndpointState, OVERLAP_SECONDS, Replaced};
pub use event::EventKind;
pub use part::Webhooks;

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is done with endpoints of webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WebhookAct {
    /// Events are sent to another address from now on.
    Add {
        /// Names the endpoint.
        id: String,
        /// How it is called, where it goes and of what it hears.
        form: EndpointForm,
        /// What its webhooks are signed with, sealed.
        sealed_secret: Vec<u8>,
    },
    /// An endpoint is called otherwise, goes elsewhere or hears of other things; the secret stays.
    Change {
        /// The endpoint.
        id: String,
        /// From now on.
        form: EndpointForm,
    },
    /// What happens is kept and not sent.
    Pause {
        /// The endpoint.
        id: String,
    },
    /// What was kept is sent.
    Resume {
        /// The endpoint.
        id: String,
    },
    /// Another secret signs; the one of before signs too, for a day.
    Rotate {
        /// The endpoint.
        id: String,
        /// The new one, sealed.
        sealed_secret: Vec<u8>,
    },
    /// Nothing is sent there any more.
    End {
        /// The endpoint.
        id: String,
    },
    /// The service stops sending, because nobody takes it.
    Disable {
        /// The endpoint.
        id: String,
        /// Why.
        cause: Cause,
    },
    /// An event that says only that the endpoint works is sent.
    Test {
        /// The endpoint.
        id: String,
    },
    /// One delivery that has ended is sent again, under its id.
    Replay {
        /// The endpoint.
        id: String,
        /// The delivery.
        delivery: String,
    },
    /// All deliveries that have ended and follow from these entries are sent again, under their ids.
    ReplayRange {
        /// The endpoint.
        id: String,
        /// The first entry.
        first: u64,
        /// The last.
        last: u64,
    },
}

/// How an endpoint is called, where it goes and of what it hears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointForm {
    /// What people call it.
    pub name: String,
    /// Of what it hears.
    pub events: BTreeSet<EventKind>,
    /// The URL, sealed: its path and query may hold a secret.
    pub sealed_url: Vec<u8>,
    /// What of the URL may be shown: scheme, host and port.
    pub shown: String,
}

impl WebhookAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add_webhook",
            Self::Change { .. } => "change_webhook",
            Self::Pause { .. } => "pause_webhook",
            Self::Resume { .. } => "resume_webhook",
            Self::Rotate { .. } => "rotate_webhook_secret",
            Self::End { .. } => "end_webhook",
            Self::Disable { .. } => "disable_webhook",
            Self::Test { .. } => "test_webhook",
            Self::Replay { .. } => "replay_webhook",
            Self::ReplayRange { .. } => "replay_webhooks",
        }
    }

    /// The endpoint.
    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Add { id, .. }
            | Self::Change { id, .. }
            | Self::Pause { id }
            | Self::Resume { id }
            | Self::Rotate { id, .. }
            | Self::End { id }
            | Self::Disable { id, .. }
            | Self::Test { id }
            | Self::Replay { id, .. }
            | Self::ReplayRange { id, .. } => id,
        }
    }
}
