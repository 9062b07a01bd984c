//! The hold of store orders: paid orders that nobody gave back are final when their plan's days have passed, and only
//! then does the service settle them. An order of a deal is final when the deals say so, which also wait for its voucher.
//! Orders of the mall are settled by acts of the mall. Must not be added here: when a voucher is done with.

use linli_economy::Economy;
use linli_economy::handle::OrderId;
use linli_economy::order::{Order, Phase, Seller};
use linli_economy::time::Instant;
use linli_platform::Deals;
use linli_platform::deal::{Purchase, Standing};

/// Looks for orders that are final. It keeps only what spares looking twice, so a new one finds the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Holds {
    /// No order before this one is held.
    first: usize,
    /// No purchase of a deal that was done with before this waits to be settled.
    done: Instant,
}

impl Holds {
    /// The ids of store orders that are final at this time and not settled, those of deals last, each kind the oldest
    /// first, at most so many.
    pub fn due(&mut self, economy: &Economy, deals: &Deals, now: Instant, most: usize) -> Vec<String> {
        let plain = self.plain(economy, deals, now).take(most);
        let mut due: Vec<String> = plain.map(String::from).collect();
        let left = most - due.len();
        due.extend(self.of_deals(economy, deals, now).take(left).map(String::from));
        due
    }

    /// Orders that are final by their plan's days alone.
    fn plain<'e>(
        &mut self,
        economy: &'e Economy,
        deals: &'e Deals,
        now: Instant,
    ) -> impl Iterator<Item = &'e str> + use<'e> {
        let orders = economy.state().orders();
        let is_held = |order: &Order| order.phase == Phase::Paid && matches!(order.seller, Seller::Store(_));
        let is_held_here =
            |place: &usize| is_held(&orders[*place]) && !is_held_by_deal(economy, deals, *place);
        self.first = (self.first..orders.len()).find(is_held_here).unwrap_or(orders.len());
        (self.first..orders.len())
            .filter(move |&place| is_held(&orders[place]) && final_at(economy, &orders[place]) <= now)
            .filter_map(move |place| name(economy, place))
            .filter(|order| !deals.is_deal(order))
    }

    /// Orders of vouchers that are done with and whose hold has passed since.
    fn of_deals<'e>(
        &mut self,
        economy: &'e Economy,
        deals: &'e Deals,
        now: Instant,
    ) -> impl Iterator<Item = &'e str> + use<'e> {
        for (done_at, purchase) in deals.done(self.done) {
            self.done = done_at;
            if matches!(purchase.standing(economy), Standing::Paid(_)) {
                break;
            }
        }
        let is_final = move |purchase: &&Purchase| purchase.final_at(economy).is_some_and(|at| at <= now);
        let done = deals.done(self.done).map(|(_, purchase)| purchase);
        done.filter(is_final).map(|purchase| &*purchase.order)
    }
}

/// Whether an order will always be one of a deal: a purchase whose payment is not confirmed can lapse, and an order under
/// its id that was not its payment is then held like any other.
fn is_held_by_deal(economy: &Economy, deals: &Deals, place: usize) -> bool {
    let purchase = name(economy, place).and_then(|order| deals.purchase(order));
    purchase.is_some_and(|purchase| !purchase.is_unconfirmed())
}

fn name(economy: &Economy, place: usize) -> Option<&str> {
    OrderId::at(place).map(|order| economy.order_name(order))
}

/// When the hold ends by the plan that the order was paid under.
fn final_at(economy: &Economy, order: &Order) -> Instant {
    let plan = &economy.state().plans()[order.terms.plan.index()];
    order.since.plus_days(plan.order.hold_days)
}
