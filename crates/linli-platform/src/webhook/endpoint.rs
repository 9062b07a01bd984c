//! One endpoint: where it goes, of what it hears, and whether anything is sent there now.

use super::{EndpointForm, EventKind};
use crate::act::Actor;
use crate::calendar::DAY;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// How long a secret still signs after it was replaced.
pub const OVERLAP_SECONDS: i64 = DAY;

/// Why the service does not send to an endpoint any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// It has answered that it wants nothing more.
    Gone,
    /// It has taken nothing for days.
    Failing,
}

/// Whether anything is sent to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EndpointState {
    /// Yes.
    Active,
    /// Not now, because somebody has said so; what happens is kept.
    Paused,
    /// Not now, because nobody takes it; what happens is kept.
    Disabled(Cause),
    /// Never again.
    Ended,
}

/// A secret that was replaced and still signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// The secret, sealed.
    pub sealed_secret: Vec<u8>,
    /// Until when it signs.
    pub until: Instant,
}

/// Where webhooks go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// How it is called, where it goes and of what it hears.
    pub form: EndpointForm,
    /// What signs, sealed.
    pub sealed_secret: Vec<u8>,
    /// What signed before.
    pub replaced: Option<Replaced>,
    /// Whether anything is sent.
    pub state: EndpointState,
    /// When it was added.
    pub since: Instant,
    /// By whom.
    pub by: Actor,
}

impl EndpointState {
    /// The name in interfaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Disabled(Cause::Gone) => "gone",
            Self::Disabled(Cause::Failing) => "failing",
            Self::Ended => "ended",
        }
    }
}

impl Endpoint {
    /// Whether what happens becomes a webhook, sent now or when the endpoint is resumed.
    #[must_use]
    pub fn hears_of(&self, event: EventKind) -> bool {
        self.state != EndpointState::Ended && self.form.events.contains(&event)
    }

    /// The secrets that sign at this time, the newest first.
    #[must_use]
    pub fn secrets(&self, now: Instant) -> Vec<&[u8]> {
        let replaced = self.replaced.iter().filter(|replaced| now < replaced.until);
        std::iter::once(&*self.sealed_secret)
            .chain(replaced.map(|replaced| &*replaced.sealed_secret))
            .collect()
    }
}
