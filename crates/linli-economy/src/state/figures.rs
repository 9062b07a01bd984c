//! The figures of the whole state in few bytes: sums, the pool, the clock and how many there are of each kind.
//! Two states that came from different commands differ in them almost always, so that a digest of them taken
//! often, beside a digest of every result, tells early where a replay goes wrong.

use super::State;
use crate::command::append;

impl State {
    /// Appends the figures in binary.
    pub fn encode_figures(&self, out: &mut Vec<u8>) {
        append(out, &(self.clock, &self.pool, &self.entered, &self.fixed, self.debts));
        let kinds = [
            self.plans.len(),
            self.members.len(),
            self.stores.len(),
            self.suppliers.len(),
            self.orders.len(),
            self.mall_orders.len(),
            self.payouts.len(),
            self.agents.len(),
        ];
        append(out, &kinds);
    }
}
