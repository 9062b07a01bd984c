//! `linli serve` as a program: it tells where it listens, refuses what is unsafe, and ends when it is told to.

use crate::support::{Folder, Run};
use linli_server::signature::Signed;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::time::SystemTime;

/// The running program, and where it listens.
struct Service {
    child: Child,
    address: String,
}

impl Service {
    fn start(folder: &Folder) -> Self {
        let arguments = ["serve", "--data", "shop", "--plan", "plan.toml", "--listen", "127.0.0.1:0"];
        let mut child = folder.command(&arguments).spawn().expect("the program starts");
        let mut told = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        out.read_line(&mut told).expect("a line");
        let address = told.trim_end().strip_prefix("listening on http://").expect("an address").to_string();
        Self { child, address }
    }

    /// The whole answer to a GET with these header lines.
    fn get(&self, target: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let request = format!("GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn end(self) -> Run {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        Run::of(self.child)
    }
}

/// The header lines of a read that is signed now.
fn signed(key: &str, secret: &str, target: &str, nonce: &str) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    let time = now.as_secs().to_string();
    let parts = Signed { time: &time, nonce, method: "GET", target, body: b"" };
    let signature = parts.sign(secret.as_bytes());
    format!(
        "linli-key: {key}\r\nlinli-time: {time}\r\nlinli-nonce: {nonce}\r\nlinli-signature: {signature}\r\n"
    )
}

#[test]
fn a_key_opens_what_its_scopes_say_until_it_ends() {
    let folder = Folder::new();
    let member = b"{\"cmd\":\"open_member\",\"member\":\"M1\"}\n";
    folder.run_with(&["ingest", "--data", "shop", "--plan", "plan.toml", "--stream", "a"], member);
    let add = |id: &str, scope: &str| {
        let run = folder.run(&["key", "add", id, "--name", "x", "--scope", scope, "--data", "shop"]);
        run.out.split_whitespace().last().expect("a secret").to_string()
    };
    let (reader, payer) = (add("reader", "read"), add("payer", "orders"));
    let target = "/v1/members/M1";
    let service = Service::start(&folder);
    let answer =
        |key: &str, secret: &str, nonce: &str| service.get(target, &signed(key, secret, target, nonce));
    assert!(answer("reader", &reader, "1").starts_with("HTTP/1.1 200"), "{}", answer("reader", &reader, "2"));
    assert!(answer("reader", &payer, "3").contains("signature_wrong"));
    assert!(answer("payer", &payer, "4").contains("scope_missing"));
    assert!(answer("nobody", &reader, "5").starts_with("HTTP/1.1 401"));
    let log = service.end().err;
    assert!(!log.contains(&reader) && !log.contains(&payer), "a secret is in the log");
    assert_eq!(folder.run(&["key", "end", "reader", "--data", "shop"]).code, Some(0));
    let service = Service::start(&folder);
    assert!(service.get(target, &signed("reader", &reader, target, "6")).starts_with("HTTP/1.1 401"));
    service.end();
}

#[test]
fn it_serves_until_it_is_told_to_end() {
    let folder = Folder::new();
    let service = Service::start(&folder);
    let answer = service.get("/v1/price", "");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"price\":\"1.0000\""), "{answer}");
    let run = service.end();
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("\"route\":\"/v1/price\""), "{}", run.err);
    assert_eq!(folder.run(&["audit", "--data", "shop"]).code, Some(0));
}

#[test]
fn unsafe_settings_are_refused_before_anything_is_made() {
    let folder = Folder::new();
    let arguments = ["serve", "--data", "shop", "--plan", "plan.toml", "--listen", "0.0.0.0:0"];
    folder.run(&arguments).fails_with("Give --tls-cert and --tls-key");
    assert_eq!(folder.names(), ["plan.toml"]);
}

#[test]
fn a_payment_system_needs_its_secret_and_its_records_stay_its_own() {
    let folder = Folder::new();
    let arguments = |more: &[&'static str]| {
        let serve = ["serve", "--data", "shop", "--plan", "plan.toml", "--listen", "127.0.0.1:0"];
        [&serve, more].concat()
    };
    folder.run(&arguments(&["--provider", "external"])).fails_with("give --provider-secret FILE");
    folder.write("secret", "too short");
    let external = arguments(&["--provider", "external", "--provider-secret", "secret"]);
    folder.run(&external).fails_with("32 to 256 bytes");
    let sandbox = arguments(&["--provider-secret", "secret"]);
    folder.write("secret", "0123456789abcdef0123456789abcdef\n");
    folder.run(&sandbox).fails_with("give --provider external");
    assert_eq!(folder.names(), ["plan.toml", "secret"], "nothing was made");
    let service = Service::start(&folder);
    assert!(service.get("/v1/provider", "").contains("\"is_live\":false"));
    service.end();
    folder.run(&external).fails_with("has the records of the provider sandbox");
}

#[test]
fn a_place_without_a_journal_is_named() {
    Folder::new().run(&["serve", "--data", "shop"]).fails_with("--plan PLAN opens one");
}
