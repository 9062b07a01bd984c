//! The exit queue against looking at everybody.

use super::*;
use crate::units::Fen;

/// Members with a cap of 1, and targets as they are now.
struct Members(Vec<(Filing, Option<Target>)>);

impl Filings for Members {
    fn filing(&mut self, member: MemberId) -> &mut Filing {
        &mut self.0[member.index()].0
    }

    fn target(&self, member: MemberId) -> Option<Target> {
        self.0[member.index()].1
    }
}

impl Members {
    fn of(count: usize) -> Self {
        Self(vec![(Filing::default(), None); count])
    }

    fn set(&mut self, queue: &mut ExitQueue, member: usize, spent: u128, earned: u128) {
        let target = Target { cap_ppm: 1_000_000, spent, earned };
        self.0[member].1 = Some(target);
        queue.update(&mut self.0[member].0, id(member), target);
    }

    /// Who is due, found by looking at everybody.
    fn first_due(&self, price: Price) -> Option<usize> {
        let targets =
            self.0.iter().enumerate().filter_map(|(member, (_, target))| Some((target.as_ref()?, member)));
        targets.filter(|(target, _)| target.reached(price)).min().map(|(_, member)| member)
    }
}

fn id(member: usize) -> MemberId {
    MemberId::at(member).expect("small")
}

fn price(pool: i128, supply: i128) -> Price {
    Price { pool: Fen(pool), supply: Points(supply) }
}

fn taken(queue: &mut ExitQueue, members: &mut Members, price: Price) -> Option<usize> {
    let taken = queue.take_due(price, members).map(MemberId::index);
    if let Some(member) = taken {
        members.0[member].1 = None;
    }
    taken
}

#[test]
fn a_target_raised_near_the_price_is_not_due_at_the_old_one() {
    let (mut queue, mut members) = (ExitQueue::default(), Members::of(2));
    members.set(&mut queue, 0, 100_000, 1_000);
    members.set(&mut queue, 1, 99_999, 1_000);
    // The same bucket: both are near now.
    assert_eq!(taken(&mut queue, &mut members, price(99_999, 1_000)), Some(1));
    members.set(&mut queue, 0, 100_002, 1_000);
    assert_eq!(taken(&mut queue, &mut members, price(100_001, 1_000)), None);
    assert_eq!(taken(&mut queue, &mut members, price(100_002, 1_000)), Some(0));
    assert_eq!(taken(&mut queue, &mut members, price(999_999, 1_000)), None);
}

#[test]
fn nobody_is_due_without_a_supply() {
    let (mut queue, mut members) = (ExitQueue::default(), Members::of(1));
    members.set(&mut queue, 0, 1, 1_000_000);
    assert_eq!(queue.take_due(price(1_000, 0), &mut members), None);
    assert_eq!(queue.take_due(price(1_000, 1), &mut members), Some(id(0)));
}

#[test]
fn the_queue_agrees_with_looking_at_everybody() {
    for seed in 1..200_u64 {
        let mut state = seed;
        let mut random = |limit: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % limit
        };
        let (mut queue, mut members) = (ExitQueue::default(), Members::of(12));
        let mut pool = 1_000;
        // Half of the seeds keep all targets within a bucket or two of each other.
        let spread = if seed % 2 == 0 { 40 } else { 100_000 };
        for _ in 0..400 {
            let member = usize::try_from(random(12)).expect("small");
            match random(10) {
                0 => members.0[member].1 = None,
                1..=6 => {
                    let spent = u128::try_from(pool).expect("above 0") + u128::from(random(spread));
                    members.set(&mut queue, member, spent, 1_000 + u128::from(random(3)));
                }
                _ => pool += i128::from(random(spread / 8)),
            }
            let price = price(pool, 1_000);
            while let Some(expected) = members.first_due(price) {
                assert_eq!(taken(&mut queue, &mut members, price), Some(expected), "seed {seed}");
            }
            assert_eq!(taken(&mut queue, &mut members, price), None, "seed {seed}");
        }
    }
}

#[test]
fn orders_that_raise_a_far_target_cost_the_queue_nothing() {
    let (mut queue, mut members) = (ExitQueue::default(), Members::of(100));
    for round in 0..50 {
        for member in 0..100 {
            members.set(&mut queue, member, 1_000_000 + 1_000 * round, 1_000);
        }
        assert_eq!(taken(&mut queue, &mut members, price(1_000, 1_000)), None);
    }
    let filed: usize = queue.far.values().map(Vec::len).sum();
    assert_eq!((filed, queue.near.len()), (100, 0), "each member is filed once and stays far");
}

#[test]
fn targets_are_ordered_by_the_price_that_reaches_them() {
    let target = |cap_ppm, spent, earned| Target { cap_ppm, spent, earned };
    // 1.2 times 1000.00 spent for 112 points: due at 1200 / 112.
    let one = target(1_200_000, 100_000, 112_000_000);
    for (other, order) in [
        (target(2_400_000, 50_000, 112_000_000), Ordering::Equal),
        (target(1_200_000, 50_000, 56_000_000), Ordering::Equal),
        (target(1_200_001, 100_000, 112_000_000), Ordering::Less),
        (target(1_200_000, 100_001, 112_000_000), Ordering::Less),
        (target(1_200_000, 100_000, 112_000_001), Ordering::Greater),
    ] {
        assert_eq!((one.cmp(&other), one.partial_cmp(&other)), (order, Some(order)), "{other:?}");
        let price = price(120_000, 112_000_000);
        assert_eq!((one.reached(price), other.reached(price)), (true, order != Ordering::Less), "{other:?}");
    }
}
