//! Stores and the regions around them: opening, changing, closing; agents appointed and dismissed; and the
//! plan, whose change stores without a rate of their own follow.

use super::{State, next};
use crate::handle::{MemberId, PlanId, StoreId};
use crate::plan::Plan;
use crate::rate::{Rate, RateError};
use crate::refusal::{Code, Refusal};
use crate::region::{District, LEVELS, Region};
use crate::store::Store;
use crate::units::Fen;

/// What a store is opened or changed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreChange {
    /// The owner.
    pub owner: Option<MemberId>,
    /// Who brought it in.
    pub recruiter: Option<MemberId>,
    /// Where it lies.
    pub district: Option<District>,
    /// A rate of its own.
    pub own_rate: Option<Rate>,
}

impl State {
    /// The text of a store's own rate, within what the plan in force allows.
    ///
    /// # Errors
    /// `bad_rate`, `rate_out_of_range`.
    pub fn own_rate(&self, text: &str) -> Result<Rate, Refusal> {
        let take = &self.plan().take;
        let range = || format!("must be from {} to {}", take.min_rate, take.max_rate);
        match Rate::parse(text, Rate::WHOLE) {
            Ok(rate) if (take.min_rate..=take.max_rate).contains(&rate) => Ok(rate),
            Ok(_) | Err(RateError::TooLarge) => {
                Err(Refusal::new(Code::RateOutOfRange, format!("{text} {}", range())))
            }
            Err(RateError::NotRate) => {
                Err(Refusal::new(Code::BadRate, format!("{text:?} is not a rate such as \"20%\"")))
            }
        }
    }

    /// Opens a store.
    ///
    /// # Errors
    /// `overflow`.
    pub fn open_store(
        &mut self,
        owner: MemberId,
        district: District,
        change: StoreChange,
    ) -> Result<StoreId, Refusal> {
        let id = next(StoreId::at(self.stores.len()))?;
        self.stores.push(Store {
            balance: Fen::ZERO,
            owner,
            recruiter: change.recruiter,
            district,
            own_rate: change.own_rate,
            closed: false,
            agents: self.agents_of(district),
        });
        Ok(id)
    }

    /// Changes what is given of a store.
    pub fn update_store(&mut self, id: StoreId, change: StoreChange) {
        let agents = change.district.map(|district| self.agents_of(district));
        let store = self.store(id);
        store.owner = change.owner.unwrap_or(store.owner);
        store.recruiter = change.recruiter.or(store.recruiter);
        store.district = change.district.unwrap_or(store.district);
        store.agents = agents.unwrap_or(store.agents);
        store.own_rate = change.own_rate.or(store.own_rate);
    }

    /// Closes a store; twice is no error.
    pub fn close_store(&mut self, id: StoreId) {
        self.store(id).closed = true;
    }

    fn agents_of(&self, district: District) -> [Option<MemberId>; LEVELS] {
        district.regions().map(|region| region.and_then(|region| self.agents.get(&region).copied()))
    }

    /// Appoints a region's agent.
    ///
    /// # Errors
    /// `region_taken`.
    pub fn appoint(&mut self, region: Region, agent: MemberId) -> Result<(), Refusal> {
        if self.agents.contains_key(&region) {
            return Err(Refusal::new(
                Code::RegionTaken,
                format!("{region} has an agent: dismiss them first"),
            ));
        }
        self.agents.insert(region, agent);
        self.refresh_agents(region);
        Ok(())
    }

    /// Dismisses a region's agent.
    ///
    /// # Errors
    /// `unknown_region` when nobody holds it.
    pub fn dismiss(&mut self, region: Region) -> Result<(), Refusal> {
        if self.agents.remove(&region).is_none() {
            return Err(Refusal::new(Code::UnknownRegion, format!("nobody holds {region}")));
        }
        self.refresh_agents(region);
        Ok(())
    }

    /// Who holds a region.
    #[must_use]
    pub fn agent_of(&self, region: Region) -> Option<MemberId> {
        self.agents.get(&region).copied()
    }

    /// The agents by region.
    pub fn agents(&self) -> impl Iterator<Item = (Region, MemberId)> {
        self.agents.iter().map(|(&region, &agent)| (region, agent))
    }

    /// Stores carry their agents, so that an order need not look them up.
    fn refresh_agents(&mut self, region: Region) {
        for store in 0..self.stores.len() {
            let district = self.stores[store].district;
            if district.regions().contains(&Some(region)) {
                self.stores[store].agents = self.agents_of(district);
            }
        }
    }

    /// Puts a plan in force for orders paid from now on.
    ///
    /// # Errors
    /// `bad_plan` where start price or genesis change, `overflow`.
    pub fn change_plan(&mut self, plan: Plan) -> Result<(), Refusal> {
        let (old, new) = (self.plan().points, plan.points);
        if (old.start_price_fen, old.genesis_fen) != (new.start_price_fen, new.genesis_fen) {
            return Err(Refusal::new(Code::BadPlan, "points.start_price and points.genesis may not change"));
        }
        next(PlanId::at(self.plans.len()))?;
        self.plans.push(plan);
        Ok(())
    }
}
