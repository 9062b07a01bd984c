//! The sender over HTTPS, and notices through the outbox: what the service gets, and what nobody else sees.

use crate::support::server::{Reply, TestServer, status};
use crate::support::{NOW, SECRET, TestClock, World, client, impatient_client};
use linli_outbox::sender::{
    Authorization, Finding, HttpsSender, HttpsSenderConfig, KIND, Message, NoticeDelivery, Notices,
    SendFault, Sender,
};
use linli_outbox::store::Filter;
use linli_outbox::webhook::{Received, Secret};
use linli_outbox::{Client, ClientConfig, NewRow, Reach, Row, State};
use rustls::RootCertStore;
use std::sync::Arc;

const PHONE: &str = "+8613800000000";
const TOKEN: &str = "a-token-that-nobody-sees";
const TEMPLATE: &str = r#"{"to":"{phone}","text":"{text}","code":"{code}","ref":"{key}"}"#;

fn config(address: &str) -> HttpsSenderConfig {
    let authorization = Authorization::Bearer(TOKEN.into());
    HttpsSenderConfig { address: address.into(), template: TEMPLATE.into(), authorization }
}

fn sender(config: &HttpsSenderConfig) -> HttpsSender {
    HttpsSender::new(client(), config, TestClock::new().clock()).expect("a sender")
}

fn code() -> Message {
    Message::code(PHONE, "824917", "\u{9a8c}\u{8bc1}\u{7801} \"824917\"", "code:7").expect("a message")
}

#[tokio::test]
async fn the_service_gets_the_filled_template_and_the_token() {
    let server = TestServer::start(|_, _| status(202)).await;
    sender(&config(&server.url())).send(&code()).await.expect("sent");
    let sent = &server.sent()[0];
    let body: serde_json::Value = serde_json::from_slice(&sent.body).expect("JSON");
    let text = "\u{9a8c}\u{8bc1}\u{7801} \"824917\"";
    assert_eq!(body, serde_json::json!({ "to": PHONE, "text": text, "code": "824917", "ref": "code:7" }));
    assert_eq!(sent.headers["authorization"], format!("Bearer {TOKEN}"));
}

