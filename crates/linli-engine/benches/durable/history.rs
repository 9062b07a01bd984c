//! What comes after: starting with a snapshot and a million orders after it, and the audit of everything.

use super::world::World;
use linli_engine::{Form, Limits, Place, Stamp, Writer, audit, snapshots};
use std::time::Instant;

const ORDERS: usize = 1_000_000;

pub fn run(place: &Place) {
    let mut journal = place.store.read().expect("opened");
    snapshots::make(&*place.snapshots, &mut *journal).expect("made");
    let (writer, _) = Writer::start(place.clone(), Limits::default()).expect("started");
    let mut world = World::new(900_000_000_000);
    for _ in 0..ORDERS / 1_000 {
        // Kept a few ahead, so that the writer never waits.
        let group = world.orders(1_000);
        drop(writer.send(group, Stamp::AsSent, Form::Refusals));
    }
    writer.close().expect("closed");
    let start = Instant::now();
    let opened = snapshots::open(&*place.snapshots, &mut *journal).expect("opened");
    println!("  start   {:.2} s with a snapshot and {ORDERS} orders after it", start.elapsed().as_secs_f64());
    let commands = opened.replica.tip().seq;
    drop(opened);
    let start = Instant::now();
    audit::audit(place, |_, _| ()).expect("sound");
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "  audit   {:>9.0} commands/s: chain, digests, replay, invariants, snapshots",
        commands as f64 / seconds
    );
}
