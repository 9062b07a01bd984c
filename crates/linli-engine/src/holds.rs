//! The hold of store orders: paid orders that nobody gave back are final when their plan's days have passed, and only
//! then does the service settle them. Mall orders are final after their receipt, which is not known here.

use linli_economy::Economy;
use linli_economy::handle::OrderId;
use linli_economy::order::{Order, Phase, Seller};
use linli_economy::time::Instant;

/// Looks for orders that are final. It keeps only what spares looking twice, so a new one finds the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Holds {
    /// No order before this one is held.
    first: usize,
}

impl Holds {
    /// The ids of store orders that are final at this time and not settled, the oldest first, at most so many.
    pub fn due(&mut self, economy: &Economy, now: Instant, most: usize) -> Vec<String> {
        let orders = economy.state().orders();
        let is_held = |order: &Order| order.phase == Phase::Paid && matches!(order.seller, Seller::Store(_));
        self.first += orders[self.first..].iter().take_while(|order| !is_held(order)).count();
        let held = (self.first..orders.len()).filter(|&place| is_held(&orders[place]));
        held.filter(|&place| final_at(economy, &orders[place]) <= now)
            .take(most)
            .filter_map(OrderId::at)
            .map(|order| economy.order_name(order).to_string())
            .collect()
    }
}

/// When the hold ends by the plan that the order was paid under.
fn final_at(economy: &Economy, order: &Order) -> Instant {
    let plan = &economy.state().plans()[order.terms.plan.index()];
    order.since.plus_days(plan.order.hold_days)
}
