//! The days of real orders: each is settled as it was paid, members are bound by the scenario's rule.

use super::{RunError, Simulation};
use crate::orders_file::FileOrders;
use crate::scenario::{Date, Inviting};
use linli_economy::handle::MemberId;
use linli_economy::state::{BATCH, Sale};
use linli_economy::time::Instant;

const UNKNOWN: u32 = u32::MAX;

impl Simulation<'_, '_> {
    /// Every order of the file within the scenario's days.
    pub(super) fn run_file(&mut self, orders: &FileOrders) -> Result<(), RunError> {
        let mut known = vec![UNKNOWN; orders.members()];
        let mut rest = orders.orders().iter().peekable();
        for day in 0..self.scenario.days() {
            if rest.peek().is_none() {
                break;
            }
            self.day = day;
            let begins = self.world.start.plus(day).begins;
            let morning = Instant { seconds: begins, nanoseconds: 0 };
            self.operate(morning)?;
            self.attack_in_the_morning(morning)?;
            while let Some(order) = rest.next_if(|order| Date::of(order.at).begins <= begins) {
                let store = order.store as usize;
                let member = match order.member {
                    Some(member) => Some(self.buyer(&mut known, member as usize, store, order.at)?),
                    None => None,
                };
                let sale =
                    Sale { member, store: self.world.store(store), amount: order.amount, from_spend: 0 };
                self.batch.push((sale, order.at));
                if self.batch.len() == BATCH {
                    self.flush()?;
                }
            }
            self.close_day(begins)?;
        }
        Ok(())
    }
    /// The member of the economy for one of the file's, registered with their first order.
    fn buyer(
        &mut self,
        known: &mut [u32],
        file_member: usize,
        store: usize,
        at: Instant,
    ) -> Result<MemberId, RunError> {
        if known[file_member] == UNKNOWN {
            let owner = Some(self.world.owner(store));
            let inviter = owner.filter(|_| !matches!(self.scenario.inviting, Inviting::None));
            let number = self.register(store, inviter, at)?;
            known[file_member] = u32::try_from(number).expect("as many as the file has");
        }
        Ok(self.people.member(known[file_member] as usize))
    }
}
