//! `linli key`: keys are made, listed and ended as acts of the journal; a secret is shown once and is nowhere else.

use super::support::{Folder, Run};
use std::fs;

fn folder() -> Folder {
    let folder = Folder::new();
    let line = b"{\"cmd\":\"open_member\",\"member\":\"M1\"}\n";
    let run = folder.run_with(&["ingest", "--data", "shop", "--plan", "plan.toml", "--stream", "a"], line);
    assert_eq!(run.code, Some(0), "{}", run.err);
    folder
}

fn key(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run(&[&["key"], arguments, &["--data", "shop"]].concat())
}

fn add(folder: &Folder, id: &str) -> Run {
    key(folder, &["add", id, "--name", "收银台 1", "--scope", "commands", "--scope", "read"])
}

#[test]
fn a_key_is_made_listed_and_ended() {
    let folder = folder();
    let made = add(&folder, "till-1");
    assert_eq!(made.code, Some(0), "{}", made.err);
    let secret = made.out.split_whitespace().last().expect("a secret");
    assert_eq!((made.out.lines().next(), secret.len()), (Some("key    till-1"), 64));
    assert!(made.err.contains("shown this once"));
    let again = add(&folder, "till-1");
    assert_eq!((again.code, again.err.as_str()), (Some(1), "linli: key_exists: there is a key till-1\n"));
    let listed = key(&folder, &["list"]).out;
    assert_eq!(listed, "till-1               in use  read,commands    收银台 1\n");
    assert_eq!(key(&folder, &["end", "till-1"]).out, "the key till-1 has ended\n");
    assert_eq!(key(&folder, &["end", "till-1"]).code, Some(1));
    assert!(key(&folder, &["list"]).out.contains(" ended "));
    let audit = folder.run(&["audit", "--data", "shop"]);
    assert_eq!(audit.code, Some(0), "{}", audit.err);
}

#[test]
fn a_secret_is_in_no_file_and_in_no_export() {
    let folder = folder();
    let made = add(&folder, "till-1").out;
    let secret = made.split_whitespace().last().expect("a secret");
    let bytes: Vec<u8> = (0..64)
        .step_by(2)
        .map(|at| u8::from_str_radix(&secret[at..at + 2], 16).expect("hexadecimal"))
        .collect();
    let run = folder.run(&["export", "commands", "--data", "shop", "--to", "commands.jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(folder.read("commands.jsonl").contains(r#"{"act":"add_key","by":"machine","id":"till-1"}"#));
    for place in [folder.path("."), folder.path("shop")] {
        for entry in fs::read_dir(place).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let Ok(content) = fs::read(&entry) else { continue };
            let has = |needle: &[u8]| content.windows(needle.len()).any(|window| window == needle);
            assert!(!has(&bytes) && !has(secret.as_bytes()), "{} has the secret", entry.display());
        }
    }
}

#[test]
fn a_key_that_cannot_be_is_refused_by_name() {
    let folder = folder();
    let bad = key(&folder, &["add", "a b", "--name", "x", "--scope", "read"]);
    assert_eq!(bad.err, "linli: bad_text: an id has 1 to 64 letters, digits, - or _\n");
    let scope = key(&folder, &["add", "a", "--name", "x", "--scope", "all"]);
    assert!(
        scope.code == Some(2) && scope.err.contains("the scopes are read, orders, commands"),
        "{}",
        scope.err
    );
    let nowhere = folder.run(&["key", "list", "--data", "nowhere"]);
    assert_eq!(nowhere.code, Some(1));
    assert!(!folder.path("nowhere").exists(), "asking makes nothing");
}
