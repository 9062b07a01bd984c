//! Single orders from callers who each wait for their answer before the next, beside one sync of the same disk.

use super::world::World;
use linli_engine::{Form, Limits, Place, Stamp, Writer};
use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::thread;
use std::time::Instant;

const ORDERS: usize = 4_000;

/// Milliseconds, and how many a second.
pub struct Latency {
    pub p50: f64,
    pub p99: f64,
    pub rate: f64,
}

fn summary(mut times: Vec<f64>, seconds: f64) -> Latency {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() - 1) * share / 100] * 1_000.0;
    Latency { p50: at(50), p99: at(99), rate: times.len() as f64 / seconds }
}

/// Writes 4 KiB in place and syncs, again and again.
pub fn one_sync(dir: &Path) -> Latency {
    let file =
        OpenOptions::new().create(true).truncate(true).write(true).open(dir.join("sync")).expect("a file");
    file.write_all_at(&[0; 1 << 20], 0).expect("written");
    file.sync_all().expect("synced");
    let begin = Instant::now();
    let times = (0..1_000_u64).map(|turn| {
        let start = Instant::now();
        file.write_all_at(&[7; 4_096], turn % 256 * 4_096).expect("written");
        file.sync_data().expect("synced");
        start.elapsed().as_secs_f64()
    });
    summary(times.collect(), begin.elapsed().as_secs_f64())
}

pub fn single(place: &Place, callers: usize) -> Latency {
    let (writer, _) = Writer::start(place.clone(), Limits::default()).expect("started");
    let begin = Instant::now();
    let each = ORDERS / callers;
    let times: Vec<f64> = thread::scope(|scope| {
        let asking: Vec<_> = (0..callers)
            .map(|caller| {
                let mut world = World::new(1_000_000_000 * (callers * 100 + caller) as u64);
                let groups: Vec<_> = (0..each).map(|_| world.orders(1)).collect();
                let writer = &writer;
                scope.spawn(move || {
                    let ask = |group| {
                        let start = Instant::now();
                        writer.ask(group, Stamp::now(), Form::Refusals).expect("applied");
                        start.elapsed().as_secs_f64()
                    };
                    groups.into_iter().map(ask).collect::<Vec<_>>()
                })
            })
            .collect();
        asking.into_iter().flat_map(|asking| asking.join().expect("no panic")).collect()
    });
    summary(times, begin.elapsed().as_secs_f64())
}
