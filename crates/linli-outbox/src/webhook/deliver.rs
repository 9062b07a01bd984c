//! Delivering a webhook: signed anew at each attempt, under the same id. Must not be added here: what is kept of an
//! endpoint.

use super::secret::Secret;
use super::signature::Headers;
use crate::client::{Answer, Call, Client};
use crate::deliver::{Deliver, Delivering, Ending, Outcome, Telling, Verdict};
use crate::row::Row;
use crate::schedule;
use crate::target::Target;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// The status by which an endpoint says that it wants nothing more.
const GONE: u16 = 410;

/// Where webhooks go, and what signs them.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Where.
    pub target: Target,
    /// The secret, and while it is being replaced the one of before, too.
    pub secrets: Vec<Secret>,
}

/// What is known of an endpoint.
#[derive(Clone, Debug)]
pub enum Found {
    /// It is in force.
    Endpoint(Endpoint),
    /// Nothing may be sent there for so many seconds; what waits is sent later.
    Held {
        /// How many.
        seconds: i64,
    },
    /// There is none any more, and nothing is to be sent.
    Ended,
}

/// An endpoint that is being looked up.
pub type Finding<'a> = Pin<Box<dyn Future<Output = Result<Found, String>> + Send + 'a>>;

/// The endpoints.
pub trait Endpoints: Send + Sync {
    /// The endpoint of this id, asked for at each attempt. The error, which is tried again and kept in the log, holds
    /// nothing secret.
    fn find<'a>(&'a self, id: &'a str) -> Finding<'a>;

    /// The endpoint has answered 410 and is to be ended. It is told at least once.
    fn gone<'a>(&'a self, id: &'a str) -> Telling<'a>;

    /// A row to the endpoint was given up, after days in which it was tried again and again. It is told at least once.
    fn given_up<'a>(&'a self, id: &'a str) -> Telling<'a>;
}

/// Delivers rows that are webhooks.
pub struct WebhookDelivery {
    client: Client,
    endpoints: Arc<dyn Endpoints>,
}

impl WebhookDelivery {
    /// Delivers to these endpoints with this client.
    #[must_use]
    pub fn new(client: Client, endpoints: Arc<dyn Endpoints>) -> Self {
        Self { client, endpoints }
    }

    async fn try_once(&self, row: &Row, now: i64) -> Outcome {
        let endpoint = match self.endpoints.find(row.row.target()).await {
            Ok(Found::Endpoint(endpoint)) => endpoint,
            Ok(Found::Held { seconds }) => return Outcome::new(Verdict::Hold { seconds }),
            Ok(Found::Ended) => {
                return Outcome::new(Verdict::Dead).because("endpoint_ended: the endpoint is not in force");
            }
            Err(why) => {
                let why = format!("endpoint_not_found: {why}");
                return Outcome::new(Verdict::Retry { after: None }).because(why);
            }
        };
        let headers = match Headers::sign(row.row.key(), now, row.row.payload(), &endpoint.secrets) {
            Ok(headers) => headers,
            Err(error) => {
                return Outcome::new(Verdict::Dead).because(format!("endpoint_cannot_sign: {error}"));
            }
        };
        let call = Call { body: row.row.payload().to_vec().into(), headers: header_map(&headers) };
        match self.client.post(&endpoint.target, call).await {
            Ok(answer) => outcome(&answer, now),
            Err(fault) => {
                let why = format!("{}: {fault}", fault.code());
                Outcome::new(Verdict::Retry { after: None }).because(why)
            }
        }
    }
}

/// The three headers as a request has them.
pub(crate) fn header_map(headers: &Headers) -> HeaderMap {
    let value = |text: &str| HeaderValue::from_str(text).expect("ids, numbers and Base64 are visible ASCII");
    headers.pairs().into_iter().map(|(name, text)| (HeaderName::from_static(name), value(text))).collect()
}

/// What an answer means; its body does not matter.
fn outcome(answer: &Answer, now: i64) -> Outcome {
    let Answer { status, retry_after, body, .. } = answer;
    let outcome = match *status {
        _ if answer.is_success() => Outcome::new(Verdict::Done),
        GONE => Outcome::new(Verdict::Gone).because("endpoint_gone: the endpoint wants nothing more"),
        status => {
            let after = retry_after.as_deref().and_then(|value| schedule::retry_after(value, now));
            Outcome::new(Verdict::Retry { after }).because(format!("status_{status}"))
        }
    };
    outcome.answered(*status, body)
}

impl Deliver for WebhookDelivery {
    fn deliver<'a>(&'a self, row: &'a Row, now: i64) -> Delivering<'a> {
        Box::pin(self.try_once(row, now))
    }

    fn ending<'a>(&'a self, row: &'a Row, ending: Ending) -> Telling<'a> {
        match ending {
            Ending::Gone => self.endpoints.gone(row.row.target()),
            Ending::Dead => self.endpoints.given_up(row.row.target()),
            Ending::Done => Box::pin(async { Ok(()) }),
        }
    }
}
