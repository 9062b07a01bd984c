//! The state: flat arrays, addressed by handles, and the ledger's one way to move money. The commands are the
//! modules below; each checks first and changes afterwards, so that a refusal changes nothing. Must not be
//! added here: text ids and idempotency (see `economy.rs`).

mod balances;
mod cancel;
mod dividend;
mod figures;
mod forget;
mod freeze;
mod funds;
mod look;
mod lots;
mod mall;
mod pay;
mod payout;
mod post;
mod redeem;
mod refund;
mod relations;
mod settle;
mod stores;
mod warm;

pub use balances::Balance;
pub use funds::{Destination, Source};
pub use mall::MallSale;
pub use pay::Sale;
pub use payout::Payout;
pub use stores::StoreChange;
pub use warm::{BATCH, Buyers};

use crate::exits::{ExitQueue, Filing, Filings, Target};
use crate::handle::{MemberId, OrderId, PlanId, StoreId};
use crate::legs::{Ancestor, Leg, LevelLeg};
use crate::limits::Entered;
use crate::member::{Member, Payback};
use crate::names::Names;
use crate::order::{MallOrder, Order};
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::pool::Pool;
use crate::refusal::{Code, Refusal};
use crate::region::Region;
use crate::store::Store;
use crate::time::Instant;
use crate::units::Fen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The balances that are nobody's in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Fixed {
    payments: Fen,
    payouts: Fen,
    capital: Fen,
    profit: Fen,
    fees: Fen,
    dividend: Fen,
    genesis_supply: i128,
    mall_issued: i128,
}

/// A supplier of the mall.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Supplier {
    balance: Fen,
    /// Whether an order of theirs has been settled.
    exists: bool,
}

/// What an order pays by levels: the ancestors frozen when it was paid, and the legs once it is settled.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct LevelPay {
    ancestors: Vec<Ancestor>,
    legs: Vec<LevelLeg>,
}

/// One economy.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    /// The instant of the last accepted command.
    clock: Instant,
    /// The instant of the command at work.
    now: Instant,
    plans: Vec<Plan>,
    pool: Pool,
    entered: Entered,
    members: Vec<Member>,
    paybacks: Vec<Payback>,
    stores: Vec<Store>,
    suppliers: Vec<Supplier>,
    orders: Vec<Order>,
    mall_orders: Vec<MallOrder>,
    level_pays: Vec<LevelPay>,
    payouts: Vec<Payout>,
    agents: BTreeMap<Region, MemberId>,
    ranks: Names,
    fixed: Fixed,
    /// Σ of what is below zero: members' wallets, stores, suppliers, the dividend account.
    debts: Fen,
    #[serde(skip)]
    exits: ExitQueue,
    #[serde(skip)]
    legs: Vec<Leg>,
    outcome: Outcome,
}

impl State {
    /// An economy that opens with this plan and its genesis.
    #[must_use]
    pub fn open(plan: Plan) -> Self {
        let points = plan.points;
        let pool = Pool::open(points.genesis_fen, points.start_price_fen);
        let mut entered = Entered::default();
        entered.add_money(points.genesis_fen);
        entered.add_points(pool.supply(), 0);
        let capital = -Fen::from(points.genesis_fen);
        let fixed = Fixed { capital, genesis_supply: pool.supply().0, ..Fixed::default() };
        let outcome = Outcome::new(&pool);
        Self {
            clock: Instant::EPOCH,
            now: Instant::EPOCH,
            plans: vec![plan],
            pool,
            entered,
            members: Vec::new(),
            paybacks: Vec::new(),
            stores: Vec::new(),
            suppliers: Vec::new(),
            orders: Vec::new(),
            mall_orders: Vec::new(),
            level_pays: Vec::new(),
            payouts: Vec::new(),
            agents: BTreeMap::new(),
            ranks: Names::default(),
            fixed,
            debts: Fen::ZERO,
            exits: ExitQueue::default(),
            legs: Vec::new(),
            outcome,
        }
    }

    /// Begins a command at this instant: forgets what the last one did.
    pub fn begin(&mut self, at: Instant) {
        self.now = at;
        self.outcome.clear();
    }

    /// Ends an accepted command: time moves on, and the outcome is complete.
    pub fn finish(&mut self) {
        self.clock = self.now;
        self.close_outcome();
    }

    /// Completes the outcome with the figures of afterwards.
    pub fn close_outcome(&mut self) {
        self.outcome.close(&self.pool);
    }

    /// What the last accepted command did.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The instant of the last accepted command.
    #[must_use]
    pub fn clock(&self) -> Instant {
        self.clock
    }

    /// The plan in force.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        self.plans.last().expect("an economy opens with a plan")
    }

    /// A version of the plan.
    #[must_use]
    pub fn plan_at(&self, plan: PlanId) -> &Plan {
        &self.plans[plan.index()]
    }

    fn plan_in_force(&self) -> PlanId {
        PlanId::at(self.plans.len() - 1).expect("every plan got its handle")
    }

    /// The pool.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The members, in order of registration.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The stores, in order of opening.
    #[must_use]
    pub fn stores(&self) -> &[Store] {
        &self.stores
    }

    /// The orders, in order of payment.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    fn member(&mut self, member: MemberId) -> &mut Member {
        &mut self.members[member.index()]
    }

    fn store(&mut self, store: StoreId) -> &mut Store {
        &mut self.stores[store.index()]
    }

    fn order(&mut self, order: OrderId) -> &mut Order {
        &mut self.orders[order.index()]
    }
}

/// What the exit queue sees of the members.
struct MemberFilings<'a> {
    members: &'a mut [Member],
    plans: &'a [Plan],
}

impl Filings for MemberFilings<'_> {
    fn filing(&mut self, member: MemberId) -> &mut Filing {
        &mut self.members[member.index()].filing
    }

    fn target(&self, member: MemberId) -> Option<Target> {
        let member = &self.members[member.index()];
        member.target(&self.plans[member.cycle.index()])
    }
}

/// The handle of the next entry of an array.
fn next<H>(handle: Option<H>) -> Result<H, Refusal> {
    handle.ok_or_else(|| Refusal::new(Code::Overflow, "no more than 2^32 - 2 of a kind"))
}
