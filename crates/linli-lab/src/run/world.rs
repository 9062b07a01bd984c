//! Who is there before the first order: owners with their stores, recruiters, agents.

use crate::books::{Books, NewStore};
use crate::draw::{Draw, Weighted};
use crate::orders_file::FileOrders;
use crate::people::Person;
use crate::scenario::{Date, Scenario};
use linli_economy::handle::{MemberId, StoreId};
use linli_economy::refusal::Refusal;
use linli_economy::time::Instant;

/// The members who do not buy, by what they do.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    /// The owners of the stores, each of one.
    pub owners: Vec<MemberId>,
    /// Who brought stores in.
    pub recruiters: Vec<MemberId>,
    /// The regions with their agents.
    pub agents: Vec<(String, MemberId)>,
}

/// Stores and the people around them.
pub struct World {
    pub staff: Staff,
    pub start: Date,
    stores: Vec<StoreId>,
    weighted: Weighted,
    loyalty: f64,
}

impl World {
    /// Opens them all at the start.
    pub fn open(
        scenario: &Scenario,
        orders: Option<&FileOrders>,
        start: Date,
        books: &mut Books<'_>,
    ) -> Result<Self, Refusal> {
        let at = Instant { seconds: start.begins, nanoseconds: 0 };
        let plan = &scenario.stores;
        let count = orders.map_or(plan.count as usize, FileOrders::stores).max(1);
        let mut staff = Staff::default();
        for _ in 0..plan.recruiters {
            staff.recruiters.push(books.open_member(None, at)?);
        }
        for region in &plan.agents {
            let agent = books.open_member(None, at)?;
            books.appoint(region, agent, at)?;
            staff.agents.push((region.clone(), agent));
        }
        let mut stores = Vec::with_capacity(count);
        for number in 0..count {
            let owner = books.open_member(None, at)?;
            staff.owners.push(owner);
            let district =
                plan.districts.get(number % plan.districts.len().max(1)).map_or("000000", String::as_str);
            let recruiter = staff.recruiters.get(number % staff.recruiters.len().max(1)).copied();
            let store = NewStore { owner, recruiter, district, take_rate: plan.take_rate.as_deref() };
            stores.push(books.open_store(&store, at)?);
        }
        let weights: Vec<f64> = (1..=count).map(|rank| libm::pow(rank as f64, -plan.skew)).collect();
        Ok(Self { staff, start, stores, weighted: Weighted::new(&weights), loyalty: plan.loyalty.0 })
    }

    /// The store of a new member's first order.
    pub fn first_store(&self, draw: &mut Draw) -> usize {
        if self.stores.len() == 1 { 0 } else { self.weighted.pick(draw) }
    }

    /// The store of a further order.
    pub fn next_store(&self, person: &Person, draw: &mut Draw) -> usize {
        if self.stores.len() == 1 || draw.happens(self.loyalty) {
            person.home as usize
        } else {
            self.weighted.pick(draw)
        }
    }

    /// The store of this number.
    pub fn store(&self, number: usize) -> StoreId {
        self.stores[number]
    }

    /// Its owner.
    pub fn owner(&self, number: usize) -> MemberId {
        self.staff.owners[number]
    }
}
