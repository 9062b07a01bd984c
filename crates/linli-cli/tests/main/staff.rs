//! `linli staff`: accounts are made, listed and ended as acts of the journal; a password is shown once.

use super::support::{Folder, Run};

fn folder() -> Folder {
    let folder = Folder::new();
    let line = b"{\"cmd\":\"open_member\",\"member\":\"M1\"}\n";
    let run = folder.run_with(&["ingest", "--data", "shop", "--plan", "plan.toml", "--stream", "a"], line);
    assert_eq!(run.code, Some(0), "{}", run.err);
    folder
}

fn staff(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run(&[&["staff"], arguments, &["--data", "shop"]].concat())
}

#[test]
fn an_account_is_made_listed_and_ended() {
    let folder = folder();
    let made = staff(&folder, &["add", "ann", "--role", "operator"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let password = made.out.split_whitespace().last().expect("a password").to_string();
    assert_eq!((made.out.lines().next(), password.len()), (Some("account  ann"), 20));
    let again = staff(&folder, &["add", "ann", "--role", "finance"]);
    assert_eq!(again.err, "linli: staff_exists: there is an account ann\n");
    let last = staff(&folder, &["end", "ann"]);
    assert!(last.err.starts_with("linli: last_operator: "), "{}", last.err);
    assert_eq!(staff(&folder, &["add", "chen", "--role", "finance", "--name", "陈"]).code, Some(0));
    let renewed = staff(&folder, &["password", "ann"]).out;
    assert!(renewed.starts_with("account  ann\npassword ") && !renewed.contains(&password));
    assert_eq!(staff(&folder, &["end", "chen"]).out, "the account chen has ended\n");
    let listed = staff(&folder, &["list"]).out;
    assert_eq!(
        listed,
        "ann                  in use  -      operator             ann\n\
         chen                 ended   -      finance              陈\n"
    );
    let king = staff(&folder, &["add", "k", "--role", "king"]);
    assert!(king.err.contains("the roles are operator, finance"), "{}", king.err);
    assert_eq!(folder.run(&["audit", "--data", "shop"]).code, Some(0));
}
