//! The client against servers that mislead it: by their names, their redirects, their certificates, their bodies and
//! their silence.

use crate::support::server::{Reply, TestServer, status};
use crate::support::{client_with, impatient_client};
use linli_outbox::client::{Answer, Call, CallFault, ClientConfig, End, MOST_BODY_BYTES, Resolve, Resolving};
use linli_outbox::{Client, Reach, Target};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{RootCertStore, ServerConfig};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

/// A resolver that gives one list after the other, and the last for ever.
struct Names {
    lists: Vec<Vec<&'static str>>,
    asked: AtomicUsize,
}

impl Names {
    fn new(lists: &[&[&'static str]]) -> Arc<Self> {
        let lists = lists.iter().map(|list| list.to_vec()).collect();
        Arc::new(Self { lists, asked: AtomicUsize::new(0) })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Resolve for Names {
    fn resolve<'a>(&'a self, _: &'a str) -> Resolving<'a> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst).min(self.lists.len() - 1);
        let addresses: Vec<IpAddr> =
            self.lists[number].iter().map(|address| address.parse().expect("an address")).collect();
        Box::pin(async { Ok(addresses) })
    }
}

fn target(url: &str) -> Target {
    Target::parse(url, &Reach::anywhere()).expect("a URL")
}

fn call() -> Call {
    Call { body: b"{}".to_vec().into(), headers: Default::default() }
}

async fn post(client: &Client, url: &str) -> Result<Answer, CallFault> {
    client.post(&target(url), call()).await
}

fn code(result: &Result<Answer, CallFault>) -> &'static str {
    result.as_ref().map_or_else(CallFault::code, |_| "answered")
}

fn with_names(reach: Reach, names: &Arc<Names>) -> Client {
    let names = names.clone();
    client_with(|config| (config.reach, config.resolver) = (reach, names))
}

#[tokio::test]
async fn a_name_that_stands_for_a_private_address_is_not_connected_to() {
    let server = TestServer::start(|_, _| status(200)).await;
    let port = server.address.port();
    for list in [
        &["127.0.0.1"][..],
        &["::ffff:127.0.0.1"],
        &["1.1.1.1", "127.0.0.1"],
        &["127.0.0.1", "1.1.1.1"],
        &["169.254.169.254"],
        &["64:ff9b::7f00:1"],
        &["::"],
        &["0.0.0.0"],
    ] {
        let names = Names::new(&[list]);
        let client = with_names(Reach::public(), &names);
        let url = format!("https://shop.example:{port}/");
        let fault = post(&client, &url).await.expect_err("private");
        assert_eq!(fault.code(), "address_is_not_public", "{list:?}: {fault}");
        client.check(&target(&url)).await.expect_err("who registers it is told, too");
    }
    for literal in ["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "0x7f.1", "2130706433", "0"] {
        let client = with_names(Reach::public(), &Names::new(&[&[]]));
        let posted = post(&client, &format!("https://{literal}:{port}/")).await;
        assert_eq!(code(&posted), "address_is_not_public", "{literal}");
    }
    assert_eq!(server.sent().len(), 0);
}

#[tokio::test]
async fn a_name_is_asked_for_once_and_what_was_checked_is_connected_to() {
    let server = TestServer::start(|_, _| status(200)).await;
    let url = format!("http://shop.example:{}/", server.address.port());
    let local = Reach::public_and(vec!["127.0.0.0/8".parse().expect("a network")]);
    let names = Names::new(&[&["127.0.0.1"], &["169.254.169.254"]]);
    let client = with_names(local, &names);
    assert_eq!(post(&client, &url).await.expect("answered").status, 200);
    assert_eq!(names.asked(), 1, "a second answer would be another one");
    assert_eq!(code(&post(&client, &url).await), "address_is_not_public", "each call asks anew");
    assert_eq!(server.headers("host"), [format!("shop.example:{}", server.address.port())]);
}

#[tokio::test]
async fn without_tls_only_named_networks_are_called() {
    let server = TestServer::start(|_, _| status(200)).await;
    let reach = Reach::public_and(vec!["10.0.0.0/8".parse().expect("a network")]);
    let client = with_names(reach, &Names::new(&[&["1.1.1.1"]]));
    let url = format!("http://shop.example:{}/", server.address.port());
    assert_eq!(code(&post(&client, &url).await), "tls_required");
}

#[tokio::test]
async fn a_name_without_an_address_is_named() {
    let client = with_names(Reach::public(), &Names::new(&[&[]]));
    let fault = post(&client, "https://shop.example/a?token=secret").await.expect_err("no address");
    assert_eq!(fault.to_string(), "shop.example has no address: the answer is empty");
}

#[tokio::test]
async fn a_redirect_is_an_answer_like_others() {
    let server = TestServer::start(|_, _| Reply::Status(302, "location: /elsewhere\r\n", Vec::new())).await;
    let answer = post(&client_with(|_| ()), &server.url()).await.expect("answered");
    assert_eq!((answer.status, answer.is_success()), (302, false));
    assert_eq!(server.sent().len(), 1);
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_cut_and_one_that_fits_is_not() {
    let cases = [(MOST_BODY_BYTES * 2, End::Cut), (MOST_BODY_BYTES, End::Whole), (0, End::Whole)];
    for (bytes, end) in cases {
        let server = TestServer::start(move |_, _| Reply::Status(200, "", vec![b'a'; bytes])).await;
        let answer = post(&client_with(|_| ()), &server.url()).await.expect("answered");
        assert_eq!((answer.status, answer.end), (200, end));
        assert_eq!(answer.body.len(), bytes.min(MOST_BODY_BYTES));
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_or_hangs_leaves_the_status() {
    for reply in [Reply::CloseMidway, Reply::HangMidway] {
        let server = TestServer::start(move |_, _| reply.clone()).await;
        let answer = post(&impatient_client(), &server.url()).await.expect("answered");
        assert_eq!((answer.status, answer.body.as_slice(), answer.end), (200, &b"hal"[..], End::Broken));
        assert!(!format!("{answer:?}").contains("104"), "{answer:?}");
    }
}

#[tokio::test]
async fn no_answer_is_a_fault_in_bounded_time() {
    let endless = Reply::Status(200, "x: 0123456789012345678901234567890123456789\r\n", Vec::new());
    let begin = Instant::now();
    for (reply, expected) in [
        (Reply::Hang, "timeout"),
        (Reply::Close, "connection_broken"),
        (Reply::Nonsense, "connection_broken"),
        (endless, "answered"),
    ] {
        let server = TestServer::start(move |_, _| reply.clone()).await;
        assert_eq!(code(&post(&impatient_client(), &server.url()).await), expected);
    }
    assert!(begin.elapsed() < Duration::from_secs(5));
    let closed = TestServer::start(|_, _| status(200)).await.url();
    tokio::task::yield_now().await;
    let posted = post(&client_with(|_| ()), &closed).await;
    assert!(["connect_failed", "connection_broken"].contains(&code(&posted)), "{posted:?}");
}

#[tokio::test]
async fn a_request_is_a_post_of_json_that_says_who_we_are() {
    let server = TestServer::start(|_, _| Reply::Status(429, "retry-after: 7\r\n", b"slow".to_vec())).await;
    let answer = post(&client_with(|_| ()), &server.url()).await.expect("answered");
    assert_eq!((answer.status, answer.retry_after.as_deref()), (429, Some("7")));
    let sent = &server.sent()[0];
    assert_eq!((sent.line.as_str(), sent.body.as_slice()), ("POST /hooks?token=t HTTP/1.1", &b"{}"[..]));
    assert_eq!(sent.headers["content-type"], "application/json");
    assert!(sent.headers["user-agent"].starts_with("linli/"));
    assert_eq!(sent.headers["host"], server.address.to_string());
}

/// A server with a certificate for this name, and who vouches for it.
async fn tls_server(name: &str) -> (TestServer, RootCertStore) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).expect("added");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a certificate and its key");
    let tls = TlsAcceptor::from(Arc::new(config));
    (TestServer::start_with(|_, _| status(200), Some(tls)).await, roots)
}

#[tokio::test]
async fn the_other_side_must_be_whom_its_name_says() {
    let (server, roots) = tls_server("shop.example").await;
    let port = server.address.port();
    let client = |roots: &RootCertStore| {
        let roots = roots.clone();
        client_with(|config: &mut ClientConfig| {
            (config.roots, config.resolver) = (roots, Names::new(&[&["127.0.0.1"]]));
        })
    };
    let good = post(&client(&roots), &format!("https://shop.example:{port}/")).await;
    assert_eq!(good.expect("answered").status, 200);
    let url = format!("https://shop.example.:{port}/");
    assert_eq!(code(&post(&client(&roots), &url).await), "answered", "with the dot at the end");
    for (roots, url) in [
        (&RootCertStore::empty(), format!("https://shop.example:{port}/")),
        (&roots, format!("https://other.example:{port}/")),
        (&roots, format!("https://127.0.0.1:{port}/")),
    ] {
        assert_eq!(code(&post(&client(roots), &url).await), "tls_failed", "{url}");
    }
    assert_eq!(server.sent().len(), 2);
    let plain = TestServer::start(|_, _| status(200)).await;
    let url = format!("https://127.0.0.1:{}/", plain.address.port());
    let posted = post(&impatient_client(), &url).await;
    assert!(["tls_failed", "timeout"].contains(&code(&posted)), "{posted:?}");
    assert_eq!(plain.sent().len(), 0, "nothing is said to whom has no TLS");
}
