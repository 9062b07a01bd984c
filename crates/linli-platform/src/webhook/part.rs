//! The endpoints that there are, and whether an act on one may be done.

use super::{Cause, Endpoint, EndpointForm, EndpointState, OVERLAP_SECONDS, Replaced, WebhookAct};
use crate::act::Actor;
use crate::calendar::later;
use crate::desk::{desk, service};
use crate::part::{Carried, Moment, Part, Scene, mixed};
use crate::refusal::{Code, Refusal};
use crate::text::{self, Length, plain, sealed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Characters of a name, and of what is shown of a URL.
const NAME: Length = Length { what: "a name", least: 1, most: 64 };
const SHOWN: Length = Length { what: "scheme, host and port", least: 1, most: 300 };

/// Characters of the id of a delivery.
const DELIVERY: Length = Length { what: "the id of a delivery", least: 1, most: 128 };

/// Endpoints that have not ended: each multiplies what is sent.
const MOST: usize = 20;

/// The endpoints that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhooks {
    endpoints: BTreeMap<String, Endpoint>,
    steps: u64,
}

impl Webhooks {
    /// The endpoint of this id, ended ones included.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Endpoint> {
        self.endpoints.get(id)
    }

    /// All endpoints by id, ended ones included.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Endpoint)> {
        self.endpoints.iter().map(|(id, endpoint)| (id.as_str(), endpoint))
    }

    /// The endpoint of this id, if it has not ended.
    fn open(&self, id: &str) -> Result<&Endpoint, Refusal> {
        let unknown = || Refusal::new(Code::UnknownEndpoint, format!("there is no endpoint {id}"));
        let endpoint = self.endpoints.get(id).ok_or_else(unknown)?;
        if endpoint.state == EndpointState::Ended {
            return Err(Refusal::new(Code::EndpointState, format!("the endpoint {id} has ended")));
        }
        Ok(endpoint)
    }

    /// The endpoint of this id in one of these states.
    fn within(&self, id: &str, fits: impl Fn(EndpointState) -> bool) -> Result<(), Refusal> {
        let state = self.open(id)?.state;
        if fits(state) {
            return Ok(());
        }
        Err(Refusal::new(Code::EndpointState, format!("the endpoint {id} is {}", state.name())))
    }

    fn check_new(&self, id: &str) -> Result<(), Refusal> {
        text::id(id)?;
        if self.endpoints.contains_key(id) {
            return Err(Refusal::new(Code::EndpointExists, format!("there is an endpoint {id}")));
        }
        let open = self.endpoints.values().filter(|endpoint| endpoint.state != EndpointState::Ended);
        if open.count() >= MOST {
            let message = format!("there are {MOST} endpoints: end one of them first");
            return Err(Refusal::new(Code::TooManyOpen, message));
        }
        Ok(())
    }
}

fn check_form(form: &EndpointForm) -> Result<(), Refusal> {
    plain(&NAME, &form.name)?;
    plain(&SHOWN, &form.shown)?;
    sealed("a URL", &form.sealed_url)?;
    if form.events.is_empty() {
        return Err(Refusal::new(Code::BadList, "an endpoint hears of one kind of event at least"));
    }
    Ok(())
}

impl Part for Webhooks {
    type Act = WebhookAct;

    fn check(&self, _: &Scene<'_>, by: &Actor, act: &WebhookAct) -> Result<Carried, Refusal> {
        if let WebhookAct::Disable { id, .. } = act {
            service(by)?;
            self.within(id, |state| matches!(state, EndpointState::Active | EndpointState::Paused))?;
            return Ok(None);
        }
        desk(by)?;
        match act {
            WebhookAct::Add { id, form, sealed_secret } => {
                self.check_new(id)?;
                check_form(form)?;
                sealed("a secret", sealed_secret)?;
            }
            WebhookAct::Change { id, form } => {
                self.open(id)?;
                check_form(form)?;
            }
            WebhookAct::Pause { id } => self.within(id, |state| state == EndpointState::Active)?,
            WebhookAct::Resume { id } => self.within(id, |state| state != EndpointState::Active)?,
            WebhookAct::Rotate { id, sealed_secret } => {
                self.open(id)?;
                sealed("a secret", sealed_secret)?;
            }
            WebhookAct::End { id } | WebhookAct::Test { id } => self.open(id).map(drop)?,
            WebhookAct::Replay { id, delivery } => {
                self.open(id)?;
                plain(&DELIVERY, delivery)?;
            }
            WebhookAct::ReplayRange { id, first, last } => {
                self.open(id)?;
                if *first == 0 || first > last {
                    let message = format!("from entry {first} to {last} is no range: entries begin with 1");
                    return Err(Refusal::new(Code::BadNumber, message));
                }
            }
            WebhookAct::Disable { .. } => unreachable!("looked at above"),
        }
        Ok(None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &WebhookAct) {
        self.steps += 1;
        if let WebhookAct::Add { id, form, sealed_secret } = act {
            let endpoint = Endpoint {
                form: form.clone(),
                sealed_secret: sealed_secret.clone(),
                replaced: None,
                state: EndpointState::Active,
                since: moment.now,
                by: moment.by.clone(),
            };
            self.endpoints.insert(id.clone(), endpoint);
            return;
        }
        let endpoint = self.endpoints.get_mut(act.subject()).expect("checked: the endpoint is there");
        match act {
            WebhookAct::Change { form, .. } => endpoint.form.clone_from(form),
            WebhookAct::Pause { .. } => endpoint.state = EndpointState::Paused,
            WebhookAct::Resume { .. } => endpoint.state = EndpointState::Active,
            WebhookAct::Rotate { sealed_secret, .. } => {
                let until = later(moment.now, OVERLAP_SECONDS);
                let sealed_secret = std::mem::replace(&mut endpoint.sealed_secret, sealed_secret.clone());
                endpoint.replaced = Some(Replaced { sealed_secret, until });
            }
            WebhookAct::End { .. } => endpoint.state = EndpointState::Ended,
            WebhookAct::Disable { cause, .. } => endpoint.state = EndpointState::Disabled(*cause),
            // What is sent follows from the entry; nothing of it is kept here.
            WebhookAct::Test { .. } | WebhookAct::Replay { .. } | WebhookAct::ReplayRange { .. } => {}
            WebhookAct::Add { .. } => unreachable!("done above"),
        }
    }

    fn figure(&self) -> u64 {
        mixed(&[self.endpoints.len()], &[self.steps.into()])
    }
}

impl Cause {
    /// The name in interfaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        EndpointState::Disabled(self).name()
    }
}
