//! The sender of a live instance: a POST to a service that sends messages, in the form that the service wants. Must not
//! be added here: the name of a service.

use super::template::{Template, TemplateRefusal};
use super::{Message, SendFault, Sender, Sending};
use crate::client::{Call, Client};
use crate::target::{Target, Unfit};
use crate::webhook::{Headers, Secret, header_map};
use crate::worker::Clock;
use hyper::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use std::fmt;
use std::time::Duration;
use tokio::time::timeout;

/// How long sending may take: whoever waits for a code asks for another soon.
const LONGEST: Duration = Duration::from_secs(10);

/// How the service knows us.
#[derive(Clone)]
pub enum Authorization {
    /// `Authorization: Bearer …`.
    Bearer(String),
    /// Signed like a webhook, with the message's key as its id.
    Signed(Secret),
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer",
            Self::Signed(_) => "Signed",
        })
    }
}

/// Which service, and how.
#[derive(Clone)]
pub struct HttpsSenderConfig {
    /// Where.
    pub address: String,
    /// The body it wants.
    pub template: String,
    /// How it knows us.
    pub authorization: Authorization,
}

/// Why there is no sender of these settings. No secret is repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SenderRefusal {
    /// The address.
    #[error(transparent)]
    Address(#[from] Unfit),
    /// The template.
    #[error(transparent)]
    Template(#[from] TemplateRefusal),
    /// The secret cannot stand in a header.
    #[error("the secret of the sender is empty, or has letters that are not visible ASCII")]
    Secret,
}

impl SenderRefusal {
    /// What the refusal is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address(unfit) => unfit.code(),
            Self::Template(refusal) => refusal.code(),
            Self::Secret => "sender_secret_malformed",
        }
    }
}

/// Sends over HTTPS.
pub struct HttpsSender {
    client: Client,
    target: Target,
    template: Template,
    authorization: Ready,
    clock: Clock,
}

/// An authorization that was checked.
enum Ready {
    Bearer(HeaderValue),
    Signed(Secret),
}

impl HttpsSender {
    /// A sender of these settings, all of which are checked here.
    ///
    /// # Errors
    /// [`SenderRefusal`].
    pub fn new(client: Client, config: &HttpsSenderConfig, clock: Clock) -> Result<Self, SenderRefusal> {
        let target = Target::parse(&config.address, client.reach())?;
        let template = Template::parse(&config.template)?;
        let authorization = match &config.authorization {
            Authorization::Signed(secret) => Ready::Signed(secret.clone()),
            Authorization::Bearer(secret) => Ready::Bearer(bearer(secret)?),
        };
        Ok(Self { client, target, template, authorization, clock })
    }

    async fn send_once(&self, message: &Message) -> Result<(), SendFault> {
        if let Some(missing) = self.template.lacks(message.kind()) {
            return Err(SendFault::Unfit { missing });
        }
        let body = self.template.fill(message);
        let headers = self.headers(message.key(), &body);
        let call = Call { body: body.into(), headers };
        let posted = timeout(LONGEST, self.client.post(&self.target, call)).await;
        let posted = posted.map_err(|_| SendFault::Unreachable { code: "timeout" })?;
        // The answer's body may repeat the phone number: nothing of it is kept.
        let answer = posted.map_err(|fault| SendFault::Unreachable { code: fault.code() })?;
        if answer.is_success() {
            return Ok(());
        }
        Err(SendFault::Refused { status: answer.status, retry_after: answer.retry_after })
    }

    fn headers(&self, key: &str, body: &[u8]) -> HeaderMap {
        match &self.authorization {
            Ready::Bearer(value) => HeaderMap::from_iter([(AUTHORIZATION, value.clone())]),
            Ready::Signed(secret) => {
                let signed = Headers::sign(key, (self.clock)(), body, std::slice::from_ref(secret));
                header_map(&signed.expect("the key of a message has no dot, and there is a secret"))
            }
        }
    }
}

fn bearer(secret: &str) -> Result<HeaderValue, SenderRefusal> {
    if secret.is_empty() || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SenderRefusal::Secret);
    }
    let mut value = HeaderValue::from_str(&format!("Bearer {secret}")).map_err(|_| SenderRefusal::Secret)?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for HttpsSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpsSender").field("target", &self.target).finish_non_exhaustive()
    }
}

impl Sender for HttpsSender {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        Box::pin(self.send_once(message))
    }
}
