//! Webhooks from the journal to a real receiver: signed, each once by its id whatever ends the service, and to nobody whom
//! they are not for.

use crate::support::hooked::{Hooked, to_this_machine};
use crate::support::receiver::Receiver;
use crate::support::{NOW, TestApp, json, logged, problem};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn all_events() -> Vec<&'static str> {
    linli_platform::webhook::EventKind::ALL.iter().map(|kind| kind.name()).collect()
}

#[tokio::test]
async fn what_happens_is_told_with_a_signature_that_verifies() {
    let mut receiver = Receiver::start().await;
    let hooked = Hooked::new().await;
    let (id, secret) = hooked.endpoint(&receiver.url, &["order.paid"]).await;
    hooked.pay("O1").await;
    let hook = receiver.next().await;
    assert!(hook.is_signed(&secret, NOW) && !hook.is_signed(&secret, NOW + 301));
    assert!(hook.id.starts_with(&format!("webhook:{id}:")), "{}", hook.id);
    let body = hook.json();
    assert_eq!((body["type"].as_str(), body["data"]["order"].as_str()), (Some("order.paid"), Some("O1")));
    assert_eq!((&body["data"]["paid"], &body["data"]["phase"]), (&json!("100.00"), &json!("paid")));
    assert_eq!(body["timestamp"], "2026-01-01T00:00:00Z");
    let whole = hooked.read(&format!("/v1/webhooks/{id}")).await;
    assert_eq!((&whole["url"], &whole["state"]), (&json!(receiver.url), &json!("active")));
    let listed = hooked.read("/v1/webhooks").await.to_string();
    assert!(!listed.contains("geheim") && !listed.contains("whsec"), "{listed}");
}

#[tokio::test]
async fn each_event_comes_once_by_its_id_whatever_ends_the_service_in_between() {
    let mut receiver = Receiver::start().await;
    let mut hooked = Hooked::new().await;
    hooked.endpoint(&receiver.url, &["order.paid"]).await;
    for number in 1..=6 {
        hooked.pay(&format!("O{number}")).await;
        // Sometimes before it has followed, sometimes after.
        hooked.app.restart_with(to_this_machine).await;
    }
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while ids.len() < 6 {
        let hook = receiver.next().await;
        let order = hook.json()["data"]["order"].as_str().expect("an order").to_string();
        ids.entry(order).or_default().insert(hook.id);
    }
    assert!(ids.values().all(|ids| ids.len() == 1), "{ids:?}");
    // An outbox that has lost its last transactions follows the same entries to the same ids.
    hooked.app.end();
    hooked.app.ended().await;
    hooked.app.forget_outbox();
    hooked.app.begin(to_this_machine).await;
    let mut again: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while again.len() < 6 {
        let hook = receiver.next().await;
        let order = hook.json()["data"]["order"].as_str().expect("an order").to_string();
        again.entry(order).or_default().insert(hook.id);
    }
    assert_eq!(ids, again);
}

#[tokio::test]
async fn a_receiver_that_hangs_or_fails_keeps_no_other_waiting_and_is_tried_again_under_the_same_id() {
    let hanging = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("it listens");
    let mut failing = Receiver::answering(|nth| {
        if nth == 0 { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::NO_CONTENT }.into_response()
    })
    .await;
    let mut quick = Receiver::start().await;
    let hooked = Hooked::new().await;
    let hangs = format!("http://{}/", hanging.local_addr().expect("an address"));
    for url in [&hangs, &failing.url, &quick.url] {
        hooked.endpoint(url, &["order.paid"]).await;
    }
    for number in 1..=20 {
        hooked.pay(&format!("O{number}")).await;
        if number == 1 {
            failing.next().await;
        }
    }
    for _ in 1..=20 {
        quick.next().await;
    }
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for _ in 2..=20 {
        ids.insert(failing.next().await.id);
    }
    hooked.at(NOW + 60);
    ids.insert(failing.next().await.id);
    assert_eq!(ids.len(), 20, "what failed came again under its own id");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let mut elsewhere = Receiver::start().await;
    let to = elsewhere.url.clone();
    let mut redirecting = Receiver::answering(move |_| {
        (StatusCode::TEMPORARY_REDIRECT, [("location", to.clone())]).into_response()
    })
    .await;
    let mut other = Receiver::start().await;
    let hooked = Hooked::new().await;
    let (id, _) = hooked.endpoint(&redirecting.url, &["order.paid"]).await;
    hooked.endpoint(&other.url, &["order.settled", "order.paid"]).await;
    hooked.pay("O1").await;
    redirecting.next().await;
    other.next().await;
    hooked.pay("O2").await;
    redirecting.next().await;
    other.next().await;
    assert!(elsewhere.rest().is_empty());
    hooked.app.recorded(&id, 2).await;
    let attempts = hooked.read(&format!("/v1/webhooks/{id}/attempts?limit=1")).await;
    assert_eq!(attempts["items"][0]["status"], 307);
}

