//! A disk that is full, a file that may not grow, a write that fails: nothing is acknowledged that is not there, the
//! program says what is the matter, and when there is room again the same stream goes through.

use super::chance::{Chance, seed};
use super::folder::{Folder, told};
use super::judge::{self, Beside};
use super::namespace;
use super::stream::Stream;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output};

const LINES: usize = 6_000;

/// Sizes that are tried by chance.
const SIZES: u64 = 8;

/// The most calls of one thread that are made to fail one after the other.
const CALLS: usize = 60;

/// The program under a limit for the size of files; `trap` says what becomes of the signal that the kernel sends.
fn limited(folder: &Folder, trap: &str, bytes: u64) -> Command {
    let ingest = folder.ingest("tills");
    let mut command = Command::new("sh");
    let script = format!("{trap} exec prlimit --fsize={bytes} -- \"$@\"");
    command.args(["-c", &script, "sh"]).arg(ingest.get_program()).args(ingest.get_args());
    command
}

/// What was printed is the beginning of the results and is there; then the same stream goes through.
fn recovers(folder: &Folder, stream: &Stream, failed: &Output, what: &str) {
    let acknowledged = std::str::from_utf8(&failed.stdout).expect("UTF-8");
    stream.check(acknowledged).unwrap_or_else(|other| panic!("{what}: {other}"));
    let output = folder.run(folder.ingest("tills"), &stream.text());
    assert!(output.status.success(), "{what}, with room again: {}", told(&output));
    assert!(output.stdout == stream.results.as_bytes(), "{what}, with room again: other results");
    is_sound(&folder.data(), stream, stream.results.len(), what);
}

/// The store verifies, and has at least the results of so many bytes.
fn is_sound(data: &Path, stream: &Stream, acknowledged: usize, what: &str) {
    let found = judge::results(data).unwrap_or_else(|fault| panic!("{what}: {fault}"));
    stream.check(&found).unwrap_or_else(|other| panic!("{what}: {other}"));
    assert!(found.len() >= acknowledged, "{what}: acknowledged lines are missing");
}

/// It ended by itself, with a message of its own.
fn is_told(output: &Output, what: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    let is_told = output.status.code() == Some(1) && said.starts_with("linli: ");
    assert!(is_told, "{what}: {}", told(output));
}

#[test]
fn a_file_that_may_not_grow_refuses_and_keeps_what_was_acknowledged() {
    let mut chance = Chance::new(seed());
    let stream = Stream::new(&Folder::new(), LINES);
    for size in (0..SIZES).map(|_| chance.within(1_000..120_000)).chain([0, 4_095, 12_288, 32_768]) {
        let folder = Folder::new();
        let what = format!("files of at most {size} bytes, seed {}", seed());
        let output = folder.run(limited(&folder, "trap '' XFSZ;", size), &stream.text());
        is_told(&output, &what);
        if !output.stdout.is_empty() {
            is_sound(&folder.data(), &stream, output.stdout.len(), &what);
        }
        recovers(&folder, &stream, &output, &what);
    }
}

/// The kernel's signal for a file that may not grow ends a process that does not ignore it, without a word.
#[test]
fn a_file_that_may_not_grow_is_told_and_not_died_of() {
    let stream = Stream::new(&Folder::new(), LINES);
    let folder = Folder::new();
    let output = folder.run(limited(&folder, "", 100_000), &stream.text());
    recovers(&folder, &stream, &output, "a limit of 100000 bytes");
    assert_eq!(output.status.signal(), None, "a signal ended it: {}", told(&output));
    is_told(&output, "a limit of 100000 bytes");
}

/// `$1` is the disk, `$2` its size, `$3` the folder for copies, the rest the program.
const SMALL_DISK: &str = r#"
    disk="$1"; size="$2"; copies="$3"; shift 3
    mount -t tmpfs -o size="$size" none "$disk"
    code=0; "$@" <"$copies/input.jsonl" >"$copies/first" 2>"$copies/said" || code=$?
    cp -r "$disk/." "$copies/full"; echo "$code" >"$copies/code"
    mount -o remount,size=64m "$disk"
    "$@" <"$copies/input.jsonl" >"$copies/second"
    cp -r "$disk/." "$copies/roomy"
