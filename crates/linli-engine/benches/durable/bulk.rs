//! Bulk: a caller in the process hands in groups of a thousand orders as fast as they are taken.

use super::world::World;
use linli_engine::{Form, Limits, Place, Stamp, Writer};
use std::time::Instant;

const GROUP: usize = 1_000;
const GROUPS: usize = 200;
const TURNS: usize = 5;

pub struct Bulk {
    /// Orders a second, the median of the turns.
    pub rate: f64,
    /// Orders in all.
    pub orders: usize,
    /// The entries of the batches that they became.
    pub batches: Vec<Vec<u8>>,
}

pub fn run(place: &Place) -> Bulk {
    let (writer, _) = Writer::start(place.clone(), Limits::default()).expect("started");
    let mut world = World::new(0);
    for group in world.opening() {
        writer.ask(group, Stamp::AsSent, Form::Refusals).expect("applied");
    }
    let opened = place.store.read().expect("opened").tip().expect("a tip").seq;
    let mut rates = Vec::new();
    for _ in 0..TURNS {
        let groups: Vec<_> = (0..GROUPS).map(|_| world.orders(GROUP)).collect();
        let start = Instant::now();
        let pending: Vec<_> =
            groups.into_iter().map(|group| writer.send(group, Stamp::AsSent, Form::Refusals)).collect();
        for pending in pending {
            assert!(pending.wait().expect("applied").refused.is_empty());
        }
        rates.push((GROUP * GROUPS) as f64 / start.elapsed().as_secs_f64());
    }
    writer.close().expect("closed");
    rates.sort_by(f64::total_cmp);
    let batches = place.store.read().expect("opened").read(opened, usize::MAX).expect("read");
    let batches = batches.into_iter().map(|batch| batch.content().entries.clone()).collect();
    Bulk { rate: rates[TURNS / 2], orders: GROUP * GROUPS * TURNS, batches }
}