#[tokio::test]
async fn what_is_private_hostile_or_no_url_is_refused_where_nobody_was_told_otherwise() {
    let app = TestApp::with_desk().await;
    let (desk, _) = app.ready("ann").await;
    let hooked = Hooked { app, desk };
    for url in [
        "https://127.0.0.1/",
        "http://127.0.0.1:8080/",
        "https://localhost/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://metadata.google.internal/",
        "https://user:pw@shop.example/",
        "https://shop.example/#a",
        "https://shop.example:25/",
        "ftp://shop.example/",
        "gopher://shop.example/",
        "javascript:alert(1)",
        "shop.example",
        "",
        &format!("https://shop.example/{}", "a".repeat(3_000)),
    ] {
        let form = json!({ "name": "Shop", "url": url, "events": ["order.paid"] });
        let refused = problem(hooked.write("/v1/webhooks", form).await).await;
        assert_eq!(refused, (422, "bad_url".into()), "{url}");
    }
    assert_eq!(hooked.read("/v1/webhooks").await, json!([]));
}

#[tokio::test]
async fn forms_that_are_none_are_refused() {
    let hooked = Hooked::new().await;
    let url = "http://127.0.0.1:9999/";
    for (form, refused) in [
        (json!({ "name": "Shop", "url": url, "events": ["order.eaten"] }), (400, "bad_parameter")),
        (json!({ "name": "Shop", "url": url, "events": [] }), (422, "bad_list")),
        (json!({ "name": "", "url": url, "events": ["order.paid"] }), (422, "bad_text")),
        (json!({ "name": "Shop", "url": url }), (400, "bad_body")),
        (json!({ "name": "Shop", "url": url, "events": ["order.paid"], "secret": "x" }), (400, "bad_body")),
    ] {
        let found = problem(hooked.write("/v1/webhooks", form.clone()).await).await;
        assert_eq!(found, (refused.0, refused.1.to_string()), "{form}");
    }
    for target in ["change", "rotate", "pause", "resume", "end", "test", "replay"] {
        let form = json!({ "name": "Shop", "url": url, "events": ["order.paid"] });
        let again = json!({ "first_seq": 1, "last_seq": 2 });
        let body = match target {
            "change" => form,
            "replay" => again,
            _ => json!({}),
        };
        let found = problem(hooked.write(&format!("/v1/webhooks/W0/{target}"), body).await).await;
        assert_eq!(found, (404, "unknown_endpoint".into()), "{target}");
    }
    for target in ["", "/deliveries", "/attempts"] {
        let found = problem(hooked.app.look(&format!("/v1/webhooks/W0{target}"), &hooked.desk).await).await;
        assert_eq!(found, (404, "unknown_endpoint".into()));
    }
}

#[tokio::test]
async fn only_who_manages_keys_sees_or_changes_endpoints() {
    let hooked = Hooked::new().await;
    let (finance, _) = hooked.app.ready("chen").await;
    let (_, member) = hooked.app.register("13800000001", Value::Null).await;
    for token in [finance, member] {
        let found = problem(hooked.app.look("/v1/webhooks", &token).await).await;
        assert_eq!(found, (403, "forbidden".into()));
        let form = json!({ "name": "Shop", "url": "http://127.0.0.1:9999/", "events": ["order.paid"] });
        let added = hooked.app.with_token(Method::POST, "/v1/webhooks", &token, "add-1", &form).await;
        assert_eq!(problem(added).await, (403, "forbidden".into()));
    }
}

