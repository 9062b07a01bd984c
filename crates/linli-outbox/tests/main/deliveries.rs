//! Webhooks from the outbox to servers that fail in every way, with a clock that the tests move.

use crate::support::server::{Reply, TestServer, status};
use crate::support::{NOW, SECRET, World, impatient_client, row, row_to};
use linli_outbox::State;
use linli_outbox::schedule::{self, GAPS};
use linli_outbox::store::{Again, Changes};
use linli_outbox::webhook::{Received, Secret};
use std::collections::BTreeSet;

const KEY: &str = "webhook:E1:1";

#[tokio::test]
async fn a_delivery_is_signed_and_done_by_any_success() {
    for success in [200, 201, 204, 299] {
        let server = TestServer::start(move |_, _| status(success)).await;
        let world = World::new(&server.url(), &[row(1)]);
        world.work().await;
        let sent = &server.sent()[0];
        let received = Received {
            id: &sent.headers["webhook-id"],
            timestamp: &sent.headers["webhook-timestamp"],
            signature: &sent.headers["webhook-signature"],
            body: &sent.body,
        };
        received.verify(&[Secret::parse(SECRET).expect("a secret")], NOW).expect("verified");
        assert_eq!((received.id, &*sent.body), (KEY, row(1).payload()));
        let row = world.row(KEY);
        assert_eq!((row.state, row.attempts, row.ended_at), (State::Done, 1, Some(NOW)));
        assert_eq!(world.log()[0].attempt.status, Some(success));
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_at_its_times_with_the_same_id() {
    let server = TestServer::start(|number, _| status(if number < 4 { 500 } else { 200 })).await;
    let world = World::new(&server.url(), &[row(1)]);
    world.work().await;
    let mut times = vec![NOW];
    for attempts in 1..=4 {
        let due = world.row(KEY).row.due_at();
        let last = times[times.len() - 1];
        assert_eq!(Some(due), schedule::next(KEY, attempts, last, None));
        world.clock.set(due - 1);
        world.work().await;
        assert_eq!(server.sent().len(), times.len(), "not before its time");
        world.clock.set(due);
        world.work().await;
        times.push(due);
    }
    assert_eq!(world.state(KEY), State::Done);
    let ids: BTreeSet<_> = server.headers("webhook-id").into_iter().collect();
    assert_eq!(ids, BTreeSet::from([KEY.to_owned()]));
    let timestamps: Vec<_> = times.iter().map(ToString::to_string).collect();
    assert_eq!(server.headers("webhook-timestamp"), timestamps, "each attempt has its own time");
    let log = world.log();
    assert_eq!(log.iter().map(|logged| logged.attempt.at).collect::<Vec<_>>(), times);
    assert_eq!(log[0].attempt.error.as_deref(), Some("status_500"));
}

#[tokio::test]
async fn after_the_last_attempt_a_row_is_dead_until_somebody_replays_it() {
    let server = TestServer::start(|number, _| status(if number < GAPS.len() { 503 } else { 200 })).await;
    let world = World::new(&server.url(), &[row(1)]);
    for attempts in 1..=GAPS.len() {
        assert_eq!(world.state(KEY), State::Pending);
        world.work().await;
        assert_eq!(server.sent().len(), attempts);
        world.clock.set(world.row(KEY).row.due_at().max(world.clock.now()));
    }
    assert_eq!(world.state(KEY), State::Dead);
    assert_eq!(*world.endpoints.given_up.lock().expect("no panic"), ["E1"]);
    world.clock.set(NOW + 100 * 86_400);
    world.work().await;
    assert_eq!(server.sent().len(), GAPS.len());
    assert!(world.store.open().expect("opened").replay(KEY, world.clock.now()).expect("replayed"));
    world.work().await;
    assert_eq!(world.state(KEY), State::Done);
    assert_eq!(server.headers("webhook-id").last().map(String::as_str), Some(KEY));
}

#[tokio::test]
async fn each_way_to_fail_is_named_in_the_log_and_tried_again() {
    for (reply, error) in [
        (Reply::Hang, "timeout"),
        (Reply::Close, "connection_broken"),
        (Reply::Nonsense, "connection_broken"),
        (status(302), "status_302"),
        (status(400), "status_400"),
        (status(404), "status_404"),
        (status(502), "status_502"),
    ] {
        let server = TestServer::start(move |_, _| reply.clone()).await;
        let world = World::new(&server.url(), &[row(1)]);
        world.work_impatiently().await;
        let log = world.log();
        let found = log[0].attempt.error.as_deref().unwrap_or_default();
        assert!(found == error || found.starts_with(&format!("{error}: ")), "{found}");
        assert!(!found.contains("token"), "{found}");
        assert_eq!((world.state(KEY), world.row(KEY).attempts), (State::Pending, 1));
    }
}

#[tokio::test]
async fn what_is_answered_is_kept_in_part_and_does_not_matter() {
    for (reply, bytes) in [
        (Reply::Status(200, "", vec![b'a'; 128 * 1024]), 1_024),
        (Reply::Status(200, "", vec![0xff; 128 * 1024]), 1_023),
        (Reply::CloseMidway, 3),
        (Reply::HangMidway, 3),
    ] {
        let server = TestServer::start(move |_, _| reply.clone()).await;
        let world = World::new(&server.url(), &[row(1)]);
        world.work_impatiently().await;
        assert_eq!((world.state(KEY), world.log()[0].attempt.answer.len()), (State::Done, bytes));
        assert_eq!(server.sent().len(), 1);
    }
}

#[tokio::test]
async fn the_other_side_is_given_the_peace_it_asks_for() {
    for (head, wanted) in [
        ("retry-after: 900\r\n", 900),
        ("retry-after: Thu, 01 Jan 2026 00:20:00 GMT\r\n", 1_200),
        ("retry-after: 99999999\r\n", 86_400),
        ("retry-after: 1\r\n", 5),
        ("retry-after: soon\r\n", 5),
    ] {
        let server = TestServer::start(move |_, _| Reply::Status(429, head, Vec::new())).await;
        let world = World::new(&server.url(), &[row(1)]);
        world.work().await;
        assert_eq!(world.row(KEY).row.due_at() - NOW, wanted, "{head}");
    }
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_ended_and_gets_nothing_more() {
    let server = TestServer::start(|_, _| status(410)).await;
    let world = World::new(&server.url(), &[row(1), row_to("E1", 2, NOW + 60)]);
    world.work().await;
    assert_eq!(*world.endpoints.gone.lock().expect("no panic"), ["E1"]);
    assert_eq!(world.state(KEY), State::Dead);
    world.clock.set(NOW + 60);
    world.work().await;
    assert_eq!(world.state("webhook:E1:2"), State::Dead);
    assert_eq!(server.sent().len(), 1);
    let error = world.log()[1].attempt.error.clone().unwrap_or_default();
    assert!(error.starts_with("endpoint_ended: "), "{error}");
}

#[tokio::test]
async fn one_that_hangs_does_not_keep_the_others_waiting() {
    let good = TestServer::start(|_, _| status(200)).await;
    let bad = TestServer::start(|_, _| Reply::Hang).await;
    // Those that hang are due first, and are more than there is room for.
    let mut rows: Vec<_> = (1..=40).map(|seq| row_to("E2", seq, NOW - 9)).collect();
    rows.extend((1..=40).map(|seq| row_to("E1", seq, NOW)));
    let world = World::new(&good.url(), &rows);
    world.endpoint("E2", &bad.url());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(world.worker_with(impatient_client()).run(async {
        let _ = stopped.await;
    }));
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(20);
    while good.sent().len() < 40 {
        assert!(tokio::time::Instant::now() < deadline, "only {} were delivered", good.sent().len());
        tokio::task::yield_now().await;
    }
    assert!(bad.sent().len() < 40, "all of the others have come first");
    stop.send(()).expect("it runs");
    running.await.expect("no panic");
}

#[tokio::test]
async fn what_is_held_is_not_tried_counts_nothing_and_is_sent_when_it_is_let_go() {
    let server = TestServer::start(|_, _| status(200)).await;
    let world = World::new(&server.url(), &[row(1), row_to("E2", 2, NOW)]);
    world.endpoint("E2", &server.url());
    *world.endpoints.held.lock().expect("no panic") = Some(3_600);
    world.work().await;
    assert_eq!((server.sent().len(), world.log().len()), (0, 0));
    let held = world.row(KEY);
    assert_eq!((held.state, held.attempts, held.row.due_at()), (State::Pending, 0, NOW + 3_600));
    *world.endpoints.held.lock().expect("no panic") = None;
    world.work().await;
    assert_eq!(server.sent().len(), 0, "not before its time");
    let again = vec![Again::Held { target: "E1".into(), at: NOW }];
    let changes = Changes { again, ..Changes::default() };
    world.store.open().expect("opened").follow_all(100, 101, &changes).expect("followed");
    world.work().await;
    assert_eq!((world.state(KEY), server.sent().len()), (State::Done, 1), "the other's still waits");
}
