//! A folder that cannot be written: the program says so, and whoever reads goes on reading.

use super::folder::{Folder, told};
use super::judge;
use super::namespace;
use super::outsider::{Outsider, PATIENCE};
use super::stream::Stream;
use std::path::Path;
use std::process::{Command, Output};

/// The folder of the store; only the program that reads has it.
const VARIABLE: &str = "LINLI_FAULTS_READER";

/// `$1` is the folder, the rest the program.
const READ_ONLY: &str = r#"
    mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; shift; exec "$@"
"#;

/// Runs a command where the store cannot be written, if that is permitted.
fn run_read_only(folder: &Folder, command: &Command, input: &str) -> Option<Output> {
    let mut isolated = namespace::isolated(READ_ONLY)?;
    isolated.arg(folder.data()).arg(command.get_program()).args(command.get_args());
    isolated.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Some(folder.run(isolated, input))
}

/// This binary of tests as a program that reads the store.
fn reader(folder: &Folder) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary has a place"));
    command.args(["--exact", "faults::read_only::the_reader", "--nocapture", "--quiet"]);
    command.env(VARIABLE, folder.data());
    command
}

/// As a test it does nothing; started with the variable it is the program.
#[test]
fn the_reader() {
    let Some(data) = std::env::var_os(VARIABLE) else { return };
    let results = judge::results(Path::new(&data)).unwrap_or_else(|fault| panic!("{fault}"));
    println!("read {} results", results.lines().count());
}

fn reads_all(folder: &Folder, stream: &Stream) {
    let Some(output) = run_read_only(folder, &reader(folder), "") else { return };
    let read = format!("read {} results", stream.results.lines().count());
    assert!(String::from_utf8_lossy(&output.stdout).contains(&read), "{}", told(&output));
}

#[test]
fn a_folder_that_cannot_be_written_is_told_as_such() {
    let folder = Folder::new();
    let stream = Stream::new(&folder, 30);
    assert!(folder.run(folder.ingest("tills"), &stream.text()).status.success());
    let Some(output) = run_read_only(&folder, &folder.ingest("tills"), &stream.text()) else { return };
    let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{}", told(&output));
    assert!(said.contains("read-only"), "it does not say that the folder is read-only: {said}");
}

#[test]
fn a_closed_store_on_a_disk_that_cannot_be_written_is_read() {
    let folder = Folder::new();
    let stream = Stream::new(&folder, 30);
    assert!(folder.run(folder.ingest("tills"), &stream.text()).status.success());
    reads_all(&folder, &stream);
}

#[test]
fn a_store_that_another_writes_is_read_by_whoever_cannot_write() {
    let folder = Folder::new();
    let stream = Stream::new(&folder, 30);
    let mut outsider = Outsider::start(folder.ingest("tills"));
    outsider.say(&stream.text());
    outsider.listen(stream.results.lines().count(), PATIENCE);
    reads_all(&folder, &stream);
    assert!(outsider.end().status.success());
}

#[test]
fn a_killed_store_on_a_disk_that_cannot_be_written_is_read() {
    let folder = Folder::new();
    let stream = Stream::new(&folder, 30);
    let mut outsider = Outsider::start(folder.ingest("tills"));
    outsider.say(&stream.text());
    outsider.listen(stream.results.lines().count(), PATIENCE);
    drop(outsider.kill());
    reads_all(&folder, &stream);
}