#[tokio::test]
async fn both_secrets_sign_for_a_day_and_who_asks_again_is_shown_the_same_one() {
    let mut receiver = Receiver::start().await;
    let hooked = Hooked::new().await;
    let (id, old) = hooked.endpoint(&receiver.url, &["order.paid"]).await;
    let rotate = format!("/v1/webhooks/{id}/rotate");
    let mut secrets = BTreeSet::new();
    for _ in 0..2 {
        let rotated =
            hooked.app.with_token(Method::POST, &rotate, &hooked.desk, "rotate-1", &json!({})).await;
        secrets.insert(json(rotated).await["secret"].as_str().expect("a secret").to_string());
    }
    let [new] = &secrets.iter().collect::<Vec<_>>()[..] else { panic!("{secrets:?}") };
    assert_ne!(**new, old);
    hooked.pay("O1").await;
    let hook = receiver.next().await;
    assert!(hook.is_signed(&old, NOW) && hook.is_signed(new, NOW));
    hooked.at(NOW + 86_400);
    hooked.pay("O2").await;
    let hook = receiver.next().await;
    assert!(!hook.is_signed(&old, NOW + 86_400) && hook.is_signed(new, NOW + 86_400));
}

#[tokio::test]
async fn what_happens_while_an_endpoint_is_paused_is_sent_when_it_is_resumed() {
    let (mut paused, mut other) = (Receiver::start().await, Receiver::start().await);
    let hooked = Hooked::new().await;
    let (id, _) = hooked.endpoint(&paused.url, &["order.paid"]).await;
    hooked.endpoint(&other.url, &["order.paid"]).await;
    hooked.done(&format!("/v1/webhooks/{id}/pause"), json!({})).await;
    for order in ["O1", "O2"] {
        hooked.pay(order).await;
        other.next().await;
    }
    assert!(paused.rest().is_empty());
    let again = hooked.write(&format!("/v1/webhooks/{id}/pause"), json!({})).await;
    assert_eq!(problem(again).await, (409, "endpoint_state".into()));
    hooked.done(&format!("/v1/webhooks/{id}/resume"), json!({})).await;
    let orders: BTreeSet<String> = [paused.next().await, paused.next().await]
        .iter()
        .map(|hook| hook.json()["data"]["order"].to_string())
        .collect();
    assert_eq!(orders.len(), 2);
    hooked.done(&format!("/v1/webhooks/{id}/end"), json!({})).await;
    hooked.pay("O3").await;
    other.next().await;
    assert!(paused.rest().is_empty());
}

