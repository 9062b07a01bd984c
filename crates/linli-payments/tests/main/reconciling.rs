//! Reconciliation: even days are even, and each planted fault is found with its cause and nothing else.

use crate::support::{NOW, fen, id};
use linli_payments::{Cause, Day, Entry, Kind, Reconciliation, Recorded, Sides, reconcile};
use linli_random::random::Random;

/// The three sides, to be spoilt.
#[derive(Clone, Default)]
struct World {
    platform: Vec<Recorded>,
    provider: Vec<Entry>,
    journal: Vec<Entry>,
}

impl World {
    fn reconcile(&self) -> Reconciliation {
        let Self { platform, provider, journal } = self;
        reconcile(Day::of(NOW).expect("a day"), &Sides { platform, provider, journal })
    }

    /// Of one movement: the places on the platform's side, on the bill and in the journal.
    fn add(&mut self, kind: Kind, key: &str, orders: &[u64], apart_fen: u64) {
        let entry = |of: u64| Entry { kind, key: id(key), amount: fen(of), at: NOW };
        let whole = entry(orders.iter().sum::<u64>() + apart_fen);
        self.platform.push(Recorded { entry: whole.clone(), apart_fen });
        self.provider.push(whole);
        self.journal.extend(orders.iter().map(|order| entry(*order)));
    }
}

fn even(seed: u64) -> World {
    let mut random = Random::new(seed);
    let mut world = World::default();
    for number in 0..random.between(2, 40) {
        let kind = *random.pick(&Kind::ALL);
        let orders: Vec<_> = (0..random.between(1, 3)).map(|_| random.between(2, 99_999)).collect();
        let apart = if random.percent(30) { random.below(9_999) } else { 0 };
        world.add(kind, &format!("M{number}"), &orders, apart);
    }
    world.add(Kind::Payment, "waits", &[], 700);
    world
}

#[test]
fn an_even_day_is_even_and_its_totals_fit() {
    for seed in 0..200 {
        let world = even(seed);
        let result = world.reconcile();
        assert!(result.is_even(), "{seed}: {:?}", result.differences);
        for (kind, totals) in &result.totals {
            assert_eq!(totals.platform, totals.provider, "{kind:?}");
            assert_eq!(totals.platform.fen, totals.journal.fen + totals.apart_fen, "{kind:?}");
        }
        let counted: u64 = result.totals.values().map(|totals| totals.provider.count).sum();
        assert_eq!(counted, world.provider.len() as u64);
    }
}

/// What a fault does to the world; of one movement with two orders and nothing apart.
type Fault = (Cause, fn(&mut World));

const FAULTS: [Fault; 10] = [
    (Cause::OtherDay, |world| world.provider[0].at += 86_400),
    (Cause::RecordedTwice, |world| {
        let twice = world.platform[0].clone();
        world.platform.push(twice);
        world.provider[0].amount = fen(world.provider[0].amount.fen() * 2);
        let more = world.journal[..2].to_vec();
        world.journal.extend(more);
    }),
    (Cause::ListedTwice, |world| {
        let half = fen(world.provider[0].amount.fen() / 2);
        world.provider[0].amount = half;
        let twice = world.provider[0].clone();
        world.provider.push(twice);
    }),
    (Cause::NotRecorded, |world| {
        world.platform.remove(0);
        world.journal.drain(..2);
    }),
    (Cause::NotInBill, |world| drop(world.provider.remove(0))),
    (Cause::AmountInBill, |world| world.provider[0].amount = fen(world.provider[0].amount.fen() + 1)),
    (Cause::NotPosted, |world| drop(world.journal.drain(..2))),
    (Cause::PostedOnly, |world| {
        world.platform.remove(0);
        world.provider.remove(0);
    }),
    (Cause::AmountInJournal, |world| world.journal[1].amount = fen(world.journal[1].amount.fen() + 1)),
    (Cause::ApartTooMuch, |world| {
        world.platform[0].apart_fen = world.platform[0].entry.amount.fen() + 1;
    }),
];

#[test]
fn each_planted_fault_is_found_with_its_cause_and_nothing_else() {
    for seed in 0..50 {
        for kind in Kind::ALL {
            for (cause, spoil) in FAULTS {
                let mut world = World::default();
                world.add(kind, "spoilt", &[600, 400], 0);
                let others = even(seed);
                world.platform.extend(others.platform);
                world.provider.extend(others.provider);
                world.journal.extend(others.journal);
                spoil(&mut world);
                let result = world.reconcile();
                let found: Vec<_> = result.differences.iter().map(|one| (one.cause, &one.key)).collect();
                assert_eq!(found, [(cause, &id("spoilt"))], "{seed} {kind:?}");
                assert_eq!(result.differences[0].code(), cause.code(kind));
            }
        }
    }
    let mut causes: Vec<_> = FAULTS.iter().map(|(cause, _)| *cause).collect();
    causes.sort_unstable();
    assert_eq!(causes, Cause::ALL, "a fault for each cause");
}

#[test]
fn several_faults_of_one_movement_are_all_named() {
    let mut world = World::default();
    world.add(Kind::Payment, "C1", &[600, 400], 0);
    world.provider[0].amount = fen(1_001);
    world.journal.remove(0);
    let found = world.reconcile().differences;
    assert_eq!(
        found.iter().map(|one| one.cause).collect::<Vec<_>>(),
        [Cause::AmountInBill, Cause::AmountInJournal]
    );
    assert_eq!(
        found[0].to_string(),
        "payment C1: the bill has another amount; platform 10.00 (0.00 apart), bill 10.01, journal 4.00"
    );
    assert_eq!(found[0].code(), "payment_amount_differs_in_bill");
}
