//! Capped exits: whoever's points have earned the cap is redeemed by rule. Found by looking at all
//! members after every change, as long as there is one.

use std::cmp::Ordering;

use num_traits::Zero;

use crate::number::{BigInt, at_rate_floor, million, part_floor};
use crate::state::{Exit, Member, State};

impl State {
    /// Runs exits until nobody qualifies; each raises the price for the others.
    pub fn run_exits(&mut self) -> Vec<Exit> {
        let mut exits = Vec::new();
        while let Some(id) = self.next_to_exit() {
            exits.push(self.exit(&id));
        }
        exits
    }

    /// Of all that qualify the one with the lowest cap·C/T, then the one registered earlier.
    fn next_to_exit(&self) -> Option<String> {
        let (pool, supply) = (self.pool(), self.supply());
        self.members
            .iter()
            .filter(|(id, member)| self.qualifies(id, member, &pool, &supply))
            .min_by(|(_, one), (_, other)| {
                compare_cap(one, other).then(one.registered.cmp(&other.registered))
            })
            .map(|(id, _)| id.clone())
    }

    /// T > 0, C > 0, b > 0 and T·P/S ≥ cap·C, without a division.
    fn qualifies(&self, id: &str, member: &Member, pool: &BigInt, supply: &BigInt) -> bool {
        if member.earned.is_zero() || member.counted.is_zero() {
            return false;
        }
        let reached = &member.earned * pool * million() >= &member.cycle.0 * &member.counted * supply;
        reached && !self.points_of(id).is_zero()
    }

    fn exit(&mut self, id: &str) -> Exit {
        let points = self.points_of(id);
        let (pool, supply) = self.price();
        let member = self.member_mut(id);
        let at_price = part_floor(&points, &pool, &supply);
        let at_cap = part_floor(&(&member.cycle.0 * &member.counted), &points, &(million() * &member.earned));
        let payout = at_rate_floor(&at_price.min(at_cap), &(million() - &member.cycle.1));
        member.earned = BigInt::zero();
        member.counted = BigInt::zero();
        member.exits += 1;
        self.sell(id, &points, &payout);
        Exit { member: id.to_owned(), points, payout }
    }
}

/// cap·C/T of one against that of the other, by cross products; T is above 0 for both.
fn compare_cap(one: &Member, other: &Member) -> Ordering {
    let left = &one.cycle.0 * &one.counted * &other.earned;
    let right = &other.cycle.0 * &other.counted * &one.earned;
    left.cmp(&right)
}