#[tokio::test]
async fn an_endpoint_that_is_gone_or_takes_nothing_for_days_is_disabled() {
    let mut gone = Receiver::answering(|_| StatusCode::GONE.into_response()).await;
    let mut failing = Receiver::answering(|_| StatusCode::BAD_GATEWAY.into_response()).await;
    let hooked = Hooked::new().await;
    let (gone_id, _) = hooked.endpoint(&gone.url, &["order.paid"]).await;
    let (failing_id, _) = hooked.endpoint(&failing.url, &["order.paid"]).await;
    hooked.pay("O1").await;
    gone.next().await;
    hooked.until(&format!("/v1/webhooks/{gone_id}"), |endpoint| endpoint["state"] == "gone").await;
    let days = i64::try_from(linli_outbox::schedule::GAPS.len()).expect("few");
    for day in 1..=days {
        failing.next().await;
        hooked.app.recorded(&failing_id, usize::try_from(day).expect("few")).await;
        hooked.at(NOW + day * 100_000);
    }
    hooked.at(NOW);
    let failed = hooked.until(&format!("/v1/webhooks/{failing_id}"), |one| one["state"] == "failing").await;
    assert_eq!(failed["state"], "failing");
    let deliveries = hooked.read(&format!("/v1/webhooks/{failing_id}/deliveries?state=dead")).await;
    assert_eq!(deliveries["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_test_is_sent_and_deliveries_are_listed_and_sent_again_to_whom_they_belong() {
    let (mut receiver, mut other) = (Receiver::start().await, Receiver::start().await);
    let hooked = Hooked::new().await;
    let (id, secret) = hooked.endpoint(&receiver.url, &["order.paid"]).await;
    let (other_id, _) = hooked.endpoint(&other.url, &["store.opened"]).await;
    hooked.done(&format!("/v1/webhooks/{id}/test"), json!({})).await;
    let hook = receiver.next().await;
    assert_eq!((hook.kind().as_str(), hook.is_signed(&secret, NOW)), ("linli.test", true));
    for order in ["O1", "O2"] {
        hooked.pay(order).await;
    }
    let paid = [receiver.next().await, receiver.next().await];
    hooked.app.recorded(&id, 3).await;
    let (deliveries, replay) = (format!("/v1/webhooks/{id}/deliveries"), format!("/v1/webhooks/{id}/replay"));
    let first = hooked.read(&format!("{deliveries}?limit=2")).await;
    assert_eq!(
        (first["items"][0]["state"].as_str(), first["items"][0]["event"].as_str()),
        (Some("done"), Some("order.paid"))
    );
    let next = first["next"].as_str().expect("there is more");
    let second = hooked.read(&format!("{deliveries}?limit=2&after={next}")).await;
    assert_eq!((second["items"][0]["event"].as_str(), &second["next"]), (Some("linli.test"), &Value::Null));
    // One, and the other's is answered like none.
    let one = json!({ "delivery": paid[0].id });
    let others = hooked.write(&format!("/v1/webhooks/{other_id}/replay"), one.clone()).await;
    assert_eq!(problem(others).await, (404, "unknown_delivery".into()));
    hooked.done(&replay, one).await;
    let again = receiver.next().await;
    assert_eq!((&again.id, &again.body), (&paid[0].id, &paid[0].body));
    hooked.app.recorded(&id, 4).await;
    // All that follow from a range of entries.
    hooked.done(&replay, json!({ "first_seq": 1, "last_seq": 1_000 })).await;
    let ids: BTreeSet<String> = [receiver.next().await.id, receiver.next().await.id].into();
    assert_eq!(ids, paid.iter().map(|hook| hook.id.clone()).collect());
    for wrong in [json!({}), json!({ "delivery": "a", "first_seq": 1 }), json!({ "first_seq": 1 })] {
        assert_eq!(problem(hooked.write(&replay, wrong).await).await, (400, "bad_parameter".into()));
    }
    let attempts = hooked.read(&format!("/v1/webhooks/{id}/attempts?delivery={}", paid[0].id)).await;
    assert!(attempts["items"].as_array().is_some_and(|all| all.len() >= 2), "{attempts}");
    assert!(other.rest().is_empty());
}

#[tokio::test]
async fn nothing_of_a_person_stands_in_a_webhook_or_in_the_log() {
    let mut receiver = Receiver::start().await;
    let hooked = Hooked::new().await;
    hooked.endpoint(&receiver.url, &all_events()).await;
    let phone = "13912345678";
    let (member, token) = hooked.app.register(phone, json!({ "member": "M1", "consent": 1 })).await;
    let opened = receiver.next_of("member.opened").await.json();
    assert_eq!((&opened["data"]["member"], &opened["data"]["inviter"]), (&json!(member), &json!("M1")));
    let pay = json!({"cmd": "pay", "order": "O9", "member": member, "store": "S1", "amount": "50.00"});
    assert_eq!(hooked.app.post("/v1/commands", "pay", &pay.to_string()).await.status(), 200);
    let ask = json!({ "amount": "20.00", "reason": format!("call me at {phone}") });
    let asked = hooked.app.with_token(Method::POST, "/v1/orders/O9/refunds", &token, "ask-1", &ask).await;
    assert_eq!(asked.status(), 200);
    let paid = receiver.next_of("order.paid").await;
    let asked = receiver.next_of("refund.asked").await;
    for hook in [&paid, &asked] {
        let body = String::from_utf8_lossy(&hook.body).into_owned();
        assert!(!body.contains(phone) && !body.contains("call me"), "{body}");
    }
    assert_eq!(asked.json()["data"]["amount"], "20.00");
    let log = logged::log();
    assert!(!log.contains(phone) && !log.contains("geheim") && !log.contains("whsec_"), "it is logged");
}
