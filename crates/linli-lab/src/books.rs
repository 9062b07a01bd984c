//! The economy of a run: the very state that runs live, fed with commands. Where nobody will refund an order its record
//! is forgotten; where a stream of commands is wanted, each is written as `linli replay` reads it. Must not be added: a
//! choice of what to do next.

mod new_store;
mod stream;

pub use new_store::NewStore;

use crate::scenario::ChosenPlan;
use linli_economy::handle::{MemberId, OrderId, StoreId, SupplierId};
use linli_economy::outcome::Outcome;
use linli_economy::rate::Rate;
use linli_economy::refusal::{Code, Refusal};
use linli_economy::region::{District, Region};
use linli_economy::state::{BATCH, MallSale, Sale, State, StoreChange};
use linli_economy::time::Instant;
use linli_economy::units::Points;
use std::io;
use stream::Stream;

/// Whether orders are remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orders {
    /// Their records are kept: refunds are possible, and deduction points are awarded.
    Kept,
    /// They are forgotten once settled, so that any number of them takes no memory. No deduction points are awarded,
    /// which change nothing but what the mall's orders cost.
    Forgotten,
}

/// The economy, and what is kept of it.
pub struct Books<'w> {
    state: State,
    orders: Orders,
    settled: u64,
    stream: Option<Stream<'w>>,
}

impl<'w> Books<'w> {
    /// An economy that opens with this plan. With a sink for commands, orders are always kept.
    #[must_use]
    pub fn open(plan: &ChosenPlan, orders: Orders, sink: Option<&'w mut (dyn io::Write + Send)>) -> Self {
        let orders = if sink.is_some() { Orders::Kept } else { orders };
        let state = State::open(within(plan, orders));
        Self { state, orders, settled: 0, stream: sink.map(Stream::new) }
    }

    /// The state, to look at.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The state, to try things on that are not part of the run.
    #[must_use]
    pub fn into_state(self) -> State {
        self.state
    }

    /// Whether orders are remembered.
    #[must_use]
    pub fn keeps_orders(&self) -> bool {
        self.orders == Orders::Kept
    }

    /// Orders settled so far.
    #[must_use]
    pub fn settled(&self) -> u64 {
        self.settled
    }

    /// The first fault of the sink for commands.
    ///
    /// # Errors
    /// What it said.
    pub fn finish(&mut self) -> io::Result<()> {
        self.stream.take().map_or(Ok(()), Stream::finish)
    }

    /// Registers a member.
    ///
    /// # Errors
    /// `overflow`.
    pub fn open_member(&mut self, inviter: Option<MemberId>, at: Instant) -> Result<MemberId, Refusal> {
        let member = self.apply(at, |state| state.open_member(inviter))?;
        if let Some(stream) = &mut self.stream {
            stream.open_member(member, inviter, at);
        }
        Ok(member)
    }

    /// Opens a store.
    ///
    /// # Errors
    /// `bad_rate`, `rate_out_of_range`, `unknown_region`, `overflow`.
    pub fn open_store(&mut self, store: &NewStore<'_>, at: Instant) -> Result<StoreId, Refusal> {
        let unknown = || {
            Refusal::new(Code::UnknownRegion, format!("{:?} is no district of six digits", store.district))
        };
        let district = District::parse(store.district).ok_or_else(unknown)?;
        let own_rate = store.take_rate.map(|rate| self.state.own_rate(rate)).transpose()?;
        let change = StoreChange { recruiter: store.recruiter, own_rate, ..StoreChange::default() };
        let id = self.apply(at, |state| state.open_store(store.owner, district, change))?;
        if let Some(stream) = &mut self.stream {
            stream.open_store(id, store, at);
        }
        Ok(id)
    }

    /// Appoints an agent.
    ///
    /// # Errors
    /// `unknown_region`, `region_taken`.
    pub fn appoint(&mut self, region: &str, agent: MemberId, at: Instant) -> Result<(), Refusal> {
        let unknown = || {
            Refusal::new(Code::UnknownRegion, format!("{region:?} is neither six digits nor a macro-region"))
        };
        let parsed = Region::parse(region).ok_or_else(unknown)?;
        self.apply(at, |state| state.appoint(parsed, agent))?;
        if let Some(stream) = &mut self.stream {
            stream.appoint(region, agent, at);
        }
        Ok(())
    }

