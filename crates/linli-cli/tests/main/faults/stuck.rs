//! A program that has something to say says it while its input is open: a caller who waits for an answer before the
//! next line would wait for ever, and a disk that failed would be noticed only when somebody sends the next line.

use super::folder::Folder;
use super::outsider::{Outsider, PATIENCE};
use super::stream::Stream;
use std::process::Command;
use std::time::Duration;

/// How long the program may take to say what it knows.
const SOON: Duration = Duration::from_secs(5);

/// How long it may take where it waits ten seconds itself for its store to come back.
const LATER: Duration = Duration::from_secs(20);

/// The program, which is not ended by the signal of a file that may not grow.
fn unsignalled(folder: &Folder) -> Command {
    let ingest = folder.ingest("tills");
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]).arg(ingest.get_program()).args(ingest.get_args());
    command
}

/// Sets limits of a running program.
fn limit(outsider: &Outsider, limits: &[&str]) {
    let id = outsider.id().to_string();
    let status = Command::new("prlimit").args(["--pid", &id]).args(limits).status();
    assert!(status.expect("prlimit runs").success());
}

#[test]
fn lines_sent_again_are_answered_while_the_input_is_open() {
    let folder = Folder::new();
    let stream = Stream::new(&folder, 30);
    assert!(folder.run(folder.ingest("tills"), &stream.text()).status.success());
    let mut outsider = Outsider::start(folder.ingest("tills"));
    outsider.say(&stream.lines[0]);
    let answers = outsider.listen(1, SOON);
    drop(outsider.kill());
    assert_eq!(answers, 1, "the first line, sent again alone, is not answered");
}

#[test]
fn a_disk_that_failed_is_told_while_the_input_is_open() {
    let folder = Folder::new();
    let stream = Stream::new(&folder, 300);
    let mut outsider = Outsider::start(unsignalled(&folder));
    outsider.say(&stream.lines[0]);
    assert_eq!(outsider.listen(1, PATIENCE), 1);
    limit(&outsider, &["--fsize=10000"]);
    // All that comes is in the commit that fails.
    outsider.say(&stream.lines[1..].concat());
    let is_over = outsider.listen_to_end(SOON);
    let left = if is_over { outsider.end() } else { outsider.kill() };
    stream.check(&left.acknowledged).expect("what was acknowledged is right");
    assert!(is_over && left.complaint.contains("stopped: "), "it waits for its input and says nothing");
}

/// The append fails, and the store cannot be opened again: no further file can be.
#[test]
fn a_store_that_stays_away_is_told() {
    let folder = Folder::new();
    let stream = Stream::new(&folder, 40_000);
    let mut outsider = Outsider::start(unsignalled(&folder));
    outsider.say(&stream.lines[0]);
    assert_eq!(outsider.listen(1, PATIENCE), 1);
    limit(&outsider, &["--fsize=20000", "--nofile=3"]);
    outsider.say(&stream.lines[1..].concat());
    outsider.hush();
    let is_over = outsider.listen_to_end(LATER);
    let left = if is_over { outsider.end() } else { outsider.kill() };
    stream.check(&left.acknowledged).expect("what was acknowledged is right");
    assert!(
        is_over && left.complaint.contains("stopped: "),
        "it waits for its store for ever and says nothing"
    );
}
