//! The sides of a day's reconciliation that are here: what the platform recorded, and what the journal posted for it, each
//! by the provider's id of the movement. Both are read from the state, payments in portions, so that nobody waits for it
//! for long. Must not be added here: a comparison; `linli_payments::reconcile` makes it.

use crate::app::App;
use crate::problem::Problem;
use linli_economy::Economy;
use linli_engine::Replica;
use linli_payments::{Amount, Bill, Day, Entry, Id, Kind, Recorded};
use linli_platform::checkout::{Charge, OrderState, Payment, ReturnState, Role, Source, given_back};
use linli_platform::withdrawal::State;
use linli_platform::{Actor, Checkout};
use std::collections::{BTreeMap, BTreeSet};

/// Payments that are looked at together.
const TOGETHER: usize = 2_000;

/// Both sides of a day.
pub struct Sides {
    day: Day,
    /// Movements of the bill, which are looked at on whatever day they were recorded.
    listed: BTreeSet<(Kind, Id)>,
    pub platform: Vec<Recorded>,
    pub journal: Vec<Entry>,
}

impl Sides {
    /// The sides of the bill's day.
    pub fn of(app: &App, bill: &Bill) -> Result<Self, Problem> {
        let listed = bill.lines.iter().map(Entry::of_line).map(|entry| (entry.kind, entry.key)).collect();
        let mut sides = Self { day: bill.day, listed, platform: Vec::new(), journal: Vec::new() };
        let mut after = String::new();
        loop {
            let last = app.look(|replica| sides.add_payments(replica, &after))?;
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
        app.look(|replica| sides.add_payouts(replica))?;
        Ok(sides)
    }

    /// The next portion; gives the last of it, if there is one.
    fn add_payments(&mut self, replica: &Replica, after: &str) -> Option<String> {
        let checkout = &replica.platform().checkout;
        let mut last = None;
        for (id, payment) in checkout.payments_after(after, TOGETHER) {
            payment.charges.iter().for_each(|charge| self.add_charge(replica.economy(), payment, charge));
            self.add_returns(replica.economy(), checkout, id, payment);
            last = Some(id.to_string());
        }
        last
    }

    fn is_wanted(&self, kind: Kind, key: &Id, at: i64) -> bool {
        self.day.has(at) || self.listed.contains(&(kind, key.clone()))
    }

    fn record(&mut self, entry: Entry, apart_fen: u64) {
        self.platform.push(Recorded { entry, apart_fen });
    }

    /// What arrived: the journal has the orders that were carried out with it, the rest stands apart.
    fn add_charge(&mut self, economy: &Economy, payment: &Payment, charge: &Charge) {
        let (Some(entry), at) =
            (entry(Kind::Payment, &charge.id, charge.fen, charge.at.seconds), charge.at.seconds)
        else {
            return;
        };
        if !self.is_wanted(Kind::Payment, &entry.key, at) {
            return;
        }
        let carried_out = payment.orders.iter().filter(|order| order.state == OrderState::Paid);
        let carried_out: Vec<_> = carried_out.filter(|_| charge.role == Role::Pays).collect();
        let posted: u64 = carried_out.iter().map(|order| order.planned.fen()).sum();
        self.record(entry, charge.fen.saturating_sub(posted));
        let cash = carried_out.into_iter().filter_map(|of| {
            let order = &economy.state().orders()[economy.order_id(of.planned.order())?.index()];
            self::entry(Kind::Payment, &charge.id, order.paid - order.from_spend, at)
        });
        self.journal.extend(cash);
    }

    /// What went back: of orders the journal has it, of charges that paid nothing it does not.
    fn add_returns(&mut self, economy: &Economy, checkout: &Checkout, id: &str, payment: &Payment) {
        let mut posted: BTreeMap<&str, u64> = BTreeMap::new();
        for (return_id, one) in checkout.returns_of(id) {
            if one.state == ReturnState::Failed {
                continue;
            }
            let order = match &one.source {
                Source::Order(order) => payment.order(order).filter(|of| of.state == OrderState::Paid),
                Source::Charge(_) => None,
            };
            // What the economy gave back of an order, less what earlier returns of it are for.
            let share = order.map(|of| {
                let order = of.planned.order();
                let all = || {
                    economy.order_id(order).map_or(0, |id| given_back(&economy.state().orders()[id.index()]))
                };
                let left = posted.entry(order).or_insert_with(all);
                let share = one.fen.min(*left);
                *left -= share;
                share
            });
            let ReturnState::Done(at) = one.state else { continue };
            let Some(entry) = entry(Kind::Refund, return_id, one.fen, at.seconds) else { continue };
            if !self.is_wanted(Kind::Refund, &entry.key, at.seconds) {
                continue;
            }
            self.record(entry, if share.is_some() { 0 } else { one.fen });
            self.journal.extend(share.and_then(|fen| self::entry(Kind::Refund, return_id, fen, at.seconds)));
        }
    }

    /// What the provider has paid out; what a bank has paid is on no bill of the provider's.
    fn add_payouts(&mut self, replica: &Replica) {
        let by_provider = |paid: &&linli_platform::withdrawal::Withdrawal| paid.last().by == Actor::Provider;
        for paid in replica.platform().withdrawals.queue(State::Paid).filter(by_provider) {
            let at = paid.last().at.seconds;
            let Some(entry) = entry(Kind::Payout, &paid.id, paid.fen, at) else { continue };
            if !self.is_wanted(Kind::Payout, &entry.key, at) {
                continue;
            }
            let economy = replica.economy();
            let payout = economy.payout_id(&paid.id).map(|id| &economy.state().payouts()[id.index()]);
            let posted = payout.filter(|payout| !payout.open).map(|payout| payout.amount);
            self.journal.extend(posted.and_then(|fen| self::entry(Kind::Payout, &paid.id, fen, at)));
            self.record(entry, 0);
        }
    }
}

/// A movement; of nothing there is none. Ids of the platform and of the provider are ids here, too.
fn entry(kind: Kind, key: &str, fen: u64, at: i64) -> Option<Entry> {
    let (key, amount) = (Id::new(key).ok()?, Amount::of_fen(fen).ok()?);
    Some(Entry { kind, key, amount, at })
}
