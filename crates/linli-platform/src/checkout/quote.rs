//! What a mall order would cost in cash: its list price less the deduction points that the economy would take for it,
//! `min(the member's live points, ⌊L · mall.deduct⌋)`. With 50 %, a list price of 40.00 and 12.00 points: 28.00.
//! Must not be added here: a change of a lot.

use linli_economy::Economy;
use linli_economy::handle::MemberId;
use linli_economy::order::Order;
use linli_economy::state::State;
use linli_economy::time::Instant;

/// What is left of a member's deduction points while orders are quoted one after the other.
pub struct Quote<'e> {
    state: &'e State,
    /// In hundredths of a point, each of which pays one fen.
    live: u128,
}

impl<'e> Quote<'e> {
    /// The points of a member at this time, before the first order.
    pub fn new(economy: &'e Economy, member: Option<MemberId>, now: Instant) -> Self {
        let state = economy.state();
        let live = member.map_or(0, |member| live_points(state, member, now));
        Self { state, live }
    }

    /// The cash part of the next order with this list price.
    pub fn cash(&mut self, list_total: u64) -> u64 {
        let most = self.state.plan().mall.deduct.share_floor(list_total);
        let used = u64::try_from(self.live).map_or(most, |live| live.min(most));
        self.live -= u128::from(used);
        list_total - used
    }
}

/// Σ of the lots that have not expired. Those that have are posted back by the economy before it takes any.
fn live_points(state: &State, member: MemberId, now: Instant) -> u128 {
    let orders = state.orders();
    let last = state.members()[member.index()].last_lot;
    let lots = std::iter::successors(last, |lot| orders[lot.index()].previous_lot);
    let orders = lots.map(|lot| &orders[lot.index()]);
    orders.filter(|order| expiry(state, order) > now).map(|order| u128::from(order.lot)).sum()
}

/// When the lot of a settled order expires.
fn expiry(state: &State, order: &Order) -> Instant {
    order.since.plus_days(state.plan_at(order.terms.plan).mall.award_days)
}
