//! `linli demo`: a sound journal that is the same every time, made once, and never over something else.

use super::support::Folder;

fn digest(folder: &Folder, dir: &str) -> String {
    let audit = folder.run(&["audit", "--data", dir]);
    assert_eq!(audit.code, Some(0), "{}", audit.err);
    audit.out.lines().last().expect("a hash").to_string()
}

#[test]
fn the_world_is_the_same_every_time_and_is_made_once() {
    let folder = Folder::new();
    let made = folder.run(&["demo", "--data", "one"]);
    assert_eq!(
        (made.code, made.out.as_str()),
        (Some(0), "one/journal.db: 54405 commands of the demo world\n"),
        "{}",
        made.err
    );
    assert_eq!(folder.run(&["demo", "--data", "two"]).code, Some(0));
    assert_eq!(digest(&folder, "one"), digest(&folder, "two"));
    let again = folder.run(&["demo", "--data", "one"]);
    assert_eq!(again.out, "one/journal.db has the demo world already\n");
    assert_eq!(digest(&folder, "one"), digest(&folder, "two"));
}

#[test]
fn a_demo_is_made_over_nothing_else() {
    let folder = Folder::new();
    let line = b"{\"cmd\":\"open_member\",\"member\":\"M1\"}\n";
    folder.run_with(&["ingest", "--data", "shop", "--plan", "plan.toml", "--stream", "a"], line);
    let refused = folder.run(&["demo", "--data", "shop"]);
    assert_eq!(refused.err, "linli: shop/journal.db holds something else than a demo\n");
    assert_eq!(folder.run(&["demo", "--data", "d", "--size", "large"]).code, Some(2));
    assert!(!folder.path("d").exists());
}
