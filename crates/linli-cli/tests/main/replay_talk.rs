//! Programs that talk to `linli replay` line by line, and readers that go away before the end.

use super::support::{Folder, Run};
use super::talk::Talk;
use std::process::Stdio;

const REPLAY: [&str; 5] = ["replay", "--plan", "plan.toml", "--balances", "balances.json"];

#[test]
fn each_line_is_answered_before_the_next_is_written() {
    let folder = Folder::new();
    let mut talk = Talk::start(&folder, &REPLAY);
    for number in 1..=50 {
        talk.say(&format!("{{\"cmd\":\"open_member\",\"member\":\"M{number}\"}}\n"));
        talk.hears(&format!("{{\"seq\":{number},\"ok\":true"));
    }
    let run = talk.end();
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(folder.read("balances.json"), "{}\n");
}

#[test]
fn a_line_that_came_in_part_holds_up_no_answer_to_those_before() {
    let folder = Folder::new();
    let mut talk = Talk::start(&folder, &REPLAY);
    talk.say("{\"cmd\":\"open_member\",\"member\":\"M1\"}\nwhat is this\n\n{\"cmd\":\"open_mem");
    talk.hears("\"seq\":1,\"ok\":true");
    talk.hears("\"seq\":2,\"ok\":false,\"error\":\"malformed\"");
    talk.say("ber\",\"member\":\"M1\"}\n");
    talk.hears("\"seq\":3,\"ok\":false,\"error\":\"already_exists\"");
    assert_eq!(talk.end().code, Some(0));
}

/// A pipe whose reader is gone already.
fn closed_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

#[test]
fn a_reader_who_goes_away_is_no_fault() {
    let folder = Folder::with_orders(&["O1,2026-01-01T08:00:00,M1,S1,10.00", "O2,not a time,M1,S1,10.00"]);
    folder.write("stream.jsonl", "{\"cmd\":\"open_member\",\"member\":\"M1\"}\n".repeat(20_000));
    let settle = ["settle", "--plan", "plan.toml", "--orders", "orders.csv", "--out", "out", "--skip-bad"];
    for arguments in
        [&["replay", "--plan", "plan.toml", "stream.jsonl"][..], &["plan", "check", "plan.toml"], &settle]
    {
        let run =
            Run::of(folder.command(arguments).stdout(closed_pipe()).spawn().expect("the program starts"));
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.err);
        assert!(
            !run.err.contains("panicked") && !run.err.starts_with("linli: "),
            "{arguments:?}: {}",
            run.err
        );
    }
    assert_eq!(folder.read("out/statement.csv").lines().count(), 2);
}

#[test]
fn a_message_that_nobody_reads_leaves_the_exit_code() {
    let folder = Folder::with_orders(&["O1,not a time,M1,S1,10.00"]);
    folder.write("stream.jsonl", "oops");
    let settle = ["settle", "--plan", "plan.toml", "--orders", "orders.csv", "--out", "out"];
    for (arguments, code) in [
        (&["plan", "check", "none.toml"][..], 1),
        (&settle, 1),
        (&["replay", "--plan", "plan.toml", "--strict", "stream.jsonl"], 2),
    ] {
        let run =
            Run::of(folder.command(arguments).stderr(closed_pipe()).spawn().expect("the program starts"));
        assert_eq!(run.code, Some(code), "{arguments:?}");
    }
}
