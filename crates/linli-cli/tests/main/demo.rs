//! `linli demo`: a sound journal that is the same every time, made once, and never over something else.

use super::support::Folder;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// The commands of the year; what comes after it depends on when that is.
fn year(folder: &Folder, dir: &str) -> Vec<String> {
    assert_eq!(folder.run(&["audit", "--data", dir]).code, Some(0));
    let to = format!("{dir}.jsonl");
    assert_eq!(folder.run(&["export", "commands", "--data", dir, "--to", &to]).code, Some(0));
    folder.read(&to).lines().take(54_405).map(String::from).collect()
}

#[test]
fn the_world_is_the_same_every_time_and_is_made_once() {
    let folder = Folder::new();
    let made = folder.run(&["demo", "--data", "one"]);
    assert_eq!(
        (made.code, made.out.as_str()),
        (Some(0), "one/journal.db: 54405 commands of the demo world\n"),
        "{}",
        made.err
    );
    assert_eq!(folder.run(&["demo", "--data", "two"]).code, Some(0));
    let one = year(&folder, "one");
    assert!(one == year(&folder, "two"));
    let again = folder.run(&["demo", "--data", "one"]);
    assert_eq!(again.out, "one/journal.db has the demo world already\n");
    assert!(one == year(&folder, "one"));
}

#[test]
fn a_demo_is_made_over_nothing_else() {
    let folder = Folder::new();
    let line = b"{\"cmd\":\"open_member\",\"member\":\"M1\"}\n";
    folder.run_with(&["ingest", "--data", "shop", "--plan", "plan.toml", "--stream", "a"], line);
    let refused = folder.run(&["demo", "--data", "shop"]);
    assert_eq!(refused.err, "linli: shop/journal.db holds something else than a demo\n");
    assert_eq!(folder.run(&["demo", "--data", "d", "--size", "large"]).code, Some(2));
    assert!(!folder.path("d").exists());
}

/// Sends a request to the demo and gives its whole answer.
fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(request.as_bytes()).expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

fn post(address: &str, target: &str, body: &str) -> String {
    let head = "host: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length";
    ask(address, &format!("POST {target} HTTP/1.1\r\n{head}: {}\r\n\r\n{body}", body.len()))
}

/// What stands in a text of JSON under a name, the first time.
fn field<'t>(text: &'t str, name: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!(r#""{name}":""#)).unwrap_or_else(|| panic!("no {name}: {text}"));
    rest.split_once('"').expect("a text ends").0
}

/// The token of whoever has this number.
fn log_in(address: &str, phone: &str) -> String {
    let sent = post(address, "/v1/login/codes", &format!(r#"{{"phone":"{phone}"}}"#));
    assert!(sent.starts_with("HTTP/1.1 202"), "{sent}");
    let shown = ask(address, "GET /v1/sandbox/messages HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    let body = format!(r#"{{"phone":"{phone}","code":"{}"}}"#, field(&shown, "code"));
    field(&post(address, "/v1/login", &body), "token").to_string()
}

#[test]
fn a_demo_is_served_with_people_who_can_log_in() {
    let folder = Folder::new();
    let mut child =
        folder.command(&["demo", "--data", "d", "--listen", "127.0.0.1:0"]).spawn().expect("it starts");
    let mut lines =
        BufReader::new(child.stdout.take().expect("a pipe")).lines().map(|line| line.expect("a line"));
    let told: Vec<_> = lines.by_ref().take_while(|line| !line.starts_with("listening on ")).collect();
    assert!(told.iter().any(|line| line.contains("13800000002  member")), "{told:?}");
    let _ = child.kill();
    child.wait().expect("it has ended");
    let mut again =
        folder.command(&["demo", "--data", "d", "--listen", "127.0.0.1:0"]).spawn().expect("it starts");
    let lines =
        BufReader::new(again.stdout.take().expect("a pipe")).lines().map(|line| line.expect("a line"));
    let address = lines.filter_map(|line| line.strip_prefix("listening on http://").map(String::from)).next();
    let address = address.expect("an address");
    let sent = post(&address, "/v1/login/codes", r#"{"phone":"13800000001"}"#);
    assert!(sent.starts_with("HTTP/1.1 202"), "{sent}");
    let shown = ask(&address, "GET /v1/sandbox/messages HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    assert!(shown.contains(r#""phone":"+8613800000001""#), "{shown}");
    let token = log_in(&address, "13800000002");
    // What was sealed when the demo was made opens where the service shows it.
    for (target, text) in [
        ("/v1/mall/orders/mall-paid-1", r#""street":"演示路"#),
        ("/v1/mall/returns/return-agreed", "广州市白云区演示仓库"),
        ("/v1/me/vouchers/voucher-unused-1", r#""code":""#),
        ("/v1/refunds/refund-asked", "菜品与描述不符"),
    ] {
        let answer = ask(
            &address,
            &format!(
                "GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n"
            ),
        );
        assert!(answer.contains(text), "{target}: {answer}");
    }
    let _ = again.kill();
    again.wait().expect("it has ended");
    assert_eq!(folder.run(&["audit", "--data", "d"]).code, Some(0));
}

#[test]
fn a_demo_is_served_to_this_machine_alone() {
    let folder = Folder::new();
    let refused = folder.run(&["demo", "--data", "d", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("0.0.0.0:0"), "{}", refused.err);
}
