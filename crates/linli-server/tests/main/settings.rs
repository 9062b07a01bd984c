//! Settings that would expose somebody are refused, with what to do instead.

use crate::support::TestApp;
use linli_server::{Config, StartFault, TlsFiles};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn config(listen: &str) -> Config {
    Config::new(listen.parse().expect("an address"))
}

fn files() -> TlsFiles {
    TlsFiles { cert: PathBuf::from("cert.pem"), key: PathBuf::from("key.pem") }
}

#[test]
fn an_address_that_others_can_reach_needs_tls_or_a_proxy() {
    for listen in ["0.0.0.0:80", "[::]:80", "192.168.1.5:8080", "[2001:db8::1]:80", "[::ffff:127.0.0.1]:80"] {
        let StartFault::Unsafe(why) = config(listen).check().expect_err("unsafe") else {
            panic!("another fault")
        };
        for what in [listen, "--tls-cert", "--behind-proxy", "127.0.0.1"] {
            assert!(why.contains(what), "{why}");
        }
        assert!(Config { behind_proxy: true, ..config(listen) }.check().is_ok());
        assert!(Config { tls: Some(files()), ..config(listen) }.check().is_ok());
    }
    for listen in ["127.0.0.1:80", "127.9.9.9:80", "[::1]:80"] {
        assert!(config(listen).check().is_ok(), "{listen}");
    }
}

#[test]
fn callers_are_told_figures_only_where_nobody_else_can_call() {
    assert!(config("127.0.0.1:80").tells_callers_metrics());
    assert!(!Config { behind_proxy: true, ..config("127.0.0.1:80") }.tells_callers_metrics());
    assert!(!Config { tls: Some(files()), ..config("0.0.0.0:443") }.tells_callers_metrics());
    let metrics: SocketAddr = "127.0.0.1:9100".parse().expect("an address");
    let config = Config { metrics: Some(metrics), ..config("127.0.0.1:80") };
    assert!(config.check().is_ok() && !config.tells_callers_metrics());
    assert!(Config { listen: metrics, ..config }.check().is_err());
}

/// A certificate for localhost, and its files.
fn certificate(folder: &Path) -> (rcgen::CertifiedKey<rcgen::KeyPair>, TlsFiles) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_string()]).expect("a certificate");
    let files = TlsFiles { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
    std::fs::write(&files.cert, made.cert.pem()).expect("written");
    std::fs::write(&files.key, made.signing_key.serialize_pem()).expect("written");
    (made, files)
}

#[tokio::test]
async fn with_a_certificate_tls_is_spoken_and_browsers_are_told_to_stay_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (made, files) = certificate(folder.path());
    let app = TestApp::with(|config| config.tls = Some(files)).await;
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let client = client.expect("versions").with_root_certificates(roots).with_no_client_auth();
    let stream = tokio::net::TcpStream::connect(&app.address).await.expect("it listens");
    let name = ServerName::try_from("localhost").expect("a name");
    let connector = tokio_rustls::TlsConnector::from(Arc::new(client));
    let mut stream = connector.connect(name, stream).await.expect("a greeting");
    let request = b"GET /v1/price HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await.expect("written");
    let mut answer = Vec::new();
    // Whether the end is announced is not the point.
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).expect("text");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age=63072000"), "{answer}");
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, files) = certificate(folder.path());
    for (cert, key, named) in [
        (folder.path().join("missing.pem"), files.key.clone(), "missing.pem"),
        (files.key.clone(), files.key.clone(), "key.pem"),
        (files.cert.clone(), files.cert.clone(), "cert.pem"),
    ] {
        let economy = crate::support::economy(folder.path());
        let config = Config { tls: Some(TlsFiles { cert, key }), ..config("127.0.0.1:0") };
        let fault = linli_server::Server::bind(&config, economy).await.err().expect("it cannot be used");
        assert!(fault.to_string().contains(named), "{fault}");
    }
}
