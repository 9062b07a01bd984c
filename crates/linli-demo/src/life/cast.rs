//! Who takes part in the last days: a store with its owner, the member with the most points, other members, and who works
//! at the desk. Must not be added here: what they do.

use linli_economy::Economy;
use linli_economy::handle::MemberId;
use std::cmp::Reverse;

/// Members who buy beside the one who can log in.
const BUYERS: usize = 12;

/// Who takes part.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The first store that is open.
    pub store: String,
    /// Who owns it.
    pub owner: String,
    /// The member with the most points who does not.
    pub member: String,
    /// Others, those with the most points first; the first works at the store's till.
    pub buyers: Vec<String>,
    /// A member who holds a region.
    pub agent: String,
    /// Regions that somebody holds, the agent's first.
    pub regions: Vec<String>,
    /// A member who has recruited a store.
    pub recruiter: String,
}

/// Regions whose holders have terms.
const REGIONS: usize = 4;

impl Cast {
    /// Who they are in this economy; none if it is no demo world.
    #[must_use]
    pub fn of(economy: &Economy) -> Option<Self> {
        let state = economy.state();
        let name = |member: MemberId| economy.member_name(member).to_string();
        let (place, store) = state.stores().iter().enumerate().find(|(_, store)| !store.closed)?;
        let store_id = linli_economy::handle::StoreId::at(place)?;
        let is_fit = |id: &MemberId| *id != store.owner && !state.members()[id.index()].suspended;
        let others = (0..state.members().len()).filter_map(MemberId::at).filter(is_fit);
        let mut others: Vec<_> = others.collect();
        others.sort_by_key(|id| (Reverse(state.members()[id.index()].points.0), id.index()));
        let member = *others.first()?;
        let buyers: Vec<_> = others[1..].iter().take(BUYERS).map(|id| name(*id)).collect();
        let is_free = |id: &MemberId| *id != store.owner && *id != member;
        let agent = state.agents().map(|(_, agent)| agent).find(is_free)?;
        let held = |wanted: bool| state.agents().filter(move |(_, holder)| (*holder == agent) == wanted);
        let regions = held(true).chain(held(false)).take(REGIONS).map(|(region, _)| region.to_string());
        let recruiters = state.stores().iter().filter_map(|store| store.recruiter);
        let recruiter = recruiters.into_iter().find(|id| is_free(id) && *id != agent)?;
        (buyers.len() == BUYERS).then(|| Self {
            store: economy.store_name(store_id).to_string(),
            owner: name(store.owner),
            member: name(member),
            buyers,
            agent: name(agent),
            regions: regions.collect(),
            recruiter: name(recruiter),
        })
    }

    /// Who stands at the store's till.
    #[must_use]
    pub fn cashier(&self) -> &str {
        &self.buyers[0]
    }

    /// The buyer of this number; whoever can log in is number 0.
    pub(super) fn buyer(&self, number: usize) -> String {
        if number == 0 { self.member.clone() } else { self.buyers[number % self.buyers.len()].clone() }
    }
}