#[tokio::test]
async fn a_service_can_know_us_by_a_signature() {
    let server = TestServer::start(|_, _| status(200)).await;
    let secret = Secret::parse(SECRET).expect("a secret");
    let authorization = Authorization::Signed(secret.clone());
    sender(&HttpsSenderConfig { authorization, ..config(&server.url()) }).send(&code()).await.expect("sent");
    let sent = &server.sent()[0];
    let received = Received {
        id: &sent.headers["webhook-id"],
        timestamp: &sent.headers["webhook-timestamp"],
        signature: &sent.headers["webhook-signature"],
        body: &sent.body,
    };
    assert_eq!(received.id, "code:7");
    received.verify(&[secret], NOW).expect("verified");
    assert!(!sent.headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_code_is_sent_once_and_its_failure_says_nothing_of_the_person() {
    for (reply, expected) in [
        (status(500), "sender_refused"),
        (status(302), "sender_refused"),
        (Reply::Status(400, "", format!("no such number {PHONE}").into_bytes()), "sender_refused"),
        (Reply::Hang, "sender_unreachable"),
        (Reply::Close, "sender_unreachable"),
    ] {
        let server = TestServer::start(move |_, _| reply.clone()).await;
        let (config, clock) = (config(&server.url()), TestClock::new().clock());
        let sender = HttpsSender::new(impatient_client(), &config, clock).expect("a sender");
        let fault = sender.send(&code()).await.expect_err("not sent");
        assert_eq!(fault.code(), expected);
        let said = format!("{fault} {fault:?}");
        assert!([PHONE, "824917", TOKEN, "token"].iter().all(|secret| !said.contains(secret)), "{said}");
        assert_eq!(server.sent().len(), 1);
    }
}

#[tokio::test]
async fn what_a_sender_is_made_of_is_checked_at_the_start_and_never_shown() {
    let public = || Client::new(ClientConfig::new(Reach::public(), RootCertStore::empty()));
    let make = |config: &HttpsSenderConfig| HttpsSender::new(public(), config, TestClock::new().clock());
    let good = config("https://sms.example/send?key=secret");
    let shown = format!("{:?} {:?}", make(&good).expect("a sender"), good.authorization);
    assert_eq!(shown, "HttpsSender { target: Target(https://sms.example), .. } Bearer");
    let bearer = |token: &str| HttpsSenderConfig {
        authorization: Authorization::Bearer(token.into()),
        ..good.clone()
    };
    for (config, expected) in [
        (config("http://sms.example/"), "url_not_https"),
        (config("https://192.168.1.1/"), "url_address_is_not_public"),
        (HttpsSenderConfig { template: "{}".into(), ..good.clone() }, "template_without_phone"),
        (bearer(""), "sender_secret_malformed"),
        (bearer("a b"), "sender_secret_malformed"),
        (bearer("a\r\nx: y"), "sender_secret_malformed"),
    ] {
        assert_eq!(make(&config).expect_err(expected).code(), expected);
    }
}

#[tokio::test]
async fn a_template_without_text_sends_codes_and_no_notices() {
    let server = TestServer::start(|_, _| status(200)).await;
    let template = r#"{"to":"{phone}","code":"{code}"}"#.into();
    let sender = sender(&HttpsSenderConfig { template, ..config(&server.url()) });
    sender.send(&code()).await.expect("sent");
    let notice = Message::notice(PHONE, "a text", "notice:1").expect("a message");
    assert_eq!(sender.send(&notice).await, Err(SendFault::Unfit { missing: "{text}" }));
    assert_eq!(server.sent().len(), 1);
}

/// A person with one phone, known by the row's target.
struct Phonebook;

impl Notices for Phonebook {
    fn find<'a>(&'a self, row: &'a Row) -> Finding<'a> {
        Box::pin(async move {
            match row.row.target() {
                "P1" => Ok(Message::notice(PHONE, "\u{5df2}\u{5230}\u{8d26}", row.row.key()).ok()),
                "P2" => Ok(None),
                _ => Err("the vault is closed".into()),
            }
        })
    }
}

async fn work(world: &World, server: &TestServer) {
    let sender = sender(&config(&server.url()));
    let deliver = NoticeDelivery::new(Arc::new(sender), Arc::new(Phonebook));
    let mut worker = world.idle_worker(World::bounds()).with(KIND, Arc::new(deliver));
    worker.run_due().await.expect("worked");
}

fn notice(key: &str, person: &str) -> NewRow {
    NewRow::new(key, KIND, person, 1, b"paid".to_vec(), NOW).expect("a row")
}

#[tokio::test]
async fn a_notice_is_tried_again_until_it_is_sent_and_its_phone_is_kept_nowhere() {
    let answer = |number: usize| match number {
        0 => Reply::Status(503, "retry-after: 70\r\n", format!("cannot reach {PHONE}").into_bytes()),
        _ => status(200),
    };
    let server = TestServer::start(move |number, _| answer(number)).await;
    let world = World::new("https://a.example", &[notice("notice:1", "P1")]);
    work(&world, &server).await;
    assert_eq!(world.row("notice:1").row.due_at(), NOW + 70);
    world.clock.set(NOW + 70);
    work(&world, &server).await;
    assert_eq!(world.state("notice:1"), State::Done);
    let log = world.log();
    assert_eq!(log[0].attempt.status, Some(503));
    assert!(log.iter().all(|logged| logged.attempt.answer.is_empty()), "{log:?}");
    let rows = world.store.open().expect("opened").rows(&Filter::default(), 9).expect("rows");
    assert!(!format!("{rows:?} {log:?}").contains("1380000"));
    assert_eq!(server.sent().len(), 2);
}

#[tokio::test]
async fn whoever_cannot_be_reached_gets_nothing_and_a_closed_vault_is_waited_for() {
    let server = TestServer::start(|_, _| status(200)).await;
    let world = World::new("https://a.example", &[notice("notice:1", "P2"), notice("notice:2", "P3")]);
    work(&world, &server).await;
    assert_eq!((world.state("notice:1"), world.state("notice:2")), (State::Dead, State::Pending));
    let log = world.log();
    let mut errors: Vec<_> = log.iter().filter_map(|logged| logged.attempt.error.as_deref()).collect();
    errors.sort_unstable();
    assert_eq!(
        errors,
        ["message_not_found: the vault is closed", "person_not_reached: there is no message to send"]
    );
    assert_eq!(server.sent().len(), 0);
}
