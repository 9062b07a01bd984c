//! The endpoints of webhooks as whoever delivers asks for them: looked up and opened at each attempt, so that what was
//! paused, replaced or shredded counts at once. Must not be added here: which events there are.

use crate::app::App;
use crate::perform::perform_once;
use crate::problem::{Code, Problem};
use linli_outbox::Target;
use linli_outbox::deliver::Telling;
use linli_outbox::schedule::GAPS;
use linli_outbox::store::{Filter, Logged};
use linli_outbox::webhook::{self, Endpoints, Finding, Found, Secret};
use linli_platform::webhook::{Cause, Endpoint, EndpointState};
use linli_platform::{Actor, WebhookAct};
use std::sync::Arc;

/// How long nothing is tried at an endpoint that is paused; when it is resumed, what waits is sent at once.
const HELD_SECONDS: i64 = 3_600;

/// Attempts that are looked at for one that has succeeded.
const LOOKED_AT: usize = 200;

/// In whose name an endpoint's address and secrets are sealed.
pub fn person(id: &str) -> String {
    format!("webhook:{id}")
}

/// The endpoints of the platform.
pub struct WebhookEndpoints {
    app: Arc<App>,
}

impl WebhookEndpoints {
    pub fn new(app: Arc<App>) -> Self {
        Self { app }
    }

    async fn look_up(&self, id: &str) -> Result<Found, String> {
        let endpoint = self.app.look(|replica| replica.platform().webhooks.get(id).cloned());
        let Some(endpoint) = endpoint.map_err(|problem| name(&problem))? else { return Ok(Found::Ended) };
        match endpoint.state {
            EndpointState::Active => self.open(id, &endpoint).await.map(Found::Endpoint),
            EndpointState::Paused | EndpointState::Disabled(_) => Ok(Found::Held { seconds: HELD_SECONDS }),
            EndpointState::Ended => Ok(Found::Ended),
        }
    }

    async fn open(&self, id: &str, endpoint: &Endpoint) -> Result<webhook::Endpoint, String> {
        let url = self.open_text(id, "url", &endpoint.form.sealed_url).await?;
        // What may be reached can have changed since it was registered.
        let target =
            Target::parse(&url, self.app.client.reach()).map_err(|unfit| unfit.code().to_string())?;
        let mut secrets = Vec::new();
        for sealed in endpoint.secrets(self.app.now()) {
            let secret = self.open_text(id, "secret", sealed).await?;
            secrets.push(Secret::parse(&secret).map_err(|refusal| refusal.code().to_string())?);
        }
        Ok(webhook::Endpoint { target, secrets })
    }

    async fn open_text(&self, id: &str, field: &'static str, sealed: &[u8]) -> Result<String, String> {
        let opened = self.app.secrets.open(person(id), field, sealed.to_vec()).await;
        let opened = opened.map_err(|problem| name(&problem))?;
        let opened = opened.ok_or_else(|| format!("its {field} was shredded"))?;
        String::from_utf8(opened).map_err(|_| format!("its {field} is no text"))
    }

    async fn disable(&self, id: &str, cause: Cause) -> Result<(), String> {
        let act = WebhookAct::Disable { id: id.into(), cause };
        match perform_once(&self.app, Actor::Service, act).await {
            Ok(_) => {
                tracing::warn!(endpoint = id, cause = cause.name(), "nothing more is sent to an endpoint");
                Ok(())
            }
            // It has ended or was disabled meanwhile.
            Err(problem) if matches!(problem.code(), Code::RefusedAct(_)) => Ok(()),
            Err(problem) => Err(name(&problem)),
        }
    }

    /// Disables an endpoint that has taken nothing for as long as a row is tried.
    async fn disable_if_failing(&self, id: &str) -> Result<(), String> {
        let (target, since) = (id.to_string(), self.app.now().seconds - GAPS.iter().sum::<i64>());
        let log = self
            .app
            .outbox
            .call(move |rows| rows.log(&Filter { target: Some(&target), ..Filter::default() }, LOOKED_AT));
        let log = log.await.map_err(|problem| name(&problem))?;
        let was_taken = |logged: &Logged| logged.attempt.error.is_none() && logged.attempt.at >= since;
        if log.iter().any(was_taken) { Ok(()) } else { self.disable(id, Cause::Failing).await }
    }
}

fn name(problem: &Problem) -> String {
    problem.code().name().to_string()
}

impl Endpoints for WebhookEndpoints {
    fn find<'a>(&'a self, id: &'a str) -> Finding<'a> {
        Box::pin(self.look_up(id))
    }

    fn gone<'a>(&'a self, id: &'a str) -> Telling<'a> {
        Box::pin(self.disable(id, Cause::Gone))
    }

    fn given_up<'a>(&'a self, id: &'a str) -> Telling<'a> {
        Box::pin(self.disable_if_failing(id))
    }
}
