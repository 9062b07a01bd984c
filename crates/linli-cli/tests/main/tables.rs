//! `linli follow` and `linli rebuild`, and the audit of what they made, on both stores.

use super::audit::folder;
use super::database::on;
use super::support::{Folder, Run};
use linli_test_postgres::Server;

#[track_caller]
fn says(run: &Run, part: &str) {
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains(part), "{part:?} is not in\n{}", run.out);
}

fn sql(folder: &Folder, statement: &str) {
    let tables = rusqlite::Connection::open(folder.path("shop/read.db")).expect("opened");
    tables.execute_batch(statement).expect("done");
}

#[test]
fn the_tables_follow_the_journal_and_are_made_anew() {
    let folder = folder();
    let run = |command: &str| folder.run(&[command, "--data", "shop"]);
    says(&run("audit"), "tables   读模型              –");
    says(&run("follow"), "shop/read.db: has every command up to seq 609");
    let more = b"{\"cmd\":\"open_member\",\"member\":\"new\"}\n";
    folder.run_with(&["ingest", "--data", "shop"], more);
    says(&run("audit"), "tables   读模型        seq 609");
    says(&run("follow"), "up to seq 610");
    says(&run("audit"), "tables   读模型        seq 610");
    sql(&folder, "DELETE FROM members WHERE id = 'new'");
    assert_eq!(run("audit").code, Some(1));
    says(&run("rebuild"), "up to seq 610");
    says(&run("audit"), "tables   读模型        seq 610");
}

#[test]
fn a_cell_that_was_changed_is_named() {
    let folder = folder();
    folder.run(&["follow", "--data", "shop"]);
    sql(&folder, "UPDATE balances SET amount = amount + 1 WHERE account = 'store:Sa' AND asset = 'CNY'");
    folder.run(&["audit", "--data", "shop"]).fails_with(
        "shop/read.db is not sound: the read model is not what the journal says: in balances, the row with account \
         \"store:Sa\", asset \"CNY\" has amount ",
    );
}

#[test]
fn a_database_has_the_tables_too() {
    let (folder, url) = (folder(), Server::shared().database());
    folder.run(&["backup", "--data", "shop", "--to", "copy.journal"]);
    on(&folder, &url, &["restore", "--from", "copy.journal"]);
    says(&on(&folder, &url, &["follow"]), "has every command up to seq 609");
    says(&on(&folder, &url, &["audit"]), "tables   读模型        seq 609");
    says(&on(&folder, &url, &["rebuild"]), "has every command up to seq 609");
    says(&on(&folder, &url, &["audit"]), "tables   读模型        seq 609");
}
