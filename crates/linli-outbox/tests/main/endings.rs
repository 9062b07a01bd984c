//! What happens when a worker, a delivery or its telling ends where it should not: the row comes back, with its key.

use crate::support::server::{TestServer, status};
use crate::support::{NOW, World, client, row, row_to};
use linli_outbox::deliver::{Delivering, Telling};
use linli_outbox::webhook::{KIND, WebhookDelivery};
use linli_outbox::{Bounds, Deliver, Ending, Outcome, Row, State, Verdict};
use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Notify, oneshot};

const KEY: &str = "webhook:E1:1";

/// Delivers webhooks, and then never comes to an end.
struct NeverTold {
    inner: WebhookDelivery,
    delivered: Arc<Notify>,
}

impl Deliver for NeverTold {
    fn deliver<'a>(&'a self, row: &'a Row, now: i64) -> Delivering<'a> {
        self.inner.deliver(row, now)
    }

    fn ending<'a>(&'a self, _: &'a Row, _: Ending) -> Telling<'a> {
        self.delivered.notify_one();
        Box::pin(pending())
    }
}

#[tokio::test]
async fn a_worker_that_is_killed_before_it_has_recorded_leaves_a_row_that_is_delivered_again() {
    let server = TestServer::start(|_, _| status(200)).await;
    let world = World::new(&server.url(), &[row(1)]);
    let delivered = Arc::new(Notify::new());
    let inner = WebhookDelivery::new(client(), world.endpoints.clone());
    let deliver = NeverTold { inner, delivered: delivered.clone() };
    let worker = world.idle_worker(World::bounds()).with(KIND, Arc::new(deliver));
    let running = tokio::spawn(worker.run(pending()));
    delivered.notified().await;
    running.abort();
    running.await.expect_err("killed");
    assert_eq!((server.sent().len(), world.state(KEY), world.log().len()), (1, State::Pending, 0));
    let until = NOW + World::bounds().claim_seconds();
    world.clock.set(until - 1);
    world.work().await;
    assert_eq!(server.sent().len(), 1, "nobody knows yet that it is dead");
    world.clock.set(until);
    world.work().await;
    assert_eq!(server.headers("webhook-id"), [KEY, KEY], "the other side knows it by its id");
    assert_eq!((world.state(KEY), world.row(KEY).attempts), (State::Done, 1));
}

/// Does what it is told in each attempt, and keeps what it hears.
struct Scripted {
    attempt: Box<dyn Fn(usize) -> Verdict + Send + Sync>,
    tell: Box<dyn Fn(usize) -> Result<(), String> + Send + Sync>,
    attempts: AtomicUsize,
    endings: Mutex<Vec<(String, Ending)>>,
}

impl Scripted {
    fn new(
        attempt: impl Fn(usize) -> Verdict + Send + Sync + 'static,
        tell: impl Fn(usize) -> Result<(), String> + Send + Sync + 'static,
    ) -> Arc<Self> {
        let (attempt, tell) = (Box::new(attempt), Box::new(tell));
        Arc::new(Self { attempt, tell, attempts: AtomicUsize::new(0), endings: Mutex::default() })
    }

    fn endings(&self) -> Vec<Ending> {
        self.endings.lock().expect("no panic").iter().map(|(_, ending)| *ending).collect()
    }
}

impl Deliver for Scripted {
    fn deliver<'a>(&'a self, _: &'a Row, _: i64) -> Delivering<'a> {
        let number = self.attempts.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Outcome::new((self.attempt)(number)) })
    }

    fn ending<'a>(&'a self, row: &'a Row, ending: Ending) -> Telling<'a> {
        let mut endings = self.endings.lock().expect("no panic");
        endings.push((row.row.key().into(), ending));
        let told = (self.tell)(endings.len() - 1);
        Box::pin(async { told })
    }
}

async fn work_with(world: &World, deliver: &Arc<Scripted>) {
    let mut worker = world.idle_worker(World::bounds()).with(KIND, deliver.clone());
    worker.run_due().await.expect("worked");
}

#[tokio::test]
async fn each_end_is_told_before_it_is_recorded() {
    for (verdict, ending, state) in [
        (Verdict::Done, Ending::Done, State::Done),
        (Verdict::Dead, Ending::Dead, State::Dead),
        (Verdict::Gone, Ending::Gone, State::Dead),
    ] {
        let world = World::new("https://a.example", &[row(1)]);
        let deliver = Scripted::new(move |_| verdict, |_| Ok(()));
        work_with(&world, &deliver).await;
        assert_eq!((deliver.endings(), world.state(KEY)), (vec![ending], state));
    }
}

#[tokio::test]
async fn the_last_failure_is_told_as_an_end_and_the_others_are_not() {
    let world = World::new("https://a.example", &[row(1)]);
    let deliver = Scripted::new(|_| Verdict::Retry { after: None }, |_| Ok(()));
    for _ in 0..10 {
        assert_eq!(deliver.endings(), []);
        work_with(&world, &deliver).await;
        world.clock.set(world.row(KEY).row.due_at().max(world.clock.now()));
    }
    assert_eq!((deliver.endings(), world.state(KEY)), (vec![Ending::Dead], State::Dead));
}

