//! The commands on a journal in PostgreSQL: what they give is what they give on a folder, and copies go both ways.

use super::audit;
use super::support::{Folder, Run};
use linli_test_postgres::Server;

/// Runs with an address in the environment, where a password belongs.
pub fn on(folder: &Folder, url: &str, arguments: &[&str]) -> Run {
    let mut command = folder.command(arguments);
    Run::of(command.env("LINLI_DATABASE", url).spawn().expect("the program starts"))
}

#[track_caller]
fn says(run: &Run, begin: &str) {
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with(begin), "{}", run.out);
}

/// The part of an audit that is about the economy, not about batches.
fn hash(audit: &Run) -> &str {
    &audit.out[audit.out.find("economy  ").expect("a hash")..]
}

#[test]
fn a_journal_in_a_database_is_the_same_journal() {
    let (folder, server) = (audit::folder(), Server::shared());
    let (first, second) = (server.database(), server.database());
    folder.run(&["export", "commands", "--data", "shop", "--to", "all.jsonl"]);
    let ingest = ["ingest", "--plan", "plan.toml", "all.jsonl"];
    let results = on(&folder, &first, &ingest);
    assert_eq!((results.code, results.err.as_str()), (Some(0), ""));
    assert_eq!(on(&folder, &first, &ingest).out, results.out, "sent again, the same results");
    let replayed = folder.run(&["replay", "--plan", "plan.toml", "all.jsonl"]);
    assert_eq!(results.out, replayed.out);
    let audited = on(&folder, &first, &["audit"]);
    says(&audited, "Sound 无误");
    assert_eq!(hash(&audited), hash(&folder.run(&["audit", "--data", "shop"])));
    says(&on(&folder, &first, &["explain", "a100"]), "Order 订单 a100: settled");
    says(
        &on(&folder, &first, &["backup", "--to", "copy.journal"]),
        "copy.journal: 609 commands, 609 of them new",
    );
    says(&on(&folder, &second, &["restore", "--from", "copy.journal"]), "postgres://127.0.0.1:");
    assert_eq!(hash(&on(&folder, &second, &["audit"])), hash(&audited));
}

#[test]
fn a_place_is_named_once_and_without_its_password() {
    let folder = Folder::new();
    let neither = folder.run(&["audit"]);
    assert!(
        neither.code == Some(2) && neither.err.contains("<--data <DIR>|--database <URL>>"),
        "{}",
        neither.err
    );
    let gone = on(&folder, "postgres://linli:secret@127.0.0.1:1/shop", &["audit"]);
    gone.fails_with("127.0.0.1");
    assert!(!gone.err.contains("secret"), "{}", gone.err);
    on(&folder, "what is this", &["audit"]).fails_with("the address of the database is not understood");
}

#[test]
fn a_snapshot_in_a_database_spares_the_way() {
    use linli_engine::Snapshots;
    use linli_engine::snapshots::{self, SnapshotTable};
    use linli_journal::{PostgresStore, Store};
    let (folder, url) = (audit::folder(), Server::shared().database());
    folder.run(&["backup", "--data", "shop", "--to", "copy.journal"]);
    says(&on(&folder, &url, &["restore", "--from", "copy.journal"]), "");
    let store = PostgresStore::new(&url).expect("an address");
    let table = SnapshotTable::new(store.clone());
    assert!(table.list().expect("listed").is_empty());
    let mut journal = store.read().expect("opened");
    assert_eq!(snapshots::make(&table, &mut *journal).expect("made"), 609);
    assert_eq!(snapshots::make(&table, &mut *journal).expect("made again"), 609);
    assert_eq!(table.list().expect("listed"), [609]);
    let opened = snapshots::open(&table, &mut *journal).expect("opened");
    assert_eq!((opened.replica.tip().seq, opened.skipped.len()), (609, 0));
    let audited = on(&folder, &url, &["audit"]);
    assert!(audited.out.contains("snapshots  快照            609"), "{}", audited.out);
}
