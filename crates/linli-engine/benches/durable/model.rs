//! The tables for SQL: how fast a follower writes them with all their indexes, and how fast they are compared with the
//! journal, row by row.

use super::world::World;
use linli_engine::read::{Follower, ReadPlace, verify};
use linli_engine::{Form, Limits, Place, Stamp, Writer};
use std::time::Instant;

const ORDERS: usize = 100_000;

/// Follows orders of members and stores that the tables have already.
pub fn run(place: &ReadPlace) {
    let mut world = World::new(0);
    let opening = world.opening();
    write(&place.engine, opening);
    let mut follower = Follower::open(place).expect("opened");
    follower.catch_up(|_| ()).expect("followed");
    write(&place.engine, (0..ORDERS / 1_000).map(|_| world.orders(1_000)).collect());
    let start = Instant::now();
    follower.catch_up(|_| ()).expect("followed");
    println!("  tables  {:>9.0} orders/s followed", ORDERS as f64 / start.elapsed().as_secs_f64());
    let commands = follower.seq();
    drop(follower);
    let start = Instant::now();
    verify(place, |_, _| ()).expect("as the journal says");
    let rate = commands as f64 / start.elapsed().as_secs_f64();
    println!("  audit   {rate:>9.0} commands/s with every row of the tables");
}

fn write(place: &Place, groups: Vec<linli_engine::Group>) {
    let (writer, _) = Writer::start(place.clone(), Limits::default()).expect("started");
    let pending: Vec<_> =
        groups.into_iter().map(|group| writer.send(group, Stamp::AsSent, Form::Refusals)).collect();
    pending.into_iter().for_each(|pending| assert!(pending.wait().expect("applied").refused.is_empty()));
    writer.close().expect("closed");
}
