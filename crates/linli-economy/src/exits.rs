//! The exit queue: who exits first when the price rises. Members far from their exit lie unsorted in buckets
//! of like target; only the bucket that the price has reached is ordered exactly. An order usually raises its
//! member's target, and then the member stays where it was filed until the price comes by, so that ordinary
//! orders cost the queue nothing. Filing, refiling and taking out cost amortised O(log members).
//!
//! Kept true: a member who can exit is filed at or below their target, or is in the near heap with it.
//! Must not be added here: what an exit pays (see `redeem.rs`).

use crate::handle::MemberId;
use crate::pool::Price;
use crate::units::Points;
use crate::wide::{compare_products, leading_bits};
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

/// How fine the buckets are: 2^-9 of the target or finer.
const BUCKET_BITS: u32 = 10;

/// The price at which a member exits: cap · C / T.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The cycle's cap in ppm.
    pub cap_ppm: u64,
    /// C in fen, above 0.
    pub spent: u128,
    /// T in micro-points, above 0.
    pub earned: u128,
}

impl Target {
    /// Whether T · P / S ≥ cap · C at this price.
    #[must_use]
    pub fn reached(&self, price: Price) -> bool {
        let worth = [self.earned, price.pool.unsigned(), 1_000_000];
        let capped = [u128::from(self.cap_ppm), self.spent, price.supply.unsigned()];
        compare_products(worth, capped) != Ordering::Less
    }

    fn bucket(&self) -> u32 {
        leading_bits([self.cap_ppm.into(), self.spent], self.earned, BUCKET_BITS)
    }
}

impl Ord for Target {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = [u128::from(self.cap_ppm), self.spent, other.earned];
        let right = [u128::from(other.cap_ppm), other.spent, self.earned];
        compare_products(left, right)
    }
}

impl PartialOrd for Target {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Where a member is filed; kept with the member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    place: Place,
    /// Which of the member's entries in the near heap counts: the newest.
    stamp: u32,
}

/// A bucket's number, 1 and up, or one of two other places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place(u32);

impl Place {
    const NOWHERE: Self = Self(0);
    const NEAR: Self = Self(u32::MAX);
}

/// An entry of the near heap: the target is the member's as long as the stamp is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Due {
    target: Target,
    member: MemberId,
    stamp: u32,
}

impl Ord for Due {
    /// Lowest target first, then the earlier registered.
    fn cmp(&self, other: &Self) -> Ordering {
        self.target.cmp(&other.target).then(self.member.cmp(&other.member)).then(self.stamp.cmp(&other.stamp))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The members who can exit, by their targets.
#[derive(Clone, Debug, Default)]
pub struct ExitQueue {
    far: BTreeMap<u32, Vec<MemberId>>,
    /// The lowest bucket in `far`, or 0 when it is empty.
    next_far: u32,
    near: BinaryHeap<Reverse<Due>>,
    /// Buckets up to this one have been moved to the near heap.
    near_up_to: u32,
}

/// What the queue asks of the members: where they are filed, and their present target.
pub trait Filings {
    /// The filing of a member.
    fn filing(&mut self, member: MemberId) -> &mut Filing;
    /// The target of a member who can exit.
    fn target(&self, member: MemberId) -> Option<Target>;
}

impl ExitQueue {
    /// The member's target is new or has changed to this.
    pub fn update(&mut self, filing: &mut Filing, member: MemberId, target: Target) {
        let bucket = target.bucket();
        let stays = filing.place != Place::NOWHERE && filing.place != Place::NEAR && filing.place.0 <= bucket;
        if !stays {
            self.file(filing, member, target, bucket);
        }
    }

    fn file(&mut self, filing: &mut Filing, member: MemberId, target: Target, bucket: u32) {
        filing.stamp = filing.stamp.wrapping_add(1);
        if bucket <= self.near_up_to {
            filing.place = Place::NEAR;
            self.near.push(Reverse(Due { target, member, stamp: filing.stamp }));
            return;
        }
        filing.place = Place(bucket);
        self.far.entry(bucket).or_default().push(member);
        if self.next_far == 0 || bucket < self.next_far {
            self.next_far = bucket;
        }
    }

    /// Takes out the member who exits first at this price, if anyone does.
    pub fn take_due(&mut self, price: Price, members: &mut impl Filings) -> Option<MemberId> {
        if price.supply == Points::ZERO {
            return None;
        }
        self.move_near(price, members);
        while let Some(Reverse(due)) = self.near.peek().copied() {
            if !due.target.reached(price) {
                return None;
            }
            self.near.pop();
            let filing = members.filing(due.member);
            if filing.place != Place::NEAR || filing.stamp != due.stamp {
                continue;
            }
            filing.place = Place::NOWHERE;
            if members.target(due.member).is_some() {
                return Some(due.member);
            }
        }
        None
    }

    /// Moves the buckets that the price has reached to the near heap, each member with the present target.
    fn move_near(&mut self, price: Price, members: &mut impl Filings) {
        if self.next_far == 0 {
            return;
        }
        let reached = leading_bits([price.pool.unsigned(), 1_000_000], price.supply.unsigned(), BUCKET_BITS);
        while self.next_far != 0 && self.next_far <= reached {
            self.near_up_to = self.near_up_to.max(reached);
            let (bucket, filed) = self.far.pop_first().expect("the bucket that is next");
            self.next_far = self.far.first_key_value().map_or(0, |(&bucket, _)| bucket);
            for member in filed {
                let mut filing = *members.filing(member);
                if filing.place != Place(bucket) {
                    continue;
                }
                filing.place = Place::NOWHERE;
                if let Some(target) = members.target(member) {
                    self.file(&mut filing, member, target, target.bucket());
                }
                *members.filing(member) = filing;
            }
        }
    }
}

#[cfg(test)]
mod tests;
