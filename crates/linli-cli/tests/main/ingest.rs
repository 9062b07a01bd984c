//! `linli ingest`: the lines of `replay`, but durable; streams that are sent again; what it says of wrong journals.

use super::support::{Folder, Run, SEED_THREE};
use super::talk::Talk;
use std::fmt::Write;

const OPEN: [&str; 5] = ["ingest", "--data", "shop", "--plan", "plan.toml"];
const AGAIN: [&str; 3] = ["ingest", "--data", "shop"];

/// A stream with everything that a line can be: accepted, refused, repeated, malformed, blank.
fn stream(orders: usize) -> String {
    let mut stream = String::from(
        "{\"cmd\":\"open_member\",\"member\":\"M0\"}\n\n\
         {\"cmd\":\"open_store\",\"store\":\"S1\",\"owner\":\"M0\",\"district\":\"440106\"}\n\
         what is this\r\n   \n{\"cmd\":\"open_member\",\"member\":\"M1\",\"inviter\":\"M0\"}\n",
    );
    for order in 0..orders {
        let id = order - order % 7 / 6;
        let member = ["M1", "M0", "M2"][order % 3];
        let order =
            format!("\"order\":\"O{id}\",\"member\":\"{member}\",\"store\":\"S1\",\"amount\":\"{id}.5\"");
        writeln!(stream, "{{\"cmd\":\"settle\",{order}}}").expect("a text");
    }
    stream
}

fn replayed(folder: &Folder, stream: &str) -> String {
    let run = folder.run_with(&["replay", "--plan", "plan.toml"], stream.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    run.out
}

#[track_caller]
fn gives(run: &Run, lines: &str) {
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out == lines, "other lines:\n{}", run.out);
}

#[test]
fn the_results_are_those_of_replay_and_a_stream_sent_again_gets_them_again() {
    let folder = Folder::new();
    let stream = stream(5_000);
    let results = replayed(&folder, &stream);
    gives(&folder.run_with(&OPEN, stream.as_bytes()), &results);
    gives(&folder.run_with(&AGAIN, stream.as_bytes()), &results);
    gives(&folder.run_with(&OPEN, stream.as_bytes()), &results);
}

#[test]
fn an_interrupted_stream_goes_on_where_it_was() {
    let folder = Folder::new();
    let stream = stream(3_000);
    let results = replayed(&folder, &stream);
    for lines in [1, 4, 7, 1_500] {
        let part: String = stream.split_inclusive('\n').take(lines).collect();
        let expected: String = results.split_inclusive('\n').take(lines.min(3) - lines.min(3) / 2).collect();
        let run = folder.run_with(&OPEN, part.as_bytes());
        assert!(
            run.out.starts_with(&expected) && results.starts_with(&run.out),
            "{lines} lines: {}",
            run.out
        );
    }
    gives(&folder.run_with(&AGAIN, stream.as_bytes()), &results);
}

#[test]
fn a_line_that_has_changed_is_id_reused_and_changes_nothing() {
    let folder = Folder::new();
    let stream = stream(20);
    let results = replayed(&folder, &stream);
    folder.run_with(&[&OPEN[..], &["--stream", "tills"]].concat(), stream.as_bytes());
    let changed = stream.replacen("\"O3\"", "\"O3x\"", 1) + "{\"cmd\":\"open_member\",\"member\":\"M9\"}\n";
    let run = folder.run_with(&[&AGAIN[..], &["--stream", "tills"]].concat(), changed.as_bytes());
    let lines: Vec<&str> = run.out.lines().collect();
    let reused = "{\"seq\":8,\"ok\":false,\"error\":\"id_reused\",\
        \"message\":\"line 10 of stream tills was applied before with other bytes\"}";
    assert_eq!(lines[7], reused);
    let others = lines.iter().zip(results.lines()).enumerate().filter(|(place, _)| *place != 7);
    assert!(others.clone().count() == 23 && others.clone().all(|(_, (now, then))| **now == *then));
    assert_eq!(lines[24..], [lines[24]]);
    assert!(lines[24].starts_with("{\"seq\":25,\"ok\":true,"), "{}", lines[24]);
}

#[test]
fn lines_that_moved_are_not_taken_for_those_that_were_applied() {
    let folder = Folder::new();
    let member = |name: &str| format!("{{\"cmd\":\"open_member\",\"member\":\"{name}\"}}\n");
    let named = [&OPEN[..], &["--stream", "s"]].concat();
    folder.run_with(&named, format!("{}\n{}", member("A"), member("B")).as_bytes());
    let moved = format!("{}{}\n{}", member("A"), member("B"), member("C"));
    let run = folder.run_with(&named, moved.as_bytes());
    let lines: Vec<&str> = run.out.lines().collect();
    let begins = [
        "{\"seq\":1,\"ok\":true",
        "{\"seq\":2,\"ok\":false,\"error\":\"id_reused\"",
        "{\"seq\":3,\"ok\":true",
    ];
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().zip(begins).all(|(line, begin)| line.starts_with(begin)), "{}", run.out);
}

#[test]
fn streams_of_other_names_stand_beside_each_other() {
    let folder = Folder::new();
    let member = |name: &str| format!("{{\"cmd\":\"open_member\",\"member\":\"{name}\"}}\n");
    let seq = |stream: &str, lines: &str| {
        let run = folder.run_with(&[&OPEN[..], &["--stream", stream]].concat(), lines.as_bytes());
        assert_eq!(run.code, Some(0), "{}", run.err);
        run.out.lines().map(|line| line[7..8].to_string()).collect::<Vec<_>>().concat()
    };
    assert_eq!(seq("a", &member("A1")), "1");
    assert_eq!(seq("b", &member("B1")), "2");
    assert_eq!(seq("a", &(member("A1") + &member("A2"))), "13");
    assert_eq!(seq("b", &(member("B1") + &member("B2"))), "24");
    assert_eq!(seq("a", &member("A1")), "1");
}

#[test]
fn each_line_is_answered_while_the_input_is_open() {
    let folder = Folder::new();
    let mut talk = Talk::start(&folder, &OPEN);
    for number in 1..=20 {
        talk.say(&format!("{{\"cmd\":\"open_member\",\"member\":\"M{number}\"}}\n"));
        talk.hears(&format!("{{\"seq\":{number},\"ok\":true"));
    }
    folder
        .run_with(&OPEN, b"{\"cmd\":\"open_member\",\"member\":\"M1\"}\n")
        .fails_with("another process writes to this journal: shop/journal.db.lock is locked");
    assert_eq!(talk.end().code, Some(0));
}

#[test]
fn a_journal_is_opened_by_a_plan_and_keeps_it() {
    let folder = Folder::new();
    let line = b"{\"cmd\":\"open_member\",\"member\":\"M1\"}\n";
    folder.run_with(&AGAIN, line).fails_with("there is no journal at shop/journal.db: --plan PLAN opens one");
    assert_eq!(folder.names(), ["plan.toml"]);
    assert_eq!(folder.run_with(&OPEN, line).code, Some(0));
    folder.write("plan.toml", SEED_THREE);
    folder.run_with(&OPEN, line).fails_with("shop/journal.db was opened with another plan");
    assert_eq!(folder.run_with(&AGAIN, line).code, Some(0));
    folder.write("plan.toml", "name = 1");
    folder.run_with(&OPEN, line).fails_with("plan.toml is refused");
}

#[test]
fn an_empty_stream_is_no_fault() {
    let folder = Folder::new();
    for input in ["", "\n", "  \n\r\n"] {
        gives(&folder.run_with(&OPEN, input.as_bytes()), "");
    }
}
