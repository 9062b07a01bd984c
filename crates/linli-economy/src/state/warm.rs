//! Reading ahead: what a batch of orders will touch is read first, order after order, so that the memory is
//! asked for many lines at once instead of for one after the other. It changes nothing but the time.

use super::State;
use crate::handle::MemberId;
use std::hint::black_box;

/// How many orders are read ahead: enough to keep the memory busy, few enough to stay in the nearest cache.
pub const BATCH: usize = 32;

/// The buyers of a batch of orders, as far as there are any.
pub type Buyers = [Option<MemberId>; BATCH];

impl State {
    /// Reads what the orders of these buyers will touch, just before they are settled, and gives the buyers'
    /// inviters and those of their inviters.
    pub fn read_ahead(&self, buyers: Buyers) -> [Buyers; 2] {
        let mut seen = 0;
        for member in buyers.into_iter().flatten() {
            seen ^= self.members[member.index()].next_expiry;
        }
        let inviters = buyers.map(|buyer| buyer.and_then(|member| self.above(member)));
        let above = inviters.map(|inviter| inviter.and_then(|member| self.above(member)));
        for member in above.into_iter().flatten() {
            seen ^= i64::from(self.members[member.index()].suspended);
        }
        black_box(seen);
        [inviters, above]
    }

    fn above(&self, member: MemberId) -> Option<MemberId> {
        self.members[member.index()].inviter
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Economy;

    #[test]
    fn the_inviters_of_a_batch_and_theirs_are_found_in_the_places_of_the_buyers() {
        let mut economy = Economy::open(include_str!("../../../../plans/seed-one.toml")).expect("a plan");
        for line in [
            r#"{"cmd":"open_member","member":"A"}"#,
            r#"{"cmd":"open_member","member":"B","inviter":"A"}"#,
            r#"{"cmd":"open_member","member":"C","inviter":"B"}"#,
        ] {
            economy.apply(line);
        }
        let [a, b, c] = ["A", "B", "C"].map(|id| economy.member_id(id));
        let mut buyers = [None; BATCH];
        buyers[..4].copy_from_slice(&[c, None, b, a]);
        let [inviters, above] = economy.state().read_ahead(buyers);
        assert_eq!((inviters[0], inviters[2]), (b, a));
        assert_eq!(above[0], a);
        assert_eq!(inviters.into_iter().chain(above).flatten().count(), 3, "nobody invited A");
    }
}
