//! Reading ahead: what a batch of orders will touch is read first, order after order, so that the memory is
//! asked for many lines at once instead of for one after the other. It changes nothing but the time.

use super::{Sale, State};
use crate::handle::MemberId;
use std::hint::black_box;

/// How many orders are read ahead: enough to keep the memory busy, few enough to stay in the nearest cache.
pub const BATCH: usize = 32;

impl State {
    /// Reads what these orders will touch: at most [`BATCH`] of them, just before they are settled.
    pub fn read_ahead(&self, sales: &[Sale]) {
        let mut people = [None; BATCH];
        let mut seen = 0;
        for (person, sale) in people.iter_mut().zip(sales) {
            if let Some(member) = sale.member {
                seen ^= self.members[member.index()].next_expiry;
                *person = self.above(member);
            }
        }
        for person in &mut people {
            *person = person.and_then(|inviter| self.above(inviter));
        }
        for above in people.into_iter().flatten() {
            seen ^= i64::from(self.members[above.index()].suspended);
        }
        black_box(seen);
    }

    fn above(&self, member: MemberId) -> Option<MemberId> {
        self.members[member.index()].inviter
    }
}