#[tokio::test]
async fn an_end_that_could_not_be_told_is_told_again_and_counts_as_no_attempt() {
    let world = World::new("https://a.example", &[row(1)]);
    let tell = |number| if number < 20 { Err("the queue is full".to_owned()) } else { Ok(()) };
    let deliver = Scripted::new(|_| Verdict::Done, tell);
    for _ in 0..20 {
        work_with(&world, &deliver).await;
        assert_eq!((world.state(KEY), world.row(KEY).attempts), (State::Pending, 0));
        world.clock.set(world.clock.now() + 60);
    }
    work_with(&world, &deliver).await;
    assert_eq!((world.state(KEY), deliver.endings().len()), (State::Done, 21));
    let error = world.log()[0].attempt.error.clone().unwrap_or_default();
    assert!(error.starts_with("ending_not_told: "), "{error}");
}

/// Panics at the first attempt.
struct Buggy(AtomicUsize);

impl Deliver for Buggy {
    fn deliver<'a>(&'a self, _: &'a Row, _: i64) -> Delivering<'a> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            assert!(number > 0, "a bug");
            Outcome::new(Verdict::Done)
        })
    }
}

#[tokio::test]
async fn a_bug_in_a_delivery_ends_neither_the_worker_nor_the_row() {
    let world = World::new("https://a.example", &[row(1), row(2)]);
    let mut worker = world.idle_worker(World::bounds()).with(KIND, Arc::new(Buggy(AtomicUsize::new(0))));
    worker.run_due().await.expect("worked");
    world.clock.set(NOW + World::bounds().claim_seconds());
    worker.run_due().await.expect("worked");
    assert_eq!([KEY, "webhook:E1:2"].map(|key| world.state(key)), [State::Done; 2]);
}

#[tokio::test]
async fn an_attempt_ends_when_its_time_is_over() {
    struct Endless;
    impl Deliver for Endless {
        fn deliver<'a>(&'a self, _: &'a Row, _: i64) -> Delivering<'a> {
            Box::pin(pending())
        }
    }
    let world = World::new("https://a.example", &[row(1)]);
    let bounds = Bounds { attempt: Duration::from_millis(20), ..World::bounds() };
    let mut worker = world.idle_worker(bounds).with(KIND, Arc::new(Endless));
    worker.run_due().await.expect("worked");
    let attempt = &world.log()[0].attempt;
    assert_eq!(attempt.error.as_deref(), Some("timeout: an attempt may take 20 ms"));
    assert!((20..5_000).contains(&attempt.duration_ms), "{attempt:?}");
    assert_eq!(world.row(KEY).attempts, 1);
}

/// Counts how many run at the same time, and waits to be let go on.
#[derive(Default)]
struct Gate {
    running: AtomicUsize,
    most: AtomicUsize,
    open: Notify,
}

impl Deliver for Gate {
    fn deliver<'a>(&'a self, _: &'a Row, _: i64) -> Delivering<'a> {
        Box::pin(async move {
            let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(running, Ordering::SeqCst);
            self.open.notified().await;
            self.running.fetch_sub(1, Ordering::SeqCst);
            Outcome::new(Verdict::Done)
        })
    }
}

#[tokio::test]
async fn no_more_run_at_once_than_may_and_a_worker_that_is_stopped_ends_what_it_has_begun() {
    let rows: Vec<_> = (1..=30).map(|seq| row_to(&format!("E{}", seq % 10), seq, NOW)).collect();
    let world = World::new("https://a.example", &rows);
    let gate = Arc::new(Gate::default());
    let bounds = Bounds { at_once: 5, at_once_to_one: 1, ..World::bounds() };
    let worker = world.idle_worker(bounds).with(KIND, gate.clone());
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(worker.run(async {
        let _ = stopped.await;
    }));
    let wait_for = async |count: usize| {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        while gate.running.load(Ordering::SeqCst) != count {
            assert!(tokio::time::Instant::now() < deadline, "{} run", gate.running.load(Ordering::SeqCst));
            tokio::task::yield_now().await;
        }
    };
    wait_for(5).await;
    gate.open.notify_one();
    wait_for(4).await;
    wait_for(5).await;
    stop.send(()).expect("it runs");
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    while !running.is_finished() {
        assert!(tokio::time::Instant::now() < deadline, "it does not end");
        gate.open.notify_waiters();
        tokio::task::yield_now().await;
    }
    running.await.expect("no panic");
    assert_eq!(gate.most.load(Ordering::SeqCst), 5);
    let done = world.log().len();
    assert!((6..30).contains(&done), "{done} were delivered");
}

#[tokio::test]
async fn whoever_adds_a_row_can_wake_the_worker() {
    let world = World::new("https://a.example", &[]);
    let deliver = Scripted::new(|_| Verdict::Done, |_| Ok(()));
    let bounds = Bounds { look: Duration::from_secs(3_600), ..World::bounds() };
    let worker = world.idle_worker(bounds).with(KIND, deliver.clone());
    let waker = worker.waker();
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(worker.run(async {
        let _ = stopped.await;
    }));
    crate::support::open(&world.store).add(&[row(1)]).expect("added");
    waker.notify_one();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    while world.state(KEY) != State::Done {
        assert!(tokio::time::Instant::now() < deadline, "it does not wake");
        tokio::task::yield_now().await;
    }
    stop.send(()).expect("it runs");
    running.await.expect("no panic");
}
