//! Random walks: servers that fail as they like, workers that are killed, a clock that jumps. Nothing is lost, nothing
//! is delivered under two keys, and what is done is never delivered again.

use crate::support::server::{Reply, TestServer, status};
use crate::support::{NOW, World, row_to};
use linli_outbox::{NewRow, State};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

const ROWS: u64 = 24;

/// Numbers that are the same for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// Mostly bad: what comes of a request.
fn reply(random: &Mutex<Random>) -> Reply {
    match random.lock().expect("no panic").below(10) {
        0..4 => status(200),
        4 => Reply::Close,
        5 => Reply::Nonsense,
        6 => Reply::CloseMidway,
        7 => Reply::Status(503, "retry-after: 30\r\n", Vec::new()),
        _ => status(500),
    }
}

async fn walk(seed: u64) {
    let replies = Mutex::new(Random(seed));
    let server = TestServer::start(move |_, _| reply(&replies)).await;
    let rows: Vec<NewRow> = (1..=ROWS).map(|seq| row_to(&format!("E{}", seq % 3 + 1), seq, NOW)).collect();
    let world = World::new(&server.url(), &rows);
    (2..=3).for_each(|number| world.endpoint(&format!("E{number}"), &server.url()));
    let (mut random, mut kills) = (Random(seed.rotate_left(32) | 1), 0);
    for step in 0.. {
        assert!(step < 400, "seed {seed}: it does not end");
        let mut worker = world.worker();
        if random.below(3) == 0 {
            // It is killed at one of the places where it waits.
            let killed = random.below(40);
            kills += 1;
            let mut polls = 0;
            let mut working = std::pin::pin!(worker.run_due());
            std::future::poll_fn(|context| {
                polls += 1;
                if polls > killed {
                    std::task::Poll::Ready(())
                } else {
                    working.as_mut().poll(context).map(drop)
                }
            })
            .await;
        } else {
            worker.run_due().await.expect("worked");
        }
        let pending = rows.iter().filter(|row| world.state(row.key()) == State::Pending).count();
        if pending == 0 {
            break;
        }
        world.clock.set(world.clock.now() + i64::try_from(random.below(20_000)).expect("small"));
    }
    judge(&world, &server, &rows, kills, seed);
}

/// What a killed worker has just handed over may be recorded after another has begun.
fn judge(world: &World, server: &TestServer, rows: &[NewRow], kills: usize, seed: u64) {
    let mut bodies: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for sent in server.sent() {
        bodies.entry(sent.headers["webhook-id"].clone()).or_default().insert(sent.body);
    }
    for row in rows {
        let sent = bodies.remove(row.key()).unwrap_or_default();
        assert_eq!(sent, BTreeSet::from([row.payload().to_vec()]), "seed {seed}: {}", row.key());
        let log: Vec<_> = world.log().into_iter().filter(|logged| logged.key == row.key()).collect();
        let good = log.iter().filter(|logged| logged.attempt.status == Some(200)).count();
        let state = world.state(row.key());
        let is_right = if state == State::Done { (1..=1 + kills).contains(&good) } else { good == 0 };
        assert!(is_right, "seed {seed}: {} is {state:?} after {log:?}", row.key());
        assert!(log.len() <= 10 + kills, "seed {seed}: {}", row.key());
    }
    assert!(bodies.is_empty(), "seed {seed}: {:?}", bodies.keys());
}

#[tokio::test]
async fn nothing_is_lost_whatever_fails() {
    for seed in 1..=6 {
        walk(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed)).await;
    }
}
