//! `linli audit`: what is sound, and the first thing that is not, by name and with exit code 1.

use super::support::{Folder, Run};
use std::fs;

const AUDIT: [&str; 3] = ["audit", "--data", "shop"];

/// A folder with a journal of members, orders and refusals in three streams, and so in three batches or more.
pub fn folder() -> Folder {
    let folder = Folder::new();
    for stream in ["a", "b", "c"] {
        let mut lines = format!("{{\"cmd\":\"open_member\",\"member\":\"{stream}\"}}\nwhat is this\n");
        lines += &format!(
            "{{\"cmd\":\"open_store\",\"store\":\"S{stream}\",\"owner\":\"{stream}\",\"district\":\"440106\"}}\n"
        );
        for order in 0..200 {
            let fields =
                format!("\"order\":\"{stream}{order}\",\"member\":\"{stream}\",\"store\":\"S{stream}\"");
            lines += &format!("{{\"cmd\":\"settle\",{fields},\"amount\":\"{order}.00\"}}\n");
        }
        let run = folder.run_with(
            &["ingest", "--data", "shop", "--plan", "plan.toml", "--stream", stream],
            lines.as_bytes(),
        );
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    }
    folder
}

fn sql(folder: &Folder, statement: &str) {
    let journal = rusqlite::Connection::open(folder.path("shop/journal.db")).expect("opened");
    journal.execute_batch(&format!("DROP TRIGGER IF EXISTS batch_stays; {statement}")).expect("done");
}

#[test]
fn a_sound_journal_is_told_with_its_figures() {
    let folder = folder();
    let run = folder.run(&AUDIT);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for part in [
        "Sound 无误",
        "commands   流水            609  in 3 batches",
        "refused    拒绝              6",
        "malformed                  3",
        "orders     订单            597",
    ] {
        assert!(run.out.contains(part), "{part:?} is not in\n{}", run.out);
    }
}

#[test]
fn the_hash_of_the_economy_is_that_of_a_replay() {
    let folder = folder();
    let run = folder.run(&["export", "commands", "--data", "shop", "--to", "all.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let replayed = folder.run(&["replay", "--plan", "plan.toml", "--digest", "all.jsonl"]);
    let digest = replayed.err.strip_prefix("economy  ").expect("the digest on standard error").trim_end();
    assert!(folder.run(&AUDIT).out.contains(&format!("economy  {digest}\n")), "{digest}");
}

#[test]
fn the_first_difference_is_named_and_the_exit_code_is_1() {
    let folder = folder();
    sql(&folder, "UPDATE batch SET results = zeroblob(32) WHERE first_seq = 204");
    folder.run(&AUDIT).fails_with(
        "shop/journal.db is not sound: the journal is damaged: the batch that begins at seq 204: its hash is ",
    );
    sql(&folder, "DROP TRIGGER batch_is_kept; DELETE FROM batch WHERE first_seq = 204");
    folder.run(&AUDIT).fails_with("seq 204 is missing: the batch found there begins at seq 407");
}

#[test]
fn a_flipped_byte_of_the_journal_is_found_or_changes_nothing() {
    let folder = folder();
    let whole = fs::read(folder.path("shop/journal.db")).expect("read");
    let sound = folder.run(&AUDIT).out;
    let (mut found, mut harmless) = (0, 0);
    for place in (0..whole.len()).step_by(whole.len() / 60) {
        let mut flipped = whole.clone();
        flipped[place] ^= 0x10;
        folder.write("shop/journal.db", &flipped);
        let Run { code, out, err } = folder.run(&AUDIT);
        match code {
            Some(0) => harmless += usize::from(out == sound),
            Some(1) => found += usize::from(err.starts_with("linli: ") && out.is_empty()),
            code => panic!("{code:?} {err}"),
        }
    }
    assert!(found > 30 && found + harmless >= 60, "{found} found, {harmless} harmless");
}

#[test]
fn a_place_without_a_journal_is_said() {
    Folder::new().run(&AUDIT).fails_with("there is no journal at shop/journal.db");
}
