//! Orders that are given back some days later. Which ones chance decides when they are settled.

use super::{RunError, Simulation};
use crate::draw::{Draw, whole_u64};
use crate::scenario::Refunds;
use linli_economy::handle::OrderId;
use linli_economy::refusal::Code;
use linli_economy::time::Instant;

/// An order that will be given back.
#[derive(Clone, Copy)]
struct Due {
    order: OrderId,
    number: usize,
    amount: u64,
}

/// Those orders by day, in a ring.
pub struct Pending {
    share: f64,
    part: f64,
    days: Vec<Vec<Due>>,
}

impl Pending {
    /// Nothing yet.
    pub fn new(refunds: Option<&Refunds>) -> Self {
        let Some(refunds) = refunds else { return Self { share: 0.0, part: 0.0, days: Vec::new() } };
        let days = vec![Vec::new(); refunds.after_days as usize + 1];
        Self { share: refunds.share.0, part: refunds.part.0, days }
    }

    /// An order was settled.
    pub fn ordered(&mut self, order: OrderId, number: usize, amount: u64, day: u32, draw: &mut Draw) {
        if self.days.is_empty() || !draw.happens(self.share) {
            return;
        }
        let amount = whole_u64(amount as f64 * self.part).min(amount);
        if amount > 0 {
            let ahead = self.days.len() - 1;
            let place = (day as usize + ahead) % self.days.len();
            self.days[place].push(Due { order, number, amount });
        }
    }
}

impl Simulation<'_, '_> {
    /// Gives back what is due today. A refund that would leave the store in debt is refused and counted.
    pub(super) fn refund_due(&mut self, at: Instant) -> Result<(), RunError> {
        if self.pending.days.is_empty() {
            return Ok(());
        }
        let place = self.day as usize % self.pending.days.len();
        let mut due = std::mem::take(&mut self.pending.days[place]);
        for Due { order, number, amount } in due.drain(..) {
            match self.books.refund(order, amount, at) {
                Ok(outcome) => {
                    self.people.get(number).spent -= amount;
                    self.tally.refunded(amount, outcome, &mut self.people, self.day);
                }
                Err(refusal) if refusal.code == Code::InsufficientFunds => self.tally.refunds_refused += 1,
                Err(refusal) => return Err(refusal.into()),
            }
        }
        // The day's list is used again.
        self.pending.days[place] = due;
        Ok(())
    }
}
