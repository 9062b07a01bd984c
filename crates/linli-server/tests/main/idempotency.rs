//! The `Idempotency-Key`: the same call again gets the first results, for ever; another body under it is refused.

use crate::support::{STORE, TestApp, header, problem, send};
use linli_server::Bounds;

const REFUSED: &str = "{\"cmd\":\"open_member\",\"member\":\"M1\"}\nno command\n";

#[tokio::test]
async fn a_repeat_is_answered_with_the_first_results() {
    let app = TestApp::with_store().await;
    let first = app.post("/v1/commands", "K1", REFUSED).await;
    assert_eq!(
        (header(&first, "idempotent-replayed"), header(&first, "linli-seq")),
        (String::new(), "5".into())
    );
    let first = first.text().await.expect("a body");
    let again = app.post("/v1/commands", "K1", REFUSED).await;
    assert_eq!(
        (header(&again, "idempotent-replayed"), header(&again, "linli-seq")),
        ("true".into(), "5".into())
    );
    assert_eq!(again.text().await.expect("a body"), first);
}

#[tokio::test]
async fn a_repeat_is_answered_after_a_restart_too() {
    let mut app = TestApp::with_store().await;
    let first = app.post("/v1/commands", "K1", REFUSED).await.text().await.expect("a body");
    app.restart().await;
    let again = app.post("/v1/commands", "K1", REFUSED).await;
    assert_eq!(
        (header(&again, "idempotent-replayed"), header(&again, "linli-seq")),
        ("true".into(), "5".into())
    );
    assert_eq!(again.text().await.expect("a body"), first);
    let store = app.post("/v1/commands", "the-store", STORE).await;
    assert_eq!((store.status().as_u16(), header(&store, "linli-seq")), (200, "3".into()));
}

#[tokio::test]
async fn a_repeat_is_answered_when_its_results_are_not_at_hand() {
    let none = Bounds { answered_bytes: 0, ..Bounds::default() };
    let app = TestApp::with(|config| config.bounds = none).await;
    let first = app.post("/v1/commands", "K1", STORE).await.text().await.expect("a body");
    assert_eq!(app.get("/v1/price?at_least_seq=3").await.status(), 200);
    let again = app.post("/v1/commands", "K1", STORE).await;
    assert_eq!(header(&again, "idempotent-replayed"), "true");
    assert_eq!(again.text().await.expect("a body"), first);
}

#[tokio::test]
async fn repeats_of_calls_that_were_committed_together_are_told_apart() {
    let mut app = TestApp::start().await;
    let member = |number: u32| format!("{{\"cmd\":\"open_member\",\"member\":\"M{number}\"}}");
    app.store.hold();
    let first = tokio::spawn(send(app.write("/v1/commands", "K0", &member(0))));
    app.store.wait_until_held().await;
    let writing: Vec<_> = (1..=4)
        .map(|number| tokio::spawn(send(app.write("/v1/commands", &format!("K{number}"), &member(number)))))
        .collect();
    tokio::task::yield_now().await;
    app.store.let_go();
    let mut firsts = vec![first.await.expect("no panic").text().await.expect("a body")];
    for writing in writing {
        firsts.push(writing.await.expect("no panic").text().await.expect("a body"));
    }
    app.restart().await;
    for (first, number) in firsts.iter().zip(0..) {
        let again = app.post("/v1/commands", &format!("K{number}"), &member(number)).await;
        assert_eq!(header(&again, "idempotent-replayed"), "true");
        assert_eq!(&again.text().await.expect("a body"), first);
    }
}

#[tokio::test]
async fn another_body_under_a_key_is_refused_before_and_after_a_restart() {
    let mut app = TestApp::with_store().await;
    let less = STORE.lines().next().expect("a line").to_string();
    let more = format!("{STORE}{{\"cmd\":\"open_member\",\"member\":\"M3\"}}\n");
    let other = STORE.replace("M2", "M3");
    for _ in 0..2 {
        for body in [&less, &more, &other] {
            let refused = problem(app.post("/v1/commands", "the-store", body).await).await;
            assert_eq!(refused, (422, "id_reused".into()), "{body}");
        }
        app.restart().await;
    }
    assert_eq!(problem(app.get("/v1/members/M3").await).await, (404, "unknown_member".into()));
}

#[tokio::test]
async fn the_same_call_at_the_same_time_is_applied_once() {
    let app = TestApp::start().await;
    app.store.hold();
    let first = tokio::spawn(send(app.write("/v1/commands", "K1", STORE)));
    app.store.wait_until_held().await;
    let second = app.post("/v1/commands", "K1", STORE).await;
    assert_eq!(header(&second, "retry-after"), "1");
    assert_eq!(problem(second).await, (409, "request_in_progress".into()));
    app.store.let_go();
    let first = first.await.expect("no panic");
    assert_eq!((first.status().as_u16(), header(&first, "linli-seq")), (200, "3".into()));
}

#[tokio::test]
async fn a_write_needs_a_key_of_its_form() {
    let app = TestApp::start().await;
    let request =
        app.unsigned(reqwest::Method::POST, "/v1/commands").header("content-type", "application/x-ndjson");
    assert_eq!(problem(send(request.body(STORE)).await).await, (400, "idempotency_key_missing".into()));
    for key in ["a b", "a:b", "ключ", &"k".repeat(65)] {
        let request = app.write("/v1/commands", "K1", STORE).build().expect("a request");
        let mut headers = request.headers().clone();
        headers.insert(
            "idempotency-key",
            reqwest::header::HeaderValue::from_bytes(key.as_bytes()).expect("bytes"),
        );
        let request = app.unsigned(reqwest::Method::POST, "/v1/commands").headers(headers).body(STORE);
        assert_eq!(problem(send(request).await).await, (400, "bad_parameter".into()), "{key}");
    }
}