"#;

#[test]
fn a_full_disk_refuses_and_keeps_what_was_acknowledged() {
    let mut chance = Chance::new(seed());
    let stream = Stream::new(&Folder::new(), LINES);
    for size in (0..SIZES).map(|_| chance.within(40..160)).chain([16, 52, 56]) {
        let folder = Folder::new();
        let Some(mut command) = namespace::isolated(SMALL_DISK) else { return };
        fs::create_dir(folder.data()).expect("a new folder");
        fs::write(folder.path("input.jsonl"), stream.text()).expect("a file in an own folder");
        let ingest = folder.ingest("tills");
        command.arg(folder.data()).arg(format!("{size}k")).arg(folder.path("."));
        let output = command.arg(ingest.get_program()).args(ingest.get_args()).output().expect("it runs");
        let what = format!("a disk of {size} KiB, seed {}", seed());
        assert!(output.status.success(), "{what}: {}", told(&output));
        let read = |name: &str| fs::read_to_string(folder.path(name)).expect("a file of the script");
        let (first, said) = (read("first"), read("said"));
        // Where not even SQLite's shared memory fits, it calls that an error of input or output.
        let why = ["full", "No space left", "I/O error"];
        let is_clear = said.starts_with("linli: ") && why.iter().any(|why| said.contains(why));
        assert!(read("code") == "1\n" && is_clear, "{what}: {said}");
        stream.check(&first).unwrap_or_else(|other| panic!("{what}: {other}"));
        if !first.is_empty() {
            is_sound(&folder.path("full"), &stream, first.len(), &what);
        }
        assert!(read("second") == stream.results, "{what}, with room again: other results");
        is_sound(&folder.path("roomy"), &stream, stream.results.len(), &what);
    }
}

/// Each of these calls fails once, in a run of its own; gives how many runs met their failure. Without a reader the
/// first thread writes the shared memory anew, and its writes are the first to fail; beside one those of the commits.
fn each_fails_once(call: &str, error: &str, beside: Beside) -> usize {
    let stream = Stream::new(&Folder::new(), 30);
    for number in 1..CALLS {
        let folder = Folder::new();
        if beside == Beside::Reader {
            assert!(folder.run(folder.ingest("tills"), &stream.lines[0]).status.success());
        }
        let reader = beside.open(&folder.data());
        let ingest = folder.ingest("tills");
        let mut command = Command::new("strace");
        command.args(["-f", "-q", "-e"]).arg(format!("trace={call}"));
        command.arg("-e").arg(format!("inject={call}:error={error}:when={number}"));
        command.arg("-o").arg(folder.path("strace.log"));
        command.arg("--").arg(ingest.get_program()).args(ingest.get_args());
        let output = folder.run(command, &stream.text());
        drop(reader);
        let log = fs::read_to_string(folder.path("strace.log")).expect("strace has written its log");
        if !log.contains("(INJECTED)") {
            return number - 1;
        }
        let what = format!("{call} {number} fails with {error}");
        if !output.status.success() {
            is_told(&output, &what);
        }
        recovers(&folder, &stream, &output, &what);
    }
    panic!("there are more than {CALLS} calls of {call}");
}

fn calls_that_fail_lose_nothing(call: &str, errors: &[&str], beside: Beside) {
    for error in errors {
        let met = each_fails_once(call, error, beside);
        println!("{met} calls of {call} failed with {error}");
        assert!(met > 0, "none failed");
    }
}

#[test]
fn a_write_that_fails_once_loses_nothing_acknowledged() {
    calls_that_fail_lose_nothing("pwrite64", &["ENOSPC", "EIO"], Beside::Nothing);
}

#[test]
fn a_write_that_fails_once_beside_a_reader_loses_nothing_acknowledged() {
    calls_that_fail_lose_nothing("pwrite64", &["ENOSPC", "EIO"], Beside::Reader);
}

#[test]
fn a_sync_that_fails_once_loses_nothing_acknowledged() {
    calls_that_fail_lose_nothing("fsync", &["EIO"], Beside::Nothing);
    calls_that_fail_lose_nothing("fsync", &["EIO"], Beside::Reader);
}
