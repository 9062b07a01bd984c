//! `linli backup` and `linli restore`: copies that are journals, also of one that is being written to.

use super::audit::folder;
use super::support::Folder;
use super::talk::Talk;

const BACKUP: [&str; 5] = ["backup", "--data", "shop", "--to", "shop.journal"];
const RESTORE: [&str; 5] = ["restore", "--from", "shop.journal", "--data", "new"];

#[track_caller]
fn says(folder: &Folder, arguments: &[&str], begin: &str) {
    let run = folder.run(arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with(begin), "{}", run.out);
}

#[test]
fn what_is_restored_is_what_was_backed_up() {
    let folder = folder();
    says(&folder, &BACKUP, "shop.journal: 609 commands, 609 of them new; ends with ");
    says(&folder, &RESTORE, "new/journal.db: 609 commands; ends with ");
    let audit = |data: &str| folder.run(&["audit", "--data", data]).out;
    assert_eq!(audit("new"), audit("shop"));
    assert!(audit("new").starts_with("Sound"));
    // A stream that was interrupted goes on in the restored one.
    let run = folder.run_with(
        &["ingest", "--data", "new", "--stream", "a"],
        b"{\"cmd\":\"open_member\",\"member\":\"a\"}\n",
    );
    assert!(run.out.starts_with("{\"seq\":1,\"ok\":true"), "{}", run.out);
}

#[test]
fn a_backup_of_a_running_instance_gets_what_is_new() {
    let folder = Folder::new();
    let mut talk = Talk::start(&folder, &["ingest", "--data", "shop", "--plan", "plan.toml"]);
    for number in 1..=3 {
        talk.say(&format!("{{\"cmd\":\"open_member\",\"member\":\"M{number}\"}}\n"));
        talk.hears("\"ok\":true");
        says(&folder, &BACKUP, &format!("shop.journal: {number} commands, 1 of them new; "));
    }
    assert_eq!(talk.end().code, Some(0));
    says(&folder, &BACKUP, "shop.journal: 3 commands, 0 of them new; ");
}

#[test]
fn nothing_is_put_over_another_journal() {
    let (folder, other) = (folder(), Folder::new());
    says(&folder, &BACKUP, "shop.journal: ");
    folder
        .run(&["restore", "--from", "shop.journal", "--data", "shop"])
        .fails_with("shop/journal.db has commands already: restore into a place that has none");
    let ingest = ["ingest", "--data", "shop", "--plan", "plan.toml"];
    other.run_with(&ingest, b"{\"cmd\":\"open_member\",\"member\":\"other\"}\n");
    let target = folder.path("shop.journal");
    let target = target.to_str().expect("a path");
    other
        .run(&["backup", "--data", "shop", "--to", target])
        .fails_with("holds another journal than shop/journal.db");
    says(&folder, &BACKUP, "shop.journal: 609 commands, 0 of them new; ");
    folder
        .run(&["restore", "--from", "missing", "--data", "new"])
        .fails_with("there is no journal at missing");
}
