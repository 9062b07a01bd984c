//! What is to be done without being asked, and when orders are final. Must not be added here: doing it.

use super::{Checkout, CheckoutAct, DueBack, Planned};
use linli_economy::Economy;
use linli_economy::order::Phase;
use linli_economy::time::Instant;

impl Checkout {
    /// At most so many acts of the service that are due: payments to expire, and orders to carry out. Orders come one
    /// by one and in order, since each may change what the next one costs. Where [`CheckoutAct::CarryOut`] is refused
    /// [`CheckoutAct::GiveUp`] is due instead, with the code of the refusal.
    #[must_use]
    pub fn due(&self, now: Instant, most: usize) -> Vec<CheckoutAct> {
        let over = self.open.iter().take_while(|(expires, _)| *expires <= now);
        let expire = over.map(|(_, payment)| CheckoutAct::Expire { payment: payment.clone() });
        let carry_out = self.arrived.iter().flat_map(|(_, payment)| {
            self.payments[payment].to_carry_out().map(|order| CheckoutAct::CarryOut {
                payment: payment.clone(),
                order: order.planned.order().to_owned(),
            })
        });
        carry_out.chain(expire).take(most).collect()
    }

    /// At most so much of what is due back by what happened here: charges that pay nothing, orders given up, returns
    /// that failed. Ask for it with [`CheckoutAct::ReturnBegun`].
    #[must_use]
    pub fn due_back(&self, economy: &Economy, most: usize) -> Vec<DueBack> {
        let due =
            self.owing.iter().filter_map(|(payment, source)| self.due_of(economy, payment, source.clone()));
        due.take(most).collect()
    }

    /// What is due back of the payment of an order, to be asked when the economy has given back something of it.
    #[must_use]
    pub fn due_back_of_order(&self, economy: &Economy, order: &str) -> Vec<DueBack> {
        self.payment_of(order).map_or_else(Vec::new, |payment| self.due_back_of(economy, payment))
    }

    /// All that is due back, by looking at every payment: for a service that starts, and for audits.
    pub fn every_due_back<'s>(&'s self, economy: &'s Economy) -> impl Iterator<Item = DueBack> + 's {
        self.payments.keys().flat_map(|payment| self.due_back_of(economy, payment))
    }

    /// When an order paid in a store is final: its plan's `order.hold_days` after it was paid. Orders that are listed
    /// elsewhere are final when the part that lists them says so, and here never; neither is one that is settled or
    /// given back.
    #[must_use]
    pub fn final_at(&self, economy: &Economy, order: &str) -> Option<Instant> {
        let payment = &self.payments[self.payment_of(order)?];
        let is_of_store = matches!(payment.order(order)?.planned, Planned::Store { .. });
        let state = economy.state();
        let paid = &state.orders()[economy.order_id(order)?.index()];
        let is_held = is_of_store && paid.phase == Phase::Paid;
        is_held.then(|| paid.since.plus_days(state.plan_at(paid.terms.plan).order.hold_days))
    }
}
