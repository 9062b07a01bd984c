//! The server for tests, tested: it is real, it survives its end, and it leaves nothing behind.

use linli_test_postgres::{PASSWORD, Server};
use postgres::{Client, NoTls};
use std::env;
use std::io::{BufRead, BufReader, stdin};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Set in the process that is to be killed.
const VICTIM: &str = "LINLI_TEST_POSTGRES_VICTIM";

fn connect(url: &str) -> Client {
    Client::connect(url, NoTls).expect("connected")
}

fn setting(client: &mut Client, name: &str) -> String {
    client.query_one("SELECT current_setting($1)", &[&name]).expect("a setting").get(0)
}

fn folder_of(url: &str) -> PathBuf {
    let data = PathBuf::from(setting(&mut connect(url), "data_directory"));
    data.parent().expect("the data lies in the server's folder").to_path_buf()
}

fn wait_until_gone(folder: &Path, port: u16) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while folder.exists() || TcpStream::connect(("127.0.0.1", port)).is_ok() {
        assert!(Instant::now() < deadline, "{} or port {port} is still there", folder.display());
        thread::yield_now();
    }
}

#[test]
fn each_database_is_empty_and_apart_from_others() {
    let server = Server::shared();
    let (one, other) = (server.database(), server.database());
    connect(&one).batch_execute("CREATE TABLE t ()").expect("created");
    connect(&other).batch_execute("CREATE TABLE t ()").expect("no such table here");
}

#[test]
fn nothing_that_keeps_data_is_off_unless_asked_for() {
    let mut client = connect(&Server::shared().url("postgres"));
    for name in ["fsync", "full_page_writes", "synchronous_commit"] {
        assert_eq!(setting(&mut client, name), "on", "{name}");
    }
    let server = Server::start_with(&["fsync=off", "shared_buffers=16MB"]);
    let mut client = connect(&server.url("postgres"));
    assert_eq!((setting(&mut client, "fsync"), setting(&mut client, "shared_buffers")).0, "off");
    assert_eq!(setting(&mut client, "shared_buffers"), "16MB");
}

#[test]
fn the_password_is_asked_for() {
    let url = Server::shared().url("postgres").replace(PASSWORD, "another");
    assert!(Client::connect(&url, NoTls).is_err());
}

#[test]
fn what_was_committed_survives_each_end() {
    let mut server = Server::start();
    let url = server.database();
    connect(&url).batch_execute("CREATE TABLE t (n int); INSERT INTO t VALUES (0)").expect("created");
    for (number, end) in [Server::kill, Server::stop, Server::restart].into_iter().enumerate() {
        let mut client = connect(&url);
        client.batch_execute("INSERT INTO t SELECT max(n) + 1 FROM t").expect("inserted");
        end(&mut server);
        client.batch_execute("SELECT 1").expect_err("the connection is gone");
        if number < 2 {
            Client::connect(&url, NoTls).map(|_| ()).expect_err("the server is down");
            server.start_again();
        }
        let last: i32 = connect(&url).query_one("SELECT max(n) FROM t", &[]).expect("read").get(0);
        assert_eq!(usize::try_from(last).expect("counted up"), number + 1);
    }
}

#[test]
fn a_dropped_server_leaves_nothing_behind() {
    let mut server = Server::start();
    let (port, folder) = (server.port(), folder_of(&server.url("postgres")));
    assert!(folder.exists());
    server.restart();
    let panicked = thread::spawn(move || {
        let _dropped_by_the_panic = server;
        panic!("as a failed test does");
    });
    panicked.join().expect_err("it panicked");
    TcpStream::connect(("127.0.0.1", port)).expect_err("the server is gone");
    wait_until_gone(&folder, port);
}

#[test]
fn a_killed_test_leaves_nothing_behind() {
    if env::var_os(VICTIM).is_some() {
        println!("\nvictim {}", Server::shared().port());
        // Until it is killed: its input stays open.
        stdin().read_line(&mut String::new()).expect("read");
        return;
    }
    let mut victim = victim();
    let lines = BufReader::new(victim.stdout.take().expect("piped")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("victim ")?.parse().ok());
    let port: u16 = port.expect("the victim says its port");
    let folder = folder_of(&format!("postgres://postgres:{PASSWORD}@127.0.0.1:{port}/postgres"));
    victim.kill().expect("killed");
    victim.wait().expect("gone");
    wait_until_gone(&folder, port);
}

/// This very test, in a process of its own.
fn victim() -> Child {
    let test = env::current_exe().expect("running");
    let mut command = Command::new(test);
    command.args(["--exact", "a_killed_test_leaves_nothing_behind", "--nocapture"]).env(VICTIM, "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("started")
}
