//! A command in a mount namespace of its own, where a small disk or one that is read-only can be had without anybody
//! else seeing it. Where mounting is not permitted a test says so and has nothing to look at.

use super::folder::Folder;
use std::process::Command;

/// How to get one: as root, or as the root of an own user namespace.
const WAYS: [&[&str]; 2] = [&["--mount"], &["--mount", "--map-root-user"]];

/// A script for the shell in a namespace of its own, or none where that is not permitted. `$1`, `$2`, … are the
/// arguments that the caller adds.
pub fn isolated(script: &str) -> Option<Command> {
    let probe = Folder::new();
    let may_mount = |way: &[&str]| {
        let mut command = unshared(way, "mount -t tmpfs -o size=64k none \"$1\"");
        command.arg(probe.path(".")).output().is_ok_and(|output| output.status.success())
    };
    let way = WAYS.into_iter().find(|way| may_mount(way));
    if way.is_none() {
        println!("skipped: this machine does not permit a mount namespace");
    }
    way.map(|way| unshared(way, script))
}

fn unshared(way: &[&str], script: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(way).args(["--", "sh", "-e", "-c", script, "sh"]);
    command
}
