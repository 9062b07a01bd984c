//! Beginning and ending: what was accepted is finished, and what is not served any more is not taken.

use crate::support::{STORE, TestApp, header, json, problem, send};
use linli_server::Bounds;
use reqwest::Method;

#[tokio::test]
async fn what_was_accepted_is_answered_before_the_end() {
    let mut app = TestApp::start().await;
    app.store.hold();
    let writing = tokio::spawn(send(app.write("/v1/commands", "K1", STORE)));
    app.store.wait_until_held().await;
    app.end();
    // Nobody is let in any more as soon as the end has begun.
    while tokio::net::TcpStream::connect(&app.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    app.store.let_go();
    let response = writing.await.expect("no panic");
    assert_eq!((response.status().as_u16(), header(&response, "linli-seq")), (200, "3".into()));
    app.ended().await;
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_restart() {
    let mut app = TestApp::with_store().await;
    app.restart().await;
    assert_eq!(json(app.get("/v1/members/M2").await).await["inviter"], "M1");
}

#[tokio::test]
async fn connections_beyond_the_most_wait_for_their_turn() {
    let one = Bounds { connections: 1, ..Bounds::default() };
    let app = TestApp::with(|config| config.bounds = one).await;
    let first = tokio::net::TcpStream::connect(&app.address).await.expect("it listens");
    let waiting = tokio::spawn(send(app.unsigned(Method::GET, "/health/live")));
    drop(first);
    assert_eq!(waiting.await.expect("no panic").status(), 200);
}

#[tokio::test]
async fn a_service_is_ready_while_commands_are_taken() {
    let app = TestApp::start().await;
    for (target, status) in [("/health/live", "alive"), ("/health/ready", "ready")] {
        assert_eq!(json(send(app.unsigned(Method::GET, target)).await).await["status"], status);
    }
}

#[tokio::test]
async fn a_service_whose_writer_was_fenced_is_not_ready_and_still_reads() {
    let app = TestApp::with_store().await;
    let mut rival = linli_journal::Store::rival(&app.store).expect("a journal");
    let tip = rival.tip().expect("a tip");
    let hash = linli_journal::Hash::of(b"");
    let content = linli_journal::Content { count: 1, entries: vec![], results: hash, figures: hash };
    rival.append(&[linli_journal::Batch::after(tip, content)]).expect("appended");
    assert_eq!(problem(app.post("/v1/commands", "K1", STORE).await).await, (503, "stopped".into()));
    let ready = send(app.unsigned(Method::GET, "/health/ready")).await;
    assert_eq!(problem(ready).await, (503, "not_ready".into()));
    assert_eq!(json(app.get("/v1/members/M2").await).await["inviter"], "M1");
    assert_eq!(send(app.unsigned(Method::GET, "/health/live")).await.status(), 200);
}
