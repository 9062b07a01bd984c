//! Stores and the agents of regions: who owns, who recruited, where it is, what its take is.
//! What an order is settled with is frozen elsewhere; a change here reaches later orders only.

use crate::number::BigInt;
use crate::region;
use crate::request::Request;
use crate::state::{Outcome, Refusal, State, Store};
use crate::text;

impl State {
    /// `open_store {store, owner, recruiter?, district, take_rate?}`
    pub fn open_store(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let id = request.text("store");
        if self.stores.contains_key(id) {
            return Err("already_exists");
        }
        let take_rate = self.check_store_fields(request)?;
        let store = Store {
            owner: request.text("owner").to_owned(),
            recruiter: request.optional("recruiter").map(str::to_owned),
            district: request.text("district").to_owned(),
            take_rate,
            closed: false,
        };
        self.stores.insert(id.to_owned(), store);
        Ok(Outcome::default())
    }

    /// `update_store {store, owner?, recruiter?, district?, take_rate?}`: what is left out stays.
    pub fn update_store(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let id = request.text("store");
        let mut store = self.store(id)?.clone();
        let take_rate = self.check_store_fields(request)?;
        if let Some(owner) = request.optional("owner") {
            owner.clone_into(&mut store.owner);
        }
        if let Some(recruiter) = request.optional("recruiter") {
            store.recruiter = Some(recruiter.to_owned());
        }
        if let Some(district) = request.optional("district") {
            district.clone_into(&mut store.district);
        }
        if take_rate.is_some() {
            store.take_rate = take_rate;
        }
        self.stores.insert(id.to_owned(), store);
        Ok(Outcome::default())
    }

    /// `close_store {store}`: twice is no error.
    pub fn close_store(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let id = request.text("store");
        let store = self.stores.get_mut(id).ok_or("unknown_store")?;
        store.closed = true;
        Ok(Outcome::default())
    }

    /// `appoint {region, agent}`: one agent a region.
    pub fn appoint(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        let (place, agent) = (request.text("region"), request.text("agent"));
        if !region::is_region(place) {
            return Err("unknown_region");
        }
        self.member(agent)?;
        if self.agents.contains_key(place) {
            return Err("region_taken");
        }
        self.agents.insert(place.to_owned(), agent.to_owned());
        Ok(Outcome::default())
    }

    /// `dismiss {region}`: a region that nobody holds is as unknown as one that is none.
    pub fn dismiss(&mut self, request: &Request) -> Result<Outcome, Refusal> {
        self.agents.remove(request.text("region")).ok_or("unknown_region")?;
        Ok(Outcome::default())
    }

    /// The refusals that opening and updating share, and the take in ppm where one is named.
    fn check_store_fields(&self, request: &Request) -> Result<Option<BigInt>, Refusal> {
        for field in ["owner", "recruiter"] {
            if let Some(member) = request.optional(field) {
                self.member(member)?;
            }
        }
        if request.optional("district").is_some_and(|district| !region::is_district(district)) {
            return Err("unknown_region");
        }
        let Some(text) = request.optional("take_rate") else { return Ok(None) };
        let rate = text::rate(text).ok_or("bad_rate")?;
        if rate < self.plan.min_rate || rate > self.plan.max_rate {
            return Err("rate_out_of_range");
        }
        Ok(Some(rate))
    }
}
