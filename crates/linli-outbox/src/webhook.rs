//! Webhooks in the form of Standard Webhooks 1.0: how they are signed and verified, what a row of one holds, and how
//! it is delivered. Must not be added here: which events there are.

mod deliver;
mod event;
mod secret;
mod signature;

pub(crate) use deliver::header_map;
pub use deliver::{Endpoint, Endpoints, Finding, Found, WebhookDelivery};
pub use event::{Event, KIND, event_row, test_row};
pub use secret::{Secret, SecretRefusal};
pub use signature::{Headers, Received, TOLERANCE_SECONDS, Unsignable, Unverified};
