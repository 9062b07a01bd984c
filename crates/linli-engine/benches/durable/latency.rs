//! Single orders from callers who each wait for their answer before the next. One order alone stands beside its
//! limits, in turns with them: one sync of the same disk, and one bare row of the same bytes, inserted and committed.

use super::raw::Insert;
use super::world::World;
use linli_engine::{Form, Limits, Place, Stamp, Writer};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::thread;
use std::time::Instant;

const ORDERS: usize = 4_000;
/// Turns of one order alone and its limits, so that what else the machine does hits all of them.
const TURNS: usize = 40;

/// Milliseconds, and how many a second.
pub struct Latency {
    pub p50: f64,
    pub p99: f64,
    pub rate: f64,
}

/// One order alone, and its limits.
pub struct Alone {
    pub sync: Latency,
    pub row: Latency,
    pub order: Latency,
}

fn summary(mut times: Vec<f64>, seconds: f64) -> Latency {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() - 1) * share / 100] * 1_000.0;
    Latency { p50: at(50), p99: at(99), rate: times.len() as f64 / seconds }
}

/// The same where each began after the one before.
fn in_a_row(times: Vec<f64>) -> Latency {
    let seconds = times.iter().sum();
    summary(times, seconds)
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

pub fn alone(place: &Place, insert: &mut Insert, row: &[u8], dir: &Path) -> Alone {
    let file = file_to_sync(dir);
    let (writer, _) = Writer::start(place.clone(), Limits::default()).expect("started");
    let mut world = World::new(99_000_000_000);
    let (mut syncs, mut rows, mut orders) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        syncs.extend((0..ORDERS / TURNS).map(|place| seconds(|| write_and_sync(&file, place))));
        rows.extend((0..ORDERS / TURNS).map(|_| seconds(|| insert(row))));
        let groups: Vec<_> = (0..ORDERS / TURNS).map(|_| world.orders(1)).collect();
        orders.extend(groups.into_iter().map(|group| {
            seconds(|| drop(writer.ask(group, Stamp::now(), Form::Refusals).expect("applied")))
        }));
    }
    writer.close().expect("closed");
    Alone { sync: in_a_row(syncs), row: in_a_row(rows), order: in_a_row(orders) }
}

fn file_to_sync(dir: &Path) -> File {
    let file =
        OpenOptions::new().create(true).truncate(true).write(true).open(dir.join("sync")).expect("a file");
    file.write_all_at(&[0; 1 << 20], 0).expect("written");
    file.sync_all().expect("synced");
    file
}

/// Writes 4 KiB in place and syncs.
fn write_and_sync(file: &File, place: usize) {
    file.write_all_at(&[7; 4_096], place as u64 % 256 * 4_096).expect("written");
    file.sync_data().expect("synced");
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
                        seconds(|| {
                            drop(writer.ask(group, Stamp::now(), Form::Refusals).expect("applied"));
                        })
                    };
                    groups.into_iter().map(ask).collect::<Vec<_>>()
                })
            })
            .collect();
        asking.into_iter().flat_map(|asking| asking.join().expect("no panic")).collect()
    });
    summary(times, begin.elapsed().as_secs_f64())
}