    /// Asks the memory for what a batch of orders will touch.
    pub fn read_ahead(&self, sales: &[(Sale, Instant)]) {
        let mut buyers = [None; BATCH];
        for (buyer, (sale, _)) in buyers.iter_mut().zip(sales) {
            *buyer = sale.member;
        }
        self.state.read_ahead(buyers);
    }

    /// Pays and settles an order in one; gives what it did, and the order's handle where it is kept.
    ///
    /// # Errors
    /// As the economy's.
    pub fn settle(&mut self, sale: Sale, at: Instant) -> Result<(&Outcome, Option<OrderId>), Refusal> {
        let order = self.apply(at, |state| state.settle_in_one(sale))?;
        self.settled += 1;
        if let Some(stream) = &mut self.stream {
            stream.settle(order, &sale, at);
        }
        let kept = match self.orders {
            Orders::Kept => Some(order),
            Orders::Forgotten => {
                let forgotten = self.state.forget_last_order();
                debug_assert!(forgotten, "an order without a lot is forgotten");
                None
            }
        };
        Ok((self.state.outcome(), kept))
    }

    /// A supplier of the mall.
    ///
    /// # Errors
    /// `overflow`.
    pub fn open_supplier(&mut self) -> Result<SupplierId, Refusal> {
        self.state.add_supplier()
    }

    /// Pays and settles a mall order in one; gives what it did and what was paid in money.
    ///
    /// # Errors
    /// As the economy's.
    pub fn settle_mall(&mut self, sale: MallSale, at: Instant) -> Result<(&Outcome, u64), Refusal> {
        self.state.check_margin(sale.list_total, sale.cost)?;
        let order = self.apply(at, |state| state.settle_mall_in_one(sale))?;
        if let Some(stream) = &mut self.stream {
            stream.settle_mall(order, &sale, at);
        }
        let cash = self.state.orders()[order.index()].left();
        Ok((self.state.outcome(), cash))
    }

    /// Redeems points.
    ///
    /// # Errors
    /// As the economy's.
    pub fn redeem(&mut self, member: MemberId, points: Points, at: Instant) -> Result<&Outcome, Refusal> {
        self.apply(at, |state| state.redeem(member, points))?;
        if let Some(stream) = &mut self.stream {
            stream.redeem(member, points, at);
        }
        Ok(self.state.outcome())
    }

    /// Puts money into the pool.
    ///
    /// # Errors
    /// `overflow`.
    pub fn inject(&mut self, amount_fen: u64, note: Option<&str>, at: Instant) -> Result<&Outcome, Refusal> {
        self.apply(at, |state| state.inject(amount_fen))?;
        if let Some(stream) = &mut self.stream {
            stream.inject(amount_fen, note, at);
        }
        Ok(self.state.outcome())
    }

    /// Gives back part or all of a settled order.
    ///
    /// # Errors
    /// As the economy's.
    pub fn refund(&mut self, order: OrderId, amount_fen: u64, at: Instant) -> Result<&Outcome, Refusal> {
        self.apply(at, |state| state.refund(order, amount_fen))?;
        if let Some(stream) = &mut self.stream {
            stream.refund(order, amount_fen, at);
        }
        Ok(self.state.outcome())
    }

    /// Puts another plan in force.
    ///
    /// # Errors
    /// `bad_plan`.
    pub fn change_plan(&mut self, plan: &ChosenPlan, at: Instant) -> Result<(), Refusal> {
        let within = within(plan, self.orders);
        self.apply(at, |state| state.change_plan(within))?;
        if let Some(stream) = &mut self.stream {
            stream.change_plan(&plan.text, at);
        }
        Ok(())
    }

    fn apply<T>(
        &mut self,
        at: Instant,
        command: impl FnOnce(&mut State) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.state.begin(at);
        let done = command(&mut self.state)?;
        self.state.finish();
        Ok(done)
    }
}

/// The plan as it is run: where orders are forgotten it awards no deduction points, whose lots are records of orders.
fn within(plan: &ChosenPlan, orders: Orders) -> linli_economy::plan::Plan {
    let mut plan = plan.plan.clone();
    if orders == Orders::Forgotten {
        plan.mall.award = Rate::ZERO;
    }
    plan
}
